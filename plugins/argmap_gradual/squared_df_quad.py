"""Squared DF-QuAD: DF-QuAD's aggregate, but the base score moves at most half way.

With attacks v and supports u flowing in, x = ∏(1 − v) − ∏(1 − u), in [-1, 1], and h =
|x|/(1 + |x|) the strength is w − w·h for x < 0 and w + (1 − w)·h for x ≥ 0. In [w/2, (1
+ w)/2], so not open-minded: no evidence accepts a claim of base score 0.

Two functions go by this name. This one is QBAF-Py's and Kampik et al.'s: two supporters
of 0.5 take 0.5 to 0.714. Uncertainpy's squares the factors (1 − v)², (1 − u)² under
DF-QuAD's own influence, which takes it to 0.969.

On cycles: contracts where the sum of the weights that flow in, times max(w, 1 − w), is
below 1 everywhere; otherwise the continuous form is followed.
"""

from typing import Final

from argmap.plugin import PRODUCT, Rule, p_max

SQUARED_DF_QUAD: Final = Rule(
    "squared-df-quad",
    "Squared DF-QuAD (product and 1-max)",
    aggregation=PRODUCT,
    influence=p_max(1),
    source=("Potyka, AAMAS 2019; as in Kampik, Potyka, Yin, Čyras, Toni, IJAR 2024"),
    laws=(
        "anonymity",
        "attack-monotonicity",
        "balance",
        "clone-response",
        "directionality",
        "duality",
        "independence",
        "neutrality",
        "stability",
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
            "expected": {"tram": 2 / 7, "cost": 0.75},
            "tolerance": 1e-12,
            "source": "by hand: 0.5 − 0.5 · 0.75 / 1.75",
        },
    ),
    description=__doc__,
)
