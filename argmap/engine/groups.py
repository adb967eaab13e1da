"""Groups that relations belong to, of which each has only one say: shared sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from argmap.engine.graph import Graph

Indices = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Groups:
    """Which groups each of m relations is in, none included.

    Attributes:
        starts: Shape (m + 1,): relation r is in the groups
            ``members[starts[r]:starts[r + 1]]``.
        members: Numbers of groups.
    """

    starts: Indices
    members: Indices


def shared_sources(graph: Graph) -> Groups:
    """Say which sources each relation rests on: those that all its premises share.

    Premises that no source asserts do not count; a relation whose sourced premises have
    no source in common rests on none. O(premises × sources a claim).

    >>> from argmap.engine.graph import Graph
    >>> shared_sources(Graph.of("ab", supports=[("a", "b")])).starts.tolist()
    [0, 0]
    """
    m, widths = len(graph.relation_ids), np.diff(graph.source_starts)[graph.premises]
    relations = np.repeat(np.arange(m), np.diff(graph.premise_starts))
    sourced = np.bincount(relations, weights=widths > 0)
    before = np.cumsum(widths) - widths
    places = np.repeat(graph.source_starts[graph.premises] - before, widths)
    sources = graph.sources[places + np.arange(len(places))]
    count = max(len(graph.source_ids), 1)
    pairs, times = np.unique(
        np.repeat(relations, widths) * count + sources, return_counts=True
    )
    shared = pairs[times == sourced[pairs // count]]
    counts = np.bincount(shared // count, minlength=m)
    return Groups(np.concatenate([[0], np.cumsum(counts)]), shared % count)


class Shares:
    """How the edges of some rows fall into groups, prepared for `combine`.

    An edge none of whose groups has another edge of its row is a group of its own.
    """

    def __init__(self, groups: Groups, relations: Indices, rows: Indices) -> None:
        """Take the relation and the row of each edge, rows in order."""
        counts = np.diff(groups.starts)[relations]
        owners = np.repeat(np.arange(len(relations)), counts)
        before = np.cumsum(counts) - counts
        places = np.repeat(groups.starts[relations] - before, counts)
        members = groups.members[places + np.arange(len(places))]
        span = int(members.max(initial=0)) + 1
        _, which, times = np.unique(
            rows[owners] * span + members, return_inverse=True, return_counts=True
        )
        is_shared = np.zeros(len(relations), dtype=bool)
        is_shared[owners[times[which] > 1]] = True
        stays, alone = is_shared[owners], np.flatnonzero(~is_shared)

        edges = np.concatenate([owners[stays], alone])
        group = np.concatenate([members[stays], span + alone])
        order = np.lexsort((edges, group, rows[edges]))
        self.edges, group, row = edges[order], group[order], rows[edges[order]]
        self.roots = np.where(is_shared, 1.0 / np.maximum(counts, 1), 1.0)[self.edges]
        first = np.ones(len(row), dtype=bool)
        first[1:] = (np.diff(row) != 0) | (np.diff(group) != 0)
        self.bounds = np.flatnonzero(first)
        self.rows, self.row_bounds = np.unique(row[self.bounds], return_index=True)

    def combine(self, left: Floats, count: int) -> Floats:
        """Multiply, row by row, the least share that each group leaves of *left*.

        Returns:
            Shape (count,), or (count, columns); 1 for rows without edges.
        """
        result = np.ones((count, *left.shape[1:]))
        # A probe for slopes may step over 1.
        rooted = np.maximum(left[self.edges], 0.0)
        shares = np.power(rooted.T, self.roots).T
        least = np.minimum.reduceat(shares, self.bounds, axis=0)
        result[self.rows] = np.multiply.reduceat(least, self.row_bounds, axis=0)
        return result
