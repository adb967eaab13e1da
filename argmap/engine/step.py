"""One evaluation of nodes from what flows into them.

The same pass over a graph computes strengths and, with other formulas, how far errors
spread; a `Step` is what differs.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from argmap.engine.inflow import BlockInflow, Part
from argmap.engine.modular import Aggregation, Inflow, Influence, Values

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Step:
    """How to compute a node.

    Attributes:
        join: Reduces the premises of a relation node.
        claim: From base score and inflow.
        relation: From weight, joined premises and inflow (undercuts and backers).
    """

    join: np.ufunc
    claim: Callable[[Values, Inflow], Values]
    relation: Callable[[Values, Values, Inflow], Values]

    def of(
        self,
        part: Part,
        values: Floats,
        bases: Floats,
        weights: Floats | None = None,
    ) -> Floats:
        """Compute a part from *values* by position; *bases* are those of the part."""
        inflow = BlockInflow(part, values, weights)
        if part.is_claims:
            return np.asarray(self.claim(bases, inflow))
        joined = self.join.reduceat(values[part.premises], part.premise_starts, axis=0)
        carried = part.weights if weights is None else weights[part.relations]
        if carried.ndim < joined.ndim:
            carried = carried[:, None]
        return np.asarray(self.relation(carried, joined, inflow))


def strength_step(aggregation: Aggregation, influence: Influence, linked: str) -> Step:
    """Compute strengths under a modular rule."""

    def claim(base: Values, inflow: Inflow) -> Values:
        return influence.apply(base, aggregation.combine(inflow))

    return claim_step(claim, linked)


def claim_step(claim: Callable[[Values, Inflow], Values], linked: str) -> Step:
    """Compute strengths: claims as given, relations by one formula for all rules.

    A relation's strength is weight × premises × (1 - max(0, ∏(1 - b) - ∏(1 - u))) over
    its backers b and undercutters u: the factor is the same under every rule, because
    several rules freeze a claim of base score 1, and an undercut must bite under all.
    """

    def relation(weight: Values, premises: Values, inflow: Inflow) -> Values:
        cut = inflow.unsupported() - inflow.unattacked()
        return weight * premises * (1.0 - (abs(cut) + cut) * 0.5)

    return Step(np.minimum if linked == "minimum" else np.multiply, claim, relation)


def error_step(aggregation: Aggregation, influence: Influence) -> Step:
    """Compute how far a node can be off if what flows in is off by given amounts.

    First order, in the maximum norm, with the rule's Lipschitz constants.
    """
    lipschitz = influence.lipschitz or (lambda w: w * np.inf)

    def claim(base: Values, inflow: Inflow) -> Values:
        if aggregation.gain == "largest":
            gained = inflow.strongest_attack() + inflow.strongest_support()
        else:
            gained = inflow.total()
        return lipschitz(base) * gained

    def relation(weight: Values, premises: Values, inflow: Inflow) -> Values:
        return weight * (premises + inflow.total())

    return Step(np.add, claim, relation)
