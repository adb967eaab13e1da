"""Variants of one map under one rule: other base scores, other weights, many at once.

A modular rule takes a batch in one pass. Any other rule is run on one variant after the
other, which is slow and right.
"""

from dataclasses import replace

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from argmap.engine import Graph, check_patience, solve
from argmap.plugin.answer import answer
from argmap.plugin.rule import Rule

Floats = NDArray[np.float64]


def vary(
    graph: Graph,
    rule: Rule,
    params: Struct,
    *,
    base_scores: Floats | None = None,
    weights: Floats | None = None,
) -> Floats:
    """Score variants of a map.

    Args:
        graph: The compiled map, n claims and m relations, base scores resolved.
        rule: Any rule.
        params: Its parameters, decoded.
        base_scores: Shape (n, B), instead of the graph's own.
        weights: Shape (m, B), instead of the graph's own; B as in *base_scores*.

    Returns:
        Strengths, shape (n, B).

    Raises:
        PluginFault: The rule failed on a variant.
        TooSlow, Cancelled: Whoever asked does not wait any longer.
    """
    check_patience()
    if pair := rule.modules(params):
        return solve(graph, *pair, base_scores=base_scores, weights=weights).strengths
    given = base_scores if weights is None else weights
    assert given is not None
    columns = []
    for b in range(given.shape[1]):
        check_patience()
        own = graph.base_scores if base_scores is None else base_scores[:, b]
        carried = graph.weights if weights is None else weights[:, b]
        variant = replace(graph, base_scores=_frozen(own), weights=_frozen(carried))
        columns.append(answer(rule, variant, params).strengths)
    return np.stack(columns, axis=1) if columns else np.zeros((graph.size, 0))


def _frozen(values: Floats) -> Floats:
    own = np.array(values)
    own.setflags(write=False)
    return own
