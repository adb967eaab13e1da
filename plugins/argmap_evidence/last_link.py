"""Last link: of two relations that disagree on a claim, the one of larger weight wins.

A rebut attacks each support of its target separately and succeeds unless its weight is
the smaller; where the target has no supports, it succeeds unless its weight is below
the base score. An undercut always succeeds. A claim with supports needs one that
stands: the grounded labelling, supports read evidentially. In counts 1, undecided ½,
out 0.

Where the premises come from does not matter, unlike under `weakest-link`: right where
the relations are rules of different rank (norms, say) rather than evidence. An
approximation of ASPIC+'s last-link principle at the level of claims; the direction of
rebuts is that of the map, so a tie goes to the rebut.

On cycles: the labelling leaves undecided what cycles do not decide.
"""

from typing import Final

from argmap.plugin import Graph, Outcome, Rule
from argmap_evidence.links import label


def last_link(graph: Graph) -> Outcome:
    """Label a map's claims in, out or undecided."""
    return label(graph, graph.base_scores, graph.weights)


LAST_LINK: Final = Rule(
    "last-link",
    "Last link",
    last_link,
    scale="label",
    source="after Modgil, Prakken, AIJ 2013 and Argument & Computation 2014",
    laws=("anonymity", "directionality", "independence", "termination"),
    examples=(
        {
            "graph": {
                "arguments": {"tram": 0.5, "quiet": 1.0, "cost": 0.1},
                "attacks": [("cost", "tram")],
                "supports": [("quiet", "tram")],
            },
            "expected": {"tram": 0.0, "quiet": 1.0, "cost": 1.0},
            "tolerance": 1e-12,
            "source": "by hand: the rebut has weight 1, no less than the support",
        },
    ),
    description=__doc__,
)
