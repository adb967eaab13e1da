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
        "balance",
        "directionality",
        "independence",
        "monotonicity",
        "neutrality",
        "termination",
        "undercut-locality",
    ),
    description=__doc__,
)
