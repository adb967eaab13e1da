"""What depends on what."""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

from argmap.engine.graph import REPHRASE, Graph
from argmap.engine.wiring import Indices, Wiring


def bearing(graph: Graph, claim: int) -> NDArray[np.bool_]:
    """Mark the relations that a claim's strength can hang on under a modular rule.

    Those are the ones that lead, over relations that they undercut or back, to the
    claim or to one that it depends on.

    Returns:
        Shape (m,).

    >>> graph = Graph.of("abc", attacks=[("a", "b"), ("b", "c")])
    >>> bearing(graph, 1).tolist()
    [True, False]
    """
    ends = np.where(graph.on_relation, graph.targets, np.arange(len(graph.targets)))
    while not np.array_equal(further := ends[ends], ends):
        ends = further
    positions = graph.plan.positions[: graph.size]
    is_upstream = upstream(graph.plan.wiring, positions[claim])[positions]
    return np.asarray(
        is_upstream[graph.targets[ends]] & (graph.kinds[ends] != REPHRASE)
    )


def downstream(wiring: Wiring, positions: Indices) -> NDArray[np.bool_]:
    """Mark the positions themselves and all that depend on them, whatever the weights.

    Returns:
        Shape (N,), by position.
    """
    return _reached(wiring.size, *_ends(wiring), positions)


def upstream(wiring: Wiring, positions: Indices) -> NDArray[np.bool_]:
    """Mark the positions themselves and all that they depend on, whatever the weights.

    Returns:
        Shape (N,), by position.
    """
    sources, targets = _ends(wiring)
    return _reached(wiring.size, targets, sources, positions)


def _ends(wiring: Wiring) -> tuple[Indices, Indices]:
    """Give where every edge and every premise comes from and flows into."""
    nodes = np.arange(wiring.size)
    sources = np.concatenate([wiring.sources, wiring.premises])
    edges = np.repeat(nodes, np.diff(wiring.starts))
    return sources, np.concatenate(
        [edges, np.repeat(nodes, np.diff(wiring.premise_starts))]
    )


def _reached(
    size: int, sources: Indices, targets: Indices, positions: Indices
) -> NDArray[np.bool_]:
    """Search from one more node that leads to all of *positions*."""
    roots = np.atleast_1d(positions)
    rows = np.concatenate([sources, np.full(len(roots), size)])
    columns = np.concatenate([targets, roots])
    graph = sparse.csr_array(
        (np.ones(len(rows), dtype=np.int8), (rows, columns)), shape=(size + 1, size + 1)
    )
    mask = np.zeros(size + 1, dtype=bool)
    mask[csgraph.breadth_first_order(graph, size, return_predecessors=False)] = True
    return mask[:size]
