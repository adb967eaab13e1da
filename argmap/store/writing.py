"""What can be done to a map: create it, change it, delete it.

Each runs inside a transaction and either raises, or has written rows, history and
revision together. The writer takes back what something that raised has written.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import insert

from argmap.errors import AlreadyExists, NotFound, Stale, TooLarge
from argmap.model import Change, Map, Operation, PassagePath, Remove, Replace
from argmap.model import change as changed
from argmap.model import item as item_of
from argmap.store import access, clearing, making, receipts
from argmap.store.callers import Act, Role
from argmap.store.history import Revised
from argmap.store.present import Identity
from argmap.store.revs import Item, Revs, advance, by_key
from argmap.store.snapshot import ChangeSet, Committed, Snapshot, Write
from argmap.store.tables import DELETED
from argmap.store.transaction import Transaction


def perform(transaction: Transaction, write: Write, max_items: int) -> Committed:
    """Do what a write wants.

    A change set that changes nothing makes no revision, unless it creates the map.

    Raises:
        Unauthorized, Forbidden: The caller may not do it.
        AlreadyExists: A map to be created is there.
        NotFound: There is no such map, or not the item that an ``if`` speaks of.
        Stale: An ``if`` names another revision than the item's own.
        InvalidMap: The operations are wrong, or the map that would result.
        TooLarge: That map would have more than *max_items* items, and more than now.
        UnderWay: A write of the same receipt has been done already.
    """
    if write.create and transaction.has(write.map):
        raise AlreadyExists("map", write.map)
    before = transaction.find_snapshot(write.map)
    if before is None and not write.create:
        raise NotFound("map", write.map)
    if before is None:
        access.permit_new(transaction, write.by)
    else:
        needed = _needed(write, before)
        identity = Identity.of(before)
        access.permit(transaction, write.by, write.map, identity, needed)
    _check(write.operations, before.revs if before else Revs({}))
    change = _changed(write, before)
    now = datetime.now(UTC)
    if before is None:
        before = _blank(transaction, write.map, now)
        access.own(transaction, write.by, before.id)
    touched = _outlasting(change, before)
    if write.create or _is_about_readers(write, before):
        touched |= {("map", write.map)}
    after = before
    if touched:
        after, revised = _revise(write, before, change, touched, now)
        if len(after.revs) > max(len(before.revs), max_items + 1):
            raise TooLarge("the map", len(after.revs) - 1, max_items)
        transaction.change(before, after, revised)
        transaction.note(write.by, write.map, after.revision)
    done = Committed(snapshot=after, change=change)
    if write.receipt is not None:
        receipts.keep(transaction.connection, write.receipt, done, now)
    return done


def remove(
    transaction: Transaction, key: str, if_match: str, by: Act | None = None
) -> int:
    """Delete a map with all that belongs to it, its history included.

    Nobody sees it any more; its rows, by this number, are for `clearing` to take away.

    *if_match* names the map's newest revision (``r4``), or is ``*``. That revision is
    remembered by key: a new map of that key goes on from there.

    Raises:
        NotFound: There is no such map.
        Unauthorized, Forbidden: The caller is no owner of it.
        Stale: It, or something in it, is at another revision.
    """
    found = transaction.find_snapshot(key)
    if found is None:
        raise NotFound("map", key)
    access.permit(transaction, by, key, Identity.of(found), "owner")
    _match(("map", key), if_match, {("map", key): found.revision})
    connection = transaction.connection
    connection.execute(insert(DELETED), {"key": key, "revision": found.revision})
    clearing.hide(transaction, found.id)
    transaction.drop(key)
    transaction.note(by, key, found.revision)
    return found.id


def _needed(write: Write, before: Snapshot) -> Role:
    """Say which role a write needs: who may see a map is for its owners to say."""
    return "owner" if _is_about_readers(write, before) else "editor"


def _is_about_readers(write: Write, before: Snapshot) -> bool:
    """Say whether a write changes who may see the map, which makes a revision.

    So whoever has read the header before that cannot overwrite it unawares, although
    the history does not say what the visibility was.
    """
    return write.visibility not in (None, before.visibility)


def _changed(write: Write, before: Snapshot | None) -> Change:
    planned = write.planned
    if planned and before and _state(planned.of) == _state(before):
        return planned.change
    return changed(before.map if before else Map(key=write.map), write.operations)


def _state(snapshot: Snapshot) -> tuple[int, int]:
    return snapshot.id, snapshot.revision


def _outlasting(change: Change, before: Snapshot) -> AbstractSet[Item]:
    """List what a change touches, but for what it has only brought and taken again."""
    return frozenset(
        (kind, key)
        for kind, key in change.touched
        if (kind, key) in before.revs
        or kind in ("map", "passage")
        or key in by_key(change.map, kind)
    )


def _blank(transaction: Transaction, key: str, now: datetime) -> Snapshot:
    """Make the row of a map that has no revision yet, but those of one deleted."""
    blank = Map(key=key)
    id_, first = making.new_row(transaction, blank, key, now)
    making.forget_deleted(transaction, key)
    return Snapshot(
        id=id_,
        map=blank,
        revision=first - 1,
        revs=Revs({}),
        created_at=now,
        updated_at=now,
        visibility="private",
    )


def _check(operations: Iterable[Operation], revs: Revs) -> None:
    for index, operation in enumerate(operations):
        sent = operation.if_match if isinstance(operation, Replace | Remove) else None
        if sent is not None:
            kind, key = item_of(operation)
            if isinstance(key, PassagePath):
                key = f"{key.source}/{key.passage}"
            try:
                _match((kind, key), sent, revs)
            except (NotFound, Stale) as error:
                raise error.pointing_at(f"/operations/{index}/if") from None


def _match(item: Item, sent: str, revs: Mapping[Item, int]) -> None:
    if sent == "*":
        return  # whatever is there; if nothing is, the model says so
    if item not in revs:
        raise NotFound(*item)
    if sent != f"r{revs[item]}":
        raise Stale(*item, sent, f"r{revs[item]}")


def _revise(
    write: Write,
    before: Snapshot,
    change: Change,
    touched: AbstractSet[Item],
    now: datetime,
) -> tuple[Snapshot, Revised]:
    """Make the next revision of a map, and its entry in the history."""
    revision = before.revision + 1
    after = replace(
        before,
        map=change.map,
        visibility=write.visibility or before.visibility,
        revision=revision,
        revs=advance(before.revs, dict.fromkeys(touched, revision), change.map),
        updated_at=now,
    )
    made = ChangeSet(
        revision=revision,
        author=write.by.caller.name if write.by else write.author,
        at=now,
        message=write.message,
        operations=change.operations,
    )
    return after, Revised(after, made, touched)
