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

    assert together.shape == (graph.size, count)
    for column in range(count):
        alone = grounded(replace(graph, weights=weights[:, column]), support)
        assert together[:, column].tolist() == alone.strengths.tolist()


@pytest.mark.parametrize("support", SUPPORTS)
@given(map=draw.maps(), data=st.data())
def test_what_fewer_relations_decide_all_of_them_decide_the_same(
    support: Support, map: Map, data: st.DataObject
) -> None:
    graph = compile_map(map).resolved(0.5)
    m = len(graph.relation_ids)
    acting = np.array(data.draw(st.lists(st.booleans(), min_size=m, max_size=m)), bool)
    outcome = grounded(graph, support)
    assert outcome.relabel is not None

    assert outcome.relabel(np.ones(m, bool)).tolist() == outcome.strengths.tolist()
    fewer = outcome.relabel(acting)
    is_decided = fewer != 0.5
    assert fewer[is_decided].tolist() == outcome.strengths[is_decided].tolist()
