"""Which nodes a graph has when it is solved, what depends on what, and how deep.

A relation that is a rephrase, or that targets one, has no influence and is left out.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

if TYPE_CHECKING:
    from argmap.engine.graph import Graph

Indices = NDArray[np.int64]

CLAIM_RANK: Final = np.iinfo(np.int64).max  # claims come after all relation nodes

# Fronts smaller than this are peeled by a plain loop (measured).
_SMALL_FRONT: Final = 64


@dataclass(frozen=True, eq=False)
class Nodes:
    """Claims 0 … n-1, then relation nodes; plain edges and premises between them.

    Attributes:
        relations: The relation that each node is, -1 for a claim.
        rank: How long a chain of relation nodes that target each other ends in a node.
        edge_relations: Whose weight an edge carries; -1 where it starts at a relation
            node, which has its weight in itself.
    """

    claim_count: int
    relations: Indices
    rank: Indices
    edge_sources: Indices
    edge_targets: Indices
    edge_supports: NDArray[np.bool_]
    edge_relations: Indices
    premise_sources: Indices
    premise_targets: Indices

    @property
    def count(self) -> int:
        """Count claims and relation nodes."""
        return len(self.relations)


def read_nodes(graph: Graph, *, claims_are_given: bool, reads_supports: bool) -> Nodes:
    """Decide which relations are nodes and which are plain edges."""
    n, m = graph.size, len(graph.relation_ids)
    # A relation's own strength does not ask whether it has any influence.
    active = (
        np.ones(m, dtype=bool) if claims_are_given else _active(graph, reads_supports)
    )
    counts = np.diff(graph.premise_starts)
    is_targeted = np.zeros(m, dtype=bool)
    is_targeted[graph.targets[graph.on_relation & active]] = True
    is_node = active & (is_targeted | (counts > 1))
    node_of = np.full(m, -1, dtype=np.int64)
    node_of[is_node] = n + np.arange(is_node.sum())

    flows = active & graph.on_relation if claims_are_given else active
    edges = np.flatnonzero(flows)
    first_premise = graph.premises[graph.premise_starts[edges]]
    from_node = is_node[edges]
    targets = graph.targets[edges]
    on_relation = graph.on_relation[edges]
    into = targets.copy()
    into[on_relation] = node_of[targets[on_relation]]
    owner = np.repeat(np.arange(m), counts)
    of_node = is_node[owner]
    relations = np.concatenate(
        [np.full(n, -1, dtype=np.int64), np.flatnonzero(is_node)]
    )
    return Nodes(
        claim_count=n,
        relations=relations,
        rank=_ranks(graph, relations, node_of),
        edge_sources=np.where(from_node, node_of[edges], first_premise),
        edge_targets=into,
        edge_supports=graph.kinds[edges] == 0,
        edge_relations=np.where(from_node, -1, edges),
        premise_sources=graph.premises[of_node],
        premise_targets=node_of[owner[of_node]],
    )


def _active(graph: Graph, reads_supports: bool) -> NDArray[np.bool_]:
    """Say which relations have influence: not those whose targets end in a rephrase.

    Pointers are doubled, so a chain of any length takes logarithmically many steps.
    """
    end = np.where(graph.on_relation, graph.targets, np.arange(len(graph.relation_ids)))
    while not np.array_equal(further := end[end], end):
        end = further
    mute = [3] if reads_supports else [0, 3]
    return ~np.isin(graph.kinds[end], mute)


def _ranks(graph: Graph, relations: Indices, node_of: Indices) -> Indices:
    """Count, for each relation node, the longest chain of nodes that target it."""
    ranks = np.where(relations < 0, CLAIM_RANK, 0)
    own = relations[relations >= 0]
    nested = own[graph.on_relation[own]]
    parent = {int(node_of[r]): int(node_of[graph.targets[r]]) for r in nested.tolist()}
    waiting: dict[int, int] = {}
    for target in parent.values():
        waiting[target] = waiting.get(target, 0) + 1
    ready = deque(node for node in parent if node not in waiting)
    while ready:
        node = ready.popleft()
        target = parent[node]
        ranks[target] = max(ranks[target], ranks[node] + 1)
        waiting[target] -= 1
        if not waiting[target] and target in parent:
            ready.append(target)
    return ranks


def levels(nodes: Nodes) -> tuple[Indices, Indices]:
    """Find strongly connected components and the level of every node.

    Returns:
        Per node: its component's number, -1 if it lies on no cycle; and its level: the
        length of the longest path to it in the graph of components.
    """
    sources = np.concatenate([nodes.edge_sources, nodes.premise_sources])
    targets = np.concatenate([nodes.edge_targets, nodes.premise_targets])
    adjacency = sparse.csr_array(
        (np.ones(len(sources), dtype=np.int8), (sources, targets)),
        shape=(nodes.count, nodes.count),
    )
    count, label = csgraph.connected_components(adjacency, connection="strong")
    label = label.astype(np.int64)
    is_cyclic = np.bincount(label) > 1
    is_cyclic[label[sources[sources == targets]]] = True
    crosses = label[sources] != label[targets]
    level = _peel(count, label[sources[crosses]], label[targets[crosses]])
    return np.where(is_cyclic[label], label, -1), level[label]


def _peel(count: int, sources: Indices, targets: Indices) -> Indices:
    """Give each node of an acyclic graph the length of the longest path to it."""
    by_source = np.argsort(sources, kind="stable")
    after = targets[by_source]
    starts = np.concatenate([[0], np.cumsum(np.bincount(sources, minlength=count))])
    missing = np.bincount(targets, minlength=count)
    level = np.zeros(count, dtype=np.int64)
    # The same memory, read and written item by item without numpy's overhead.
    starts_, after_, missing_, level_ = (
        starts.data,
        after.data,
        missing.data,
        level.data,
    )
    front = np.flatnonzero(missing == 0)
    depth = 0
    while len(front):
        depth += 1
        if len(front) < _SMALL_FRONT:
            ready = []
            for node in map(int, front):
                for edge in range(starts_[node], starts_[node + 1]):
                    target = after_[edge]
                    missing_[target] -= 1
                    if not missing_[target]:
                        level_[target] = depth
                        ready.append(target)
            front = np.array(ready, dtype=np.int64)
        else:
            widths = starts[front + 1] - starts[front]
            offsets = np.repeat(starts[front] - np.cumsum(widths) + widths, widths)
            reached, times = np.unique(
                after[offsets + np.arange(len(offsets))], return_counts=True
            )
            missing[reached] -= times
            front = reached[missing[reached] == 0]
            level[front] = depth
    return level
