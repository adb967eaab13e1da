"""What graphs that differ in scores alone compute once."""

from dataclasses import replace

import numpy as np

from argmap.engine import Graph, compile_map
from argmap.model import Map


def test_twins_share_plans_whoever_asks_first() -> None:
    graph = compile_map(Map.of({"a": None, "b": 0.5}, supports=[("a", "b")]))
    twin, other = graph.resolved(0.5), graph.resolved(1.0, linked="minimum")

    assert twin.plan is other.plan is graph.plan
    assert twin.relation_plan is other.resolved(0.2).relation_plan
    assert twin.attack_plan is graph.attack_plan
    assert twin.base_scores.tolist() == [0.5, 0.5]
    assert other.base_scores.tolist() == [1.0, 0.5]


def test_a_graph_with_other_weights_has_a_plan_of_its_own() -> None:
    twin = Graph.of(["a", "b"], attacks=[("a", "b")]).resolved()
    muted = replace(twin, weights=np.zeros(1))

    assert muted.plan.weights.tolist() == [0]
    assert twin.plan.weights.tolist() == [1]
