"""Weakest link: a chain of supports is as strong as its weakest part; the stronger win.

Every claim has a link strength, whatever speaks against it: a claim without supports
its base score; else the largest, over its supports, of the smallest of the support's
weight and its premises' link strengths; the least such numbers, so that an island of
claims that only support each other has 0. A support or rebut has the smallest of its
own weight and its premises' link strengths.

A rebut attacks each support of its target separately, or the bare claim where there is
none, and succeeds unless it is the weaker of the two; an undercut always succeeds. A
claim with supports needs one that stands. So a claim is in if the strongest of its
applicable supports (of weight above 0, all premises in, no undercut applicable) is
stronger than every applicable rebut: the grounded labelling, supports read
evidentially. In counts 1, undecided ½, out 0.

An approximation of ASPIC+'s weakest-link principle at the level of claims: there, every
way to argue for a claim has a strength of its own, and all weak points of two sets are
compared. The direction of rebuts is that of the map, so a tie goes to the rebut.

On cycles: link strengths are unique, found in O(premises · log claims); the labelling
leaves undecided what cycles do not decide.
"""

from typing import Final

from argmap.plugin import Graph, Outcome, Rule
from argmap_evidence.links import label, link_strengths


def weakest_link(graph: Graph) -> Outcome:
    """Label a map's claims in, out or undecided."""
    return label(graph, *link_strengths(graph))


WEAKEST_LINK: Final = Rule(
    "weakest-link",
    "Weakest link",
    weakest_link,
    scale="label",
    source="after Modgil, Prakken, AIJ 2013 and Argument & Computation 2014",
    laws=("anonymity", "directionality", "independence", "termination"),
    examples=(
        {
            "graph": {
                "arguments": {"tram": 0.5, "cost": 0.75, "noise": 0.25},
                "attacks": [("cost", "tram"), ("noise", "cost")],
                "supports": [],
            },
            "expected": {"tram": 0.0, "cost": 1.0, "noise": 1.0},
            "tolerance": 1e-12,
            "source": "by hand: 0.25 is weaker than 0.75, which is not weaker than 0.5",
        },
    ),
    description=__doc__,
)
