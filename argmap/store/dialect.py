"""What is said differently to SQLite and to PostgreSQL, beside looking up words.

Every function looks at the connection that it is given; nobody else asks which of the
two there is.
"""

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    PoolProxiedConnection,
    cast,
    exists,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql.elements import KeyedColumnElement

CHANNEL = "argmap"
"""Where PostgreSQL is told which maps have changed."""

TOGETHER = 64
"""Rows that are sent to PostgreSQL with what else there is; more go by themselves."""


def is_postgres(connection: Connection) -> bool:
    """Say whether this is PostgreSQL."""
    return connection.dialect.name == "postgresql"


def driver(connection: PoolProxiedConnection) -> Any:
    """Return the driver's own connection."""
    return connection.driver_connection


def own(connection: Connection) -> Any:
    """Return the driver's own connection, in whose transaction we are."""
    return driver(connection.connection)


def is_in_transaction(connection: Connection) -> bool:
    """Say whether a transaction is open and sound: some errors end or spoil it."""
    mine = own(connection)
    if is_postgres(connection):
        return bool(mine.is_sound())
    return bool(mine.in_transaction)


def is_lost(connection: Connection) -> bool:
    """Say whether nothing can be said over this connection any more."""
    if connection.invalidated:
        return True
    return is_postgres(connection) and bool(own(connection).closed)


def later(connection: Connection, text: str, rows: Sequence[Any]) -> None:
    """Run a statement in the driver's words for each row, sooner or later.

    At the latest it is done before the next one that has an answer, or the commit, as
    if it had been done at once; its error may come with that.
    """
    mine = own(connection)
    if is_postgres(connection) and len(rows) <= TOGETHER:
        for row in rows:
            mine.later(text, row)
    elif len(rows) == 1:
        mine.execute(text, rows[0])
    elif rows:
        mine.cursor().executemany(text, rows)


def hold(connection: Connection, name: str, *, waiting: bool) -> bool:
    """Keep what has this name for this transaction; say whether it could be had.

    Whoever does not wait is told if another process has it. Of SQLite a writing
    transaction has everything.
    """
    if not is_postgres(connection):
        return True
    digest = blake2b(name.encode(errors="surrogatepass"), digest_size=8).digest()
    number = int.from_bytes(digest, signed=True)
    if waiting:
        own(connection).later("SELECT pg_advisory_xact_lock(%s)", (number,))
        return True
    ask = "SELECT pg_try_advisory_xact_lock(%s)"
    ((had,),) = own(connection).execute(ask, (number,))
    return bool(had)


def tell(connection: Connection, keys: list[str]) -> None:
    """Let other processes know, after the commit, that maps have changed."""
    if keys and is_postgres(connection):
        ask = "SELECT pg_notify(%s, key) FROM unnest(%s::text[]) AS key"
        own(connection).later(ask, (CHANNEL, keys))


def lists(
    connection: Connection, column: KeyedColumnElement[str], value: str
) -> ColumnElement[bool]:
    """Say that a column of JSON, a list of texts, has this one."""
    if is_postgres(connection):
        return cast(column, JSONB).op("?")(value)
    each = func.json_each(column).table_valued("value")
    return exists().where(each.c.value == value)


def lists_member(
    connection: Connection, column: KeyedColumnElement[str], name: str, value: str
) -> ColumnElement[bool]:
    """Say that a column of JSON, a list of objects, has one with this member."""
    if is_postgres(connection):
        return cast(column, JSONB).op("@>")(cast([{name: value}], JSONB))
    each = func.json_each(column).table_valued("value")
    member = func.json_extract(each.c.value, f"$.{name}")
    return exists().where(member == value)


def counted(connection: Connection, table: str) -> int:
    """Say up to which row number a table has counted, rows that are gone included."""
    if is_postgres(connection):
        query = f"SELECT last_value, is_called FROM {table}_id_seq"
        ((last, is_called),) = own(connection).execute(query)
        return int(last) if is_called else 0
    named = "SELECT seq FROM sqlite_sequence WHERE name = ?"
    if row := own(connection).execute(named, (table,)).fetchone():
        return int(row[0])
    ((last,),) = own(connection).execute(f"SELECT coalesce(max(id), 0) FROM {table}")
    return int(last)


def count_from(connection: Connection, table: str, last: int) -> None:
    """Let the row numbers of a table go on after this one."""
    if not last:
        return
    if is_postgres(connection):
        own(connection).execute("SELECT setval(%s, %s)", (f"{table}_id_seq", last))
        return
    named = "UPDATE sqlite_sequence SET seq = ? WHERE name = ?"
    own(connection).execute(named, (last, table))
