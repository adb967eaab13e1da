"""MLP-based: relations add to the log-odds of the base score, as in a neural network.

With attacks v and supports u flowing in, x = ∑u − ∑v and the strength is 1/(1 +
exp(−(ln(w/(1 − w)) + x))). In (0, 1) for w in (0, 1); 0 and 1 never move. Reads as
naive Bayes: a relation that carries x multiplies the odds by eˣ.

On cycles: contracts where less than 4 full relations flow into each claim; otherwise
the continuous form is followed.
"""

from typing import Final

from argmap.plugin import SUM, Rule, mlp

MLP_BASED: Final = Rule(
    "mlp-based",
    "MLP-based",
    aggregation=SUM,
    influence=mlp(),
    source="Potyka, AAAI 2021",
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
                "arguments": {"tram": 0.2, "quiet": 0.6},
                "attacks": [],
                "supports": [("quiet", "tram")],
            },
            "expected": {"tram": 0.31296489523166265},
            "tolerance": 1e-12,
            "source": "closed form: log-odds of 0.2, and 0.6",
        },
    ),
    description=__doc__,
)
