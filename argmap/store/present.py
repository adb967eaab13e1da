"""Reading what is there now: maps as their rows say they are."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeVar, cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    bindparam,
    func,
    select,
)

from argmap.model import Claim, ItemKind, Map, Passage, Relation, Source, is_key
from argmap.store import rows
from argmap.store.callers import Visibility
from argmap.store.prepared import Prepared
from argmap.store.revs import Item as ItemOf
from argmap.store.revs import Revs
from argmap.store.snapshot import MapHeader, Snapshot
from argmap.store.tables import CLAIM, MAP, PASSAGE, RELATION, SOURCE, UNSEEN

T = TypeVar("T")


class Identity(NamedTuple):
    """What a snapshot is known by: the map's row, its revision, who may see it."""

    id: int
    revision: int
    visibility: Visibility

    @staticmethod
    def of(snapshot: Snapshot) -> "Identity":
        """Say what a snapshot is known by."""
        return Identity(snapshot.id, snapshot.revision, snapshot.visibility)


def _of_map(table: Table, *columns: str) -> Select[Any]:
    # The revision comes last, so that the others stand where `rows` expects them.
    return (
        select(*(table.c[name] for name in columns), table.c.rev)
        .where(table.c.map_id == bindparam("map_id"))
        .order_by(table.c.position)
    )


# Of SQLite whoever writes has all rows.
_HELD = Prepared(
    select(MAP.c.id, MAP.c.revision, MAP.c.visibility)
    .where(MAP.c.key == bindparam("key"))
    .with_for_update()
)
_COUNT = select(func.count()).select_from(MAP).where(MAP.c.key < UNSEEN)
Readable = Sequence[ColumnElement[bool]]
"""Conditions on the table of maps: which of them the caller may read."""
_HEADER = select(MAP).where(MAP.c.id == bindparam("map_id"))
_HEADERS = (
    select(MAP)
    .where(MAP.c.key > bindparam("after"), MAP.c.key < UNSEEN)
    .order_by(MAP.c.key)
    .limit(bindparam("limit"))
)
_SOURCES = _of_map(SOURCE, *rows.SOURCE_COLUMNS)
_PASSAGES = _of_map(PASSAGE, *rows.PASSAGE_COLUMNS, "source")
_CLAIMS = _of_map(CLAIM, *rows.CLAIM_COLUMNS)
_RELATIONS = _of_map(RELATION, *rows.RELATION_COLUMNS)


def hold(connection: Connection, key: str) -> Identity | None:
    """Say which map has this key now, and at which revision it is.

    Nobody else can change its row before the transaction ends.
    """
    if not is_key(key):
        return None  # no map has it, and some texts no database takes
    row = _HELD.run(connection, {"key": key}).fetchone()
    return Identity(*row) if row else None


def headers(
    connection: Connection, after: str, limit: int, readable: Readable = ()
) -> list[MapHeader]:
    """List the maps whose keys come after *after*, in the order of their keys."""
    query = _HEADERS.where(*readable)
    found = connection.execute(query, {"after": after, "limit": limit})
    return [
        MapHeader(
            key=row.key,
            title=row.title,
            description=row.description,
            language=row.language,
            targets=rows.texts(row.targets),
            data=rows.data(row.data),
            residue=rows.data(row.residue),
            visibility=row.visibility,
            revision=row.revision,
            rev=row.rev,
            created_at=row.created_at,
            updated_at=row.updated_at,
        )
        for row in found
    ]


def count(connection: Connection, readable: Readable = ()) -> int:
    """Say how many maps there are."""
    return connection.execute(_COUNT.where(*readable)).scalar_one()


def load(connection: Connection, map_id: int) -> Snapshot:
    """Read a whole map. O(items), in five statements."""
    header = connection.execute(_HEADER, {"map_id": map_id}).one()
    revs: dict[ItemOf, int] = {("map", header.key): header.rev}

    def items(query: Select[Any], kind: ItemKind, make: Callable[[Any], T]) -> list[T]:
        found = connection.execute(query, {"map_id": map_id}).all()
        revs.update({(kind, row[0]): row[-1] for row in found})
        return [make(row) for row in found]

    passages = _passages(connection, map_id, revs)
    sources = items(
        _SOURCES,
        "source",
        lambda row: rows.source(row, tuple(passages.get(row[0], ()))),
    )
    claims = items(_CLAIMS, "claim", rows.claim)
    relations = items(_RELATIONS, "relation", rows.relation)
    return Snapshot(
        id=map_id,
        map=Map(
            key=header.key,
            title=header.title,
            description=header.description,
            language=header.language,
            targets=rows.texts(header.targets),
            sources=_by_key(sources),
            claims=_by_key(claims),
            relations=_by_key(relations),
            data=rows.data(header.data),
            residue=rows.data(header.residue),
        ),
        revision=header.revision,
        revs=Revs(revs),
        created_at=header.created_at,
        updated_at=header.updated_at,
        visibility=header.visibility,
    )


Item = TypeVar("Item", Source, Claim, Relation)


def _by_key(items: Sequence[Item]) -> dict[str, Item]:
    return {item.key: item for item in items}


def _passages(
    connection: Connection, map_id: int, revs: dict[ItemOf, int]
) -> dict[str, list[Passage]]:
    passages: dict[str, list[Passage]] = {}
    for row in connection.execute(_PASSAGES, {"map_id": map_id}):
        passage, source = rows.passage(row), cast(str, row[-2])
        passages.setdefault(source, []).append(passage)
        revs["passage", f"{source}/{passage.key}"] = row[-1]
    return passages
