"""The rules on maps: readings of supports, linked premises, undercuts, verdicts."""

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import draw
from argmap.engine.flatten import SUPPORTS
from argmap.model import Map
from argmap.plugin import (
    Graph,
    Host,
    InvalidParameters,
    Support,
    TooSlow,
    compile_map,
    evaluate,
    patience,
    project,
)
from brute import Brute
from frameworks import SEMANTICS

RULES = {key: i.rule for key, i in Host.load(strict=True).rules.items()}
MANY = ["complete", "preferred", "stable", "semi-stable"]
DECISIVE = ["preferred", "stable", "semi-stable"]  # take sides on an even cycle
EITHER = [("a", "b"), ("b", "a")]
ODD = [("x", "y"), ("y", "z"), ("z", "x")]


def verdicts(map_: Map, rule: str = "preferred", **parameters: Any) -> str:
    """Give the verdicts by their first letters, in the order of the claims."""
    found = evaluate(map_, RULES[rule], parameters).verdicts.values()
    return "".join(str(verdict)[0] for verdict in found)


@pytest.mark.parametrize("rule", DECISIVE)
def test_both_sides_of_a_conflict_are_open_to_sceptics_and_good_to_the_credulous(
    rule: str,
) -> None:
    map_ = Map.of("abcd", rebuts=[*EITHER, ("a", "c"), ("b", "c"), ("c", "d")])

    assert verdicts(map_, rule) == "uura"
    assert verdicts(map_, rule, acceptance="credulous") == "aara"
    assert verdicts(map_, "grounded") == "uuuu"


@pytest.mark.parametrize("rule", MANY)
def test_acceptance_is_sceptical_unless_told(rule: str) -> None:
    evaluation = evaluate(Map.of("ab", rebuts=EITHER), RULES[rule])

    assert evaluation.parameters["acceptance"] == "sceptical"
    assert set(evaluation.verdicts.values()) == {"undecided"}


@pytest.mark.parametrize(
    ("support", "sceptical", "credulous"),
    [
        # Of a and b one is held; a supports t, which …
        ("evidential", "uuu", "aaa"),  # … falls with its only support
        ("deductive", "uua", "aaa"),  # … loses nothing with it
        ("necessary", "uuu", "aaa"),
        ("ignore", "uua", "aaa"),
    ],
)
def test_a_contested_support(support: Support, sceptical: str, credulous: str) -> None:
    map_ = Map.of("abt", rebuts=EITHER, supports=[("a", "t")])

    for rule in DECISIVE:
        assert verdicts(map_, rule, support=support) == sceptical
        asked = verdicts(map_, rule, support=support, acceptance="credulous")
        assert asked == credulous


@pytest.mark.parametrize(
    ("support", "expected"),
    [
        ("evidential", "auu"),  # whoever beats t leaves s alone
        ("deductive", "uuu"),  # holding s means holding t
        ("necessary", "auu"),
        ("ignore", "auu"),
    ],
)
def test_a_contested_claim_that_is_supported(support: Support, expected: str) -> None:
    map_ = Map.of("sab", rebuts=EITHER, supports=[("s", "a")])

    for rule in DECISIVE:
        assert verdicts(map_, rule, support=support) == expected


def test_a_second_support_makes_up_for_a_contested_one_where_one_is_enough() -> None:
    map_ = Map.of("abst", rebuts=EITHER, supports=[("a", "t"), ("s", "t")])

    assert verdicts(map_, support="evidential") == "uuaa"
    assert verdicts(map_, support="necessary") == "uuau"


@pytest.mark.parametrize(
    ("support", "sceptical", "credulous"),
    [
        ("evidential", "uu", "aa"),
        ("deductive", "uu", "aa"),
        ("necessary", "uu", "aa"),
        ("ignore", "aa", "aa"),
    ],
)
def test_claims_that_only_support_each_other_can_be_held_or_dropped(
    support: Support, sceptical: str, credulous: str
) -> None:
    map_ = Map.of("ab", supports=EITHER)

    assert verdicts(map_, support=support) == sceptical
    assert verdicts(map_, support=support, acceptance="credulous") == credulous


def test_linked_premises_are_beaten_with_one_of_them() -> None:
    # Of p and t one is held: t beats p, and p with q beats t.
    map_ = Map.of("pqt", rebuts=[(("p", "q"), "t"), ("t", "p")])
    sceptical = evaluate(map_, RULES["preferred"])
    credulous = evaluate(map_, RULES["preferred"], {"acceptance": "credulous"})

    assert list(sceptical.verdicts.values()) == ["undecided", "accepted", "undecided"]
    assert sceptical.relations == {"r1": 0.5, "r2": 0.5}
    assert credulous.relations == {"r1": 1.0, "r2": 1.0}


def test_an_undercut_that_is_contested_leaves_the_relation_open() -> None:
    # a undercuts the attack of p on t, and of a and b one is held.
    map_ = Map.of("abpt", rebuts=[*EITHER, ("p", "t")], undercuts=[("a", "r3")])
    evaluation = evaluate(map_, RULES["preferred"])

    assert verdicts(map_) == "uuau"
    assert verdicts(map_, acceptance="credulous") == "aaaa"
    assert evaluation.relations["r3"] == 0.5
    assert evaluation.extensions == 2


def test_an_undercut_of_an_undercut_and_a_backer_restore_the_relation() -> None:
    cut = Map.of("uvpt", rebuts=[("p", "t")], undercuts=[("u", "r1")])
    restored = Map.of("uvpt", rebuts=[("p", "t")], undercuts=[("u", "r1"), ("v", "r2")])
    backed = Map.of(
        "uvpt", rebuts=[("p", "t")], supports=[("v", "r2")], undercuts=[("u", "r2")]
    )
    assert backed.relations["r2"].kind == "rebut"
    for rule in SEMANTICS:
        assert verdicts(cut, rule) == "aaaa"
        assert verdicts(restored, rule) == "aaar"
        assert verdicts(backed, rule) == "aaar"


def test_a_relation_of_weight_0_stands_in_no_extension() -> None:
    graph = Graph.of("ab", attacks=EITHER, weights={("b", "a"): 0.0})

    for rule in SEMANTICS:
        evaluation = evaluate(graph, RULES[rule])
        assert evaluation.strengths == {"a": 1.0, "b": 0.0}
        assert evaluation.relations == {"r1": 1.0, "r2": 0.0}


def test_without_an_extension_everything_is_undecided() -> None:
    map_ = Map.of("xyzab", rebuts=[*ODD, ("a", "b")])
    evaluation = evaluate(map_, RULES["stable"], {"acceptance": "credulous"})

    assert evaluation.extensions == 0
    assert not evaluation.truncated
    assert set(evaluation.verdicts.values()) == {"undecided"}
    assert {c.label for c in evaluation.claims.values()} == {None}
    assert verdicts(map_, "semi-stable") == "uuuar"


def test_there_are_labels_where_there_is_one_labelling() -> None:
    chain = Map.of("abc", rebuts=[("a", "b"), ("b", "c")])
    choice = Map.of("abc", rebuts=[*EITHER, ("b", "c")])

    def labels(map_: Map) -> list[Any]:
        return [c.label for c in evaluate(map_, RULES[rule]).claims.values()]

    for rule in SEMANTICS:
        assert labels(chain) == ["in", "out", "in"]
        open_ = "undecided" if rule in {"grounded", "ideal"} else None
        assert labels(choice) == [open_] * 3


@pytest.mark.parametrize("rule", MANY)
def test_cutting_the_count_short_changes_no_verdict(rule: str) -> None:
    # Five choices, and one claim that both sides of each of them attack.
    sides = [(f"a{i}", f"b{i}") for i in range(5)]
    rebuts = [*sides, *((b, a) for a, b in sides)]
    rebuts += [(side, "c") for pair in sides for side in pair]
    map_ = Map.of([*(side for pair in sides for side in pair), "c"], rebuts=rebuts)
    all_of_them = 3**5 if rule == "complete" else 2**5

    for acceptance in ("sceptical", "credulous"):
        found = {
            limit: evaluate(
                map_, RULES[rule], {"acceptance": acceptance, "limit": limit}
            )
            for limit in (1, all_of_them - 1, all_of_them)
        }
        assert found[1].claims == found[all_of_them].claims
        assert [e.extensions for e in found.values()] == list(found)
        assert [e.truncated for e in found.values()] == [True, True, False]


def test_semi_stable_ranges_count_claims_and_not_what_stands_for_relations() -> None:
    # Of a and b one is held. Linked to the ring, a makes a relation that stays open,
    # but of no claim: w beats its target either way.
    map_ = Map.of("abxyzwt", rebuts=[*EITHER, *ODD, ("w", "t"), (("a", "x"), "t")])
    evaluation = evaluate(map_, RULES["semi-stable"])

    assert evaluation.extensions == 2
    assert verdicts(map_, "semi-stable") == "uuuuuar"
    assert verdicts(map_, "semi-stable", acceptance="credulous") == "aauuuar"


def test_semi_stable_takes_the_side_that_leaves_less_open() -> None:
    map_ = Map.of("abxyz", rebuts=[*EITHER, *ODD, ("b", "x")])

    assert verdicts(map_, "semi-stable") == "rarar"
    assert verdicts(map_, "preferred") == "uuuuu"


def test_ideal_is_between_grounded_and_what_all_preferred_hold() -> None:
    floating = Map.of("abcd", rebuts=[*EITHER, ("a", "c"), ("b", "c"), ("c", "d")])
    # Whoever holds b beats p, which is all that stands against q, which beats b.
    hopeless = Map.of("abpq", rebuts=[*EITHER, ("b", "p"), ("p", "q"), ("q", "b")])

    assert verdicts(floating, "ideal") == "uuuu"
    assert verdicts(floating, "preferred") == "uura"
    assert verdicts(hopeless, "grounded") == "uuuu"
    assert verdicts(hopeless, "ideal") == "arar"


def test_what_a_reading_does_not_read_is_said() -> None:
    map_ = Map.of("abct", supports=[(("a", "b"), "t"), ("c", "t")])
    evaluation = evaluate(map_, RULES["preferred"], {"support": "deductive"})

    assert [(w.code, w.relations) for w in evaluation.warnings] == [
        ("support-not-read", ("r1",))
    ]


@pytest.mark.parametrize(
    "parameters",
    [{"limit": 0}, {"limit": 10_001}, {"acceptance": "maybe"}, {"support": "no"}],
)
def test_parameters_out_of_range_are_refused(parameters: dict[str, Any]) -> None:
    with pytest.raises(InvalidParameters):
        evaluate(Map.of("ab", rebuts=EITHER), RULES["preferred"], parameters)


def test_a_deadline_reaches_the_rule_and_is_no_fault_of_the_plugin() -> None:
    with patience(seconds=0), pytest.raises(TooSlow):
        evaluate(Map.of("ab", rebuts=EITHER), RULES["preferred"])


@settings(max_examples=150)
@given(
    map_=draw.maps(largest=4),
    support=st.sampled_from(SUPPORTS),
    acceptance=st.sampled_from(["sceptical", "credulous"]),
)
def test_verdicts_are_those_of_trying_every_set(
    map_: Map, support: Support, acceptance: str
) -> None:
    projection = project(compile_map(map_), support)
    ends = projection.framework.sources, projection.framework.targets
    assume(projection.framework.size <= 10)
    pairs = frozenset(zip(*(e.tolist() for e in ends), strict=True))
    brute = Brute(projection.framework.size, pairs)
    scope = frozenset(range(len(map_.claims)))

    for name in SEMANTICS:
        parameters = {"support": support, "acceptance": acceptance}
        evaluation = evaluate(map_, RULES[name], parameters)
        expected = _expected(brute, name, scope, acceptance)
        claims = dict(zip(map_.claims, expected, strict=False))
        standing = zip(map_.relations, projection.standing.tolist(), strict=True)

        assert evaluation.strengths == claims, name
        assert evaluation.relations == {
            key: expected[place] if place >= 0 else 0.0 for key, place in standing
        }


def _expected(
    brute: Brute, name: str, scope: frozenset[int], acceptance: str
) -> list[float]:
    extensions = brute.extensions(name, scope)
    beaten = [brute.beaten_by(extension) for extension in extensions]
    held = all if acceptance == "sceptical" else any
    strengths = np.full(brute.size, 0.5)
    for argument in range(brute.size) if extensions else ():
        if all(argument in b for b in beaten):
            strengths[argument] = 0.0
        elif held(argument in extension for extension in extensions):
            strengths[argument] = 1.0
    return strengths.tolist()
