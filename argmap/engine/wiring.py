"""Where everything flows: edges by the position that they reach; ranges of positions.

See `argmap.engine.plan` for what positions are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Wiring:
    """What flows into each position: edges by target, attackers before supporters.

    Attributes:
        starts, middles: Shapes (N + 1,) and (N,): position i is attacked by the edges
            ``starts[i]:middles[i]`` and supported by ``middles[i]:starts[i + 1]``.
        sources: The position that each edge comes from.
        edge_relations: The relation whose weight each edge carries; -1 carries 1.
        premise_starts, premises: The premises' positions of each relation node.
        relations: The relation that each position is, -1 for a claim.
    """

    starts: Indices
    middles: Indices
    sources: Indices
    edge_relations: Indices
    premise_starts: Indices
    premises: Indices
    relations: Indices

    @property
    def size(self) -> int:
        """Count the positions."""
        return len(self.relations)

    def onward(self, start: int, stop: int) -> tuple[list[int], list[int]]:
        """List the edges within a range of positions by where they come from.

        Returns:
            Where each position's edges start in the second list, and the edges, counted
            from the first that flows into the range.
        """
        first, last = self.starts[start], self.starts[stop]
        sources = self.sources[first:last] - start
        inner = np.flatnonzero(sources >= 0)
        counts = np.bincount(sources[inner], minlength=stop - start)
        by_source = inner[np.argsort(sources[inner], kind="stable")]
        return [0, *np.cumsum(counts).tolist()], by_source.tolist()

    def owners(self, edges: slice) -> Indices:
        """Give the relation that each edge stands for."""
        own = self.edge_relations[edges]
        return np.where(own < 0, self.relations[self.sources[edges]], own)

    def premises_of(self, position: int) -> Indices:
        """Give the positions of a relation node's premises."""
        return self.premises[
            self.premise_starts[position] : self.premise_starts[position + 1]
        ]


@dataclass(frozen=True, eq=False)
class Block:
    """A range of positions; each of its ``cuts`` starts a part computed at once."""

    kind: Literal["wide", "narrow", "component"]
    cuts: tuple[int, ...]
    stop: int

    @property
    def start(self) -> int:
        """Give the first position."""
        return self.cuts[0]

    @property
    def ranges(self) -> Iterator[tuple[int, int]]:
        """Give the parts, in order, as half-open ranges of positions."""
        return pairwise((*self.cuts, self.stop))


def cut_out(wiring: Wiring, block: Block) -> tuple[Wiring, Indices]:
    """Cut a component out of its graph, with the positions that flow into it.

    Returns:
        The component's own wiring, in which its positions count from 0 and those that
        flow in come after them; and these latter, as positions of the whole.
    """
    start, stop = block.start, block.stop
    first, last = wiring.starts[start], wiring.starts[stop]
    first_premise = wiring.premise_starts[start]
    last_premise = wiring.premise_starts[stop]
    sources = wiring.sources[first:last]
    premises = wiring.premises[first_premise:last_premise]
    both = np.concatenate([sources, premises])
    outer = np.unique(both[(both < start) | (both >= stop)])

    def inside(positions: Indices) -> Indices:
        is_inner = (positions >= start) & (positions < stop)
        return np.where(
            is_inner,
            positions - start,
            stop - start + np.searchsorted(outer, positions),
        )

    def extended(bounds: Indices, end: int) -> Indices:
        return np.concatenate([bounds, np.full(len(outer), end)])

    return (
        Wiring(
            starts=extended(wiring.starts[start : stop + 1] - first, last - first),
            middles=extended(wiring.middles[start:stop] - first, last - first),
            sources=inside(sources),
            edge_relations=wiring.edge_relations[first:last],
            premise_starts=extended(
                wiring.premise_starts[start : stop + 1] - first_premise,
                last_premise - first_premise,
            ),
            premises=inside(premises),
            relations=np.concatenate(
                [wiring.relations[start:stop], wiring.relations[outer]]
            ),
        ),
        outer,
    )
