"""Rules that are no aggregation × influence; what a rule does not read; groups."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import draw
from argmap.engine import PRODUCT, SUM, Graph, compile_map, linear, p_max, settle, solve
from argmap.engine.groups import Groups, Shares
from argmap.engine.modular import Inflow, Values
from argmap.model import Map

LINEAR, QUADRATIC = linear(), p_max(2)


def df_quad(base: Values, inflow: Inflow) -> Values:
    return LINEAR.apply(base, inflow.unattacked() - inflow.unsupported())


def energy(base: Values, inflow: Inflow) -> Values:
    return QUADRATIC.apply(base, inflow.energy())


@given(map_=draw.acyclic_maps())
def test_a_modular_rule_given_as_a_function_gets_the_same_bits(map_: Map) -> None:
    graph = compile_map(map_).resolved()

    for claim, parts in ((df_quad, (PRODUCT, LINEAR)), (energy, (SUM, QUADRATIC))):
        found, expected = settle(graph, claim), solve(graph, *parts)
        assert np.array_equal(found.strengths, expected.strengths)


@given(map_=draw.maps())
def test_on_cycles_it_comes_to_the_same_rest_and_certifies_nothing(map_: Map) -> None:
    graph = compile_map(map_).resolved()

    found, expected = settle(graph, energy), solve(graph, SUM, QUADRATIC)
    assert found.strengths == pytest.approx(expected.strengths, abs=1e-9)
    assert found.error_bound == (None if graph.is_cyclic else 0.0)


def test_a_batch_of_base_scores_is_solved_at_once() -> None:
    graph = Graph.of("abc", attacks=[("a", "b"), ("b", "c"), ("c", "a")])
    bases = np.array([[0.1, 0.9], [0.5, 0.5], [0.2, 0.8]])

    together = settle(graph, energy, base_scores=bases).strengths
    for b in range(2):
        alone = settle(graph, energy, base_scores=bases[:, b]).strengths
        assert together[:, b] == pytest.approx(alone, abs=1e-12)


groups = st.lists(st.lists(st.integers(0, 3), max_size=3, unique=True), max_size=6)


@given(of_edges=groups, data=st.data())
def test_each_group_has_one_say(of_edges: list[list[int]], data: st.DataObject) -> None:
    count = len(of_edges)
    left = data.draw(st.lists(draw.scores, min_size=count, max_size=count))
    rows = sorted(
        data.draw(st.lists(st.integers(0, 2), min_size=count, max_size=count))
    )
    flat = np.array([g for each in of_edges for g in each], dtype=np.int64)
    starts = np.cumsum([0, *map(len, of_edges)])

    shares = Shares(Groups(starts, flat), np.arange(count), np.array(rows, dtype=int))
    found = shares.combine(np.array(left, dtype=float), 3)

    columns = shares.combine(np.array([left, left]).T.reshape(count, 2), 3)
    assert columns.T.tolist() == [found.tolist()] * 2
    for row in range(3):
        expected, least = 1.0, dict[int, float]()
        for edge in (i for i in range(count) if rows[i] == row):
            k = len(of_edges[edge])
            if not k:
                expected *= left[edge]
            for group in of_edges[edge]:
                share = left[edge] ** (1 / k)
                least[group] = min(least.get(group, 1.0), share)
        assert found[row] == pytest.approx(expected * np.prod([*least.values()]))


def test_a_rule_may_ask_about_one_grouping_after_another() -> None:
    graph = Graph.of({"t": 0.0, "a": 0.5, "b": 0.25}, supports=[("a", "t"), ("b", "t")])
    shared = Groups(np.array([0, 1, 2]), np.array([0, 0]))
    none = Groups(np.zeros(3, dtype=np.int64), np.array([], dtype=np.int64))
    bases = np.stack([graph.base_scores] * 2, axis=1)

    for groups, left in ((shared, 0.5), (none, 0.375), (shared, 0.5)):

        def rule(base: Values, inflow: Inflow, groups: Groups = groups) -> Values:
            return base + (1.0 - base) * (1.0 - inflow.uncorroborated(groups))

        for scores in (None, bases):
            found = settle(graph, rule, base_scores=scores).strengths
            assert np.ravel(found[0]).tolist() == [1 - left] * found[0].size


def test_groups_are_of_the_supports_of_each_claim_of_a_long_run() -> None:
    supports = [("a", "t"), ("b", "t"), ("a", "u"), ("b", "u")]
    attacks = [("x", "t"), ("x", "u"), ("y", "u")]
    graph = Graph.of(
        {"t": 0.0, "u": 0.0, "a": 0.5, "b": 0.25, "x": 1.0, "y": 1.0},
        supports=supports,
        attacks=attacks,
    )
    group = {("a", "u"): 0, ("b", "u"): 0, ("a", "t"): 1, ("b", "t"): 2}
    found = [each for pair in supports for each in [group[pair]]]
    starts = np.cumsum([0, *(int(kind == 0) for kind in graph.kinds)])
    groups = Groups(starts, np.array(found))

    def rule(base: Values, inflow: Inflow) -> Values:
        return base + (1.0 - base) * (1.0 - inflow.uncorroborated(groups))

    for scores in (None, np.stack([graph.base_scores] * 2, axis=1)):
        strengths = settle(graph, rule, base_scores=scores).strengths
        assert np.ravel(strengths[0])[0] == pytest.approx(1 - 0.5 * 0.75)
        assert np.ravel(strengths[1])[0] == pytest.approx(0.5)


def test_sources_that_only_some_premises_share_do_not_count() -> None:
    graph = Graph.from_arrays(
        ids=("a", "b", "c", "d"),
        base_scores=[0.5] * 4,
        relation_ids=("r1", "r2", "r3", "r4"),
        kinds=[0, 0, 0, 0],
        premise_starts=[0, 2, 4, 5, 7],
        premises=[0, 1, 0, 2, 2, 0, 3],
        targets=[3, 3, 3, 2],
        on_relation=[False] * 4,
        weights=[1.0] * 4,
        source_ids=("s", "t", "u"),
        credibilities=[1.0] * 3,
        source_starts=[0, 2, 4, 4, 5],
        sources=[0, 1, 1, 2, 0],
    )
    shared = graph.shared_sources

    # a rests on s and t, b on t and u, c on nothing, d on s.
    assert np.split(shared.members, shared.starts[1:-1])[0].tolist() == [1]
    assert np.diff(shared.starts).tolist() == [1, 2, 0, 1]
    assert shared.members[-1] == 0
