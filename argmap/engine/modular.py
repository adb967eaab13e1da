"""Modular rules: strength = influence(base score, aggregate of what flows in).

After Mossakowski & Neuhaus 2018 and Potyka, KR 2018. An *aggregation* reduces what
flows into each claim to one number; an *influence* moves the base score by it. Both are
asked for whole blocks of claims by arrays and for single claims by plain floats, so
they use arithmetic, ``abs`` and `exp` from here, which mean the same for both.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal, Protocol

import numpy as np

from argmap.engine.groups import Groups
from argmap.engine.slopes import Flow, product_slopes, sum_slopes, top_slopes

# float, or an array of any shape: what runs on a block and on a single claim alike.
Values = Any

_PROBE: Final = 1e-5  # step of central differences: error h² against rounding ε/h
_LARGEST_EXPONENT: Final = 700.0  # e^709 is the largest finite double


class Inflow(Protocol):
    """What flows into claims: weight × strength of each incoming relation."""

    def energy(self) -> Values:
        """Sum the supports, less the attacks."""

    def total(self) -> Values:
        """Sum the supports and the attacks."""

    def unattacked(self) -> Values:
        """Multiply 1 - v over the attacks v; 1 where there are none."""

    def unsupported(self) -> Values:
        """Multiply 1 - v over the supports v; 1 where there are none."""

    def strongest_attack(self) -> Values:
        """Take the largest attack; 0 where there are none."""

    def strongest_support(self) -> Values:
        """Take the largest support; 0 where there are none."""

    def attack_count(self) -> Values:
        """Count the attacks that are not 0."""

    def uncorroborated(self, groups: Groups) -> Values:
        """Multiply 1 - v over the supports v, each group having only one say.

        A support of k groups leaves each of them the k-th root of 1 - v; a group
        counts once, by the least that it is left; supports of no group count alone.
        """


@dataclass(frozen=True)
class Aggregation:
    """A way to reduce what flows in.

    Attributes:
        name: For people.
        combine: From an `Inflow` to one number per claim.
        gain: How constants of the single relations bound the whole's Lipschitz constant
            in the maximum norm: their ``sum``, the ``largest`` attack plus the largest
            support, or None where there is no bound.
        slopes: From an inflow of arrays to one partial derivative per relation, for
            gradients; None where it has not been worked out.
        reads_supports: Whether supports of claims flow in at all; backers always do.
    """

    name: str
    combine: Callable[[Inflow], Values]
    gain: Literal["sum", "largest"] | None = None
    slopes: Callable[[Flow], Values] | None = None
    reads_supports: bool = True


@dataclass(frozen=True)
class Influence:
    """A way to move a base score by an aggregate.

    Attributes:
        name: For people.
        apply: From base score and aggregate to a strength in [0, 1].
        lipschitz: From base scores to Lipschitz constants of ``apply`` in its second
            argument; None where there is no bound.
        derivatives: From base scores and aggregates to the two partial derivatives of
            ``apply``; None: by differences.
    """

    name: str
    apply: Callable[[Values, Values], Values]
    lipschitz: Callable[[Values], Values] | None = None
    derivatives: Callable[[Values, Values], tuple[Values, Values]] | None = None

    def slopes(self, w: Values, x: Values) -> tuple[Values, Values]:
        """Differentiate by base score and by aggregate, to ten digits at least.

        If need be by central differences: the function is one of two numbers, so that
        they are cheap, and a rule's author need not work out derivatives.

        >>> [round(slope, 9) for slope in linear().slopes(0.5, -0.5)]
        [0.5, 0.5]
        """
        if self.derivatives is not None:
            return self.derivatives(w, x)
        h = _PROBE
        by_base = self.apply(w + h, x) - self.apply(w - h, x)
        by_aggregate = self.apply(w, x + h) - self.apply(w, x - h)
        return by_base / (2 * h), by_aggregate / (2 * h)


SUM: Final = Aggregation("sum", lambda inflow: inflow.energy(), "sum", sum_slopes)
PRODUCT: Final = Aggregation(
    "product",
    lambda inflow: inflow.unattacked() - inflow.unsupported(),
    "sum",
    product_slopes,
)
TOP: Final = Aggregation(
    "top",
    lambda inflow: inflow.strongest_support() - inflow.strongest_attack(),
    "largest",
    top_slopes,
)


def linear(k: float = 1.0) -> Influence:
    """Move the base score in proportion: w - w/k·max(0, -x) + (1-w)/k·max(0, x).

    Rago et al., KR 2016 (k = 1); Potyka, AAMAS 2019 (k ≥ 1). For x in [-k, k].

    >>> linear().apply(0.5, -0.5)
    0.25
    """

    def apply(w: Values, x: Values) -> Values:
        up, down = (abs(x) + x) * 0.5, (abs(x) - x) * 0.5
        return w - w / k * down + (1.0 - w) / k * up

    return Influence(f"linear({k:g})", apply, lambda w: _larger_part(w) / k)


def p_max(p: int = 2, k: float = 1.0) -> Influence:
    """Move the base score by h(y) = y^p / (1 + y^p) of y = |x|/k, up or down.

    Potyka, KR 2018 (p = 2, k = 1) and AAMAS 2019.

    >>> p_max().apply(0.5, 1.0)
    0.75
    """

    def apply(w: Values, x: Values) -> Values:
        up, down = (abs(x) + x) * (0.5 / k), (abs(x) - x) * (0.5 / k)
        for _ in range(p - 1):
            up, down = up * (abs(x) / k), down * (abs(x) / k)
        return w - w * (down / (1.0 + down)) + (1.0 - w) * (up / (1.0 + up))

    def derivatives(w: Values, x: Values) -> tuple[Values, Values]:
        y = abs(x) / k
        power = y ** (p - 1)
        left = 1.0 / (1.0 + power * y)
        return left, np.where(x < 0, w, 1.0 - w) * (p / k * power * left * left)

    # The steepest slope of h: at y = ((p-1)/(p+1))^(1/p); 9/(8√3) for p = 2, 1 for p =
    # 1.
    at = ((p - 1) / (p + 1)) ** (1 / p)
    steepest = p * at ** (p - 1) / (1 + at**p) ** 2
    return Influence(
        f"{p}-max({k:g})",
        apply,
        lambda w: steepest * _larger_part(w) / k,
        derivatives if p > 1 else None,  # at a kink, the mean of both sides
    )


def euler() -> Influence:
    """Move the base score to 1 - (1 - w²)/(1 + w·e^x). Amgoud & Ben-Naim 2017.

    >>> euler().apply(0.5, 0.0)
    0.5
    """

    def apply(w: Values, x: Values) -> Values:
        growth = exp(x)
        # The same, arranged so that x = 0 gives w to the last bit.
        s = w * ((growth + w) / (1.0 + w * growth))
        # Rounding may pass 1 by one bit. Beyond w = 1, where slopes are probed, let it.
        return s - (s > 1.0) * (w <= 1.0) * (s - 1.0)

    return Influence("euler", apply, lambda w: 0.25 + 0.0 * w)


def mlp() -> Influence:
    """Add x to the base score's log-odds. Potyka, AAAI 2021; 0 and 1 stay.

    >>> mlp().apply(0.5, 0.0), mlp().apply(1.0, -9.0)
    (0.5, 1.0)
    """
    return Influence(
        "mlp", lambda w, x: w / (w + (1.0 - w) * exp(-x)), lambda w: 0.25 + 0.0 * w
    )


def exp(x: Values) -> Values:
    """Take e^x, of an array or a float alike, bounded so that it stays finite."""
    if isinstance(x, np.ndarray):
        return np.exp(np.minimum(x, _LARGEST_EXPONENT))
    return float(np.exp(min(x, _LARGEST_EXPONENT)))


def _larger_part(w: Values) -> Values:
    return 0.5 + abs(w - 0.5)
