"""Contributions: against doing without, and against every coalition."""

from itertools import combinations
from math import factorial

import numpy as np
import pytest
from hypothesis import assume, given, settings
from numpy.typing import NDArray

import draw
from argmap.engine import (
    SUM,
    Graph,
    claim_players,
    compile_map,
    intrinsic_removal,
    p_max,
    relation_players,
    removal,
    shapley,
    solve,
)
from argmap.engine.attribution import Players, Revalue
from argmap.model import Map

Floats = NDArray[np.float64]


def revaluing(graph: Graph, target: int) -> Revalue:
    def revalue(weights: Floats) -> Floats:
        return solve(graph, SUM, p_max(2), weights=weights).strengths[target]

    return revalue


def worth(graph: Graph, target: int, mute: set[int]) -> float:
    weights = [0 if r in mute else w for r, w in enumerate(graph.weights)]
    return float(revaluing(graph, target)(np.array(weights)[:, None])[0])


@settings(max_examples=30)
@given(map_=draw.maps())
def test_removal_is_what_muting_changes(map_: Map) -> None:
    assume(map_.claims)
    graph = compile_map(map_).resolved()
    players = claim_players(graph, 0)
    found = removal(graph, players, revaluing(graph, 0))

    relations = list(map_.relations.values())
    for key, value in zip(players.keys, found, strict=True):
        mute = {i for i, r in enumerate(relations) if key in r.premises}
        expected = worth(graph, 0, set()) - worth(graph, 0, mute)
        assert value == pytest.approx(expected, abs=1e-12)


def test_intrinsic_removal_takes_a_claims_own_support_away_first() -> None:
    map_ = Map.of({"t": 0.5, "a": 0.5, "b": 1.0}, [("a", "t"), ("b", "a")])
    graph = compile_map(map_)
    revalue = revaluing(graph, 0)

    alone = intrinsic_removal(graph, 0, revalue)
    helped = removal(graph, claim_players(graph, 0), revalue)

    # h(0.5)/2 of a by itself; h(0.75)/2, with the help of b.
    assert alone.tolist() == pytest.approx([0.1, 0.08])
    assert helped.tolist() == pytest.approx([0.18, 0.08])


@settings(max_examples=20)
@given(map_=draw.maps())
def test_exact_shapley_values_are_those_of_the_definition(map_: Map) -> None:
    graph = compile_map(map_).resolved()
    count = len(graph.relation_ids)
    assume(map_.claims and count <= 5)
    found = shapley(graph, relation_players(graph), revaluing(graph, 0))

    everyone = set(range(count))
    for player in everyone:
        expected = 0.0
        for size in range(count):
            share = factorial(size) * factorial(count - size - 1) / factorial(count)
            for chosen in combinations(sorted(everyone - {player}), size):
                absent = everyone - set(chosen)
                gain = worth(graph, 0, absent - {player}) - worth(graph, 0, absent)
                expected += share * gain
        assert found.values[player] == pytest.approx(expected, abs=1e-12)
    assert found.is_exact
    assert not found.errors.any()


def large() -> Graph:
    keys = [f"a{i}" for i in range(20)]
    return Graph.of(
        {"t": 0.5, **{k: i / 20 for i, k in enumerate(keys)}},
        attacks=[(k, "t") for k in keys[::2]],
        supports=[(k, "t") for k in keys[1::2]],
    )


def test_sampled_shapley_values_sum_up_and_know_their_error() -> None:
    graph = large()
    players, revalue = relation_players(graph), revaluing(graph, 0)
    found = shapley(graph, players, revalue, permutations=400, seed=1)
    finer = shapley(graph, players, revalue, permutations=4000, seed=2)
    everyone = worth(graph, 0, set()) - worth(graph, 0, set(range(20)))

    assert not found.is_exact
    assert found.values.sum() == pytest.approx(everyone, abs=1e-12)
    off = abs(found.values - finer.values)
    assert (off <= 5 * (found.errors + finer.errors) + 1e-12).all()
    assert 0 < finer.errors.max() < found.errors.max()


def test_the_same_seed_gives_the_same_values() -> None:
    graph = large()
    players, revalue = relation_players(graph), revaluing(graph, 0)
    first, again = (
        shapley(graph, players, revalue, permutations=20, seed=7) for _ in range(2)
    )
    assert first.values.tolist() == again.values.tolist()


def test_sources_mute_only_what_rests_on_nothing_else() -> None:
    graph = Graph.of(["t", "a", "b"], supports=[("a", "t"), ("b", "t")])
    # a rests on both sources, b on the second alone.
    players = Players.of(["s1", "s2"], [([0, 1], 0), ([1], 1)])
    absent = np.array([[True, False, True], [False, True, True]])

    weights = players.weights(graph, absent)

    assert weights.T.tolist() == [[1, 1], [1, 0], [0, 0]]
    values = shapley(graph, players, revaluing(graph, 0)).values
    assert values[1] > values[0] > 0


def test_conditions_may_be_left_out_with_the_relations_that_they_mute() -> None:
    graph = Graph.of(["t", "a", "b"], supports=[("a", "t"), ("b", "t")])
    players = relation_players(graph).about(np.array([False, True]))

    assert players.keys == ("r1", "r2")
    assert players.active.tolist() == [1]
    weights = players.weights(graph, np.ones((2, 1), dtype=bool))
    assert weights.tolist() == [[1], [0]]


@pytest.mark.parametrize("permutations", [4, 6])
def test_standard_errors_are_how_far_values_spread(permutations: int) -> None:
    graph = large()
    players, revalue = relation_players(graph), revaluing(graph, 0)
    found = [
        shapley(graph, players, revalue, permutations=permutations, seed=seed)
        for seed in range(100)
    ]

    told = np.mean([each.errors**2 for each in found], axis=0).sum()
    spread = np.var([each.values for each in found], axis=0, ddof=1).sum()
    assert told == pytest.approx(spread, rel=0.2)


def test_who_can_change_nothing_contributes_nothing() -> None:
    graph = Graph.of(["t", "a", "aside"], attacks=[("a", "t")])
    players = claim_players(graph, 0)

    assert removal(graph, players, revaluing(graph, 0))[1] == 0
    assert shapley(graph, players, revaluing(graph, 0)).values[1] == 0
