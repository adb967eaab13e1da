"""Chains of supports: how strong they are, and which disagreement they survive."""

import heapq
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from argmap.plugin import SUPPORT, Graph, Outcome, Strengths, weigh_sides


def link_strengths(graph: Graph) -> tuple[Strengths, Strengths]:
    """Find how strong the best chain of supports to each claim is, as its weakest part.

    The least numbers with: a claim without supports has its base score; any other the
    largest, over its supports, of the smallest of weight and premises. Knuth 1977, from
    the strongest on: O(premises · log claims).

    Returns:
        Shapes (n,) and (m,): of the claims, and of the relations (the smallest of
        weight and premises).

    >>> weights = {("a", "b"): 0.6}
    >>> graph = Graph.of({"a": 0.9, "b": 0.5}, supports=[("a", "b")], weights=weights)
    >>> link_strengths(graph)[0].tolist()
    [0.9, 0.6]
    """
    supports = np.flatnonzero(_supports_claim(graph)).tolist()
    starts, premises = graph.premise_starts.tolist(), graph.premises.tolist()
    targets, weights = graph.targets.tolist(), graph.weights.tolist()
    missing = [last - first for first, last in pairwise(starts)]
    uses: list[list[int]] = [[] for _ in graph.ids]
    for relation in supports:
        for premise in premises[starts[relation] : starts[relation + 1]]:
            uses[premise].append(relation)
    is_bare = np.ones(graph.size, dtype=bool)
    is_bare[graph.targets[supports]] = False
    best = np.where(is_bare, graph.base_scores, 0.0).tolist()
    found = [(-best[claim], claim) for claim in np.flatnonzero(is_bare).tolist()]
    heapq.heapify(found)
    while found:
        strength, claim = heapq.heappop(found)
        if -strength < best[claim]:
            continue
        for relation in uses[claim]:
            missing[relation] -= 1
            target = targets[relation]
            # The premise that came last is the weakest.
            reached = min(-strength, weights[relation])
            if not missing[relation] and reached > best[target]:
                best[target] = reached
                heapq.heappush(found, (-reached, target))
    of_claims = np.array(best)
    if not len(weights):
        return of_claims, np.zeros(0)
    weakest = np.minimum.reduceat(of_claims[graph.premises], graph.premise_starts[:-1])
    return of_claims, np.minimum(graph.weights, weakest)


def label(graph: Graph, claims: Strengths, relations: Strengths) -> Outcome:
    """Label *graph*: a claim is in if its strongest support beats all rebuts.

    Supports and rebuts count that are applicable: all premises in, no undercut
    applicable; a tie goes to the rebut. See `argmap.engine.sides` for cycles.

    Args:
        graph: The compiled map, n claims and m relations.
        claims: Shape (n,), what a claim without supports holds against a rebut.
        relations: Shape (m,), what rebuts and supports hold against each other.
    """
    return weigh_sides(
        graph,
        lambda pro, con: pro > con,
        weights=relations,
        implied=claims,
        nothing=-np.inf,
    )


def _supports_claim(graph: Graph) -> NDArray[np.bool_]:
    return np.asarray((graph.kinds == SUPPORT) & ~graph.on_relation)
