"""Maps as frameworks: what each reading of supports makes of hand-made maps."""

import pytest
from hypothesis import given
from msgspec.structs import replace

import draw
from argmap.engine import Graph, compile_map, grounded, project
from argmap.engine.flatten import SUPPORTS, Support
from argmap.model import Map, Relation, Target


def labels(map_: Map, support: Support = "evidential") -> dict[str, str]:
    outcome = grounded(compile_map(map_), support)
    assert outcome.labels is not None
    return dict(zip(map_.claims, outcome.labels, strict=True))


def test_an_attacked_attacker_defends_nobody_any_more() -> None:
    assert labels(Map.of("abc", rebuts=[("a", "b"), ("b", "c")])) == {
        "a": "in",
        "b": "out",
        "c": "in",
    }


def test_cycles_stay_undecided() -> None:
    found = labels(Map.of("abc", rebuts=[("a", "b"), ("b", "a"), ("b", "c")]))

    assert set(found.values()) == {"undecided"}


def test_what_is_undecided_is_worth_half_of_what_is_in() -> None:
    outcome = grounded(Graph.of("ab", attacks=[("a", "b"), ("b", "a")]))

    assert outcome.strengths.tolist() == [0.5, 0.5]
    assert outcome.relations is not None
    assert outcome.relations.tolist() == [0.5, 0.5]


def test_a_map_without_relations_has_no_strengths_of_any() -> None:
    outcome = grounded(Graph.of("ab"))

    assert outcome.strengths.tolist() == [1.0, 1.0]
    assert outcome.relations is not None
    assert outcome.relations.tolist() == []


def test_linked_premises_fail_together() -> None:
    rebuts = [(("p", "q"), "t")]

    assert labels(Map.of("pqt", rebuts=rebuts))["t"] == "out"
    assert labels(Map.of("pqtx", rebuts=[*rebuts, ("x", "q")]))["t"] == "in"


def test_an_undercut_takes_the_relation_and_leaves_the_premise() -> None:
    map_ = Map.of("atu", rebuts=[("a", "t")], undercuts=[("u", "r1")])

    assert labels(map_) == {"a": "in", "t": "in", "u": "in"}


@pytest.mark.parametrize("first", "absu")
@pytest.mark.parametrize("support", SUPPORTS)
def test_it_does_not_matter_which_claim_is_the_first(
    support: Support, first: str
) -> None:
    map_ = Map.of(
        "stcabu",
        supports=[("s", "t"), ("b", "r3")],
        rebuts=[("a", "c"), ("a", "t")],
        undercuts=[("u", "r3")],
    )
    moved = Map.of([first, *map_.claims], key="m").claims
    assert next(iter(moved)) == first

    found = grounded(compile_map(replace(map_, claims=moved)), support)
    expected = grounded(compile_map(map_), support)
    assert found.labels is not None
    assert dict(zip(moved, found.labels, strict=True)) == labels(map_, support)
    assert found.relations is not None
    assert expected.relations is not None
    assert found.relations.tolist() == expected.relations.tolist()


@pytest.mark.parametrize("support", ["evidential", "necessary"])
def test_linked_premises_support_together(support: Support) -> None:
    linked = [(("p", "q"), "t")]

    assert labels(Map.of("pqt", supports=linked), support)["t"] == "in"
    attacked = Map.of("pqtx", supports=linked, rebuts=[("x", "q")])
    assert labels(attacked, support)["t"] == "out"


def test_only_what_has_to_be_an_argument_is_one() -> None:
    map_ = Map.of("cau", supports=[("a", "c")], undercuts=[("u", "r1")])
    graph = compile_map(map_)

    # The claims, the support, "not a", and "c lacks support".
    assert project(graph).framework.size == 3 + 3
    assert grounded(graph).extensions == 1


def test_an_undercut_of_an_undercut_restores() -> None:
    map_ = Map.of("atuv", rebuts=[("a", "t")], undercuts=[("u", "r1"), ("v", "r2")])

    assert labels(map_)["t"] == "out"


def test_a_backer_attacks_the_undercut_of_what_it_backs() -> None:
    map_ = Map.of(
        "abtu", rebuts=[("a", "t")], supports=[("b", "r2")], undercuts=[("u", "r2")]
    )
    assert map_.relations["r2"].kind == "rebut"
    for support in SUPPORTS:
        expected = "in" if support == "ignore" else "out"
        assert labels(map_, support)["t"] == expected


@pytest.mark.parametrize(
    ("support", "expected"),
    [
        # s is out; so the claim that it supports …
        ("evidential", "out"),  # … lacks its only support
        ("deductive", "in"),  # … loses nothing
        ("necessary", "out"),  # … misses a support that it needs
        ("ignore", "in"),
    ],
)
def test_a_defeated_support(support: Support, expected: str) -> None:
    map_ = Map.of("xst", supports=[("s", "t")], rebuts=[("x", "s")])

    assert labels(map_, support)["t"] == expected


def test_one_standing_support_is_enough_evidence_but_not_all_that_is_needed() -> None:
    map_ = Map.of("xpqt", supports=[("p", "t"), ("q", "t")], rebuts=[("x", "p")])

    assert labels(map_, "evidential")["t"] == "in"
    assert labels(map_, "necessary")["t"] == "out"


def test_an_attack_on_the_supported_tells_against_the_deductive_supporter() -> None:
    map_ = Map.of("xst", supports=[("s", "t")], rebuts=[("x", "t")])

    assert labels(map_, "deductive")["s"] == "out"
    assert labels(map_, "evidential")["s"] == "in"


def test_deductive_attacks_reach_along_chains() -> None:
    map_ = Map.of("xabc", supports=[("a", "b"), ("b", "c")], rebuts=[("x", "c")])

    assert labels(map_, "deductive") == {"x": "in", "a": "out", "b": "out", "c": "out"}


def test_the_deductive_reading_says_which_supports_it_cannot_turn_round() -> None:
    map_ = Map.of(
        "abctu", supports=[(("a", "b"), "t"), ("c", "t")], undercuts=[("u", "r2")]
    )
    warnings = grounded(compile_map(map_), "deductive").warnings

    assert [dict(w) for w in warnings] == [
        {"code": "support-not-read", "count": 3, "relations": ["r1", "r2", "r3"]}
    ]


@pytest.mark.parametrize("support", SUPPORTS)
def test_what_is_about_a_rephrase_is_not_missed(support: Support) -> None:
    undercuts = [("u", "same"), ("v", "r1"), ("w", "r2"), ("x", "r3")]
    map_ = Map.of("stuvwx", undercuts=undercuts)
    same = Relation(
        key="same", kind="rephrase", premises=("s",), target=Target(claim="t")
    )
    map_ = replace(map_, relations={"same": same, **map_.relations})

    outcome = grounded(compile_map(map_), support)
    assert outcome.warnings == ()
    assert outcome.relations is not None
    assert outcome.relations.tolist() == [0.0] * 5


def test_an_island_that_only_supports_itself_is_undecided() -> None:
    map_ = Map.of("ab", supports=[("a", "b"), ("b", "a")])

    assert set(labels(map_).values()) == {"undecided"}


@pytest.mark.parametrize("support", ["evidential", "necessary"])
def test_a_muted_support_is_one_that_does_not_stand(support: Support) -> None:
    graph = Graph.of(["s", "t"], supports=[("s", "t")], weights={("s", "t"): 0.0})
    outcome = grounded(graph, support)

    assert outcome.labels == ("in", "out")
    assert outcome.relations is not None
    assert outcome.relations.tolist() == [0.0]


def test_a_muted_attack_attacks_nothing() -> None:
    graph = Graph.of(["a", "t"], attacks=[("a", "t")], weights={("a", "t"): 0.0})

    assert grounded(graph).labels == ("in", "in")


def test_a_long_chain_is_linear() -> None:
    size = 50_000
    graph = Graph.from_arrays(
        ids=tuple(map(str, range(size))),
        base_scores=[0.5] * size,
        relation_ids=tuple(map(str, range(size - 1))),
        kinds=[1] * (size - 1),
        premise_starts=range(size),
        premises=range(size - 1),
        targets=range(1, size),
        on_relation=[False] * (size - 1),
        weights=[1.0] * (size - 1),
    )
    found = grounded(graph).labels

    assert found is not None
    assert set(found[::2]) == {"in"}
    assert set(found[1::2]) == {"out"}


@pytest.mark.parametrize("support", SUPPORTS)
@given(map_=draw.maps())
def test_the_labelling_is_complete_and_the_least(support: Support, map_: Map) -> None:
    framework = project(compile_map(map_), support).framework
    found = framework.grounded().tolist()
    attackers: list[set[int]] = [set() for _ in range(framework.size)]
    for a, b in zip(
        framework.sources.tolist(), framework.targets.tolist(), strict=True
    ):
        attackers[b].add(a)

    # The least fixpoint of the characteristic function, by its definition.
    accepted: set[int] = set()
    while True:
        beaten = {b for b in range(framework.size) if attackers[b] & accepted}
        more = {a for a in range(framework.size) if attackers[a] <= beaten}
        if more == accepted:
            break
        accepted = more
    assert {i for i, label in enumerate(found) if label == 1} == accepted
    assert {i for i, label in enumerate(found) if label == 2} == beaten
