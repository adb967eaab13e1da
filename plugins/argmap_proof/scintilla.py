"""Scintilla of evidence: some pro is enough, whatever speaks against the claim.

In iff pro > 0, the pro being the largest weight of an applicable support, or the base
score of a claim without supports; `argmap_proof` has the whole definition. The lowest
standard: two claims that contradict each other may both meet it. On cycles: the least
labelling; an island of claims that only support each other is undecided.
"""

from typing import Final

from argmap.plugin import Graph, Outcome, Rule, weigh_sides


def scintilla(graph: Graph) -> Outcome:
    """Label a map's claims in, out or undecided."""
    return weigh_sides(graph, lambda pro, _: pro > 0)


SCINTILLA: Final = Rule(
    "scintilla",
    "Scintilla of evidence",
    scintilla,
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
            "expected": {"tram": 1.0, "cost": 1.0},
            "tolerance": 1e-12,
            "source": "by hand: pro 1 > 0",
        },
    ),
    default_base_score=1.0,
    description=__doc__,
)
