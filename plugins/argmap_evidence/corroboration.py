"""Corroboration: what several sources say adds up, what one of them repeats does not.

A claim's strength is [1 − o·∏(1 − q)·∏(1 − r)]·∏(1 − a), in [0, 1]:

* o, its own sources: ∏ (1 − w·credibility) over the sources that assert or concede it,
  w its base score; 1 − w if there are none. A source of unknown credibility counts 1, a
  source with several passages once. Who only reports or rejects the claim does not
  count.
* r, supports that rest on no source: the strength of each.
* q, one for each source that supports rest on. A support of strength r that rests on k
  sources gives each of them t = 1 − (1 − r)^(1/k), and q is the largest t of that
  source: so two claims from one article, both for the same thing, count as the better
  of them, while two articles count as two.
* a, rebuts: the strength of each.

A relation rests on the sources that its sourced premises have in common; where there is
none, on no source. Only the premises' own sources are looked at, not those further up.
If no source is shared, supports add up as in a noisy-or. Sources are taken to be
independent of each other.

On cycles: the continuous form is followed from s(0) = 1 − o; roots have no bounded
slope, so no error bound is given.
"""

from typing import Final

import numpy as np

from argmap.plugin import Graph, Inflow, Outcome, Rule, Strengths, Values, settle


def corroboration(graph: Graph) -> Outcome:
    """Weigh a map's claims by what is said for them, source by source."""
    return _weigh(graph, graph.base_scores)


def corroborations(graph: Graph, base_scores: Values, weights: Values) -> Strengths:
    """Weigh variants of a map, all at once."""
    return _weigh(graph, base_scores, weights).strengths


def testimony(graph: Graph, base_scores: Values) -> Values:
    """Compute what claims are worth by their own sources alone: 1 − o.

    Args:
        graph: The compiled map, n claims.
        base_scores: Shape (n,) or (n, B).

    Returns:
        The same shape.
    """
    counts = np.diff(graph.source_starts)
    claims = np.repeat(np.arange(graph.size), counts)
    credibilities = np.nan_to_num(graph.credibilities, nan=1.0)[graph.sources]
    doubt = np.ones_like(base_scores)
    np.multiply.at(doubt, claims, 1.0 - (base_scores[claims].T * credibilities).T)
    return np.where(counts > 0, 1.0 - doubt.T, base_scores.T).T


def _weigh(graph: Graph, base_scores: Values, weights: Values = None) -> Outcome:
    sources = graph.shared_sources

    def claim(own: Values, inflow: Inflow) -> Values:
        pro = own + (1.0 - own) * (1.0 - inflow.uncorroborated(sources))
        return pro * inflow.unattacked()

    own = testimony(graph, base_scores)
    return settle(graph, claim, base_scores=own, weights=weights)


CORROBORATION: Final = Rule(
    "corroboration",
    "Corroboration",
    corroboration,
    batch=corroborations,
    source="argmap's own, after noisy-or: Pearl 1988",
    laws=(
        "anonymity",
        "attack-monotonicity",
        "clone-response",
        "directionality",
        "independence",
        "neutrality",
        "stability",
        "support-monotonicity",
        "undercut-locality",
    ),
    examples=(
        {
            "graph": {
                "arguments": {"tram": 0.5, "quiet": 0.5, "clean": 0.5},
                "attacks": [],
                "supports": [("quiet", "tram"), ("clean", "tram")],
            },
            "expected": {"tram": 0.875, "quiet": 0.5, "clean": 0.5},
            "tolerance": 1e-12,
            "source": "by hand: 1 − 0.5 · 0.5 · 0.5",
        },
    ),
    description=__doc__,
)
