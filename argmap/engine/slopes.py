"""How aggregates change with what flows in: one partial derivative per relation.

They are asked for whole parts, and read what the inflow has already computed. Where
every edge counts by its sign alone, what comes back is the part's own signs.
"""

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Runs:
    """A row of values in runs, none of them empty."""

    def __init__(self, bounds: NDArray[np.int64], count: int) -> None:
        """Take where each run starts, and how many values there are."""
        self.bounds = bounds
        self._widths = np.diff(np.append(bounds, count))

    def spread(self, values: NDArray[Any]) -> NDArray[Any]:
        """Repeat a value per run for each of its members."""
        return np.repeat(values, self._widths)


class Flow(Protocol):
    """What is asked of an inflow of arrays: see `argmap.engine.inflow.BlockInflow`."""

    @property
    def part(self) -> Any:
        """Give the part into which it flows."""

    @property
    def values(self) -> Floats:
        """Give weight × strength of each edge."""


def sum_slopes(flow: Flow) -> Floats:
    """Differentiate the energy: -1 for an attack, 1 for a support."""
    return np.asarray(flow.part.signs)


def product_slopes(flow: Flow) -> Floats:
    """Differentiate ∏(1 - a) - ∏(1 - s): the product over the others, signed."""
    part = flow.part
    return np.asarray(part.signs * others(1.0 - flow.values, part.sides))


def top_slopes(flow: Flow) -> Floats:
    """Differentiate max(s) - max(a): only the first largest of each side counts."""
    slopes, sides = np.zeros_like(flow.values), flow.part.sides
    if len(slopes):
        first = firsts(flow.values, sides, np.maximum)
        slopes[first] = flow.part.signs[first]
    return slopes


def others(values: Floats, runs: Runs) -> Floats:
    """Multiply, for each value, the others of its run; zeros are no trouble."""
    if not len(values):
        return values
    is_zero = values == 0.0
    if not is_zero.any():
        return runs.spread(np.multiply.reduceat(values, runs.bounds)) / values
    zeros = runs.spread(np.add.reduceat(is_zero.astype(np.int64), runs.bounds))
    divisors = np.where(is_zero, 1.0, values)
    product = runs.spread(np.multiply.reduceat(divisors, runs.bounds))
    return np.where(zeros - is_zero > 0, 0.0, product / divisors)


def firsts(values: Floats, runs: Runs, extreme: np.ufunc) -> NDArray[np.int64]:
    """Find, for each run, where its first largest or smallest value is."""
    found = runs.spread(extreme.reduceat(values, runs.bounds))
    places = np.flatnonzero(values == found)
    return places[np.searchsorted(places, runs.bounds)]
