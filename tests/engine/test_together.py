"""Frameworks that are labelled at once get the labels that each gets alone."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import draw
from argmap.engine import compile_map, grounded, grounded_together
from argmap.engine.flatten import SUPPORTS, Support
from argmap.model import Map


@pytest.mark.parametrize("support", SUPPORTS)
@given(map=draw.maps(), data=st.data())
def test_variants_with_mute_relations_are_labelled_as_each_alone(
    support: Support, map: Map, data: st.DataObject
) -> None:
    graph = compile_map(map).resolved(0.5)
    m, count = len(graph.relation_ids), data.draw(st.integers(0, 20))
    cells = data.draw(st.lists(st.booleans(), min_size=m * count, max_size=m * count))
    weights = np.array(cells, dtype=float).reshape(m, count)

    together = grounded_together(graph, weights, support)

    whole = grounded(replace(graph, weights=np.ones(m)), support)
    assert whole.relabel is not None
    assert together.shape == (graph.size, count)
    for column in range(count):
        alone = grounded(replace(graph, weights=weights[:, column]), support)
        assert together[:, column].tolist() == alone.strengths.tolist()
        acting = weights[:, column] > 0
        assert whole.relabel(acting).tolist() == alone.strengths.tolist()
