"""What verdicts depend on: each claim without each source, speaker or tag.

Without a source, an item is absent if it has passages and all lie in absent sources;
without a speaker or a tag, the claims that have it are. A relation is mute if it is
absent or one of its premises is. The claim that is asked about is never absent.
"""

from collections.abc import Collection, Sequence
from typing import Literal

from msgspec import Struct

from argmap.model import Claim, Map, Relation
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
    asked = [(group, key) for group in _groups(trials.map, by) for key in claims]
    variants = [_muted(trials.map, by, group, key) for group, key in asked]
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


def _groups(map: Map, by: By) -> list[str]:
    if by == "source":
        return list(map.sources)
    if by == "speaker":
        return list(dict.fromkeys(c.speaker for c in map.claims.values() if c.speaker))
    return list(dict.fromkeys(tag for c in map.claims.values() for tag in c.tags))


def _muted(map: Map, by: By, group: str, claim: str) -> Collection[str]:
    """List the relations that are mute without a group; *claim* stays."""

    def is_absent(item: Claim | Relation) -> bool:
        if by == "source":
            return {p.source for p in item.passages} == {group}
        if isinstance(item, Relation):
            return False
        return item.speaker == group if by == "speaker" else group in item.tags

    absent = {key for key, item in map.claims.items() if is_absent(item)} - {claim}
    return [
        key
        for key, relation in map.relations.items()
        if is_absent(relation) or not absent.isdisjoint(relation.premises)
    ]
