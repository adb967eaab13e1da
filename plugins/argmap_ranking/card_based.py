"""Card-based: the base score divided by the number of attackers, then by their mean.

With n attacks v that are not 0 flowing in (weight × strength of each rebut) the
strength is w/(1 + n + ∑v/n), or w where n = 0; in [0, 1]. The number of attackers takes
precedence over their quality: one more attacker, however weak, does more harm than any
strengthening of the others. An attack counts as soon as it is not 0, so strengths jump
there.

On cycles: contracts on every map of plain rebuts, for L ≤ 1/4: it always converges, to
one answer, with a known error.
"""

from typing import Final

from argmap.plugin import Aggregation, Inflow, Influence, Rule, Values


def _count_and_mean(inflow: Inflow) -> Values:
    count = inflow.attack_count()
    return count - inflow.energy() / (count + (count == 0))


# The mean moves no more than the largest attack.
COUNT_AND_MEAN: Final = Aggregation(
    "count and mean", _count_and_mean, "largest", reads_supports=False
)

# The divisor is 1, or above 2.
DIVIDED: Final = Influence("divided", lambda w, x: w / (1.0 + x), lambda w: w / 4)

CARD_BASED: Final = Rule(
    "card-based",
    "Card-based",
    aggregation=COUNT_AND_MEAN,
    influence=DIVIDED,
    source="Amgoud, Ben-Naim, Doder, Vesic, IJCAI 2017",
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
                "arguments": {"tram": 0.8, "cost": 0.5, "noise": 0.2},
                "attacks": [("cost", "tram"), ("noise", "tram")],
                "supports": [],
            },
            "expected": {"tram": 0.8 / 3.35, "cost": 0.5, "noise": 0.2},
            "tolerance": 1e-12,
            "source": "by hand: 0.8/(1 + 2 + 0.35)",
        },
    ),
    default_base_score=1.0,
    description=__doc__,
)
