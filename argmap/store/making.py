"""Making a whole map, a portion at a time, so that nobody waits for all of it.

Each portion is written in a transaction of its own, under a name that no map may have:
nobody sees it. The last step gives the map its key, and only then it is there, all of
it; until then it can be given up, and `clearing` takes away what is left.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from secrets import token_hex
from typing import Any, Final, Protocol, TypeVar

from sqlalchemy import Table, bindparam, delete, insert, select, update

from argmap.engine import check_patience, report_progress
from argmap.errors import AlreadyExists, TooLarge, Unavailable
from argmap.model import Change, Map
from argmap.store import access, clearing, portions, receipts, rows, search
from argmap.store.portions import Portion, revs_of
from argmap.store.positions import GAP
from argmap.store.prepared import insert_rows
from argmap.store.rows import Values
from argmap.store.snapshot import Committed, Snapshot, Write
from argmap.store.tables import (
    CHANGE,
    CLAIM,
    DELETED,
    MAP,
    PASSAGE,
    PORTION,
    RELATION,
    SOURCE,
    UNSEEN,
)
from argmap.store.transaction import Transaction

_INSERT = insert(MAP).returning(MAP.c.id)
_UPDATE = update(MAP).where(MAP.c.id == bindparam("map_id"))
_LAST = select(DELETED.c.revision).where(DELETED.c.key == bindparam("key"))
_FORGET = delete(DELETED).where(DELETED.c.key == bindparam("key"))

_TABLES: Final[Mapping[str, tuple[Table, Callable[[Any], Values]]]] = {
    "source": (SOURCE, rows.source_values),
    "claim": (CLAIM, rows.claim_values),
    "relation": (RELATION, rows.relation_values),
}
_INDEXED: Final = ("source", "claim")


T = TypeVar("T")


class Submit(Protocol):
    """Has work done in a transaction of its own: `Writer.submit`."""

    def __call__(self, work: Callable[[Transaction], T]) -> Future[T]:
        """Take the work; the future resolves once it is committed."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A map that is being made: the number of its row, and of its first revision."""

    id: int
    revision: int


@dataclass(frozen=True, slots=True)
class Part:
    """A portion, laid out for the database outside of any transaction."""

    kind: str
    number: int
    items: Sequence[Any]
    packed: bytes
    rows: Sequence[Values]
    passages: Sequence[Values]

    @property
    def size(self) -> int:
        """How many items it has."""
        return len(self.rows) + len(self.passages)


def parts(map_: Map) -> Iterator[Part]:
    """Lay a map out, part by part; positions count on within a kind."""
    begun: dict[str, int] = dict.fromkeys(_TABLES, 0)
    for number, (kind, items) in enumerate(portions.cut(map_)):
        packed = portions.pack(items)
        laid, within = _rows((kind, items), begun.get(kind, 0))
        yield Part(kind, number, items, packed, laid, within)
        if kind in begun:
            begun[kind] += len(items)


def _rows(portion: Portion, first: int) -> tuple[list[Values], list[Values]]:
    kind, items = portion
    if kind not in _TABLES:
        return [], []
    _, values = _TABLES[kind]
    laid = [
        {**values(item), "position": GAP * place}
        for place, item in enumerate(items, start=first)
    ]
    within = [
        {
            **rows.passage_values(passage),
            "source": source.key,
            "position": GAP * place,
        }
        for source in (items if kind == "source" else ())
        for place, passage in enumerate(source.passages)
    ]
    return laid, within


def new_row(
    transaction: Transaction, map_: Map, key: str, now: datetime
) -> tuple[int, int]:
    """Make the row of a map under some key; its revisions follow those of one deleted.

    Returns:
        The number of the row, and of the first revision.
    """
    connection = transaction.connection
    last = connection.execute(_LAST, {"key": map_.key}).scalar() or 0
    values = {
        "key": key,
        "visibility": "private",
        "revision": last + 1,
        "rev": last + 1,
        "created_at": now,
        "updated_at": now,
    }
    made = connection.execute(_INSERT, values | rows.header_values(map_))
    return made.scalar_one(), last + 1


def forget_deleted(transaction: Transaction, key: str) -> None:
    """Forget that there was a map of that key: there is one again."""
    transaction.connection.execute(_FORGET, {"key": key})


def make(submit: Submit, write: Write, max_items: int) -> Committed:
    """Make the map that is a write's content, and wait until that is durable.

    It says how many items are written, and may be called off until the last step.

    Args:
        submit: Has work done in a transaction of its own.
        write: What to make.
        max_items: Of a map.

    Raises:
        Cancelled, TooSlow: Whoever wanted it does not wait any longer.
        AlreadyExists, TooLarge: As for `begin`.
        UnderWay: As for `publish`.
    """
    assert write.content is not None
    content = write.content
    total = size(content)
    if total <= portions.ITEMS:
        laid = list(parts(content))

        def at_once(transaction: Transaction) -> Committed:
            made = begin(transaction, write, max_items)
            for part in laid:
                lay(transaction, made, part)
            return publish(transaction, made, write)

        return submit(at_once).result()
    made = submit(lambda transaction: begin(transaction, write, max_items)).result()
    try:
        done = 0
        report_progress(done, total)
        for part, written in _ahead(
            (part, submit(partial(lay, made=made, part=part)))
            for part in parts(content)
        ):
            check_patience()
            written.result()
            done += part.size
            report_progress(done, total)
        check_patience()
        return submit(partial(publish, made=made, write=write)).result()
    except BaseException:
        clearing.sweep(submit, made.id)
        raise


def _ahead(items: Iterable[T]) -> Iterator[T]:
    """Begin each item before the one before is taken care of: two are under way."""
    waiting: list[T] = []
    for item in items:
        yield from waiting
        waiting = [item]
    yield from waiting


def size(map_: Map) -> int:
    """Count the items of a map."""
    passages = sum(len(source.passages) for source in map_.sources.values())
    return len(map_.sources) + passages + len(map_.claims) + len(map_.relations)


def begin(transaction: Transaction, write: Write, max_items: int) -> Unfinished:
    """Begin to make a map.

    Raises:
        Unauthorized: The caller has no key.
        AlreadyExists: There is a map of that key.
        TooLarge: It has more than *max_items* items.
    """
    map_ = write.content
    assert map_ is not None
    access.permit_new(transaction, write.by)
    if size(map_) > max_items:
        raise TooLarge("the map", size(map_), max_items)
    if transaction.has(map_.key):
        raise AlreadyExists("map", map_.key)
    name = UNSEEN + token_hex(16)
    return Unfinished(*new_row(transaction, map_, name, datetime.now(UTC)))


def lay(transaction: Transaction, made: Unfinished, part: Part) -> None:
    """Write a part of a map that is being made.

    Raises:
        Unavailable: Somebody has taken it for left behind.
    """
    connection = transaction.connection
    touched = connection.execute(_UPDATE, _touch(made.id, datetime.now(UTC)))
    if touched.rowcount != 1:
        raise _given_up(made.id)
    connection.execute(
        insert(PORTION),
        {
            "map_id": made.id,
            "revision": made.revision,
            "number": part.number,
            "kind": part.kind,
            "packed": part.packed,
        },
    )
    if part.kind in _TABLES:
        own = {"map_id": made.id, "rev": made.revision}
        insert_rows(connection, _TABLES[part.kind][0].name, part.rows, own)
        insert_rows(connection, PASSAGE.name, part.passages, own)
    if part.kind in _INDEXED:
        named = {item.key: item for item in part.items}
        search.learn(connection, part.kind, made.id, named)  # type: ignore[arg-type]


def _touch(map_id: int, now: datetime) -> Values:
    return {"map_id": map_id, "updated_at": now}


def _given_up(map_id: int) -> Unavailable:
    return Unavailable(
        f"nothing has been heard of the new map {map_id} for too long, so it was given "
        "up; try again"
    )


def publish(transaction: Transaction, made: Unfinished, write: Write) -> Committed:
    """Let a map that was made be there, under its key.

    Raises:
        Unauthorized: Meanwhile the caller's key has been revoked.
        AlreadyExists: Meanwhile a map of that key has come.
        Unavailable: Meanwhile one has come and gone, or it was taken for left behind.
        UnderWay: A write of the same receipt has been done already.
    """
    assert write.content is not None
    access.permit_new(transaction, write.by)
    if transaction.has(write.map):
        raise AlreadyExists("map", write.map)
    connection, now = transaction.connection, datetime.now(UTC)
    last = connection.execute(_LAST, {"key": write.map}).scalar() or 0
    if last + 1 != made.revision:
        raise Unavailable(f"a map {write.map!r} has been deleted just now; try again")
    forget_deleted(transaction, write.map)
    access.own(transaction, write.by, made.id)
    visibility = write.visibility or "private"
    values = {"key": write.map, "visibility": visibility, "created_at": now}
    published = connection.execute(_UPDATE, _touch(made.id, now) | values)
    if published.rowcount != 1:
        raise _given_up(made.id)
    connection.execute(
        insert(CHANGE),
        {
            "map_id": made.id,
            "revision": made.revision,
            "author": write.by.caller.name if write.by else write.author,
            "at": now,
            "message": write.message,
        },
    )
    snapshot = Snapshot(
        id=made.id,
        map=write.content,
        revision=made.revision,
        revs=revs_of(write.content, made.revision),
        created_at=now,
        updated_at=now,
        visibility=visibility,
    )
    transaction.put(snapshot)
    transaction.note(write.by, write.map, made.revision)
    done = Committed(snapshot=snapshot, change=Change(write.content, (), frozenset()))
    if write.receipt is not None:
        receipts.keep(connection, write.receipt, done, now)
    return done
