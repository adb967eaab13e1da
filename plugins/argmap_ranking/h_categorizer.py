"""h-categorizer: the base score divided by one more than the sum of attacks.

With attacks v flowing in (weight × strength of each rebut) the strength is w/(1 + ∑v),
in [0, 1], and above 0 where w is: no attack rejects a claim altogether. Many weak
attacks make up for a strong one (compensation). With all base scores and weights 1 it
is Besnard & Hunter's categoriser.

On cycles: one fixed point for every map of plain rebuts, to which plain iteration and
the continuous form both lead.
"""

from dataclasses import replace
from typing import Final

from argmap.plugin import SUM, Influence, Rule

ATTACK_SUM: Final = replace(SUM, name="attack sum", reads_supports=False)

# What flows in is an energy, so an attack of v is -v.
DIVIDED: Final = Influence("divided", lambda w, x: w / (1.0 - x), lambda w: w)

H_CATEGORIZER: Final = Rule(
    "h-categorizer",
    "h-categorizer",
    aggregation=ATTACK_SUM,
    influence=DIVIDED,
    source=(
        "Besnard, Hunter, AIJ 2001; cycles: Pu, Luo, Zhang, Luo, KSEM 2014; "
        "weighted: Amgoud, Ben-Naim, Doder, Vesic, IJCAI 2017"
    ),
    reads=frozenset({"rebut", "undercut", "linked", "weight", "base_score"}),
    laws=(
        "anonymity",
        "attack-monotonicity",
        "clone-response",
        "directionality",
        "independence",
        "neutrality",
        "stability",
        "strict-monotonicity",
        "termination",
        "undercut-locality",
    ),
    examples=(
        {
            "graph": {
                "arguments": {"tram": 1.0, "cost": 1.0, "taxes": 1.0},
                "attacks": [("cost", "tram"), ("taxes", "cost")],
                "supports": [],
            },
            "expected": {"tram": 2 / 3, "cost": 0.5, "taxes": 1.0},
            "tolerance": 1e-12,
            "source": "by hand: 1/(1 + 1), then 1/(1 + 1/2)",
        },
    ),
    default_base_score=1.0,
    description=__doc__,
)
