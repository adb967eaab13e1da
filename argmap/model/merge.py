"""Joining two claims that say the same: one goes, and what was about it stays.

Every relation that has the duplicate as a premise or its target names the other claim
from then on. What the duplicate says becomes another wording; tags and passages are
joined; where the other claim has no base score, speaker or data of its own it takes the
duplicate's. Of relations that become alike in all that counts one stays, with the
passages of both, and what was about the other is about it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from argmap.errors import Fault, InvalidMap, SelfSupport, Unknown
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
    >>> [type(operation).__name__ for operation in merge(m, "tram-2", "tram").operations]
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
        targets = _once([into if key == duplicate else key for key in map.targets])
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
        self.kept: dict[str, Relation] = {}
        self.dropped: list[Dropped] = []
        self.faults: list[Fault] = []
        self._names: dict[str, str] = {}
        alike: dict[tuple[Any, ...], str] = {}
        # Relations that stay as they are come first: they keep their place.
        for old in _from_the_root(map.relations, self._is_concerned):
            new = self._renamed(old)
            if self._into in new.premises and new.target.claim == self._into:
                self._drop_self(old, new)
                continue
            like = alike.setdefault(_sense(new), new.key)
            if like == new.key or not self._is_moved(old, new):
                self.kept[new.key] = new
                continue
            self._names[new.key] = like
            self.dropped.append(Dropped(relation=new.key, same_as=like))
            self.kept[like] = _with_passages(self.kept[like], new)
        self._ask()

    def _is_concerned(self, relation: Relation) -> bool:
        return self._duplicate in (*relation.premises, relation.target.claim)

    def _is_moved(self, old: Relation, new: Relation) -> bool:
        return (old.premises, old.target) != (new.premises, new.target)

    def _renamed(self, relation: Relation) -> Relation:
        premises = [self._claim(key) for key in relation.premises]
        target = relation.target
        if target.claim is not None:
            target = Target(claim=self._claim(target.claim))
        elif target.relation in self._names:
            target = Target(relation=self._names[target.relation])
        return replace(relation, premises=_once(premises), target=target)

    def _claim(self, key: str) -> str:
        return self._into if key == self._duplicate else key

    def _drop_self(self, old: Relation, new: Relation) -> None:
        """Let go of a rephrasing of the two; anything else keeps them apart."""
        if new.kind == "rephrase" and new.premises == (self._into,):
            self.dropped.append(Dropped(relation=old.key, same_as=None))
            return
        detail = (
            f"relation {old.key!r} would {old.kind} {self._into!r} from itself: claims "
            "that say the same do not bear on each other; remove or change it first"
        )
        self.faults.append(SelfSupport(detail, "/into"))

    def _ask(self) -> None:
        """Let questions about a relation that goes be about the one that stays."""
        gone = {each.relation: each.same_as for each in self.dropped}
        for key, relation in self.kept.items():
            asks = relation.asks
            if asks and asks.relation in gone:
                name = gone[asks.relation]
                asks = replace(asks, relation=name) if name else None
                self.kept[key] = replace(relation, asks=asks)
