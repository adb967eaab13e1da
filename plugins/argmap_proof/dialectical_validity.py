"""Dialectical validity: there is an applicable pro and no applicable con at all.

In iff pro > 0 and con = 0, the largest weights of applicable supports and rebuts; a
claim without supports has its base score as its pro. `argmap_proof` has the whole
definition. Beyond 0 or not, weights do not count. On cycles: the least labelling;
claims that rebut each other are undecided.
"""

from typing import Final

from argmap.plugin import Graph, Outcome, Rule, weigh_sides


def dialectical_validity(graph: Graph) -> Outcome:
    """Label a map's claims in, out or undecided."""
    return weigh_sides(graph, lambda pro, con: pro > 0 and con == 0)


DIALECTICAL_VALIDITY: Final = Rule(
    "dialectical-validity",
    "Dialectical validity",
    dialectical_validity,
    scale="label",
    source="Gordon, Prakken, Walton, AIJ 2007; Gordon, Walton 2009",
    laws=(
        "anonymity",
        "directionality",
        "independence",
        "termination",
        "undercut-locality",
    ),
    examples=(
        {
            "graph": {
                "arguments": {"tram": 0.1, "metro": 1.0, "cost": 1.0},
                "attacks": [("cost", "metro")],
                "supports": [],
            },
            "expected": {"tram": 1.0, "metro": 0.0},
            "tolerance": 1e-12,
            "source": "by hand: a pro and no con; a con",
        },
    ),
    default_base_score=1.0,
    description=__doc__,
)
