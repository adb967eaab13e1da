"""Looking up words with SQLite's FTS5.

FTS5's tokenizers would each leave something out: ``unicode61`` takes a Japanese
sentence for one word, ``trigram`` finds no word of two characters, as most Japanese
ones are. So it is given words as `argmap.model.words` folds them, the gaps being
spaces. The index keeps its own copy of the words, for to take a row out of one that has
none, one must know exactly what was put in, under whatever release.

The map's row number is a word, too, in a column of its own: to search some maps does
not touch what others say. FTS5's own rank is not asked: it weighs a word by how many
items have it, those of maps that the caller may not read among them.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from msgspec import json
from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    column,
    literal_column,
    select,
    table,
    text,
)

from argmap.model.words import Query
from argmap.store.dialect import own
from argmap.store.tables import MAP, UNSEEN
from argmap.store.words import Index, Place, padded, shortfall

Rows = Sequence[Mapping[str, Any]]

_PHRASES: Final = "(SELECT value AS phrase FROM json_each(:phrases))"


def forget(connection: Connection, index: Index, rows: Rows) -> None:
    """Take out what has these maps' numbers and keys."""
    statement = f"DELETE FROM {index.name} WHERE rowid = {_number(index)}"
    own(connection).executemany(statement, rows)


def learn(connection: Connection, index: Index, rows: Rows) -> None:
    """Put in folded texts, under their maps' numbers and keys."""
    columns = ", ".join(index.weights)
    values = ", ".join(f":{name}" for name in index.weights)
    own(connection).executemany(
        f"INSERT INTO {index.name} (rowid, map, {columns}) "
        f"VALUES ({_number(index)}, 'm' || :map_id, {values})",
        rows,
    )


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
    words = table(index.name, column("rowid"))
    found = (
        select(index.rows.c.map_id, words.c.rowid)
        .join(index.rows, index.rows.c.id == words.c.rowid)
        .join(MAP, MAP.c.id == index.rows.c.map_id)
        .where(literal_column(index.name).op("MATCH")(bindparam("words")))
        .where(MAP.c.key < UNSEEN, *conditions)
        .order_by(text(shortfall(index, _PHRASES)), words.c.rowid)
        .limit(limit)
        .offset(start)
    )
    asked = {
        "words": _match(query, index.weights, of_maps),
        "phrases": json.encode(padded(query)).decode(),
    }
    return [(*row,) for row in connection.execute(found, asked)]


def _number(index: Index) -> str:
    of = index.rows.name
    return f"(SELECT id FROM {of} WHERE map_id = :map_id AND key = :key)"


def _match(
    query: Query, columns: Iterable[str], of_maps: Iterable[int] | None = None
) -> str:
    """Write a query for FTS5, in which every word is quoted.

    >>> from argmap.model.words import query
    >>> _match(query('it"s NEAR(tram'), ["text"], [7, 9])
    'map : ("m7" OR "m9") AND {text} : ("it" AND "s" AND "near tram" *)'
    """
    quoted = " AND ".join(f'"{phrase}"' for phrase in query.phrases)
    going_on = " *" if query.is_open else ""
    match = f"{{{' '.join(columns)}}} : ({quoted}{going_on})"
    if of_maps is None:
        return match
    maps = " OR ".join(f'"m{each}"' for each in of_maps)
    return f"map : ({maps}) AND {match}"
