"""Euler-based: the energy enters through an exponential, bounded below by the square.

With attacks v and supports u flowing in, x = ∑u − ∑v and the strength is 1 − (1 −
w²)/(1 + w·eˣ). No attack, however strong, takes a claim below w²; base scores of 0 and
1 never move. Attack and support do not mirror each other.

On cycles: contracts where at most 3 full relations flow into each claim; otherwise the
continuous form is followed. Defined by its authors for acyclic maps and w < 1.
"""

from typing import Final

from argmap.plugin import SUM, Rule, euler

EULER_BASED: Final = Rule(
    "euler-based",
    "Euler-based",
    aggregation=SUM,
    influence=euler(),
    source="Amgoud, Ben-Naim, ECSQARU 2017 and IJAR 2018",
    laws=(
        "anonymity",
        "attack-monotonicity",
        "balance",
        "clone-response",
        "directionality",
        "independence",
        "neutrality",
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
            "expected": {"tram": 0.39329384700783565, "cost": 0.75},
            "tolerance": 1e-12,
            "source": "closed form: 1 − 0.75 / (1 + 0.5 · exp(−0.75))",
        },
    ),
    description=__doc__,
)
