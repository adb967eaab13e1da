"""Change sets: several operations at once, all of them or none; and the history."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Final

from msgspec import Struct

from argmap.errors import PreconditionRequired
from argmap.model import (
    Add,
    ItemKind,
    NewPassage,
    Operation,
    PassagePath,
    Remove,
    Replace,
    item,
)
from argmap.service.desk import Desk
from argmap.service.pages import after, cursor
from argmap.store import ChangeSet, Committed, Snapshot, Write

Ref = tuple[ItemKind, str]

LISTED: Final = 500
"""Operations of an import that the history lists: the export has them all."""


class History(Struct, frozen=True, kw_only=True):
    """Some change sets, oldest first, the newest revision, and where to go on.

    ``count`` says how many there are, if that was asked.
    """

    items: tuple[ChangeSet, ...]
    revision: int
    next: str | None
    count: int | None = None


class Touched(Struct, frozen=True, kw_only=True):
    """The item that an operation was about; no ``rev`` if it is gone."""

    kind: ItemKind
    key: str
    rev: int | None


class Applied(Struct, frozen=True, kw_only=True):
    """The revision that a batch made, and an item for each of its operations."""

    revision: int
    items: tuple[Touched, ...]


async def apply(
    desk: Desk, map: str, operations: Sequence[Operation], message: str = ""
) -> Applied:
    """Make one change set of several operations.

    Raises:
        InvalidMap: With every fault of the map that would result; pointers are into
            ``/operations``.
        NotFound: There is no such map, or not the item that an ``if`` speaks of.
        PreconditionRequired: An operation changes what exists and has no ``if``.
        Stale: An ``if`` does not hold.
    """
    await desk.run(require_conditions, await desk.snapshot(map), operations)
    write = Write(map=map, operations=tuple(operations), message=message)
    return await desk.write(write, partial(applied, operations))


def require_conditions(snapshot: Snapshot, operations: Sequence[Operation]) -> None:
    """Refuse a change of what exists that does not say of which state.

    Raises:
        PreconditionRequired: What an operation replaces or removes is in the map
            already, and the operation has no ``if``.
    """
    for index, operation in enumerate(operations):
        if isinstance(operation, Replace | Remove) and operation.if_match is None:
            ref = ref_of(operation)
            if ref in snapshot.revs:
                missing = PreconditionRequired(*ref, in_batch=True)
                raise missing.pointing_at(f"/operations/{index}")


async def history(
    desk: Desk, map: str, page: str | None, limit: int, *, count: bool = False
) -> History:
    """List the change sets of a map from the oldest on, and *count* them if wanted.

    Raises:
        Malformed: *page* is no cursor of a history.
        NotFound: There is no such map.
    """
    newest = (await desk.snapshot(map)).revision
    name = f"changes {map}"
    start = after(name, page, 0)
    found = await desk.run(desk.store.history, map, start, limit + 1, LISTED)
    items = tuple(found[:limit])
    more = len(found) > limit
    return History(
        items=items,
        revision=newest,
        next=cursor(name, items[-1].revision) if more else None,
        count=await desk.run(desk.store.count_changes, map) if count else None,
    )


def applied(operations: Sequence[Operation], done: Committed) -> Applied:
    """Say what came of a change set that was committed."""
    revs = done.snapshot.revs
    touched = tuple(
        Touched(kind=kind, key=key, rev=revs.get((kind, key)))
        for kind, key in _items(operations, done.change.operations)
    )
    return Applied(revision=done.snapshot.revision, items=touched)


def _items(
    operations: Sequence[Operation], resolved: Sequence[Operation]
) -> Iterator[Ref]:
    """Say what each operation was about; resolved ones have the keys of what is new."""
    added = (ref_of(operation) for operation in resolved if isinstance(operation, Add))
    names: dict[str, str] = {}
    for operation in operations:
        if isinstance(operation, Add):
            ref = next(added)
            _, given = item(operation)
            names[given.key] = ref[1].rpartition("/")[2]
            yield ref
        else:
            yield ref_of(operation, names)


def ref_of(
    operation: Operation, names: Mapping[str, str] = MappingProxyType({})
) -> Ref:
    """Name an operation's item as `Snapshot.revs` does."""
    kind, named = item(operation)
    match named:
        case str():
            return kind, names.get(named, named)
        case PassagePath(source=source, passage=key):
            return kind, f"{names.get(source, source)}/{names.get(key, key)}"
        case NewPassage(source=source, key=key):
            return kind, f"{source}/{key}"
    return kind, named.key
