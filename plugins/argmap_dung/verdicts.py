"""From the extensions of a flattened map to a verdict on every claim and relation."""

from dataclasses import replace

import numpy as np

from argmap.plugin import IN, OUT, UNDECIDED, Graph, Outcome, labelled, project
from argmap_dung.parameters import ManyExtensions, OneExtension
from argmap_dung.positions import Positions
from argmap_dung.search import Search
from argmap_dung.tasks import Reasoner


def judge(
    graph: Graph, parameters: OneExtension | ManyExtensions, semantics: type[Search]
) -> Outcome:
    """Accept, reject or leave open each claim, by all extensions of the map.

    Sceptical: accepted is what is in in all extensions; credulous: in some. Rejected is
    what is out in all. Without an extension all claims are undecided. Verdicts are
    decided one by one, not read off an enumeration.

    Returns:
        Strengths 1, 1/2 and 0; labels where there is exactly one labelling.

    Raises:
        TooSlow: `argmap.plugin.patience` is at its end.
        Cancelled: The computation was called off.
    """
    projection = project(graph, parameters.support)
    size = projection.framework.size
    reasoner = Reasoner(semantics, projection.framework, np.arange(size) < graph.size)
    limit = parameters.limit if isinstance(parameters, ManyExtensions) else 1
    number = reasoner.count(limit)
    verdicts = np.full(size, UNDECIDED, dtype=np.int8)
    if number:
        asked = np.unique(np.concatenate([np.arange(graph.size), projection.standing]))
        asked = asked[asked >= 0]
        is_credulous = parameters.acceptance == "credulous"
        accept = reasoner.in_some if is_credulous else reasoner.in_all
        verdicts[asked[reasoner.out_in_all(asked)]] = OUT
        verdicts[asked[accept(asked)]] = IN
    outcome = labelled(graph, projection, verdicts)
    positions = Positions(projection, reasoner, graph.size)
    return replace(
        outcome,
        within=positions.within,
        labels=outcome.labels if number == 1 else None,
        extensions=min(number, limit),
        truncated=number > limit,
    )
