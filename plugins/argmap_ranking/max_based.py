"""Max-based: the base score divided by one more than the strongest attack.

With attacks v flowing in (weight × strength of each rebut) the strength is w/(1 + max
v), in [w/2, w]. The quality of attackers takes precedence over their number: ten weak
ones do no more than the strongest of them.

On cycles: one fixed point for every map of plain rebuts, to which plain iteration and
the continuous form both lead.
"""

from dataclasses import replace
from typing import Final

from argmap.plugin import TOP, Rule
from argmap_ranking.h_categorizer import DIVIDED

STRONGEST_ATTACK: Final = replace(TOP, name="strongest attack", reads_supports=False)

MAX_BASED: Final = Rule(
    "max-based",
    "Max-based",
    aggregation=STRONGEST_ATTACK,
    influence=DIVIDED,
    source="Amgoud, Ben-Naim, Doder, Vesic, IJCAI 2017",
    reads=frozenset({"rebut", "undercut", "linked", "weight", "base_score"}),
    laws=(
        "anonymity",
        "attack-monotonicity",
        "clone-indifference",
        "clone-response",
        "directionality",
        "independence",
        "neutrality",
        "stability",
        "termination",
        "undercut-locality",
    ),
    examples=(
        {
            "graph": {
                "arguments": {"tram": 0.8, "cost": 0.5, "noise": 0.2},
                "attacks": [("cost", "tram"), ("noise", "tram")],
                "supports": [],
            },
            "expected": {"tram": 8 / 15, "cost": 0.5, "noise": 0.2},
            "tolerance": 1e-12,
            "source": "by hand: 0.8/(1 + 0.5)",
        },
    ),
    default_base_score=1.0,
    description=__doc__,
)
