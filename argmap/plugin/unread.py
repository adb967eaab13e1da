"""What a map has and a rule skips: a verdict should not pass for more than it is."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from argmap.engine.graph import KINDS, REPHRASE, SUPPORT, Graph
from argmap.plugin.evaluation import EvaluationWarning
from argmap.plugin.rule import EVERYTHING, Feature, Rule


def unread(graph: Graph, rule: Rule) -> Iterator[EvaluationWarning]:
    """Name what the rule does not read and this graph has, as ``support-not-read``.

    Labelling rules that do not read weights still tell 0 from the rest. Backers are
    part of what undercuts come to: whoever reads undercuts reads them.
    """
    for feature in sorted(EVERYTHING - rule.reads):
        code = f"{feature.replace('_', '-')}-not-read"
        if feature == "base_score":
            count = int(np.count_nonzero(~np.isnan(graph.base_scores)))
            names: tuple[str, ...] = ()
        else:
            found = np.flatnonzero(_having(graph, rule, feature))
            count = found.size
            names = tuple(graph.relation_ids[r] for r in found)
        if count:
            yield EvaluationWarning(code=code, count=count, relations=names)


def _having(graph: Graph, rule: Rule, feature: Feature) -> NDArray[np.bool_]:
    if feature in KINDS:
        is_backer = (graph.kinds == SUPPORT) & graph.on_relation
        reads_backers = "undercut" in rule.reads
        is_of_kind: NDArray[np.bool_] = graph.kinds == KINDS.index(feature)
        return is_of_kind & ~is_backer if reads_backers else is_of_kind
    if feature == "linked":
        found = np.diff(graph.premise_starts) > 1
    else:
        muted = (graph.weights == 0) & (rule.scale == "label")
        found = (graph.weights != 1) & ~muted
    is_read: NDArray[np.bool_] = graph.kinds != REPHRASE
    return found & is_read
