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
    size = wiring.size
    nodes = np.arange(size)
    sources = np.concatenate(
        [wiring.sources, wiring.premises, np.full(len(positions), size)]
    )
    targets = np.concatenate(
        [
            np.repeat(nodes, np.diff(wiring.starts)),
            np.repeat(nodes, np.diff(wiring.premise_starts)),
            positions,
        ]
    )
    graph = sparse.csr_array(
        (np.ones(len(sources), dtype=np.int8), (sources, targets)),
        shape=(size + 1, size + 1),
    )
    reached = csgraph.breadth_first_order(graph, size, return_predecessors=False)
    mask = np.zeros(size + 1, dtype=bool)
    mask[reached] = True
    return mask[:size]
