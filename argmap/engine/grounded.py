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


def labelled(graph: Graph, projection: Projection, labels: np.ndarray) -> Outcome:
    """Say what a labelling of a projected graph means for its claims and relations."""
    of_claims = labels[: graph.size]
    never = projection.standing < 0
    of_relations = np.where(never, OUT, labels[projection.standing])
    return Outcome(
        strengths=_STRENGTH[of_claims],
        relations=_STRENGTH[of_relations] if len(never) else np.zeros(0),
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
