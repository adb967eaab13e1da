"""Counting: every claim starts at 1 and loses a share of its attackers' values.

v(a) = 1 − (alpha/N)·∑ weight·v(b) over the rebuts of a, with N the largest number of
rebuts that any claim of the map has (weight 0 not counted). The linear system of Pu et
al.: attackers count against, attackers of attackers for, longer lines ever less, by
alpha. In [1 − alpha, 1]; base scores are not read. N makes the values depend on the
whole map, so only their order says something: claims get ranks and no verdicts. The
authors advise alpha between 0.9 and 0.98.

On cycles: contracts for L = alpha on every map of plain rebuts: one solution, with a
known error.
"""

from typing import Annotated, Final

import numpy as np
from msgspec import Meta, Struct

from argmap.plugin import REBUT, Graph, Influence, Outcome, Rule, Values, solve
from argmap_ranking.h_categorizer import ATTACK_SUM


class Parameters(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How far counting reaches."""

    alpha: Annotated[
        float,
        Meta(ge=0, lt=1, description="How much of a value passes on to the next link."),
    ] = 0.9


def counting(graph: Graph, parameters: Parameters) -> Outcome:
    """Rank a map's claims by the attackers and defenders that they have."""
    attacks = (graph.kinds == REBUT) & (graph.weights > 0)
    widest = int(np.bincount(graph.targets[attacks], minlength=1).max())
    share = parameters.alpha / max(widest, 1)

    def reduce(w: Values, x: Values) -> Values:
        return w + share * x

    influence = Influence("share", reduce, lambda w: share + 0.0 * w)
    return solve(graph, ATTACK_SUM, influence, base_scores=np.ones(graph.size))


COUNTING: Final = Rule(
    "counting",
    "Counting",
    counting,
    params=Parameters,
    scale="ranking",
    source="Pu, Luo, Zhang, Luo 2015 (arXiv 1506.04272, 1509.03585)",
    reads=frozenset({"rebut", "undercut", "linked", "weight"}),
    laws=("anonymity", "termination", "undercut-locality"),
    examples=(
        {
            "graph": {
                "arguments": {"tram": 1.0, "cost": 1.0, "taxes": 1.0},
                "attacks": [("cost", "tram"), ("taxes", "cost")],
                "supports": [],
            },
            "expected": {"tram": 0.91, "cost": 0.1, "taxes": 1.0},
            "tolerance": 1e-12,
            "source": "by hand: 1 − 0.9 · 1, then 1 − 0.9 · 0.1",
        },
    ),
    default_base_score=1.0,
    description=__doc__,
)
