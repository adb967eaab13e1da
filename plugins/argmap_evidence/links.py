"""Chains of supports: how strong they are, and which disagreement they survive."""

import heapq
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from argmap.plugin import (
    REBUT,
    SUPPORT,
    UNDERCUT,
    Graph,
    Outcome,
    Strengths,
    grounded,
)


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
    """Label *graph*, rebuts succeeding by strength and undercuts always.

    The map is laid out anew. "r stands" becomes a claim for each rebut r and each
    support r of a claim that is rebutted, which r supports instead of its target. Where
    r was a support, "r stands" supports the claim, and "b stands" of each rebut b that
    is no weaker undercuts that; a claim without supports is rebutted by "b stands".

    Args:
        graph: The compiled map, n claims and m relations.
        claims: Shape (n,), what a claim without supports holds against a rebut.
        relations: Shape (m,), what rebuts and supports hold against each other.

    Returns:
        The grounded labels of the claims; relations count 1, ½ or 0 as they stand, a
        support after the rebuts of what it supports.
    """
    layout = _Layout(graph, claims, relations)
    outcome = grounded(layout.graph(), "evidential")
    assert outcome.labels is not None
    assert outcome.relations is not None
    assert outcome.relabel is not None
    within = outcome.relabel

    def relabel(acting: NDArray[np.bool_]) -> Strengths:
        return within(np.append(acting, acting[layout.carriers]))[: graph.size]

    return Outcome(
        strengths=outcome.strengths[: graph.size],
        relations=outcome.relations[layout.speaks_for],
        labels=outcome.labels[: graph.size],
        extensions=outcome.extensions,
        relabel=relabel,
    )


class _Layout:
    """A map in which what a rebut attacks is a support, if it is anything."""

    def __init__(self, graph: Graph, claims: Strengths, relations: Strengths) -> None:
        self.old = graph
        self.size = graph.size
        self.kinds, self.targets = graph.kinds.tolist(), graph.targets.tolist()
        self.added: list[tuple[int, int, int]] = []  # kind, premise, target
        self.carriers: list[int] = []  # the relation of the map behind each of these
        # Whose label each relation of the map gets.
        self.speaks_for = list(range(len(self.kinds)))
        supports = _by_target(graph, _supports_claim(graph))
        rebuts = _by_target(graph, graph.kinds == REBUT)
        for claim, against in rebuts.items():
            pros = supports.get(claim, [])
            passed = [self.pass_on(r, claim) for r in pros]
            for rebut in against:
                stands = self.stand(rebut)
                for r, onward in zip(pros, passed, strict=True):
                    if relations[rebut] >= relations[r]:
                        self.add(rebut, UNDERCUT, stands, onward)
                if not pros and relations[rebut] >= claims[claim]:
                    self.add(rebut, REBUT, stands, claim)

    def stand(self, relation: int) -> int:
        """Let *relation* support a new claim, that it stands, and nothing else."""
        self.kinds[relation], self.targets[relation] = SUPPORT, self.size
        self.size += 1
        return self.size - 1

    def pass_on(self, support: int, claim: int) -> int:
        """Let *support* reach *claim* by the claim that it stands."""
        stands = self.stand(support)
        self.speaks_for[support] = self.add(support, SUPPORT, stands, claim)
        return self.speaks_for[support]

    def add(self, carrier: int, kind: int, premise: int, target: int) -> int:
        """Add a relation, on behalf of one of the map, and give its place."""
        self.carriers.append(carrier)
        self.added.append((kind, premise, target))
        return len(self.kinds) + len(self.added) - 1

    def graph(self) -> Graph:
        """Give the new map, in which the old claims and relations come first."""
        old, count = self.old, len(self.added)
        kinds, premises, targets = np.array(self.added, np.int64).reshape(-1, 3).T
        starts = old.premise_starts[-1] + 1 + np.arange(count)
        return Graph.from_arrays(
            ids=tuple(map(str, range(self.size))),
            base_scores=np.ones(self.size),
            relation_ids=tuple(map(str, range(len(self.kinds) + count))),
            kinds=np.concatenate([self.kinds, kinds]),
            premise_starts=np.concatenate([old.premise_starts, starts]),
            premises=np.concatenate([old.premises, premises]),
            targets=np.concatenate([self.targets, targets]),
            on_relation=np.concatenate([old.on_relation, kinds == UNDERCUT]),
            weights=np.concatenate([old.weights, np.ones(count)]),
        )


def _supports_claim(graph: Graph) -> NDArray[np.bool_]:
    return np.asarray((graph.kinds == SUPPORT) & ~graph.on_relation)


def _by_target(graph: Graph, chosen: NDArray[np.bool_]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for relation in np.flatnonzero(chosen).tolist():
        found.setdefault(int(graph.targets[relation]), []).append(relation)
    return found
