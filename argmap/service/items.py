"""One item of a map: read, added, put, patched, removed; a write is one operation."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final, TypeVar

import msgspec
from msgspec import Struct

from argmap.errors import (
    Exists,
    InvalidMap,
    Malformed,
    NotFound,
    PreconditionRequired,
    Stale,
)
from argmap.model import (
    Add,
    Claim,
    Header,
    ItemKind,
    NewPassage,
    Operation,
    Passage,
    PassagePath,
    Relation,
    Remove,
    Replace,
    Source,
    change,
)
from argmap.model import item as item_of
from argmap.plugin import ClaimEvaluation
from argmap.service.desk import Desk
from argmap.store import Committed, Snapshot, Write

Item = Header | Source | Passage | Claim | Relation
Values = Mapping[str, Any]
T = TypeVar("T")
Tags = Collection[str] | None
"""The entity tags of If-Match, or ``*`` alone; None if there was none."""

ANY: Final = "*"


class Address(Struct, frozen=True, kw_only=True):
    """Where an item is. A map's own header has the map's key."""

    map: str
    kind: ItemKind
    key: str
    source: str | None = None

    @property
    def id(self) -> str:
        """Name the item among those of its kind, as `Snapshot.revs` does."""
        return f"{self.source}/{self.key}" if self.source else self.key

    @property
    def named(self) -> dict[str, Any]:
        """Name the item as operations do, by the member of its kind."""
        if self.source is None:
            return {self.kind: self.key}
        return {self.kind: PassagePath(source=self.source, passage=self.key)}


class Stored(Struct, frozen=True, kw_only=True):
    """An item as it is now, after a write or without one.

    ``worth`` is what a rule makes of a claim, if one was asked.
    """

    item: Item
    rev: int
    revision: int
    is_new: bool = False
    worth: ClaimEvaluation | None = None

    @property
    def key(self) -> str:
        """The item's key."""
        return self.item.key


def find(snapshot: Snapshot, address: Address) -> Item | None:
    """Look an item up in a map."""
    of = snapshot.map
    match address.kind:
        case "map":
            return of
        case "source":
            return of.sources.get(address.key)
        case "claim":
            return of.claims.get(address.key)
        case "relation":
            return of.relations.get(address.key)
    source = of.sources.get(address.source or "")
    if source is None:
        raise NotFound("source", address.source or "")
    return next((p for p in source.passages if p.key == address.key), None)


def read(snapshot: Snapshot, address: Address) -> Stored:
    """Give an item with its revision.

    Raises:
        NotFound: There is no such item, or no source that it could be in.
    """
    item = find(snapshot, address)
    if item is None:
        raise NotFound(address.kind, address.key)
    rev = snapshot.revs[(address.kind, address.id)]
    return Stored(item=item, rev=rev, revision=snapshot.revision)


async def add(
    desk: Desk, map: str, kind: ItemKind, values: Values, source: str | None = None
) -> Stored:
    """Add one item at the end. Without a key in *values* it gets one from its text.

    Raises:
        InvalidMap: The item is wrong, or its key is taken; pointers are into the item.
        NotFound: There is no such map or source.
    """
    if source is not None:
        if source not in (await desk.snapshot(map)).map.sources:
            raise NotFound("source", source)
        values = {**values, "source": source}
    added: dict[str, Any] = {kind: _TYPES[kind](**values)}
    operation = Add(**added)

    def stored(done: Committed) -> Stored:
        _, item = item_of(done.change.operations[0])
        address = Address(map=map, kind=kind, key=item.key, source=source)
        return msgspec.structs.replace(read(done.snapshot, address), is_new=True)

    return await _write(desk, map, operation, stored)


async def put(
    desk: Desk, address: Address, values: Values, tags: Tags, *, only_new: bool = False
) -> Stored:
    """Create an item, or give all its members new values; those left out the defaults.

    What is there already, member for member, stays as it is whatever the tags: who had
    no answer may send the same again.

    Raises:
        Exists: There is another such item, and *only_new* ones are wanted.
        Malformed: *values* have another key than the address.
        PreconditionRequired: Something else is there, and there are no tags.
        Stale: Something else is there, and none of the tags holds.
    """
    if values.get("key") not in (None, "", address.key):
        detail = f"the body's key is {values['key']!r}, the path's {address.key!r}"
        raise Malformed(f"{detail}; send one of them, or both alike", "/key")
    while True:
        snapshot = await desk.snapshot(address.map)
        if find(snapshot, address) is not None:
            if not only_new:
                return await _replace(desk, snapshot, address, values, tags)
            if not await is_there(desk, snapshot, replacement(address, values, None)):
                raise Exists(address.kind, address.key)
            return read(snapshot, address)
        if tags is not None:
            raise NotFound(address.kind, address.key)
        try:
            values = {**values, "key": address.key}
            return await add(desk, address.map, address.kind, values, address.source)
        except InvalidMap:
            # Somebody may just have been faster; then this is a replacement.
            if find(await desk.snapshot(address.map), address) is None:
                raise


async def patch(desk: Desk, address: Address, values: Values, tags: Tags) -> Stored:
    """Give some members of an item new values.

    Raises:
        NotFound: There is no such item.
        PreconditionRequired: There are no tags.
        Stale: None of the tags holds.
    """
    stored = read(await desk.snapshot(address.map), address)
    if tags is None:
        raise PreconditionRequired(address.kind, address.key)
    operation = replacement(address, values, condition(tags, stored.rev))
    return await _write(
        desk, address.map, operation, lambda done: read(done.snapshot, address)
    )


async def remove(desk: Desk, address: Address, tags: Tags, *, cascade: bool) -> int:
    """Remove an item, and say which revision that made.

    Raises:
        InvalidMap: Others refer to it, and *cascade* is false.
        NotFound: There is no such item.
        PreconditionRequired: There are no tags.
        Stale: None of the tags holds.
    """
    stored = read(await desk.snapshot(address.map), address)
    if tags is None:
        raise PreconditionRequired(address.kind, address.key)
    operation = Remove(
        **address.named,
        cascade=cascade,
        if_match=condition(tags, stored.rev),
    )
    return await _write(
        desk, address.map, operation, lambda done: done.snapshot.revision
    )


def replacement(address: Address, values: Values, condition: str | None) -> Replace:
    """Make the operation that gives an item new values."""
    members = {name: value for name, value in values.items() if name != "key"}
    return Replace(
        **address.named,
        set=msgspec.to_builtins(members),
        if_match=condition,
    )


async def would_change(desk: Desk, snapshot: Snapshot, operation: Operation) -> bool:
    """Say whether an operation changes anything at all."""
    with own_pointers():
        made = await desk.run(change, snapshot.map, (operation,))
    return bool(made.touched)


async def is_there(desk: Desk, snapshot: Snapshot, operation: Operation) -> bool:
    """Say whether a map has what an operation asks for; what is wrong it never has."""
    try:
        return not await would_change(desk, snapshot, operation)
    except InvalidMap:
        return False


def condition(tags: Collection[str], rev: int) -> str:
    """Choose what an operation's ``if`` says: of several tags, the one that holds.

    >>> condition(["r4", "r5"], rev=5)
    'r5'
    """
    current = f"r{rev}"
    return next((tag for tag in (ANY, current) if tag in tags), next(iter(tags)))


@contextmanager
def own_pointers() -> Iterator[None]:
    """Let faults point into one item, not into the operation that was made of it."""
    try:
        yield
    except InvalidMap as error:
        for fault in error.faults:
            # /operations/0/claim/text, /operations/0/set/text: the rest is what counts.
            steps = fault.pointer.split("/")[4:]
            fault.pointer = "".join(f"/{step}" for step in steps)
        raise
    except (NotFound, Stale) as error:
        vars(error).pop("pointer", None)  # at the operation's ``if``, which no item has
        raise


_TYPES: Final[Mapping[ItemKind, type[Struct]]] = {
    "source": Source,
    "passage": NewPassage,
    "claim": Claim,
    "relation": Relation,
}


async def _replace(
    desk: Desk, snapshot: Snapshot, address: Address, values: Values, tags: Tags
) -> Stored:
    stored, wanted = read(snapshot, address), replacement(address, values, None)
    if tags is None:
        if await would_change(desk, snapshot, wanted):
            raise PreconditionRequired(address.kind, address.key)
        return stored
    operation = replacement(address, values, condition(tags, stored.rev))
    try:
        return await _write(
            desk, address.map, operation, lambda done: read(done.snapshot, address)
        )
    except Stale:
        now = await desk.snapshot(address.map)
        if not await is_there(desk, now, wanted):
            raise
        return read(now, address)


async def _write(
    desk: Desk, map: str, operation: Operation, then: Callable[[Committed], T]
) -> T:
    with own_pointers():
        return await desk.write(Write(map=map, operations=(operation,)), then)
