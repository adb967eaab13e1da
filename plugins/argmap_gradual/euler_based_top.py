"""Euler-based on the strongest attack and support alone: settles on every map.

With a the strongest attack that flows in and s the strongest support (0 where there is
none), x = s − a and the strength is 1 − (1 − w²)/(1 + w·eˣ), in [w², 1]. Numbers do not
count: ten weak attacks do no more than the strongest of them.

On cycles: contracts by at least one half on every map of plain relations, so it always
converges, to one answer, with a known error.
"""

from typing import Final

from argmap.plugin import TOP, Rule, euler

EULER_BASED_TOP: Final = Rule(
    "euler-based-top",
    "Euler-based, strongest only",
    aggregation=TOP,
    influence=euler(),
    source="Mossakowski, Neuhaus 2018 (arXiv 1807.06685)",
    laws=(
        "anonymity",
        "attack-monotonicity",
        "balance",
        "clone-indifference",
        "clone-response",
        "directionality",
        "independence",
        "neutrality",
        "stability",
        "support-monotonicity",
        "termination",
        "undercut-locality",
    ),
    examples=(
        {
            "graph": {
                "arguments": {"tram": 0.5, "cost": 0.75, "noise": 0.7},
                "attacks": [("cost", "tram"), ("noise", "tram")],
                "supports": [],
            },
            "expected": {"tram": 0.39329384700783565},
            "tolerance": 1e-12,
            "source": "closed form: the weaker attack does not count",
        },
    ),
    description=__doc__,
)
