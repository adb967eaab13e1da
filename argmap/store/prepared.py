"""Statements that are compiled once and run by the driver.

What SQLAlchemy does for every execution takes longer than what the database does: where
one write after the other runs the same few statements, that is most of their time.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from msgspec import json
from sqlalchemy import Connection, Delete, Insert, Select, Update

from argmap.store.dialect import is_postgres, later, own

Values = Mapping[str, Any]
Process = Callable[[Any], Any]


class Prepared:
    """A statement of SQLAlchemy as the database takes it.

    An insert or update is of those *columns*, of all if none are given.
    """

    def __init__(
        self, statement: Select[Any] | Insert | Update | Delete, *columns: str
    ) -> None:
        self._statement, self._columns = statement, columns or None
        self._written: dict[str, _Written] = {}

    def run(self, connection: Connection, values: Values) -> Any:
        """Run it once, and give the driver's cursor, with the driver's types."""
        written = self._for(connection)
        return own(connection).execute(written.text, written.laid(values))

    def row(self, connection: Connection, values: Values) -> dict[str, Any] | None:
        """Run it once, and give the first row by column, with argmap's types."""
        found = self.run(connection, values).fetchone()
        return self._for(connection).read(found) if found else None

    def run_all(self, connection: Connection, rows: Sequence[Values]) -> None:
        """Run it for each row, sooner or later: see `argmap.store.dialect.later`."""
        written = self._for(connection)
        laid = [written.laid(row) for row in rows]
        if isinstance(self._statement, Insert) and is_postgres(connection):
            _insert_json(connection, self._statement.table.name, laid)
        else:
            later(connection, written.text, laid)

    def _for(self, connection: Connection) -> "_Written":
        dialect = connection.dialect
        if dialect.name not in self._written:
            compiled = self._statement.compile(
                dialect=dialect, column_keys=self._columns
            )
            columns = getattr(self._statement, "selected_columns", ())
            self._written[dialect.name] = _Written(compiled, columns)
        return self._written[dialect.name]


class _Written:
    """The text of a statement, and how values go to the driver and come from it."""

    def __init__(self, compiled: Any, columns: Iterable[Any]) -> None:
        self.text = str(compiled)
        self._is_named = not compiled.positional
        names = compiled.binds if self._is_named else compiled.positiontup
        self._values: list[tuple[str, Process | None]] = []
        for name in names:
            type_ = compiled.binds[name].type.dialect_impl(compiled.dialect)
            self._values.append((name, type_.bind_processor(compiled.dialect)))
        self._columns: list[tuple[str, Process | None]] = []
        for column in columns:
            type_ = column.type.dialect_impl(compiled.dialect)
            process = type_.result_processor(compiled.dialect, None)
            self._columns.append((column.name, process))

    def read(self, row: Sequence[Any]) -> dict[str, Any]:
        """Read what the driver gives."""
        return {
            name: value if process is None else process(value)
            for (name, process), value in zip(self._columns, row, strict=True)
        }

    def laid(self, values: Values) -> Any:
        """Lay out values as the driver takes them."""
        if self._is_named:
            return dict(self._pairs(values))
        return [value for _, value in self._pairs(values)]

    def _pairs(self, values: Values) -> list[tuple[str, Any]]:
        return [
            (name, values[name] if process is None else process(values[name]))
            for name, process in self._values
        ]


def insert_rows(
    connection: Connection, table: str, laid: Sequence[Values], alike: Values
) -> None:
    """Insert rows of plain values and the same columns; some are *alike* in all.

    They are texts and numbers, as JSON has them.
    """
    if not laid:
        return
    if is_postgres(connection):
        _insert_json(connection, table, [{**alike, **values} for values in laid])
        return
    shared = tuple(alike.values())
    rows = [(*shared, *values.values()) for values in laid]
    names, places = ", ".join((*alike, *laid[0])), ", ".join("?" * len(rows[0]))
    later(connection, f"INSERT INTO {table} ({names}) VALUES ({places})", rows)


def _insert_json(connection: Connection, table: str, rows: Sequence[Values]) -> None:
    # One value is less work for the driver than many.
    names = ", ".join(rows[0])
    populated = f"json_populate_recordset(NULL::{table}, %s::json)"
    statement = f"INSERT INTO {table} ({names}) SELECT {names} FROM {populated}"
    later(connection, statement, [(json.encode(rows).decode(),)])
