"""What flows into nodes, read from arrays: by blocks, and one node at a time.

Both say the same to the last bit: they multiply and add in the same order. Strengths
are held by position (see `argmap.engine.plan`), shape (N,) or, for a batch, (N, B).
"""

from collections.abc import Callable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from argmap.engine.groups import Groups, Shares
from argmap.engine.modular import Values
from argmap.engine.slopes import Runs
from argmap.engine.wiring import Wiring

Floats = NDArray[np.float64]


class Part:
    """A range of positions of a wiring, prepared for array operations.

    Built once per plan and graph; what it holds depends on relations and weights only.
    """

    def __init__(self, wiring: Wiring, weights: Floats, start: int, stop: int) -> None:
        self.start, self.stop = start, stop
        self.relations = wiring.relations[start:stop]
        self.is_claims = start == stop or wiring.relations[start] < 0
        first, last = wiring.starts[start], wiring.starts[stop]
        self.sources = wiring.sources[first:last]
        self.edge_relations = wiring.edge_relations[first:last]
        self._starts = wiring.starts[start : stop + 1] - first
        self._middles = wiring.middles[start:stop] - first
        first, last = wiring.premise_starts[start], wiring.premise_starts[stop]
        self.premises = wiring.premises[first:last]
        self.premise_starts = wiring.premise_starts[start:stop] - first
        self.edge_weights = weigh(weights, self.edge_relations)
        self.weights = weights[self.relations] if not self.is_claims else weights[:0]
        self._wiring = wiring
        self._shares: tuple[Groups, Shares] | None = None

    @cached_property
    def attacks(self) -> "Segments":
        """Give the edges that attack, by position."""
        return Segments(self._starts[:-1], self._middles)

    @cached_property
    def supports(self) -> "Segments":
        """Give the edges that support, by position."""
        return Segments(self._middles, self._starts[1:])

    def shares(self, groups: Groups) -> Shares:
        """Prepare how the edges that support fall into groups, once."""
        if self._shares is None or self._shares[0] is not groups:
            members, starts = self.supports.members, self._wiring.starts
            owners = self._wiring.owners(slice(starts[self.start], starts[self.stop]))
            shares = Shares(groups, owners[members], self.supports.owners)
            self._shares = groups, shares
        return self._shares[1]

    @cached_property
    def signs(self) -> Floats:
        """Give -1 for every edge that attacks and 1 for every edge that supports."""
        signs = np.ones(len(self.sources))
        signs[self.attacks.members] = -1.0
        return signs

    @cached_property
    def sides(self) -> Runs:
        """Take the edges that attack a position, and those that support it, as runs."""
        bounds = np.stack([self._starts[:-1], self._middles], axis=1).ravel()
        ends = np.append(bounds[1:], self._starts[-1])
        return Runs(bounds[bounds < ends], len(self.sources))

    @cached_property
    def matrix(self) -> sparse.csr_array:
        """Give the signed weights, positions of the part × all positions."""
        return self._csr(
            self.signs * self.edge_weights, self.sources, self._wiring.size
        )

    @cached_property
    def incidence(self) -> sparse.csr_array:
        """Give the signs, positions of the part × edges."""
        return self._csr(self.signs, np.arange(len(self.signs)), len(self.signs))

    def _csr(self, data: Floats, columns: Values, width: int) -> sparse.csr_array:
        shape = (self.stop - self.start, width)
        return sparse.csr_array((data, columns, self._starts), shape=shape)


class Segments:
    """Which edges belong to which row, where some rows have none."""

    def __init__(self, starts: Values, stops: Values) -> None:
        self.rows = np.flatnonzero(starts < stops)
        self.count = len(starts)
        self._starts, self._stops = starts[self.rows], stops[self.rows]

    @cached_property
    def members(self) -> Values:
        """List the edges, row by row."""
        widths = self._stops - self._starts
        before = np.cumsum(widths) - widths
        return np.arange(widths.sum()) + np.repeat(self._starts - before, widths)

    @property
    def owners(self) -> Values:
        """Give the row of each of `members`."""
        return np.repeat(self.rows, self._stops - self._starts)

    @cached_property
    def bounds(self) -> Values:
        """Give where each row that has edges starts among `members`."""
        widths = self._stops - self._starts
        return np.cumsum(widths) - widths

    def reduce(self, ufunc: np.ufunc, values: Floats, empty: float) -> Floats:
        """Reduce *values*, one an edge, to one a row; *empty* where a row has none."""
        result = np.full((self.count, *values.shape[1:]), empty)
        if len(self.rows):
            result[self.rows] = ufunc.reduceat(
                values[self.members], self.bounds, axis=0
            )
        return result


class BlockInflow:
    """What flows into a part: an `argmap.engine.modular.Inflow` of arrays."""

    def __init__(
        self, part: Part, strengths: Floats, weights: Floats | None = None
    ) -> None:
        """Take the part's own weights, or *weights* of shape (relations, B)."""
        self.part, self._strengths = part, strengths
        self._weights = weights

    @cached_property
    def values(self) -> Floats:
        """Give weight × strength of each edge."""
        part = self.part
        values = self._strengths[part.sources]
        if self._weights is not None:
            return values * weigh(self._weights, part.edge_relations)
        return (values.T * part.edge_weights).T

    def energy(self) -> Floats:
        """Sum the supports, less the attacks."""
        if self._weights is None:
            return np.asarray(self.part.matrix @ self._strengths)
        return np.asarray(self.part.incidence @ self.values)

    def total(self) -> Floats:
        """Sum the supports and the attacks."""
        return np.asarray(abs(self.part.incidence) @ self.values)

    def unattacked(self) -> Floats:
        """Multiply 1 - v over the attacks v."""
        return self.part.attacks.reduce(np.multiply, 1.0 - self.values, 1.0)

    def unsupported(self) -> Floats:
        """Multiply 1 - v over the supports v."""
        return self.part.supports.reduce(np.multiply, 1.0 - self.values, 1.0)

    def strongest_attack(self) -> Floats:
        """Take the largest attack."""
        return self.part.attacks.reduce(np.maximum, self.values, 0.0)

    def strongest_support(self) -> Floats:
        """Take the largest support."""
        return self.part.supports.reduce(np.maximum, self.values, 0.0)

    def attack_count(self) -> Floats:
        """Count the attacks that are not 0."""
        return self.part.attacks.reduce(np.add, (self.values != 0.0) * 1.0, 0.0)

    def uncorroborated(self, groups: Groups) -> Floats:
        """Multiply 1 - v over the supports v, each group having only one say."""
        part, left = self.part, 1.0 - self.values
        shares = part.shares(groups)
        return shares.combine(left[part.supports.members], part.supports.count)


class NodeInflow:
    """What flows into one node: an `argmap.engine.modular.Inflow` of floats."""

    __slots__ = ("_owners", "attacks", "first_support", "supports")

    def __init__(self, owners: Callable[[], Values]) -> None:
        """Take what gives the relations of edges, among which are the supports'."""
        self.attacks: list[float] = []
        self.supports: list[float] = []
        self.first_support = 0
        self._owners = owners

    def energy(self) -> float:
        """Sum the supports, less the attacks."""
        total = 0.0
        for value in self.attacks:
            total -= value
        for value in self.supports:
            total += value
        return total

    def total(self) -> float:
        """Sum the supports and the attacks."""
        return sum(self.attacks) + sum(self.supports)

    def unattacked(self) -> float:
        """Multiply 1 - v over the attacks v."""
        return _complements(self.attacks)

    def unsupported(self) -> float:
        """Multiply 1 - v over the supports v."""
        return _complements(self.supports)

    def strongest_attack(self) -> float:
        """Take the largest attack."""
        return max(self.attacks, default=0.0)

    def strongest_support(self) -> float:
        """Take the largest support."""
        return max(self.supports, default=0.0)

    def attack_count(self) -> float:
        """Count the attacks that are not 0."""
        return float(sum(value != 0.0 for value in self.attacks))

    def uncorroborated(self, groups: Groups) -> float:
        """Multiply 1 - v over the supports v, each group having only one say."""
        if len(self.supports) < 2:
            return _complements(self.supports)
        first = self.first_support
        relations = self._owners()[first : first + len(self.supports)]
        shares = Shares(groups, relations, np.zeros_like(relations))
        left = 1.0 - np.array(self.supports)
        return float(shares.combine(left, 1)[0])


def _complements(values: list[float]) -> float:
    product = 1.0
    for value in values:
        product *= 1.0 - value
    return product


def weigh(weights: Floats, edge_relations: Values) -> Floats:
    """Take the weight of each edge; an edge from a relation node carries 1."""
    if not len(weights):
        return np.ones((len(edge_relations), *weights.shape[1:]))
    taken = weights[edge_relations]
    taken[edge_relations < 0] = 1.0
    return taken
