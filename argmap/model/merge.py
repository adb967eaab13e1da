"""Joining two claims that say the same: one goes, and what was about it stays.

Every relation that has the duplicate as a premise or its target names the other claim
from then on. What the duplicate says becomes another wording; tags and passages are
joined; where the other claim has no base score, speaker or data of its own it takes the
duplicate's. Of relations that become alike in all that counts one stays, with the
passages of both, and what was about the other is about it.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from argmap.errors import Fault, InUse, InvalidMap, SelfSupport, Unknown
from argmap.model.draft import removal, replacement
from argmap.model.items import Claim, Map, Relation, Target
from argmap.model.operations import Operation

T = TypeVar("T")


class Dropped(Struct, frozen=True, kw_only=True):
    """A relation that is not needed any more.

    It was the same as another, or null: it said that the two claims rephrase each
    other, which they now need nobody to say.
    """

    relation: str
    same_as: str | None


class Merging(Struct, frozen=True):
    """What joins two claims, and which relations go."""

    operations: tuple[Operation, ...]
    dropped: tuple[Dropped, ...]


def merge(map: Map, duplicate: str, into: str) -> Merging:
    """Say how to join a claim into another. O(items of the map).

    Args:
        map: A valid map that has the claim *duplicate*.
        duplicate: The key of the claim that goes.
        into: That of the claim that stays.

    Raises:
        InvalidMap: There is no claim *into*; or one of the two supports or rebuts the
            other, so that they do not say the same. Pointers are to ``/into``.

    >>> m = Map.of(["tram", "tram-2", "cost"], rebuts=[("cost", "tram-2")])
    >>> [type(each).__name__ for each in merge(m, "tram-2", "tram").operations]
    ['Replace', 'Replace', 'Remove']
    """
    if into not in map.claims:
        raise InvalidMap([Unknown("claim", into, "/into")])
    found = _Relations(map, duplicate, into)
    if found.faults:
        raise InvalidMap(found.faults)
    old, new = map.claims[into], _joined(map.claims[into], map.claims[duplicate])
    operations: list[Operation] = []
    if members := _changed(old, new):
        operations.append(replacement(("claim", into), new, members))
    for key, relation in found.kept.items():
        if members := _changed(map.relations[key], relation):
            operations.append(replacement(("relation", key), relation, members))
    if duplicate in map.targets:
        targets = _once(into if key == duplicate else key for key in map.targets)
        changed = replace(map, targets=targets)
        operations.append(replacement(("map", map.key), changed, ["targets"]))
    # What goes may be the target of what goes as well: the ends of chains first.
    operations += [removal(("relation", d.relation)) for d in reversed(found.dropped)]
    operations.append(removal(("claim", duplicate)))
    return Merging(tuple(operations), tuple(found.dropped))


class _Relations:
    """The relations of a map in which one claim stands for another."""

    def __init__(self, map: Map, duplicate: str, into: str) -> None:
        self._duplicate, self._into = duplicate, into
        self._names: dict[str, str | None] = {}
        self._alike: dict[tuple[Any, ...], str] = {}
        self.kept: dict[str, Relation] = {}
        self.dropped: list[Dropped] = []
        self.faults: list[Fault] = []
        for level in _levels(map.relations):
            pairs = [(old, self._renamed(old)) for old in level]
            # Those that stay as they are come first: of two alike, they stay.
            for old, new in sorted(pairs, key=_is_moved):
                self._take(old, new)
        if self._names:
            self.kept = {key: self._asking(r) for key, r in self.kept.items()}

    def _renamed(self, old: Relation) -> Relation:
        claim, relation = old.target.claim, old.target.relation
        is_concerned = self._duplicate in (*old.premises, claim)
        if not is_concerned and relation not in self._names:
            return old
        if claim is not None:
            target = Target(claim=self._claim(claim))
        else:
            target = Target(relation=self._names.get(relation or "") or relation)
        premises = _once(self._claim(key) for key in old.premises)
        return replace(old, premises=premises, target=target)

    def _asking(self, relation: Relation) -> Relation:
        """Let a question about a relation that goes be about the one that stays."""
        asks = relation.asks
        if asks is None or asks.relation not in self._names:
            return relation
        name = self._names[asks.relation]
        return replace(relation, asks=replace(asks, relation=name) if name else None)

    def _claim(self, key: str) -> str:
        return self._into if key == self._duplicate else key

    def _take(self, old: Relation, new: Relation) -> None:
        claim = new.target.claim
        if claim is not None and self._into not in (*new.premises, claim):
            self.kept[new.key] = new
        elif self._into in new.premises and claim == self._into:
            self._part(new)
        elif new.target.relation and self._names.get(new.target.relation, "") is None:
            detail = f"relation {new.target.relation!r} would go, but is still used by"
            self.faults.append(
                InUse(f"{detail} {new.key!r}", "/into", [f"relations/{new.key}"])
            )
        elif (like := self._alike.setdefault(_sense(new), new.key)) == new.key:
            self.kept[new.key] = new
        elif _is_moved((old, new)):
            self._drop(new.key, like)
            self.kept[like] = _with(self.kept[like], new)
        else:
            self.kept[new.key] = new  # they were alike before

    def _part(self, new: Relation) -> None:
        """Let go of a rephrasing of the two; all else says that they are not one."""
        if new.kind == "rephrase" and new.premises == (self._into,):
            self._drop(new.key, None)
            return
        detail = (
            f"relation {new.key!r} would {new.kind} {self._into!r} from itself; claims "
            "that say the same do not bear on each other: change or remove it first"
        )
        self.faults.append(SelfSupport(detail, "/into"))

    def _drop(self, key: str, same_as: str | None) -> None:
        self._names[key] = same_as
        self.dropped.append(Dropped(relation=key, same_as=same_as))


def _levels(relations: Mapping[str, Relation]) -> Iterator[list[Relation]]:
    """Yield the relations to claims, then those to these relations, and so on."""
    level = [r for r in relations.values() if r.target.claim is not None]
    about: dict[str, list[Relation]] = {}
    for relation in relations.values():
        if relation.target.relation is not None:
            about.setdefault(relation.target.relation, []).append(relation)
    while level:
        yield level
        level = [user for relation in level for user in about.get(relation.key, ())]


def _is_moved(pair: tuple[Relation, Relation]) -> bool:
    old, new = pair
    return new is not old and (old.premises, old.target) != (new.premises, new.target)


def _sense(relation: Relation) -> tuple[Any, ...]:
    """Give all that counts of a relation: two that are alike in it say it twice."""
    return (
        relation.kind,
        frozenset(relation.premises),
        relation.target,
        relation.weight,
        relation.scheme,
        relation.asks,
    )


def _with(relation: Relation, other: Relation) -> Relation:
    """Give a relation what another that is the same has besides."""
    return replace(
        relation,
        passages=_once((*relation.passages, *other.passages)),
        data={**other.data, **relation.data},
        residue={**other.residue, **relation.residue},
    )


def _joined(claim: Claim, other: Claim) -> Claim:
    """Give a claim what another has that says the same."""
    wordings = _once((*claim.wordings, other.text, *other.wordings))
    has_score = claim.base_score is not None
    return replace(
        claim,
        wordings=tuple(text for text in wordings if text != claim.text),
        tags=_once((*claim.tags, *other.tags)),
        passages=_once((*claim.passages, *other.passages)),
        base_score=claim.base_score if has_score else other.base_score,
        speaker=claim.speaker or other.speaker,
        implicit=claim.implicit and other.implicit,
        data={**other.data, **claim.data},
        residue={**other.residue, **claim.residue},
    )


def _once(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))


def _changed(old: Claim | Relation, new: Claim | Relation) -> list[str]:
    if new is old:
        return []
    return [n for n in old.__struct_fields__ if getattr(old, n) != getattr(new, n)]
