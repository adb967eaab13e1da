"""Quadratic energy: supporters add energy, attackers take it, weak energy barely moves.

With attacks v and supports u flowing in, the energy is E = ∑u − ∑v; with y = |E|/k and
h = y²/(1 + y²) the strength is w − w·h for E < 0 and w + (1 − w)·h for E ≥ 0. In [0,
1], 0 and 1 being reached only by base scores that start there. Attacks and supports
mirror each other, and enough of either moves any claim as far as you like.

On cycles: contracts where the sum of the weights that flow in, times 9/(8·√3)·max(w, 1
− w)/k, is below 1 everywhere; otherwise the continuous form is followed. It converged
in every published and every measured case; no general proof is known.
"""

from typing import Annotated, Final

from msgspec import Meta, Struct

from argmap.plugin import SUM, Rule, p_max


class Parameters(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The larger k, the more energy it takes to move a base score."""

    k: Annotated[
        float, Meta(ge=1, le=1e6, description="Conservativeness; 1 is the paper's.")
    ] = 1.0


QUADRATIC_ENERGY: Final = Rule(
    "quadratic-energy",
    "Quadratic energy",
    params=Parameters,
    aggregation=SUM,
    influence=lambda parameters: p_max(2, parameters.k),
    source="Potyka, KR 2018; k: Potyka, AAMAS 2019",
    laws=(
        "anonymity",
        "attack-monotonicity",
        "balance",
        "clone-response",
        "directionality",
        "duality",
        "independence",
        "neutrality",
        "open-mindedness",
        "stability",
        "strict-monotonicity",
        "support-monotonicity",
        "undercut-locality",
    ),
    examples=(
        {
            "graph": {
                "arguments": {"tram": 0.5, "cost": 0.75},
                "attacks": [("cost", "tram")],
                "supports": [],
            },
            "expected": {"tram": 0.32, "cost": 0.75},
            "tolerance": 1e-12,
            "source": "by hand: 0.5 − 0.5 · 0.5625 / 1.5625",
        },
    ),
    description=__doc__,
)
