"""Looking up words with PostgreSQL: a ``tsvector`` of them, and their texts.

The words are those of `argmap.model.words`: no parser or dictionary of PostgreSQL has a
say, so that both databases find the same. A ``tsvector`` says which words are there,
by an index; that they are side by side is looked up in the folded texts, for positions
in it end at 16,383. It takes no more than a megabyte: a text of more words has none,
and is always looked through.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from msgspec import json
from sqlalchemy import ColumnElement, Connection, and_, select, text
from sqlalchemy.sql import column, table

from argmap.model.words import Query
from argmap.store.dialect import later
from argmap.store.tables import MAP, UNSEEN
from argmap.store.words import Index, Place, padded, shortfall

Rows = Sequence[Mapping[str, Any]]

LONGEST: Final = 200
"""Characters of a word by which it is indexed; a lexeme has 2,046 bytes at most."""
MOST: Final = 500_000
"""Characters of the words of one item that are indexed."""

_PHRASES: Final = "unnest(CAST(:phrases AS text[])) AS phrase"


def forget(connection: Connection, index: Index, rows: Rows) -> None:
    """Take out what has these maps' numbers and keys."""
    statement = f"DELETE FROM {index.name} WHERE map_id = %(map_id)s AND key = %(key)s"
    later(connection, statement, rows)


def learn(connection: Connection, index: Index, rows: Rows) -> None:
    """Put in folded texts, under their maps' numbers and keys."""
    columns = ", ".join(index.weights)
    types = ", ".join(f"{name} text" for name in index.weights)
    written = json.encode(
        [{**row, "words": _indexed(row, index.weights)} for row in rows]
    )
    statement = (
        f"INSERT INTO {index.name} (map_id, key, words, {columns}) "
        f"SELECT map_id, key, array_to_tsvector(words), {columns} "
        "FROM json_to_recordset(%s::json) "
        f"AS row (map_id bigint, key text, words text[], {types})"
    )
    later(connection, statement, [(written.decode(),)])


def ranked(
    connection: Connection,
    index: Index,
    query: Query,
    of_maps: Sequence[int] | None,
    conditions: Iterable[ColumnElement[bool]],
    start: int,
    limit: int,
) -> list[Place]:
    """Rank what has the words and meets the conditions, the best first."""
    words, of = _table(index), index.rows
    found = (
        select(of.c.map_id, of.c.id)
        .join(words, and_(words.c.map_id == of.c.map_id, words.c.key == of.c.key))
        .join(MAP, MAP.c.id == of.c.map_id)
        .where(text(f"({index.name}.words @@ :lexemes OR {index.name}.words IS NULL)"))
        .where(text(_everywhere(index)))
        .where(MAP.c.key < UNSEEN, *conditions)
        .order_by(text(shortfall(index, _PHRASES)), of.c.map_id, of.c.id)
        .limit(limit)
        .offset(start)
    )
    if of_maps is not None:
        found = found.where(of.c.map_id.in_(of_maps), words.c.map_id.in_(of_maps))
    asked = {"lexemes": _lexemes(query), "phrases": padded(query)}
    return [(*row,) for row in connection.execute(found, asked)]


def _table(index: Index) -> Any:
    return table(index.name, column("map_id"), column("key"))


def _indexed(row: Mapping[str, Any], columns: Iterable[str]) -> list[str] | None:
    """List the words of an item, each once; None if they are too many."""
    words = {word[:LONGEST] for name in columns for word in row[name].split()} - {"‖"}
    return sorted(words) if sum(map(len, words)) <= MOST else None


def _lexemes(query: Query) -> str:
    """Write a query as a ``tsquery``, in which every word is quoted.

    >>> from argmap.model.words import query
    >>> _lexemes(query('it"s NEAR(tram'))
    "'it' & 's' & 'near' & 'tram':*"
    """
    words = [word[:LONGEST] for phrase in query.phrases for word in phrase.split()]
    going_on = ":*" if query.is_open else ""
    return " & ".join(f"'{word}'" for word in words) + going_on


def _everywhere(index: Index) -> str:
    """Say that each phrase is in some text."""
    nowhere = " AND ".join(
        f"strpos({index.name}.{name}, phrase) = 0" for name in index.weights
    )
    return f"NOT EXISTS (SELECT FROM {_PHRASES} WHERE {nowhere})"
