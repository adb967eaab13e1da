"""What depends on what."""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

from argmap.engine.wiring import Indices, Wiring


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
