"""What was: the change sets of a map, and the map as of any of them.

The history is the list of resolved operations; a map at a revision is what they make
of the blank map, or of the state that the map was made with. So that this stays cheap
in a long history, every so many revisions a whole map is stored, seldom enough that the
copies do not outgrow the operations.
"""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain
from typing import NamedTuple

from msgspec import json
from sqlalchemy import Connection, bindparam, func, insert, select

from argmap.errors import NotFound
from argmap.model import ItemKind, Map, Operation, apply
from argmap.model.shelf import whole
from argmap.store import portions
from argmap.store.prepared import Prepared
from argmap.store.present import Identity
from argmap.store.revs import Item, Revs, advance
from argmap.store.snapshot import ChangeSet, Snapshot
from argmap.store.tables import CHANGE, MAP, SNAPSHOT

# Revisions from one stored snapshot of a small map to the next.
STRIDE = 64
# In a large map, that many items lengthen the stride by one revision.
ITEMS_PER_REVISION = 8


class Revised(NamedTuple):
    """A revision that a write has made: the state, the entry, and what it touched."""

    snapshot: Snapshot
    change: ChangeSet
    touched: AbstractSet[Item]


_operations = json.Decoder(tuple[Operation, ...]).decode
_touched = json.Decoder(list[tuple[ItemKind, str]]).decode
_map = json.Decoder(Map).decode
_revs = json.Decoder(list[tuple[ItemKind, str, int]]).decode

_CHANGES = (
    select(CHANGE)
    .where(CHANGE.c.map_id == bindparam("map_id"))
    .where(CHANGE.c.revision > bindparam("after"))
    .order_by(CHANGE.c.revision)
)
_ADD = Prepared(insert(CHANGE))
_COUNT = (
    select(func.count())
    .select_from(CHANGE)
    .where(CHANGE.c.map_id == bindparam("map_id"))
)
_PAGE = _CHANGES.limit(bindparam("limit"))
_UNTIL = _CHANGES.where(CHANGE.c.revision <= bindparam("revision"))
_STORED = (
    select(SNAPSHOT.c.map, SNAPSHOT.c.revs, SNAPSHOT.c.revision)
    .where(SNAPSHOT.c.map_id == bindparam("map_id"))
    .where(SNAPSHOT.c.revision <= bindparam("revision"))
    .order_by(SNAPSHOT.c.revision.desc())
    .limit(1)
)
_FIRST = select(func.min(CHANGE.c.revision)).where(
    CHANGE.c.map_id == bindparam("map_id")
)
_MOMENTS = (
    select(MAP.c.created_at, CHANGE.c.at)
    .join(CHANGE, CHANGE.c.map_id == MAP.c.id)
    .where(MAP.c.id == bindparam("map_id"))
    .where(CHANGE.c.revision == bindparam("revision"))
)


def changes(
    connection: Connection,
    map_id: int,
    after: int,
    limit: int,
    most: int | None = None,
) -> list[ChangeSet]:
    """List the change sets of a map that come after a revision, oldest first.

    Of what made a whole map, *most* operations are listed.
    """
    wanted = {"map_id": map_id, "after": after, "limit": limit}
    found = []
    for row in connection.execute(_PAGE, wanted).all():
        if row.operations is None:
            made = portions.operations(connection, map_id, row.revision, most)
        else:
            made = _operations(row.operations), True
        operations, is_whole = made
        found.append(
            ChangeSet(
                revision=row.revision,
                author=row.author,
                at=row.at,
                message=row.message,
                operations=operations,
                is_whole=is_whole,
            )
        )
    return found


def count(connection: Connection, map_id: int) -> int:
    """Say how many change sets a map has."""
    return connection.execute(_COUNT, {"map_id": map_id}).scalar_one()


def first(connection: Connection, map_id: int) -> int:
    """Say with which revision the history of a map begins."""
    found: int = connection.execute(_FIRST, {"map_id": map_id}).scalar_one()
    return found


def record(connection: Connection, made: Sequence[Revised]) -> None:
    """Add revisions of a map to its history; store states whole where it is due."""
    _ADD.run_all(
        connection,
        [
            {
                "map_id": snapshot.id,
                "revision": change.revision,
                "author": change.author,
                "at": change.at,
                "message": change.message,
                "operations": json.encode(change.operations).decode(),
                "touched": json.encode(sorted(touched)).decode(),
            }
            for snapshot, change, touched in made
        ],
    )
    for snapshot, change, _ in made:
        if change.revision % stride(len(snapshot.revs), len(change.operations)) == 0:
            _store(connection, snapshot)


def _store(connection: Connection, snapshot: Snapshot) -> None:
    revs = [(*item, revision) for item, revision in snapshot.revs.whole().items()]
    connection.execute(
        insert(SNAPSHOT),
        {
            "map_id": snapshot.id,
            "revision": snapshot.revision,
            "map": json.encode(snapshot.map, enc_hook=whole).decode(),
            "revs": json.encode(revs).decode(),
        },
    )


def as_of(
    connection: Connection, key: str, identity: Identity, known: Snapshot | None = None
) -> Snapshot:
    """Read the map of a key as of a revision, from an earlier one if that is *known*.

    O(items + change sets since that, or since the last stored snapshot), at most 128
    of those in a map of a thousand items.

    Raises:
        NotFound: The map has had no such revision, though one of its key may have had.
    """
    this = {"map_id": identity.id, "revision": identity.revision}
    moments = connection.execute(_MOMENTS, this).first()
    if moments is None:
        raise NotFound("revision", f"{key}@{identity.revision}")
    created_at, at = moments
    start, revs, since = Map(key=key), Revs({}), 0
    if known is not None:
        start, revs, since = known.map, known.revs, known.revision
    elif stored := connection.execute(_STORED, this).first():
        start, since = _map(stored.map), stored.revision
        revs = Revs({(kind, key): rev for kind, key, rev in _revs(stored.revs)})
    rows = connection.execute(_UNTIL, {**this, "after": since}).all()
    if rows and rows[0].operations is None:
        made = portions.read(connection, identity.id, rows[0].revision)
        assert made is not None
        start, revs = made, portions.revs_of(made, rows[0].revision)
        rows = rows[1:]
    touched = {item: row.revision for row in rows for item in _touched(row.touched)}
    operations = chain.from_iterable(_operations(row.operations) for row in rows)
    map_ = apply(start, tuple(operations))
    return Snapshot(
        id=identity.id,
        map=map_,
        revision=identity.revision,
        revs=advance(revs, touched, map_),
        created_at=created_at,
        updated_at=at,
        visibility=identity.visibility,
    )


def near(
    identity: Identity, find: Callable[[Identity], Snapshot | None]
) -> Snapshot | None:
    """Find one of the few revisions before one that is at hand, to begin with."""
    first = max(1, identity.revision - STRIDE)
    earlier = range(identity.revision - 1, first - 1, -1)
    found = (find(identity._replace(revision=number)) for number in earlier)
    return next((snapshot for snapshot in found if snapshot), None)


def stride(items: int, operations: int = 1) -> int:
    """Say every how many revisions a map of so many items is stored whole.

    A change set of many operations counts for as many of one. Powers of two, so that a
    map that grows keeps revisions in common.

    >>> stride(1000), stride(100_000), stride(100_000, 1000), stride(1000, 1000)
    (128, 16384, 16, 1)
    """
    revisions = STRIDE
    while revisions * ITEMS_PER_REVISION < items:
        revisions *= 2
    return max(1, revisions >> max(0, operations - 1).bit_length())
