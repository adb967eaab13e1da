"""How aggregates change with what flows in: one partial derivative per relation.

They are asked for whole parts, and read what the inflow has already computed.
"""

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


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
    left = 1.0 - flow.values
    slopes = np.zeros_like(left)
    for sign, side in ((-1.0, flow.part.attacks), (1.0, flow.part.supports)):
        if len(side.rows):
            slopes[side.members] = sign * others(left[side.members], side.bounds)
    return slopes


def top_slopes(flow: Flow) -> Floats:
    """Differentiate max(s) - max(a): only the first largest of each side counts."""
    slopes = np.zeros_like(flow.values)
    for sign, side in ((-1.0, flow.part.attacks), (1.0, flow.part.supports)):
        if len(side.rows):
            values = flow.values[side.members]
            largest = np.maximum.reduceat(values, side.bounds)
            widths = np.diff(np.append(side.bounds, len(values)))
            is_largest = np.flatnonzero(values == np.repeat(largest, widths))
            first = is_largest[np.searchsorted(is_largest, side.bounds)]
            slopes[side.members[first]] = sign
    return slopes


def others(values: Floats, bounds: NDArray[np.int64]) -> Floats:
    """Multiply, for each value, the others of its segment; zeros are no trouble."""
    widths = np.diff(np.append(bounds, len(values)))
    is_zero = values == 0.0
    if not is_zero.any():
        return np.repeat(np.multiply.reduceat(values, bounds), widths) / values
    zeros = np.repeat(np.add.reduceat(is_zero.astype(np.int64), bounds), widths)
    divisors = np.where(is_zero, 1.0, values)
    product = np.repeat(np.multiply.reduceat(divisors, bounds), widths)
    return np.where(zeros - is_zero > 0, 0.0, product / divisors)
