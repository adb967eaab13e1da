"""The grounded labelling of a map."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from argmap.engine.flatten import Projection, Support, project
from argmap.engine.framework import IN, OUT, UNDECIDED, Framework
from argmap.engine.graph import Graph
from argmap.engine.outcome import Label, Outcome

_STRENGTH = np.array([0.5, 1.0, 0.0])  # of undecided, in, out
_LABEL: tuple[Label, ...] = ("undecided", "in", "out")


def grounded(graph: Graph, support: Support = "evidential") -> Outcome:
    """Accept what must be accepted, reject what that attacks, leave the rest open.

    Dung, AIJ 1995, on the flattened map; base scores are not read. Linear.

    Args:
        graph: The compiled map.
        support: How supports are read: see `argmap.engine.flatten`.

    Returns:
        Strengths 1 for in, 1/2 for undecided, 0 for out, and the labels.

    >>> graph = Graph.of(["a", "b", "c"], attacks=[("a", "b"), ("b", "c")])
    >>> grounded(graph).labels
    ('in', 'out', 'in')
    """
    projection = project(graph, support)
    framework, carriers = projection.framework, projection.carriers

    def relabel(acting: NDArray[np.bool_]) -> NDArray[np.float64]:
        acts = np.append(acting, True)[carriers]  # what is of no relation, always
        some = Framework(
            framework.size, framework.sources[acts], framework.targets[acts]
        )
        return np.asarray(_STRENGTH[framework.grounded(some)[: graph.size]])

    outcome = labelled(graph, projection, framework.grounded())
    return replace(outcome, relabel=relabel)


def grounded_together(
    graph: Graph, weights: NDArray[np.float64], support: Support = "evidential"
) -> NDArray[np.float64]:
    """Label variants of a map that differ in which relations are mute.

    The map is flattened once: what a mute relation carries is left out of the attacks,
    which is all that its weight decides.

    Args:
        graph: The compiled map, n claims and m relations.
        weights: Shape (m, B), instead of the graph's own.
        support: How supports are read: see `argmap.engine.flatten`.

    Returns:
        Strengths as of `grounded`, shape (n, B).

    >>> graph = Graph.of(["a", "b"], attacks=[("a", "b")])
    >>> grounded_together(graph, np.array([[1.0, 0.0]])).tolist()
    [[1.0, 1.0], [0.0, 1.0]]
    """
    whole = replace(graph, weights=np.ones(len(graph.relation_ids)))
    projection = project(whole, support)
    acts = np.vstack([weights > 0, np.ones((1, weights.shape[1]), dtype=bool)])
    labels = projection.framework.grounded_together(acts[projection.carriers])
    return np.asarray(_STRENGTH[labels[: graph.size]])


def labelled(graph: Graph, projection: Projection, labels: np.ndarray) -> Outcome:
    """Say what a labelling of a projected graph means for its claims and relations."""
    of_claims = labels[: graph.size]
    never = projection.standing < 0
    of_relations = np.where(never, OUT, labels[projection.standing])
    return Outcome(
        strengths=_STRENGTH[of_claims],
        relations=_STRENGTH[of_relations],
        labels=tuple(_LABEL[label] for label in of_claims.tolist()),
        extensions=1,
        warnings=_unread(graph, projection),
    )


def _unread(graph: Graph, projection: Projection) -> tuple[dict[str, object], ...]:
    if not projection.unread:
        return ()
    keys = [graph.relation_ids[r] for r in projection.unread]
    return ({"code": "support-not-read", "count": len(keys), "relations": keys},)


assert (UNDECIDED, IN, OUT) == (0, 1, 2)  # the order of the tables above
