"""A rule's judgement of a map: what it has computed, before that is told of each claim.

It is all that an evaluation follows from, in a tenth of the bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from msgspec import Struct

from argmap.engine import Graph, Outcome, Strengths
from argmap.plugin.answer import answer
from argmap.plugin.evaluation import TIE, Options, Verdict
from argmap.plugin.rule import Rule

_VERDICTS: Final = np.array(["undecided", "accepted", "rejected"], dtype=object)


@dataclass(frozen=True, eq=False)
class Judgement:
    """What a rule makes of a graph, as arrays in its order.

    Attributes:
        by: The rule.
        graph: What was judged: each claim has the base score that the rule counted.
        parameters: The rule's own.
        options: Those of every rule.
        outcome: The rule's answer, checked: see `argmap.plugin.answer`.
    """

    by: Rule
    graph: Graph
    parameters: Struct
    options: Options
    outcome: Outcome

    @property
    def rule(self) -> str:
        """Name the rule."""
        return self.by.name

    @property
    def nbytes(self) -> int:
        """How much memory all this takes, about, besides what graphs share."""
        return 32 * len(self.graph.ids) + 8 * len(self.graph.relation_ids)

    def worth(
        self, claims: Sequence[str]
    ) -> tuple[list[float], list[Verdict] | list[None]]:
        """Give the strengths and the verdicts of some claims, in their order."""
        place = self.graph.index
        found = self.outcome.strengths[[place[key] for key in claims]]
        return found.tolist(), verdicts(self.by, found, self.options)

    def carried(self, relations: Sequence[str]) -> list[float] | list[None]:
        """Give the strengths of some relations, null if the rule gives them none."""
        if self.outcome.relations is None:
            return [None] * len(relations)
        place = self.graph.relation_index
        found: list[float] = self.outcome.relations[
            [place[key] for key in relations]
        ].tolist()
        return found

    def carries(self, relation: str) -> float | None:
        """Give the strength of one relation."""
        found = self.outcome.relations
        return (
            None if found is None else found.item(self.graph.relation_index[relation])
        )


def judge(graph: Graph, rule: Rule, parameters: Struct, options: Options) -> Judgement:
    """Run a rule, and tell nobody yet: `argmap.plugin.evaluate` tells of every claim.

    Args:
        graph: A valid map, compiled.
        rule: As the host gives it, or made by hand.
        parameters: The rule's own, decoded.
        options: Those of every rule, decoded.

    Raises:
        PluginFault: The rule raised, or returned what is no answer.
    """
    assert options.default_base_score is not None
    resolved = graph.resolved(options.default_base_score, options.linked)
    return Judgement(
        by=rule,
        graph=resolved,
        parameters=parameters,
        options=options,
        outcome=answer(rule, resolved, parameters),
    )


def verdicts(
    rule: Rule, strengths: Strengths, options: Options
) -> list[Verdict] | list[None]:
    """Turn strengths into verdicts: see `argmap.plugin.evaluate`.

    Ranking rules give none.
    """
    if rule.scale == "ranking":
        return [None] * strengths.size
    if rule.scale == "label":
        low, high = 0.25, 0.75  # between the three strengths that there are
    else:
        low = options.threshold - options.margin - TIE
        high = options.threshold + options.margin + TIE
    found: list[Verdict] = _VERDICTS[
        (strengths > high) - 1 * (strengths < low)
    ].tolist()
    return found
