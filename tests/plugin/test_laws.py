"""What every installed rule must do, and what some promise by name.

One law per test, held by every rule that promises it: a map is drawn once and given to
all of them. A promise without a test fails too.
"""

import math
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import assume, given, note, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import draw
from argmap.model import Claim, Map, Relation, RelationKind, Target
from argmap.plugin import Evaluation, Graph, Host, Rule, evaluate

RULES = [installed.rule for installed in Host.load(strict=True).rules.values()]
CLOSE = 1e-12

some = settings(max_examples=25, deadline=None)
stars = st.tuples(
    draw.scores, st.lists(draw.scores, max_size=5), st.lists(draw.scores, max_size=5)
)


def every_rule() -> Iterator[Rule]:
    for rule in RULES:
        note(f"rule: {rule.name}")  # the last note of a failure is the rule that broke
        yield rule


def promising(law: str) -> Iterator[Rule]:
    return (rule for rule in every_rule() if law in rule.laws)


def star(base: float, attacks: list[float], supports: list[float]) -> Graph:
    """Let claims with these base scores attack and support one, called ``c``."""
    claims = {"c": base}
    claims |= {f"a{i}": score for i, score in enumerate(attacks)}
    claims |= {f"s{i}": score for i, score in enumerate(supports)}
    return Graph.of(
        claims,
        attacks=[(key, "c") for key in claims if key[0] == "a"],
        supports=[(key, "c") for key in claims if key[0] == "s"],
    )


def at_centre(rule: Rule, *parts: Any) -> float:
    return evaluate(star(*parts), rule).strengths["c"]


def settled(evaluation: Evaluation) -> dict[str, float]:
    return {key: c.strength for key, c in evaluation.claims.items() if c.settled}


def assert_same(before: dict[str, float], after: dict[str, float]) -> None:
    for key in before.keys() & after.keys():
        assert math.isclose(before[key], after[key], rel_tol=0, abs_tol=CLOSE), key


def extended(
    map: Map,
    claim: str,
    score: float,
    *relations: tuple[RelationKind, str, Target],
) -> Map:
    """Add a claim, and relations from or to it."""
    new = {
        f"new{i}": Relation(
            key=f"new{i}", kind=kind, premises=(premise,), target=target
        )
        for i, (kind, premise, target) in enumerate(relations)
    }
    added = Claim(key=claim, text=claim, base_score=score)
    return replace(
        map, claims=map.claims | {claim: added}, relations=map.relations | new
    )


@some
@given(map=draw.maps())
def test_strengths_are_numbers_in_the_range_of_their_scale(map: Map) -> None:
    for rule in every_rule():
        evaluation = evaluate(map, rule)

        assert list(evaluation.claims) == list(map.claims)
        assert all(math.isfinite(s) for s in evaluation.strengths.values())
        if rule.scale != "ranking":
            assert all(0 <= s <= 1 for s in evaluation.strengths.values())
            assert all(s is None or 0 <= s <= 1 for s in evaluation.relations.values())


@some
@given(map=draw.maps())
def test_evaluating_twice_gives_the_same_bytes(map: Map) -> None:
    for rule in every_rule():
        first, second = (msgspec.json.encode(evaluate(map, rule)) for _ in range(2))

        assert first == second


@some
@given(map=draw.maps(), data=st.data())
def test_order_changes_nothing(map: Map, data: st.DataObject) -> None:
    claims = data.draw(st.permutations(list(map.claims.items())))
    relations = data.draw(st.permutations(list(map.relations.items())))
    shuffled = replace(map, claims=dict(claims), relations=dict(relations))

    for rule in every_rule():
        before, after = evaluate(map, rule), evaluate(shuffled, rule)

        assert_same(settled(before), settled(after))
        assert before.input_hash == after.input_hash


@some
@given(map=draw.acyclic_maps())
def test_maps_without_cycles_are_settled(map: Map) -> None:
    for rule in every_rule():
        evaluation = evaluate(map, rule)

        assert evaluation.converged
        assert evaluation.stability == "stable"
        assert all(claim.settled for claim in evaluation.claims.values())


@some
@given(map=draw.maps())
def test_what_is_not_settled_is_said_of_the_whole(map: Map) -> None:
    for rule in every_rule():
        evaluation = evaluate(map, rule)

        is_loose = not evaluation.converged or evaluation.stability == "unstable"
        assert is_loose == any(not c.settled for c in evaluation.claims.values())


def test_the_empty_map_has_an_empty_evaluation() -> None:
    for rule in RULES:
        evaluation = evaluate(Map(key="empty"), rule)

        assert evaluation.claims == {}, rule.name
        assert evaluation.relations == {}
        assert evaluation.converged


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("kind", ["attacks", "supports"])
def test_all_claims_of_a_ring_are_treated_alike(size: int, kind: str) -> None:
    keys = [f"c{i}" for i in range(size)]
    ring = Graph.of(keys, **{kind: [(keys[i - 1], keys[i]) for i in range(size)]})

    for rule in RULES:
        strengths = evaluate(ring, rule).strengths.values()

        assert max(strengths) - min(strengths) <= CLOSE, rule.name


@some
@given(map=draw.maps())
def test_anonymity_renaming_claims_changes_no_strength(map: Map) -> None:
    renamed, names = draw.renamed(map)

    for rule in promising("anonymity"):
        before, after = evaluate(map, rule).strengths, evaluate(renamed, rule).strengths

        assert_same({names[key]: s for key, s in before.items()}, after)


@some
@given(one=draw.maps(), other=draw.maps())
def test_independence_what_is_not_connected_does_not_count(
    one: Map, other: Map
) -> None:
    strange, _ = draw.renamed(other)
    keys = {key: f"x{key}" for key in strange.relations}
    claims = {key: replace(c, passages=()) for key, c in strange.claims.items()}
    relations = {
        keys[key]: replace(
            relation,
            key=keys[key],
            passages=(),
            target=relation.target
            if relation.target.relation is None
            else Target(relation=keys[relation.target.relation]),
        )
        for key, relation in strange.relations.items()
    }
    both = replace(one, claims=one.claims | claims, relations=one.relations | relations)

    for rule in promising("independence"):
        assert_same(settled(evaluate(one, rule)), settled(evaluate(both, rule)))


@some
@given(map=draw.maps(), score=draw.scores, data=st.data())
def test_directionality_what_claims_bear_on_does_not_bear_on_them(
    map: Map, score: float, data: st.DataObject
) -> None:
    assume(map.claims)
    sink = Target(claim="sink")
    kinds = st.sampled_from(["rebut", "support"])
    premises = data.draw(st.lists(st.sampled_from(list(map.claims)), max_size=3))
    relations = [(data.draw(kinds), premise, sink) for premise in premises]
    longer = extended(map, "sink", score, *relations)

    for rule in promising("directionality"):
        assert_same(settled(evaluate(map, rule)), settled(evaluate(longer, rule)))


@some
@given(map=draw.acyclic_maps(), kind=st.sampled_from(["rebut", "support"]))
def test_neutrality_a_claim_without_strength_has_no_effect(
    map: Map, kind: RelationKind
) -> None:
    assume(map.claims)
    target = Target(claim=next(iter(map.claims)))
    longer = extended(map, "nil", 0.0, (kind, "nil", target))

    for rule in promising("neutrality"):
        before, after = evaluate(map, rule).strengths, evaluate(longer, rule).strengths

        assert after["nil"] == 0.0
        assert_same(before, after)


@some
@given(base=draw.scores, both=st.lists(draw.scores, max_size=5))
def test_balance_equal_attacks_and_supports_leave_the_base_score(
    base: float, both: list[float]
) -> None:
    for rule in promising("balance"):
        assert at_centre(rule, base, both, both) == pytest.approx(base, abs=CLOSE)


@some
@given(parts=stars, more=draw.scores, side=st.sampled_from([1, 2]))
def test_monotonicity_stronger_supports_never_harm_and_stronger_attacks_never_help(
    parts: Any, more: float, side: int
) -> None:
    assume(parts[side])
    raised = list(parts)
    raised[side] = [max(parts[side][0], more), *parts[side][1:]]

    for rule in promising("monotonicity"):
        change = at_centre(rule, *raised) - at_centre(rule, *parts)

        assert change <= CLOSE if side == 1 else change >= -CLOSE


@some
@given(parts=stars)
def test_duality_attacks_and_supports_mirror_each_other(parts: Any) -> None:
    base, attacks, supports = parts

    for rule in promising("duality"):
        strength = at_centre(rule, base, attacks, supports)
        mirrored = at_centre(rule, 1 - base, supports, attacks)

        assert strength == pytest.approx(1 - mirrored, abs=1e-9)


@settings(max_examples=5, deadline=None)
@given(base=st.floats(0.05, 0.95))
def test_open_mindedness_enough_of_either_takes_a_claim_anywhere(base: float) -> None:
    crowd = [1.0] * 1000

    for rule in promising("open-mindedness"):
        assert at_centre(rule, base, crowd, []) < 0.01
        assert at_centre(rule, base, [], crowd) > 0.99


@some
@given(map=draw.acyclic_maps(), score=draw.scores, data=st.data())
def test_undercut_locality_a_relation_is_weakened_and_not_its_premises(
    map: Map, score: float, data: st.DataObject
) -> None:
    keys = [key for key, r in map.relations.items() if r.kind != "rephrase"]
    assume(keys)
    relation = map.relations[data.draw(st.sampled_from(keys))]
    undercut = ("undercut", "doubt", Target(relation=relation.key))
    doubted = extended(map, "doubt", score, undercut)

    for rule in promising("undercut-locality"):
        before, after = evaluate(map, rule), evaluate(doubted, rule)

        strengths = before.strengths, after.strengths
        assert_same(*({key: s[key] for key in relation.premises} for s in strengths))
        was, became = before.relations[relation.key], after.relations[relation.key]
        assert was is None or became is None or became <= was + CLOSE


@some
@given(map=draw.acyclic_maps(), data=st.data())
def test_undercut_locality_a_sure_undercut_cuts_what_nothing_backs(
    map: Map, data: st.DataObject
) -> None:
    counting = {key: r for key, r in map.relations.items() if r.kind != "rephrase"}
    backed = {r.target.relation for r in counting.values() if r.kind == "support"}
    assume(counting.keys() - backed)
    target = Target(
        relation=data.draw(st.sampled_from(sorted(counting.keys() - backed)))
    )
    doubted = extended(map, "doubt", 1.0, ("undercut", "doubt", target))

    for rule in promising("undercut-locality"):
        assert evaluate(doubted, rule).relations[target.relation or ""] in {0.0, None}


@some
@given(map=draw.maps())
def test_termination_plain_maps_come_to_rest(map: Map) -> None:
    plain = {
        key: relation
        for key, relation in map.relations.items()
        if len(relation.premises) == 1 and relation.target.claim is not None
    }

    for rule in promising("termination"):
        evaluation = evaluate(replace(map, relations=plain), rule)

        assert evaluation.converged
        assert all(claim.settled for claim in evaluation.claims.values())


def test_every_promise_has_a_test() -> None:
    tests = [name for name in globals() if name.startswith("test_")]
    promises = {law for rule in RULES for law in rule.laws}

    for law in promises:
        assert any(t.startswith(f"test_{law.replace('-', '_')}_") for t in tests), law
