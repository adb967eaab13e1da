"""Putting rows in by the driver: SQLAlchemy takes as long for a row as SQLite does."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection


def insert_rows(
    connection: Connection,
    table: str,
    laid: Sequence[Mapping[str, Any]],
    own: Mapping[str, Any],
) -> None:
    """Insert rows of the same columns, and *own* ones that are alike in all of them."""
    if laid:
        shared = tuple(own.values())
        connection.exec_driver_sql(
            _statement(table, (*own, *laid[0])),
            [(*shared, *values.values()) for values in laid],
        )


@lru_cache
def _statement(table: str, columns: tuple[str, ...]) -> str:
    names, places = ", ".join(columns), ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({names}) VALUES ({places})"
