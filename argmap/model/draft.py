"""A map while it is being changed, and the record of what was done to it.

Every step is recorded twice: as an operation that needs no resolving, and as the one
that takes it back. Nothing is checked here: steps may pass through maps that are wrong.
"""

from collections.abc import Collection
from typing import Any

from msgspec import to_builtins
from msgspec.structs import asdict, replace

from argmap.model.items import Claim, Map, Passage, Relation, Source
from argmap.model.operations import (
    Add,
    Move,
    NewPassage,
    Operation,
    PassagePath,
    Remove,
    Replace,
)
from argmap.model.order import Ordered
from argmap.model.uses import Item, Ref, Shelves, Uses


class Draft:
    """A working copy of a map; its dicts are copied when they are first changed."""

    def __init__(self, map: Map) -> None:
        self._header: Map = map
        self._sources: Ordered[Source] = Ordered(map.sources)
        self._claims: Ordered[Claim] = Ordered(map.claims)
        self._relations: Ordered[Relation] = Ordered(map.relations)
        self._passages: dict[str, Ordered[Passage]] = {}
        self._uses: Uses | None = None
        self.done: list[Operation] = []
        self.undo: list[Operation] = []
        self.touched: set[Ref] = set()

    def find(self, ref: Ref) -> Item | None:
        """Find an item as it is now."""
        if ref[0] == "map":
            return self._header if ref[1] == self._header.key else None
        shelf = self.shelf(ref)
        return None if shelf is None else shelf.find(own_key(ref))

    def shelf(self, ref: Ref) -> Ordered[Any] | None:
        """Find where items like this one stand; None for a passage of no source."""
        kind, key = ref
        match kind:
            case "source":
                return self._sources
            case "claim":
                return self._claims
            case "relation":
                return self._relations
        name = key.partition("/")[0]
        if name not in self._passages:
            source = self._sources.find(name)
            if source is None:
                return None
            self._passages[name] = Ordered({p.key: p for p in source.passages})
        return self._passages[name]

    def parts(self, ref: Ref) -> list[Ref]:
        """List what goes when an item goes: itself, and a source's passages."""
        if ref[0] != "source":
            return [ref]
        passages = self.shelf(("passage", f"{ref[1]}/")) or ()
        return [ref, *(("passage", f"{ref[1]}/{p.key}") for p in passages)]

    def uses(self) -> Uses:
        """Return who refers to what, as it is now."""
        if self._uses is None:
            self._uses = Uses(self.find, self._users)
        return self._uses

    def add(self, ref: Ref, item: Item, before: str | None) -> None:
        """Add an item that is not there, before another of its shelf or at the end."""
        self._shelf(ref).put(own_key(ref), item, before)
        self._record(addition(ref, item, before), removal(ref))
        self._touch(*self.parts(ref))
        if self._uses:
            self._uses.note(ref, item)

    def replace(self, ref: Ref, item: Item, members: Collection[str]) -> None:
        """Put another item in place of one; these members of it are new."""
        old = self.find(ref)
        assert old is not None
        if ref[0] == "map":
            assert isinstance(item, Map)
            self._header = item
        else:
            self._shelf(ref).replace(own_key(ref), item)
        self._record(replacement(ref, item, members), replacement(ref, old, members))
        self._touch(ref)
        if self._uses:
            self._uses.note(ref, item)

    def remove(self, ref: Ref) -> None:
        """Remove an item, whoever refers to it."""
        self._touch(*self.parts(ref))
        shelf, key = self._shelf(ref), own_key(ref)
        before = shelf.after(key)
        if ref[0] == "source":
            self._close(key)
        item = shelf.take(key)
        self._record(removal(ref), addition(ref, item, before))

    def move(self, ref: Ref, before: str | None) -> None:
        """Put an item before another of its shelf, or at the end."""
        shelf, key = self._shelf(ref), own_key(ref)
        was_before = shelf.after(key)
        if before in (key, was_before):
            return
        shelf.move(key, before)
        self._record(relocation(ref, before), relocation(ref, was_before))
        self._touch(ref)

    def map(self) -> Map:
        """Return the map as it is now."""
        for source in list(self._passages):
            self._close(source)
        return replace(
            self._header,
            sources=self._sources.in_order(),
            claims=self._claims.in_order(),
            relations=self._relations.in_order(),
        )

    def _touch(self, *refs: Ref) -> None:
        for ref in refs:
            self.touched.add(ref)
            if ref[0] == "passage":
                self.touched.add(("source", ref[1].partition("/")[0]))

    def _record(self, done: Operation, undo: Operation) -> None:
        self.done.append(done)
        self.undo.append(undo)

    def _shelf(self, ref: Ref) -> Ordered[Any]:
        shelf = self.shelf(ref)
        assert shelf is not None
        return shelf

    def _close(self, name: str) -> None:
        """Put a source's passages back into it."""
        passages = self._passages.pop(name, None)
        source = self._sources.find(name)
        if passages is not None and source is not None:
            items = tuple(passages)
            if items != source.passages:
                self._sources.replace(name, replace(source, passages=items))

    def _users(self) -> Shelves:
        """Give what may refer to something."""
        return self._header, self._claims, self._relations


def own_key(ref: Ref) -> str:
    """Return the key that an item has itself: a passage without its source's."""
    return ref[1].partition("/")[2] if ref[0] == "passage" else ref[1]


def addition(ref: Ref, item: Item, before: str | None) -> Add:
    """Make the operation that adds an item before another, else at the end."""
    if isinstance(item, Passage):
        item = NewPassage(source=ref[1].partition("/")[0], **asdict(item))
    return Add(**{ref[0]: item}, before=before)  # type: ignore[arg-type] # a kind


def replacement(ref: Ref, item: Item, members: Collection[str]) -> Replace:
    """Make the operation that gives an item these members of *item*."""
    values = {name: _plain(getattr(item, name)) for name in members}
    return Replace(**{ref[0]: _path(ref)}, set=values)  # type: ignore[arg-type] # a kind


def removal(ref: Ref) -> Remove:
    """Make the operation that removes an item."""
    return Remove(**{ref[0]: _path(ref)})  # type: ignore[arg-type] # a kind


def relocation(ref: Ref, before: str | None) -> Move:
    """Make the operation that puts an item before another, else at the end."""
    return Move(**{ref[0]: _path(ref)}, before=before)  # type: ignore[arg-type] # a kind


def _path(ref: Ref) -> str | PassagePath:
    if ref[0] != "passage":
        return ref[1]
    source, _, passage = ref[1].partition("/")
    return PassagePath(source=source, passage=passage)


def _plain(value: Any) -> Any:
    """Return a member's value as JSON has it; free data are such already."""
    if isinstance(value, dict):
        return value
    return list(map(_plain, value)) if isinstance(value, tuple) else to_builtins(value)
