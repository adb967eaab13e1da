"""What a rule says of a graph, and how sure it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Label = Literal["in", "out", "undecided"]
Stability = Literal["stable", "unstable", "unknown"]
Relabel = Callable[[NDArray[np.bool_]], NDArray[np.float64]]


@dataclass(frozen=True, eq=False)
class Outcome:
    """Strengths, and whatever else a rule has to say.

    Attributes:
        strengths: Shape (n,), or (n, B) of a batch, one per claim.
        relations: Shape (m,), one per relation; None: from strengths by the formula.
        labels: One per claim, where the rule gives one labelling.
        settled: Shape (n,); false in and downstream of a part that did not converge or
            came to rest at an unstable point. None: all are.
        converged: Whether every cyclic part came to rest.
        stability: Of the worst cyclic part: whether a small push is forgotten.
        iterations: How often cyclic parts were evaluated.
        residual: The largest change that one more evaluation makes.
        error_bound: How far any strength can be from the exact one, rounding apart;
            None where nothing is known.
        extensions: How many there are, where the rule counts them: on the flattened
            map, relations included, so that two may hold the same claims.
        truncated: Whether an enumeration was cut short.
        relabel: Where labels rest on one another: from relations, as a mask of shape
            (m,), to strengths of the claims if of all relations only these could decide
            anything, and the others could still stand in the way. The more may, the
            more is in or out; if all may, it is *strengths*.
        within: Where claims are judged by several labellings: from a claim's place and
            a strength to the `relabel` of one that gives the claim this strength, or of
            as much of it as decides that; None where no labelling does.
        warnings: Objects with ``code``, ``count`` and ``relations``.
    """

    strengths: NDArray[np.float64]
    relations: NDArray[np.float64] | None = None
    labels: tuple[Label, ...] | None = None
    settled: NDArray[np.bool_] | None = None
    converged: bool = True
    stability: Stability = "stable"
    iterations: int = 0
    residual: float = 0.0
    error_bound: float | None = 0.0
    extensions: int | None = None
    truncated: bool = False
    relabel: Relabel | None = None
    within: Callable[[int, float], Relabel | None] | None = None
    warnings: tuple[Mapping[str, Any], ...] = ()
