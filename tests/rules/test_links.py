"""Weakest link and last link: the stronger of two that disagree."""

import pytest
from hypothesis import given
from msgspec.structs import replace

import draw
import rounds
from argmap.plugin import Map, Rule, compile_map, evaluate
from argmap_evidence.last_link import LAST_LINK
from argmap_evidence.links import link_strengths
from argmap_evidence.weakest_link import WEAKEST_LINK

RULES = (WEAKEST_LINK, LAST_LINK)

every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


def labels(map: Map, rule: Rule) -> dict[str, str | None]:
    return {key: claim.label for key, claim in evaluate(map, rule).claims.items()}


def weighed(map: Map, **weights: float) -> Map:
    relations = {
        key: replace(r, weight=weights.get(key, r.weight))
        for key, r in map.relations.items()
    }
    return replace(map, relations=relations)


def bases(map: Map) -> dict[str, float]:
    return {
        key: 0.5 if claim.base_score is None else claim.base_score
        for key, claim in map.claims.items()
    }


def chains(map: Map) -> tuple[dict[str, float], dict[str, float]]:
    """Give claims and relations their link strengths by rounds from below."""
    supported = {key for key in map.claims if rounds.on(map, key, "support")}
    claims = {k: 0.0 if k in supported else base for k, base in bases(map).items()}
    while True:
        relations = {
            key: min([r.weight, *(claims[p] for p in r.premises)])
            for key, r in map.relations.items()
        }
        now = claims | {
            key: max(relations[r] for r in rounds.on(map, key, "support"))
            for key in supported
        }
        if now == claims:
            return claims, relations
        claims = now


def by_rounds(map: Map, rule: Rule) -> rounds.States:
    weights = {key: r.weight for key, r in map.relations.items()}
    bare, held = chains(map) if rule is WEAKEST_LINK else (bases(map), weights)

    def judge(claim: str, states: rounds.States) -> str:
        pros, cons = (rounds.on(map, claim, kind) for kind in ("support", "rebut"))

        def survives(strength: float) -> str:
            against = {states[r] for r in cons if held[r] >= strength}
            return (
                "never"
                if "sure" in against
                else "sure"
                if against <= {"never"}
                else "open"
            )

        if not pros:
            ways = {survives(bare[claim])}
        else:
            order = ("never", "open", "sure")
            ways = {min(states[r], survives(held[r]), key=order.index) for r in pros}
        return "in" if "sure" in ways else "undecided" if "open" in ways else "out"

    return rounds.labels(map, judge)


@every_rule
@given(map_=draw.maps(largest=6))
def test_every_map_gets_what_rounds_of_the_definition_give(
    rule: Rule, map_: Map
) -> None:
    assert labels(map_, rule) == by_rounds(map_, rule)


@given(map_=draw.maps())
def test_link_strengths_are_the_least_that_the_definition_allows(map_: Map) -> None:
    graph = compile_map(map_).resolved()
    claims, relations = link_strengths(graph)
    expected = chains(map_)

    assert dict(zip(graph.ids, claims.tolist(), strict=True)) == expected[0]
    found = dict(zip(graph.relation_ids, relations.tolist(), strict=True))
    assert found == expected[1]


def test_an_island_of_supports_has_no_link_strength() -> None:
    map_ = Map.of(
        {"a": 1, "b": 1, "c": 1}, supports=[("a", "b"), ("b", "a"), ("b", "c")]
    )

    assert link_strengths(compile_map(map_))[0].tolist() == [0, 0, 0]


def test_the_two_principles_part_where_the_last_relation_is_not_the_weakest() -> None:
    # After Modgil & Prakken 2014: who snores misbehaves and is denied access; a
    # professor is not. The rule about snoring is weak, that about misbehaviour strong.
    map_ = weighed(
        Map.of(
            {"snores": 0.4, "professor": 0.8, "misbehaves": None, "denied": None},
            supports=[("snores", "misbehaves"), ("misbehaves", "denied")],
            rebuts=[("professor", "denied")],
        ),
        r1=0.3,
        r2=0.9,
        r3=0.6,
    )
    assert labels(map_, WEAKEST_LINK)["denied"] == "out"
    assert labels(map_, LAST_LINK)["denied"] == "in"


@every_rule
def test_a_rebut_takes_the_supports_that_are_no_stronger_and_leaves_the_rest(
    rule: Rule,
) -> None:
    map_ = Map.of(
        dict.fromkeys("abxc", 1), supports=[("a", "c"), ("b", "c")], rebuts=[("x", "c")]
    )
    assert labels(weighed(map_, r1=0.4, r2=0.8, r3=0.5), rule)["c"] == "in"
    assert labels(weighed(map_, r1=0.4, r2=0.8, r3=0.8), rule)["c"] == "out"


@every_rule
def test_a_bare_claim_holds_its_base_score_against_a_rebut(rule: Rule) -> None:
    map_ = Map.of({"x": 1, "c": 0.7}, rebuts=[("x", "c")])

    assert labels(weighed(map_, r1=0.6), rule)["c"] == "in"
    assert labels(weighed(map_, r1=0.7), rule)["c"] == "out"


@every_rule
def test_an_undercut_succeeds_however_weak_unless_what_it_cuts_is_backed(
    rule: Rule,
) -> None:
    map_ = Map.of(
        {"a": 1, "u": 0.1, "c": 1, "b": 0.1},
        supports=[("a", "c")],
        undercuts=[("u", "r1")],
    )
    backed = Map.of(
        {"a": 1, "u": 0.1, "c": 1, "b": 0.1},
        supports=[("a", "c"), ("b", "r1")],
        undercuts=[("u", "r1")],
    )
    assert labels(weighed(map_, r2=0.1), rule)["c"] == "out"
    assert labels(backed, rule)["c"] == "in"


@every_rule
def test_a_backer_does_not_defend_against_a_rebut(rule: Rule) -> None:
    map_ = Map.of(
        dict.fromkeys("abxc", 1),
        supports=[("a", "c"), ("b", "r1")],
        rebuts=[("x", "c")],
    )
    assert labels(map_, rule)["c"] == "out"


@every_rule
def test_rebuts_that_tie_both_ways_leave_both_undecided(rule: Rule) -> None:
    map_ = Map.of({"a": 1, "b": 1}, rebuts=[("a", "b"), ("b", "a")])

    assert set(labels(map_, rule).values()) == {"undecided"}
