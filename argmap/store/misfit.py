"""Whether a database is one of argmap's: no other is sound, or begun again from."""

from sqlalchemy import Connection, inspect

from argmap.errors import Unavailable
from argmap.store import migrate
from argmap.store.tables import METADATA

_FIRST = ("map", "claim", "relation")
"""Tables that every schema has had."""


def misfit(connection: Connection) -> str | None:
    """Say why a database is none that this argmap has written, or could have.

    One of an older schema fits: it is brought up to date when it is opened.
    """
    tables = set(inspect(connection).get_table_names())
    if not tables:
        return "it is empty: argmap has written nothing to it"
    if not {migrate.VERSION.name, *_FIRST} <= tables:
        return "it is no database of argmap's: its tables are others"
    try:
        is_newest = migrate.is_current(connection)
    except Unavailable as error:
        return str(error)
    if is_newest and (lost := METADATA.tables.keys() - tables):
        return f"it lacks the table {min(lost)}"
    if not migrate.schema_of(connection):
        return "it does not say which schema it has"
    return None
