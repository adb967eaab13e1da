"""Cycles: brought to rest where they can be, and honest where they cannot.

Planted and found: rests that count as converged, whatever is left of them.
"""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from numpy.typing import NDArray

import draw
import plain
from argmap.engine import (
    PRODUCT,
    SUM,
    TOP,
    Aggregation,
    Graph,
    Influence,
    compile_map,
    euler,
    linear,
    mlp,
    p_max,
    solve,
)
from argmap.engine.cyclic import advance, growth
from argmap.engine.modular import Values
from argmap.model import Map

RULES = {
    "df-quad": (PRODUCT, linear()),
    "quadratic-energy": (SUM, p_max(2)),
    "euler-based": (SUM, euler()),
    "euler-based-top": (TOP, euler()),
    "mlp-based": (SUM, mlp()),
}


def mutual(size: int, base: float = 0.5) -> Graph:
    """Two camps of *size* claims; each claim attacks the whole other camp."""
    camps = [f"a{i}" for i in range(size)], [f"b{i}" for i in range(size)]
    attacks = [(x, y) for x in camps[0] for y in camps[1]]
    claims = dict.fromkeys([*camps[0], *camps[1]], base)
    return Graph.of(claims, attacks=attacks + [(y, x) for x, y in attacks])


@pytest.mark.parametrize("rule", RULES)
@given(map_=draw.maps())
def test_every_number_is_where_one_more_step_changes_nothing(
    rule: str, map_: Map
) -> None:
    graph = compile_map(map_).resolved()
    outcome = solve(graph, *RULES[rule])
    state = dict(zip(graph.ids, outcome.strengths.tolist(), strict=True))
    bases = dict(zip(graph.ids, graph.base_scores.tolist(), strict=True))

    again = plain.step(map_, rule, bases, state)

    assert outcome.converged
    assert again == pytest.approx(state, abs=1e-10)
    assert all(0 <= s <= 1 for s in state.values())


@pytest.mark.parametrize("rule", RULES)
@given(map_=draw.maps())
def test_the_error_bound_holds_against_a_long_iteration(rule: str, map_: Map) -> None:
    graph = compile_map(map_).resolved()
    outcome = solve(graph, *RULES[rule])
    if outcome.error_bound is None:
        return
    bases = dict(zip(graph.ids, graph.base_scores.tolist(), strict=True))
    state = dict(bases)
    for _ in range(3000):
        before, state = state, plain.step(map_, rule, bases, state)
        if state == before:
            break
    off = abs(outcome.strengths - np.array([*state.values()])).max(initial=0)

    assert off <= outcome.error_bound + 1e-14


def test_a_contracting_cycle_is_certified() -> None:
    outcome = solve(mutual(1), PRODUCT, linear())

    assert outcome.strengths == pytest.approx([1 / 3, 1 / 3], abs=1e-15)
    assert (outcome.converged, outcome.stability) == (True, "stable")
    assert outcome.error_bound is not None
    assert outcome.error_bound < 1e-14


def test_an_unstable_balance_is_found_and_named() -> None:
    outcome = solve(mutual(6), PRODUCT, linear())

    balance = outcome.strengths[0]
    assert balance == pytest.approx(0.5 * (1 - balance) ** 6, abs=1e-12)
    assert np.ptp(outcome.strengths) == 0
    assert outcome.stability == "unstable"
    assert outcome.settled is not None
    assert not outcome.settled.any()


def test_a_push_off_an_unstable_balance_ends_in_a_stable_one() -> None:
    graph = mutual(6)
    bases = graph.base_scores.copy()
    bases[0] += 1e-9

    outcome = solve(graph, PRODUCT, linear(), base_scores=bases)

    assert outcome.stability == "stable"
    assert outcome.strengths[0] > 0.45
    assert outcome.strengths[6] < 0.05


def test_an_oscillator_of_the_discrete_form_comes_to_its_continuous_limit() -> None:
    # Potyka, KR 2018: one claim supports ten, each supports ten, and those attack it.
    bs, cs = [f"b{i}" for i in range(10)], [f"c{i}" for i in range(10)]
    graph = Graph.of(
        {"a": 1.0, **dict.fromkeys(bs + cs, 0.0)},
        attacks=[(c, "a") for c in cs],
        supports=[("a", b) for b in bs] + [(b, c) for b in bs for c in cs],
    )
    outcome = solve(graph, SUM, p_max(2))

    assert (outcome.converged, outcome.stability) == (True, "stable")
    assert outcome.error_bound is None  # it does not contract: nothing is certified
    assert outcome.strengths[0] == pytest.approx(0.2240876602553126, abs=1e-9)


def test_a_rest_that_is_approached_ever_more_slowly_is_reached() -> None:
    graph = Graph.of(
        {"a": 0.5, "b": 0.0, "c": 0.0},
        attacks=[("b", "a"), ("c", "a")],
        supports=[("a", "b"), ("a", "c"), ("b", "c"), ("c", "b")],
    )
    outcome = solve(graph, PRODUCT, linear())

    assert outcome.converged
    assert outcome.strengths == pytest.approx([0, 1, 1], abs=1e-4)
    assert outcome.stability == "unknown"  # its slope is 0 there


def test_a_field_without_a_rest_is_said_not_to_converge() -> None:
    # Two claims turn round each other for ever: no aggregation × influence of a paper.
    spin = Influence("spin", lambda w, x: 0.5 + 0.5 * np.sign(x + w - 0.5 + 1e-9))
    graph = Graph.of(
        {"a": 0.4, "b": 0.6}, attacks=[("a", "b"), ("a", "a")], supports=[("b", "a")]
    )
    both = np.stack([graph.base_scores] * 2, axis=1)
    assert not solve(graph, SUM, spin, base_scores=both).converged
    outcome = solve(graph, SUM, spin)

    assert not outcome.converged
    assert outcome.residual > 1e-3
    assert outcome.settled is not None
    assert not outcome.settled.any()
    assert outcome.error_bound is None


def test_only_what_lies_downstream_of_trouble_is_unsettled() -> None:
    graph = mutual(6)
    ids = [*graph.ids, "after", "later", "aside", "beside"]
    camps = [(x, y) for x in ids[:6] for y in ids[6:12]]
    graph = Graph.of(
        ids,
        attacks=[*camps, *((y, x) for x, y in camps), ("aside", "beside")],
        supports=[("a0", "after"), ("after", "later")],
    )
    settled = solve(graph, PRODUCT, linear()).settled

    assert settled is not None
    unsettled = {key for key, ok in zip(ids, settled.tolist(), strict=True) if not ok}
    assert unsettled == {*ids} - {"aside", "beside"}


def test_errors_pass_on_downstream() -> None:
    ring = [*"abcdefg"]
    attacks = [*pairwise(ring), ("g", "a")]
    alone = solve(Graph.of(ring, attacks=attacks), SUM, mlp())
    chained = solve(
        Graph.of([*ring, "t"], attacks=[*attacks, *((x, "t") for x in ring)]),
        SUM,
        mlp(),
    )
    assert alone.error_bound is not None
    assert chained.error_bound is not None
    # Each of seven errors is felt by a quarter.
    assert chained.error_bound == pytest.approx(
        7 / 4 * alone.error_bound, rel=1e-9, abs=0
    )


def test_errors_that_enter_a_cycle_add_to_its_own() -> None:
    rings = [*"abcdefg"], [*"opqrstu"]
    attacks = [pair for ring in rings for pair in pairwise([*ring, ring[0]])]
    alone = solve(Graph.of([*rings[0], *rings[1]], attacks=attacks), SUM, mlp())
    entering = [(x, y) for x in rings[0] for y in rings[1]]
    chained = solve(
        Graph.of([*rings[0], *rings[1]], attacks=[*attacks, *entering]), SUM, mlp()
    )
    assert alone.error_bound is not None
    assert chained.error_bound is not None
    # Seven quarters of the first ring's enter, and grow by a third as they go round.
    assert chained.error_bound == pytest.approx(
        10 / 3 * alone.error_bound, rel=1e-9, abs=0
    )


def test_nothing_is_certified_where_one_part_does_not_contract() -> None:
    wild = mutual(6)
    camps = [(x, y) for x in wild.ids[:6] for y in wild.ids[6:]]
    both = Graph.of(
        [*wild.ids, "p", "q"],
        attacks=[*camps, *((y, x) for x, y in camps), ("p", "q"), ("q", "p")],
    )
    assert solve(both, PRODUCT, linear()).error_bound is None


def test_nothing_is_certified_of_an_aggregation_without_a_gain() -> None:
    mine = Aggregation("mine", lambda inflow: 3.0 * inflow.energy())
    ring = Graph.of("ab", attacks=[("a", "b"), ("b", "a")])

    assert solve(ring, mine, mlp()).error_bound is None


def test_a_component_takes_the_final_values_of_what_precedes_it() -> None:
    upstream = Graph.of(["p", "q"], attacks=[("p", "q"), ("q", "p")])
    both = Graph.of(
        ["x", "y", "p", "q"],
        attacks=[("p", "q"), ("q", "p"), ("q", "x"), ("x", "y"), ("y", "x")],
    )
    first = solve(upstream, SUM, p_max(2)).strengths
    found = solve(both, SUM, p_max(2)).strengths

    assert np.array_equal(found[2:], first)


@pytest.mark.parametrize("size", [1, 6])
def test_iterations_are_how_often_the_rule_was_asked(size: int) -> None:
    plain_, asked = linear(), 0

    def apply(w: Values, x: Values) -> Values:
        nonlocal asked
        asked += 1
        return plain_.apply(w, x)

    counted = Influence("counted", apply, plain_.lipschitz)

    assert solve(mutual(size), PRODUCT, counted).iterations == asked
    if size == 1:  # it contracts: so no flow is followed for all columns at once
        asked, bases = 0, np.full((2, 3), 0.5)
        together = solve(mutual(size), PRODUCT, counted, base_scores=bases)
        assert together.iterations == asked


def test_an_undercut_by_its_own_conclusion_is_a_cycle() -> None:
    map_ = Map.of({"p": 1, "c": 0.5}, supports=[("p", "c")], undercuts=[("c", "r1")])
    outcome = solve(compile_map(map_), PRODUCT, linear())

    # c = 0.5 + 0.5·(1 - c)
    assert outcome.strengths[1] == pytest.approx(2 / 3, abs=1e-14)
    assert outcome.iterations > 0


def test_a_large_cycle_is_solved_without_a_matrix_of_its_size() -> None:
    size = 20_000
    keys = [str(i) for i in range(size)]
    graph = Graph.of(keys, attacks=[*pairwise(keys), (keys[-1], keys[0])])

    outcome = solve(graph, SUM, p_max(2))

    assert outcome.converged
    assert np.ptp(outcome.strengths) < 1e-12


def test_equal_claims_get_equal_strengths_on_a_symmetric_map() -> None:
    for size in (2, 3, 7):
        for rule in RULES.values():
            assert np.ptp(solve(mutual(size, 0.7), *rule).strengths) == 0


def test_at_a_kink_nobody_says_that_a_rest_is_stable() -> None:
    bases = {"a": 1.0, "c": 1.0}
    smooth = Graph.of(bases, attacks=[("a", "c"), ("c", "a")])
    # As strong as the other, either is the strongest attack as soon as it is pushed up.
    twice = [(one, other) for one in "ab" for other in "c"]
    kinked = Graph.of(bases | {"b": 1.0}, attacks=twice + [(b, a) for a, b in twice])

    for graph, stability in ((smooth, "stable"), (kinked, "unknown")):
        outcome = solve(graph, TOP, p_max(4))
        assert (outcome.converged, outcome.stability) == (True, stability)


def test_a_batch_is_certified_only_if_all_of_it_is() -> None:
    names = "abcd"
    attacks = [(a, b) for a in names for b in names if a != b]
    graph = Graph.of(dict.fromkeys(names, 0.5), attacks=attacks)
    bases, weak = np.full(4, 0.5), np.full(len(attacks), 0.1)

    def bound(*weights: NDArray[np.float64]) -> float | None:
        columns = np.stack(weights, axis=1)
        wide = np.repeat(bases[:, None], len(weights), axis=1)
        outcome = solve(graph, PRODUCT, linear(), base_scores=wide, weights=columns)
        return outcome.error_bound

    alone, wider = bound(weak), bound(3 * weak)
    assert alone is not None
    assert wider is not None
    assert alone < wider
    assert (bound(weak, weak), bound(weak, 3 * weak)) == (alone, wider)
    assert bound(10 * weak, 10 * weak) is None
    assert bound(weak, 10 * weak) is bound(10 * weak, weak) is None


@pytest.mark.parametrize("rule", RULES)
def test_each_of_a_batch_comes_where_it_comes_alone(rule: str) -> None:
    size, columns = 6, 24
    graph = mutual(size)
    # From either camp's advantage, tiny or large, and from none, to either's victory.
    lead = np.linspace(-1, 1, columns) ** 3
    camps = np.repeat([[1.0], [-1.0]], size, axis=0)
    bases = 0.5 + 0.5 * camps * lead
    outcome = solve(graph, *RULES[rule], base_scores=bases)
    found = outcome.strengths.T

    alone = [solve(graph, *RULES[rule], base_scores=b) for b in bases.T]
    assert found == pytest.approx(np.stack([a.strengths for a in alone]), abs=1e-9)
    assert outcome.converged
    assert outcome.residual == pytest.approx(0.0, abs=1e-11)


@pytest.mark.parametrize("size", [0.1, 0.5])
def test_a_step_is_of_third_order_and_says_how_far_off_it_is(size: float) -> None:
    state = np.array([1.0, 0.5])
    ahead, slope, off = advance(lambda s: -s, state, -state, size)
    third = 1 - size + size**2 / 2 - size**3 / 6
    k2 = -(1 - size / 2)
    k3 = -(1 + size * 0.75 * k2)
    second = 1 + size * (-7 / 24 + k2 / 4 + k3 / 3 - third / 8)

    assert ahead == pytest.approx(third * state, abs=1e-15)
    assert slope.tolist() == (-ahead).tolist()
    assert off == pytest.approx(abs(third - second), abs=1e-15)


def test_the_next_step_is_as_long_as_its_error_allows() -> None:
    found = growth(8e-6, np.array([8e-6, 64e-6, 1.0, 0.0]))

    assert found == pytest.approx([0.9, 0.45, 0.2, 5.0])
