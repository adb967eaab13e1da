"""The full-text index of all maps: which items have which words.

A row of the index belongs to a claim or a source, and holds its words as
`argmap.model.words` folds them: what a word is, is said there and nowhere else. How the
two databases look them up is said in `fts5` and `tsvector`. Rows are written in the
transaction of what they speak of.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Final, NamedTuple, TypeVar

from msgspec import Struct
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    func,
    select,
)

from argmap.model import ClaimKind, ItemKind
from argmap.model.words import Query
from argmap.store import fts5, rows, tsvector
from argmap.store.dialect import is_postgres, lists, lists_member
from argmap.store.present import Readable
from argmap.store.tables import CLAIM, MAP, SOURCE
from argmap.store.words import INDEXES, Place

T = TypeVar("T")

EXCERPTED: Final = 100_000
"""Characters of a source's text that come with it when it is found."""

NAMED: Final = 100
"""Maps that a query names at most: who may read more has all searched."""

_NUL: Final = "\0"


class Wanted(Struct, frozen=True, kw_only=True):
    """What to look for, and in which claims or sources: all conditions hold.

    ``kind``, ``tag``, ``speaker`` and ``source`` are of claims; the last is the key of
    a source on which a claim rests.
    """

    query: Query
    map: str | None = None
    kind: ClaimKind | None = None
    tag: str | None = None
    speaker: str | None = None
    source: str | None = None


class Found(NamedTuple):
    """A claim or a source, with key and language of its map, and its own revision.

    A source comes without its passages, and with no more than the beginning of its
    text.
    """

    map: str
    language: str | None
    item: Any
    rev: int


def outdated(
    kind: ItemKind,
    before: Mapping[str, object],
    after: Mapping[str, object],
    touched: AbstractSet[str],
) -> list[str]:
    """List which of the items that were touched have other words now, or none."""
    if kind not in INDEXES:
        return []
    members = INDEXES[kind].weights

    def is_same(key: str) -> bool:
        old, new = before[key], after[key]
        return all(getattr(old, name) == getattr(new, name) for name in members)

    return [
        key
        for key in touched
        if key not in before or key not in after or not is_same(key)
    ]


def forget(
    connection: Connection, kind: ItemKind, map_id: int, keys: Iterable[str]
) -> None:
    """Take items out of the index, while their rows are still there."""
    if rows := [{"map_id": map_id, "key": key} for key in keys]:
        _how(connection).forget(connection, INDEXES[kind], rows)


def learn(
    connection: Connection, kind: ItemKind, map_id: int, items: Mapping[str, object]
) -> None:
    """Put items into the index, whose rows are there already."""
    if items:
        index = INDEXES[kind]
        rows = [
            {"map_id": map_id, "key": key, **index.words(item)}
            for key, item in items.items()
        ]
        _how(connection).learn(connection, index, rows)


def claims(
    connection: Connection,
    wanted: Wanted,
    start: int,
    limit: int,
    readable: Readable = (),
) -> list[Found]:
    """Find claims, the best first."""
    if _NUL in f"{wanted.speaker}{wanted.tag}":  # no text has it, and PostgreSQL balks
        return []
    conditions: list[ColumnElement[bool]] = []
    if wanted.kind is not None:
        conditions.append(CLAIM.c.kind == wanted.kind)
    if wanted.speaker is not None:
        conditions.append(CLAIM.c.speaker == wanted.speaker)
    if wanted.tag is not None:
        conditions.append(lists(connection, CLAIM.c.tags, wanted.tag))
    if wanted.source is not None:
        conditions.append(
            lists_member(connection, CLAIM.c.passages, "source", wanted.source)
        )
    columns = [CLAIM.c[name] for name in rows.CLAIM_COLUMNS]
    found = _ranked(connection, "claim", wanted, conditions, start, limit, readable)
    return _found(connection, found, CLAIM, columns, rows.claim)


def sources(
    connection: Connection,
    wanted: Wanted,
    start: int,
    limit: int,
    readable: Readable = (),
) -> list[Found]:
    """Find sources, the best first."""
    columns = [
        func.substr(SOURCE.c.text, 1, EXCERPTED) if name == "text" else SOURCE.c[name]
        for name in rows.SOURCE_COLUMNS
    ]
    found = _ranked(connection, "source", wanted, (), start, limit, readable)
    return _found(connection, found, SOURCE, columns, lambda row: rows.source(row, ()))


def _ranked(
    connection: Connection,
    kind: ItemKind,
    wanted: Wanted,
    conditions: Iterable[ColumnElement[bool]],
    start: int,
    limit: int,
    readable: Readable,
) -> list[Place]:
    """Rank what has the words and meets the conditions, the best first.

    Where that can be said, only maps that may be read are looked at: how long it takes
    would tell what others say.
    """
    maps = select(MAP.c.id).where(*readable).limit(NAMED + 1)
    if wanted.map is not None:
        maps = maps.where(MAP.c.key == wanted.map)
    of_maps: Sequence[int] | None = None
    if readable or wanted.map is not None:
        of_maps = connection.scalars(maps).all()
    if not wanted.query.phrases or (of_maps is not None and not of_maps):
        return []
    found: list[Place] = _how(connection).ranked(
        connection,
        INDEXES[kind],
        wanted.query,
        None if of_maps is not None and len(of_maps) > NAMED else of_maps,
        [*readable, *conditions],
        start,
        limit,
    )
    return found


def _how(connection: Connection) -> Any:
    """Give what looks up words in this database."""
    return tsvector if is_postgres(connection) else fts5


def _found(
    connection: Connection,
    places: list[Place],
    of: Table,
    columns: Iterable[ColumnElement[Any]],
    make: Callable[[Any], T],
) -> list[Found]:
    """Read items by their maps' and their own row numbers, in that order."""
    maps, ids = {map_id for map_id, _ in places}, [id_ for _, id_ in places]
    query: Select[Any] = (
        select(*columns, of.c.rev, MAP.c.key, MAP.c.language, of.c.id)
        .join(MAP, MAP.c.id == of.c.map_id)
        .where(of.c.map_id.in_(maps), of.c.id.in_(ids))
    )
    read = {row[-1]: row for row in connection.execute(query)}
    return [_made(read[id_], make) for id_ in ids]


def _made(row: Any, make: Callable[[Any], Any]) -> Found:
    *_, rev, map, language, _ = row
    return Found(map=map, language=language, item=make(row), rev=rev)
