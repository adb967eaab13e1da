"""Attacks on a case, and which of their answers stand.

An *answer* to an attack is a relation that undercuts it, or rebuts one of its premises.
It *stands* if none of its premises is rejected and its weight times its undercut factor
is at least one half; under a rule that labels, if it is not out. So a leaf without a
base score that nobody attacks stands. An attack is *unanswered* if no answer stands.
"""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from argmap.model import Map, Relation, RelationKind
from argmap.plugin.trials import Trials

Status = Literal["standing", "defeated"]

_HALF = 0.5
_OUT = 0.25  # between out and undecided


class Answer(Struct, frozen=True, kw_only=True):
    """A relation that answers an attack, and whether it stands."""

    relation: str
    kind: RelationKind
    premises: tuple[str, ...]
    status: Status
    strength: float


class Answers:
    """Who answers whom in a map, under one rule."""

    def __init__(self, trials: Trials) -> None:
        self._trials, self._map = trials, trials.map
        self.rebuts, self.undercuts = attacks_on(trials.map)

    def of(self, attack: Relation) -> tuple[Answer, ...]:
        """List the answers to an attack, those that stand first, then as in the map."""
        found = [self._judged(answer) for answer in self._against(attack)]
        return tuple(sorted(found, key=lambda answer: answer.status != "standing"))

    def _against(self, attack: Relation) -> Iterator[Relation]:
        yield from self.undercuts.get(attack.key, ())
        for premise in dict.fromkeys(attack.premises):
            yield from self.rebuts.get(premise, ())

    def _judged(self, answer: Relation) -> Answer:
        stands = self._stands(answer)
        return Answer(
            relation=answer.key,
            kind=answer.kind,
            premises=answer.premises,
            status="standing" if stands else "defeated",
            strength=self._trials.strength(answer.key),
        )

    def _stands(self, answer: Relation) -> bool:
        trials = self._trials
        claims = trials.evaluation.claims
        if any(claims[premise].verdict == "rejected" for premise in answer.premises):
            return False
        if trials.rule.scale == "label":
            return answer.weight > 0 and trials.strength(answer.key) > _OUT
        return trials.carried[answer.key] >= _HALF


def attacks_on(map: Map) -> tuple[dict[str, list[Relation]], dict[str, list[Relation]]]:
    """List the rebuttals of each claim and the undercuts of each relation."""
    rebuts: dict[str, list[Relation]] = {}
    undercuts: dict[str, list[Relation]] = {}
    for relation in map.relations.values():
        if relation.kind == "rebut" and relation.target.claim is not None:
            rebuts.setdefault(relation.target.claim, []).append(relation)
        if relation.kind == "undercut" and relation.target.relation is not None:
            undercuts.setdefault(relation.target.relation, []).append(relation)
    return rebuts, undercuts
