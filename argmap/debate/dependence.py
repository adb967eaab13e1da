"""What verdicts depend on: each claim without each source, speaker or tag.

Without a source, an item is absent if it has passages and all lie in absent sources;
without a speaker or a tag, the claims that have it are. A relation is mute if it is
absent or one of its premises is. The claim that is asked about is never absent.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from typing import Literal

from msgspec import Struct

from argmap.model import Map
from argmap.plugin import Inputs
from argmap.plugin.trials import Trials
from argmap.plugin.turning import Standing

By = Literal["source", "speaker", "tag"]


class Loss(Struct, frozen=True, kw_only=True):
    """How a claim would stand, and what it would lose or gain (``delta``)."""

    after: Standing
    delta: float
    turns: bool


class Group(Struct, frozen=True, kw_only=True):
    """One source, speaker or tag; what each claim would be without it."""

    key: str
    claims: dict[str, Loss]


class Dependence(Inputs, frozen=True, kw_only=True):
    """What claims depend on: the groups that change most first."""

    by: By
    before: dict[str, Standing]
    groups: tuple[Group, ...]


def dependence(trials: Trials, by: By, claims: Sequence[str]) -> Dependence:
    """Say what claims would be without each source, speaker or tag of the map.

    Args:
        trials: A valid map under a rule.
        by: What is left out, one at a time.
        claims: Which claims to watch.

    Raises:
        NotFound: There is no such claim.
        PluginFault: The rule failed on a variant of the map.
        TooSlow, Cancelled: Whoever asked does not wait any longer.
    """
    before = {key: trials.standing(key) for key in claims}
    absences = _absences(trials.map, by)
    asked = [(group, key) for group in absences for key in claims]
    premised = trials.premised()
    variants = (absences[group].muted(premised, but=key) for group, key in asked)
    losses: dict[str, dict[str, Loss]] = {}
    for (group, key), found in zip(asked, trials.without(variants), strict=True):
        after = trials.judged(float(found[trials.graph.index[key]]))
        losses.setdefault(group, {})[key] = Loss(
            after=after,
            delta=after.strength - before[key].strength,
            turns=after.verdict != before[key].verdict,
        )

    def rank(group: Group) -> tuple[int, float]:
        each = group.claims.values()
        largest = max((abs(loss.delta) for loss in each), default=0.0)
        return -sum(loss.turns for loss in each), -round(largest, 12)

    groups = (Group(key=key, claims=lost) for key, lost in losses.items())
    return Dependence(
        **trials.evaluation.inputs,
        by=by,
        before=before,
        groups=tuple(sorted(groups, key=rank)),
    )


class _Absence:
    """What is absent without one source, speaker or tag."""

    def __init__(self) -> None:
        self.claims: set[str] = set()
        self.relations: set[str] = set()

    def muted(self, premised: Mapping[str, Set[str]], *, but: str) -> Set[str]:
        """List the relations that are mute then; the claim *but* stays."""
        absent = self.claims - {but}
        return self.relations.union(*(premised.get(key, ()) for key in absent))


def _absences(map: Map, by: By) -> dict[str, _Absence]:
    """Say what is absent without each source, speaker or tag, in the map's order."""
    found: dict[str, _Absence] = defaultdict(_Absence)
    if by == "source":
        found.update((key, _Absence()) for key in map.sources)
        for claim in map.claims.values():
            if len(sources := {p.source for p in claim.passages}) == 1:
                found[sources.pop()].claims.add(claim.key)
        for relation in map.relations.values():
            if len(sources := {p.source for p in relation.passages}) == 1:
                found[sources.pop()].relations.add(relation.key)
        return found
    for claim in map.claims.values():
        speakers = (claim.speaker,) if claim.speaker else ()
        for group in speakers if by == "speaker" else claim.tags:
            found[group].claims.add(claim.key)
    return found
