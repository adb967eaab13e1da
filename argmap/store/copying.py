"""Moving all that a database holds to another one: maps, history, keys, answers.

Rows are carried over table by table, in one transaction, and read again: table for
table by a digest, map for map as a whole. Where anything differs, nothing is kept.
"""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import Connection, Select, Table, insert, select

from argmap.engine import report_progress
from argmap.errors import Malformed, Unavailable
from argmap.settings import Settings
from argmap.store import dialect, present, search
from argmap.store.database import database_at
from argmap.store.migrate import prepare
from argmap.store.tables import MAP, METADATA, UNSEEN
from argmap.store.tables_of_callers import JOB

AT_ONCE: Final = 1000
"""Rows that are read and written together."""


def copy(source: Settings, target: Settings) -> Mapping[str, int]:
    """Copy a database into one that has no maps and no keys yet.

    The source is as of one moment; whoever writes it meanwhile is not waited for, and
    not in the copy.

    Returns:
        How many rows each table has.

    Raises:
        Malformed: The target has maps or keys, or is the source, or either is none.
        NotFound: There is no such source.
        Unavailable: Either cannot be used, or what was written is not what was read.
    """
    there, here = database_at(source.database_url), database_at(target.database_url)
    if source.database_url == target.database_url:
        raise Malformed(f"{target.database_url} is the database to be copied")
    there.require()
    with here.lock():
        prepare(here)
        reading, writing = there.reading_engine(), here.writing_engine()
        try:
            with (
                there.translated(),
                reading.begin() as old,
                here.translated(),
                writing.begin() as new,
            ):
                return _copied(old, new)
        finally:
            reading.dispose()
            writing.dispose()


def _copied(old: Connection, new: Connection) -> Mapping[str, int]:
    tables = [table for table in METADATA.sorted_tables if table is not JOB]
    for table in tables:
        if new.execute(select(table).limit(1)).first():
            raise Malformed(f"the database to copy to is not empty: it has a {table}")
    counts: dict[str, int] = {}
    for table in tables:
        digest = 0
        for rows in _rows(old, table):
            new.execute(insert(table), rows)
            digest += sum(map(_digest, rows))
            counts[table.name] = counts.get(table.name, 0) + len(rows)
        again = sum(_digest(row) for rows in _rows(new, table) for row in rows)
        if again != digest:
            raise Unavailable(f"the copied rows of {table} differ; nothing was kept")
        if "id" in table.c:
            dialect.count_from(new, table.name, dialect.counted(old, table.name))
    keys = new.execute(select(MAP.c.key, MAP.c.id).order_by(MAP.c.key)).all()
    for done, (key, map_id) in enumerate(keys):
        report_progress(done, len(keys))
        is_, was = present.load(new, map_id), present.load(old, map_id)
        if is_ != was:
            raise Unavailable(f"the copied map {key!r} differs; nothing was kept")
        search.learn(new, "claim", map_id, is_.map.claims)
        search.learn(new, "source", map_id, is_.map.sources)
    report_progress(len(keys), len(keys))
    return counts


def _rows(connection: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    """Read a table, but for maps that are being made or taken away."""
    unseen = select(MAP.c.id).where(MAP.c.key >= UNSEEN)
    query: Select[Any] = select(table)
    for name in ("map_id", *(["id"] if table is MAP else [])):
        if name in table.c:
            query = query.where(table.c[name].not_in(unseen))
    few = {"yield_per": AT_ONCE}
    found = connection.execute(query, execution_options=few)
    for rows in found.mappings().partitions():
        yield [dict(row) for row in rows]


def _digest(row: Mapping[str, Any]) -> int:
    """Make a number of a row: their sum says which rows there are, in any order."""
    return int.from_bytes(sha256(repr(sorted(row.items())).encode()).digest())
