"""A wiring turned round: from each position to what depends on it.

What is told back along it is laid out as one vector of 2 N numbers: first how much each
node's aggregate matters, then how much the node itself does. Edges lead to the former,
premises to the latter.
"""

from copy import copy
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from argmap.engine.inflow import Part
from argmap.engine.wiring import Wiring

Floats = NDArray[np.float64]


class Turned:
    """What each position flows into: edges, then premises, by where they come from.

    Attributes:
        size: How many positions there are, N.
        order: Edges and premises (counted on after the edges), by where they come from.
        starts: Shape (N + 1,): where each position's stand in ``columns``.
        columns: Where in the vector of 2 N numbers each of them leads to.
        edge_targets: The position that each edge flows into, in the wiring's order.
        premise_targets: The same of each premise.
        relations: The relations that are edges, in the map's order.
        edges, sources, targets: Of each of these: the edge, and what it connects.
    """

    def __init__(self, wiring: Wiring, whole: Part) -> None:
        nodes, size = np.arange(wiring.size), wiring.size
        self._whole, self.size = whole, size
        self.edge_targets = np.repeat(nodes, np.diff(wiring.starts))
        self.premise_targets = np.repeat(nodes, np.diff(wiring.premise_starts))
        sources = np.concatenate([wiring.sources, wiring.premises])
        reached = np.concatenate([self.edge_targets, size + self.premise_targets])
        self.order = np.argsort(sources, kind="stable")
        counts = np.bincount(sources, minlength=size)
        starts = np.concatenate([[0], np.cumsum(counts)])
        # Narrow numbers where they do: a pass back is as fast as memory is.
        narrow = np.int32 if max(2 * size, len(sources)) < 2**31 else np.int64
        self.columns = reached[self.order].astype(narrow)
        self.starts = starts.astype(narrow)

        carrying = np.flatnonzero(wiring.edge_relations >= 0)
        by_relation = np.argsort(wiring.edge_relations[carrying], kind="stable")
        self.edges = carrying[by_relation]
        self.relations = wiring.edge_relations[self.edges]
        self.sources = wiring.sources[self.edges]
        self.targets = self.edge_targets[self.edges]

    def slopes(self, by_edge: Floats, by_premise: Floats) -> "Slopes":
        """Lay out how each edge and each premise tells back what it is told.

        Prepared once where an edge tells what its sign says, as under a sum.
        """
        if by_edge is self._whole.signs and not len(by_premise):
            return self.signed
        return Slopes(self, by_edge * self._whole.edge_weights, by_premise, by_edge)

    @cached_property
    def signed(self) -> "Slopes":
        """Give the slopes of edges that count by their signs alone."""
        signs, ones = self._whole.signs, np.ones(len(self.premise_targets))
        return Slopes(self, signs * self._whole.edge_weights, ones, signs)


class Slopes:
    """A turned wiring with a number at each edge and premise.

    Attributes:
        values: The numbers, in the order of the turned wiring's columns.
        by_relation: How fast what flows along each relation that is an edge counts.
    """

    def __init__(
        self, turned: Turned, by_edge: Floats, by_premise: Floats, by_flow: Floats
    ) -> None:
        """Take a number per edge and premise, and what edges count per unit of flow."""
        self._turned = turned
        both = np.concatenate([by_edge, by_premise]) if len(by_premise) else by_edge
        self.values = taken(both, turned.order)
        self.by_relation = taken(by_flow, turned.edges)
        self._rows: dict[int, sparse.csr_array] = {}

    def rows(self, start: int, stop: int) -> sparse.csr_array:
        """Give how a range of positions is told of, positions × 2 N; built once."""
        found = self._rows.get(start)
        if found is None:
            found = self._rows[start] = self._build(start, stop)
        return found

    def _build(self, start: int, stop: int) -> sparse.csr_array:
        turned = self._turned
        first, last = turned.starts[start], turned.starts[stop]
        if self is not turned.signed:  # a matrix costs more to make than to change
            found = copy(turned.signed.rows(start, stop))
            found.data = self.values[first:last]
            return found
        columns = turned.columns[first:last]
        starts = turned.starts[start : stop + 1] - first
        return sparse.csr_array(
            (self.values[first:last], columns, starts),
            shape=(stop - start, 2 * turned.size),
        )


def taken(
    values: Floats, places: NDArray[np.int64], out: Floats | None = None
) -> Floats:
    """Take *values* from *places*, all of them there: unchecked, which is faster."""
    found = np.empty(len(places)) if out is None else out
    return np.take(values, places, out=found, mode="clip")
