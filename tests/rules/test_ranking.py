"""Attack-only rules: their principles, what they read, and how they end on cycles."""

from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from msgspec.structs import replace

import draw
import plain
from argmap.engine import gradient
from argmap.plugin import Graph, Map, Relation, Rule, Target, compile_map, evaluate
from argmap_ranking.card_based import CARD_BASED
from argmap_ranking.counting import COUNTING
from argmap_ranking.h_categorizer import H_CATEGORIZER
from argmap_ranking.max_based import MAX_BASED

Weaken = Callable[[float, list[float]], float]


def _card(w: float, attacks: list[float]) -> float:
    felt = [v for v in attacks if v > 0]
    return w / (1 + len(felt) + sum(felt) / len(felt)) if felt else w


DEFINITIONS: dict[str, Weaken] = {
    "h-categorizer": lambda w, attacks: w / (1 + sum(attacks)),
    "max-based": lambda w, attacks: w / (1 + max([0.0, *attacks])),
    "card-based": _card,
}
GRADUAL = (H_CATEGORIZER, MAX_BASED, CARD_BASED)

every_rule = pytest.mark.parametrize("rule", [*GRADUAL, COUNTING], ids=lambda r: r.name)
gradual = pytest.mark.parametrize("rule", GRADUAL, ids=lambda r: r.name)


def attackers(map: Map, claim: str) -> list[str]:
    return [
        r.key
        for r in map.relations.values()
        if r.kind == "rebut" and r.target.claim == claim
    ]


@gradual
@given(map_=draw.maps())
def test_every_claim_has_what_the_definition_makes_of_its_attackers(
    rule: Rule, map_: Map
) -> None:
    evaluation = evaluate(map_, rule)
    flows = plain.relations(map_, evaluation.strengths)

    assert evaluation.converged
    for key, claim in evaluation.claims.items():
        attacks = [flows[r] for r in attackers(map_, key)]
        expected = DEFINITIONS[rule.name](claim.base, attacks)
        assert claim.strength == pytest.approx(expected, abs=1e-10)


@given(map_=draw.maps())
def test_counting_solves_its_linear_system(map_: Map) -> None:
    evaluation = evaluate(map_, COUNTING, {"alpha": 0.95})
    flows = plain.relations(map_, evaluation.strengths)
    heavy = {k for k, r in map_.relations.items() if r.weight > 0}
    widest = max([1, *(len(heavy & {*attackers(map_, k)}) for k in map_.claims)])

    for key, strength in evaluation.strengths.items():
        lost = sum(flows[r] for r in attackers(map_, key)) * 0.95 / widest
        assert strength == pytest.approx(1 - lost, abs=1e-10)


@every_rule
@given(map_=draw.maps())
def test_supports_change_nothing_and_are_named(rule: Rule, map_: Map) -> None:
    supports = [
        key
        for key, r in map_.relations.items()
        if r.kind == "support" and r.target.claim is not None
    ]
    without = replace(
        map_,
        relations={
            key: replace(r, kind="rephrase") if key in supports else r
            for key, r in map_.relations.items()
        },
    )
    evaluation = evaluate(map_, rule)

    assert evaluation.strengths == evaluate(without, rule).strengths
    unread = {w.code: w.relations for w in evaluation.warnings}
    assert list(unread.get("support-not-read", ())) == supports


@every_rule
def test_a_cycle_of_supports_is_none_to_a_rule_that_does_not_read_them(
    rule: Rule,
) -> None:
    graph = Graph.of("ab", attacks=[("a", "b")], supports=[("a", "b"), ("b", "a")])

    evaluation = evaluate(graph, rule)
    assert (evaluation.iterations, evaluation.error_bound) == (0, 0.0)


@every_rule
def test_undercuts_and_backers_count_as_under_every_gradual_rule(rule: Rule) -> None:
    attack = Map.of(dict.fromkeys("atub"), rebuts=[("a", "t")])
    cut = replace(
        attack,
        relations=attack.relations
        | {
            "u": Relation(
                key="u", kind="undercut", premises=("u",), target=Target(relation="r1")
            )
        },
    )
    backed = replace(
        cut,
        relations=cut.relations
        | {
            "b": Relation(
                key="b", kind="support", premises=("b",), target=Target(relation="r1")
            )
        },
    )
    before, without, again = (
        evaluate(m, rule).strengths["t"] for m in (attack, cut, backed)
    )
    assert without == 1.0
    assert again == before < 1.0


def test_weak_attacks_make_up_for_a_strong_one_or_do_not() -> None:
    # Compensation, quality precedence and cardinality precedence: Amgoud et al. 2017.
    strong = {"x": 1.0, "a": 1.0}
    weak = {"x": 1.0, **dict.fromkeys("abcd", 0.3)}
    one = Graph.of(strong, attacks=[("a", "x")])
    four = Graph.of(weak, attacks=[(key, "x") for key in "abcd"])

    def order(rule: Rule) -> float:
        return evaluate(one, rule).strengths["x"] - evaluate(four, rule).strengths["x"]

    assert order(H_CATEGORIZER) > 0  # 4 · 0.3 > 1
    assert order(MAX_BASED) < 0
    assert order(CARD_BASED) > 0
    pair = Graph.of({"x": 1, "a": 0.1, "b": 0.1}, attacks=[("a", "x"), ("b", "x")])
    assert (
        evaluate(pair, CARD_BASED).strengths["x"]
        < evaluate(one, CARD_BASED).strengths["x"]
    )


def test_an_attacker_of_strength_0_does_not_count() -> None:
    graph = Graph.of({"x": 0.8, "a": 0.5, "z": 0.0}, attacks=[("a", "x"), ("z", "x")])

    assert evaluate(graph, CARD_BASED).strengths["x"] == 0.8 / 2.5


@gradual
def test_a_claim_without_a_base_score_starts_at_1(rule: Rule) -> None:
    assert evaluate(Map.of(["a"]), rule).strengths == {"a": 1.0}


def test_counting_gives_ranks_and_no_verdicts() -> None:
    evaluation = evaluate(Map.of("abc", rebuts=[("a", "b"), ("b", "c")]), COUNTING)

    assert [claim.rank for claim in evaluation.claims.values()] == [1, 3, 2]
    assert set(evaluation.verdicts.values()) == {None}


@every_rule
def test_dense_cycles_come_to_rest_at_one_stable_point(rule: Rule) -> None:
    random = np.random.default_rng(5)
    keys = [f"c{i}" for i in range(15)]
    pairs = [(a, b) for a, b in combinations(keys, 2) if random.random() < 0.7]
    attacks = pairs + [(b, a) for a, b in pairs if random.random() < 0.7]
    graph = Graph.of(dict(zip(keys, random.random(15), strict=True)), attacks=attacks)

    evaluation = evaluate(graph, rule)
    assert (evaluation.converged, evaluation.stability) == (True, "stable")


@pytest.mark.parametrize("rule", [CARD_BASED, COUNTING], ids=lambda r: r.name)
def test_rules_that_contract_certify_their_numbers(rule: Rule) -> None:
    ring = Graph.of("abc", attacks=[("a", "b"), ("b", "c"), ("c", "a")])

    bound = evaluate(ring, rule).error_bound
    assert bound is not None
    assert bound < 1e-9


def test_gradients_follow_what_the_rule_reads() -> None:
    graph = compile_map(
        Map.of(
            {"a": 0.6, "b": 0.4}, supports=[("b", "a"), ("a", "b")], rebuts=[("a", "b")]
        )
    )
    parts = H_CATEGORIZER.modules(H_CATEGORIZER.decode({}))
    assert parts is not None

    found = gradient(graph, *parts, target=1)

    # b = w/(1 + e·a), and supports do not matter
    assert found.base_scores == pytest.approx([-0.4 / 1.6**2, 1 / 1.6], abs=1e-8)
    assert found.weights == pytest.approx([0, 0, -0.4 * 0.6 / 1.6**2], abs=1e-8)
