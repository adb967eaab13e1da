"""Preponderance of the evidence: the pro outweighs the con, however slightly.

In iff pro > con, the largest weights of applicable supports and rebuts; a claim without
supports has its base score as its pro. `argmap_proof` has the whole definition. A tie
fails. On cycles: the least labelling; claims that rebut each other with the same
weight, as heavy as what supports them, are undecided.
"""

from typing import Final

from argmap.plugin import Graph, Outcome, Rule, weigh_sides


def preponderance(graph: Graph) -> Outcome:
    """Label a map's claims in, out or undecided."""
    return weigh_sides(graph, lambda pro, con: pro > con)


PREPONDERANCE: Final = Rule(
    "preponderance",
    "Preponderance of the evidence",
    preponderance,
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
                "arguments": {"tram": 1.0, "cost": 1.0},
                "attacks": [("cost", "tram")],
                "supports": [],
            },
            "expected": {"tram": 0.0, "cost": 1.0},
            "tolerance": 1e-12,
            "source": "by hand: pro 1 is not above con 1",
        },
    ),
    default_base_score=1.0,
    description=__doc__,
)
