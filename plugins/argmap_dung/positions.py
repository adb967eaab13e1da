"""What holds a position up: which of its attacks it needs against all that attack it.

A position is an admissible set that lies in an extension. As long as of its attacks on
others some are left, those of its members still hold that can be defended by them, all
attacks from outside being made: the largest admissible part, found in linear time.
"""

import numpy as np
from numpy.typing import NDArray

from argmap.plugin import IN, OUT, Framework, Projection, Strengths
from argmap_dung.encoding import Labels, Truths
from argmap_dung.tasks import Reasoner


class Positions:
    """The positions that a reasoner finds on a flattened map of n claims."""

    def __init__(self, projection: Projection, reasoner: Reasoner, count: int) -> None:
        """Look at the first *count* arguments of a projection as its claims."""
        self._projection, self._reasoner, self._count = projection, reasoner, count

    def within(self, claim: int, strength: float) -> "Position | None":
        """Find one that has a claim in (strength 1) or attacks it (0)."""
        if strength not in (0.0, 1.0):
            return None
        labels = self._reasoner.keeping(claim, IN if strength else OUT)
        return (
            None if labels is None else Position(self._projection, labels, self._count)
        )


class Position:
    """One position: from relations that act, as a mask, to strengths of the claims."""

    def __init__(self, projection: Projection, labels: Labels, count: int) -> None:
        """Take a labelling whose arguments that are in are admissible."""
        framework = projection.framework
        self._size, self._count = framework.size, count
        is_in: Truths = labels == IN
        comes, goes = is_in[framework.targets], is_in[framework.sources]
        self._against = framework.sources[comes], framework.targets[comes]
        self._answers = framework.sources[goes], framework.targets[goes]
        self._carriers = projection.carriers[goes]
        self._is_in = is_in

    def __call__(self, acting: NDArray[np.bool_]) -> Strengths:
        """Say what the position holds, and attacks, if only these relations answer."""
        acts = np.append(acting, True)[self._carriers]  # what is of no relation, always
        sources, targets = (ends[acts] for ends in self._answers)
        across = Framework(
            self._size,
            np.concatenate([self._against[0], sources]),
            np.concatenate([self._against[1], targets]),
        )
        # What the rest of the map cannot be kept from attacking is out there.
        holds = self._is_in & (across.grounded() != OUT)
        strengths = np.full(self._size, 0.5)
        strengths[targets[holds[sources]]] = 0.0
        strengths[holds] = 1.0
        return strengths[: self._count]
