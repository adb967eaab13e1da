"""The full-text index of all maps: the only SQL that knows how words are looked up.

A row of the index belongs to a claim or a source, by its row number, and holds its
words as `argmap.model.words` folds them, the gaps being spaces: what a word is, is said
there and nowhere else. FTS5's tokenizers would each leave something out: ``unicode61``
takes a Japanese sentence for one word, ``trigram`` finds no word of two characters, as
most Japanese ones are. The index keeps its own copy of the words, for to take a row out
of one that has none, one must know exactly what was put in, under whatever release.

The map's row number is a word, too, in a column of its own: to search one map does not
touch what other maps say. Rows are written in the transaction of what they speak of.
"""

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, Final, NamedTuple, TypeVar

from msgspec import Struct
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    bindparam,
    column,
    exists,
    func,
    literal_column,
    select,
    table,
)

from argmap.model import Claim, ClaimKind, ItemKind, Source
from argmap.model.words import Query, folded
from argmap.store import rows
from argmap.store.dialect import own
from argmap.store.present import Readable
from argmap.store.tables import CLAIM, MAP, SOURCE, UNSEEN

T = TypeVar("T")

EXCERPTED: Final = 100_000
"""Characters of a source's text that come with it when it is found."""

_BETWEEN: Final = " ‖ "
"""No word: it keeps a phrase from being found half in one wording, half in the next."""


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
    """A claim or a source, with the key of its map and its own revision.

    A source comes without its passages, and with no more than the beginning of its
    text.
    """

    map: str
    item: Any
    rev: int


class _Index(NamedTuple):
    """The index of one kind of items: its columns, with what a word in each counts."""

    name: str
    rows: Table
    weights: Mapping[str, float]
    words: Callable[[Any], dict[str, str]]

    @property
    def forget(self) -> str:
        return f"DELETE FROM {self.name} WHERE rowid = {self._row}"

    @property
    def learn(self) -> str:
        columns = ", ".join(self.weights)
        values = ", ".join(f":{name}" for name in self.weights)
        return (
            f"INSERT INTO {self.name} (rowid, map, {columns}) "
            f"VALUES ({self._row}, 'm' || :map_id, {values})"
        )

    @property
    def _row(self) -> str:
        of = self.rows.name
        return f"(SELECT id FROM {of} WHERE map_id = :map_id AND key = :key)"


def _claim_words(claim: Claim) -> dict[str, str]:
    wordings = _BETWEEN.join(map(folded, claim.wordings))
    return {"text": folded(claim.text), "wordings": wordings}


def _source_words(source: Source) -> dict[str, str]:
    return {
        "title": folded(source.title),
        "authors": _BETWEEN.join(folded(author.name) for author in source.authors),
        "publisher": folded(source.publisher or ""),
        "text": folded(source.text or ""),
    }


_INDEXES: Final[Mapping[ItemKind, _Index]] = {
    "claim": _Index("claim_words", CLAIM, {"text": 4, "wordings": 1}, _claim_words),
    "source": _Index(
        "source_words",
        SOURCE,
        {"title": 10, "authors": 5, "publisher": 2, "text": 1},
        _source_words,
    ),
}


def outdated(
    kind: ItemKind,
    before: Mapping[str, object],
    after: Mapping[str, object],
    touched: AbstractSet[str],
) -> list[str]:
    """List which of the items that were touched have other words now, or none."""
    if kind not in _INDEXES:
        return []
    members = _INDEXES[kind].weights

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
    if parameters := [{"map_id": map_id, "key": key} for key in keys]:
        own(connection).executemany(_INDEXES[kind].forget, parameters)


def learn(
    connection: Connection, kind: ItemKind, map_id: int, items: Mapping[str, object]
) -> None:
    """Put items into the index, whose rows are there already."""
    if items:
        index = _INDEXES[kind]
        own(connection).executemany(
            index.learn,
            [
                {"map_id": map_id, "key": key, **index.words(item)}
                for key, item in items.items()
            ],
        )


def claims(
    connection: Connection,
    wanted: Wanted,
    start: int,
    limit: int,
    readable: Readable = (),
) -> list[Found]:
    """Find claims, the best first."""
    conditions = [*readable]
    if wanted.kind is not None:
        conditions.append(CLAIM.c.kind == wanted.kind)
    if wanted.speaker is not None:
        conditions.append(CLAIM.c.speaker == wanted.speaker)
    if wanted.tag is not None:
        tags = func.json_each(CLAIM.c.tags).table_valued("value")
        conditions.append(exists().where(tags.c.value == wanted.tag))
    if wanted.source is not None:
        passages = func.json_each(CLAIM.c.passages).table_valued("value")
        source = func.json_extract(passages.c.value, "$.source")
        conditions.append(exists().where(source == wanted.source))
    columns = [CLAIM.c[name] for name in rows.CLAIM_COLUMNS]
    found = _ranked(connection, "claim", wanted, conditions, start, limit)
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
    found = _ranked(connection, "source", wanted, readable, start, limit)
    return _found(connection, found, SOURCE, columns, lambda row: rows.source(row, ()))


def _ranked(
    connection: Connection,
    kind: ItemKind,
    wanted: Wanted,
    conditions: Iterable[ColumnElement[bool]],
    start: int,
    limit: int,
) -> list[int]:
    """Rank what has the words and meets the conditions: row numbers, the best first."""
    of_map = None
    if wanted.map is not None:
        of_map = connection.scalar(select(MAP.c.id).where(MAP.c.key == wanted.map))
        if of_map is None:
            return []
    if not wanted.query.phrases:
        return []
    index = _INDEXES[kind]
    words = table(index.name, column("rowid"))
    rank = func.bm25(literal_column(index.name), 0, *index.weights.values())
    query = (
        select(words.c.rowid)
        .join(index.rows, index.rows.c.id == words.c.rowid)
        .join(MAP, MAP.c.id == index.rows.c.map_id)
        .where(literal_column(index.name).op("MATCH")(bindparam("words")))
        .where(MAP.c.key < UNSEEN, *conditions)
        .order_by(rank, words.c.rowid)
        .limit(limit)
        .offset(start)
    )
    match = _match(wanted.query, index.weights, of_map)
    return list(connection.scalars(query, {"words": match}))


def _match(query: Query, columns: Iterable[str], of_map: int | None) -> str:
    """Write a query for FTS5, in which every word is quoted.

    >>> from argmap.model.words import query
    >>> _match(query('it"s NEAR(tram'), ["text"], 7)
    'map : "m7" AND {text} : ("it" AND "s" AND "near tram" *)'
    """
    quoted = " AND ".join(f'"{phrase}"' for phrase in query.phrases)
    going_on = " *" if query.is_open else ""
    match = f"{{{' '.join(columns)}}} : ({quoted}{going_on})"
    return match if of_map is None else f'map : "m{of_map}" AND {match}'


def _found(
    connection: Connection,
    ids: list[int],
    of: Table,
    columns: Iterable[ColumnElement[Any]],
    make: Callable[[Any], T],
) -> list[Found]:
    """Read items by their row numbers, in that order."""
    query: Select[Any] = (
        select(*columns, of.c.rev, MAP.c.key, of.c.id)
        .join(MAP, MAP.c.id == of.c.map_id)
        .where(of.c.id.in_(ids))
    )
    read = {row[-1]: row for row in connection.execute(query)}
    return [Found(map=read[n][-2], item=make(read[n]), rev=read[n][-3]) for n in ids]
