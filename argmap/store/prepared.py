"""Statements that are compiled once and run by the driver.

What SQLAlchemy does for every execution takes longer than what SQLite does: where one
write after the other runs the same few statements, that is most of their time.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Delete, Insert, Select, Update
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine.default import DefaultDialect

from argmap.store.database import driver

_DIALECT: DefaultDialect = sqlite.dialect()

Values = Mapping[str, Any]


class Prepared:
    """A statement of SQLAlchemy as SQLite takes it.

    An insert or update is of those *columns*, of all if none are given.
    """

    def __init__(
        self, statement: Select[Any] | Insert | Update | Delete, *columns: str
    ) -> None:
        keys = columns or None
        compiled = statement.compile(dialect=_DIALECT, column_keys=keys)
        self._text = str(compiled)
        self._values: list[tuple[str, Callable[[Any], Any] | None]] = []
        for name in compiled.positiontup or ():
            type_ = compiled.binds[name].type.dialect_impl(_DIALECT)
            self._values.append((name, type_.bind_processor(_DIALECT)))

    def run(self, connection: Connection, values: Values) -> sqlite3.Cursor:
        """Run it once; what comes back has no types of SQLAlchemy's."""
        return own(connection).execute(self._text, self._laid(values))

    def run_all(self, connection: Connection, rows: Sequence[Values]) -> None:
        """Run it for each row."""
        own(connection).executemany(self._text, map(self._laid, rows))

    def _laid(self, values: Values) -> list[Any]:
        return [
            values[name] if process is None else process(values[name])
            for name, process in self._values
        ]


def own(connection: Connection) -> sqlite3.Connection:
    """Return the driver's own connection, in whose transaction we are."""
    return driver(connection.connection)


def insert_rows(
    connection: Connection, table: str, laid: Sequence[Values], alike: Values
) -> None:
    """Insert rows of plain values and the same columns; some are *alike* in all."""
    if laid:
        shared = tuple(alike.values())
        own(connection).executemany(
            _insertion(table, (*alike, *laid[0])),
            [(*shared, *values.values()) for values in laid],
        )


@lru_cache
def _insertion(table: str, columns: tuple[str, ...]) -> str:
    names, places = ", ".join(columns), ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({names}) VALUES ({places})"
