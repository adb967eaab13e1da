"""Bring a database to the schema of this argmap.

All migrations that are missing run in one transaction, which the database gives up as
a whole if the process dies in the middle: the next start begins again from what was
there. Alembic's defaults would commit statement by statement, and leave such a database
stuck.

To add a migration: change `tables`, write the next file in ``migrations/versions`` and
let `SCHEMA` be its number; a test compares, and prints the operations that it misses.
"""

from pathlib import Path

from sqlalchemy import Connection, column, inspect, select, table

from argmap.errors import Unavailable
from argmap.settings import Settings
from argmap.store.database import Database, database_at

SCHEMA = "0001"
"""The number of the newest migration: what the database must be at."""

_DIRECTORY = str(Path(__file__).with_name("migrations"))
VERSION = table("alembic_version", column("version_num"))


def is_ready(database: Database) -> bool:
    """Say whether a database that is there has the schema that this argmap expects.

    Raises:
        Unavailable: A newer argmap has changed the schema.
    """
    engine = database.reading_engine()
    try:
        with database.translated(), engine.begin() as connection:
            return is_current(connection)
    finally:
        engine.dispose()


def upgrade(settings: Settings) -> None:
    """Make the schema of a database that is there the one that this argmap expects.

    Raises:
        NotFound: There is no such database.
        Unavailable: A process has it open, or a newer argmap has changed the schema.
    """
    database = database_at(settings.database_url)
    database.require()
    with database.lock():
        prepare(database)


def prepare(database: Database) -> None:
    """Make the schema of a database the one that this argmap expects.

    Raises:
        Unavailable: A newer argmap has changed the schema.
    """
    engine = database.writing_engine()
    try:
        with database.translated(), engine.begin() as connection:
            database.schema_lock(connection)
            if not is_current(connection):
                migrate(connection)
    finally:
        engine.dispose()


def is_current(connection: Connection) -> bool:
    """Say whether the database has the schema that this argmap expects.

    Raises:
        Unavailable: A newer argmap has changed the schema, or something else has.
    """
    if not inspect(connection).has_table(VERSION.name):
        return False
    schema = schema_of(connection)
    if schema > SCHEMA:
        raise Unavailable(
            f"the database has schema {schema}, and this argmap knows no more than "
            f"{SCHEMA}: a newer one has written it; upgrade argmap"
        )
    if schema and schema not in _known():
        raise Unavailable(f"the database has schema {schema!r}, as no argmap ever had")
    return schema == SCHEMA


def schema_of(connection: Connection) -> str:
    """Give the number of the newest migration of a database; empty: it has had none."""
    return str(connection.scalar(select(VERSION.c.version_num)) or "")


def _known() -> set[str]:
    """Give the numbers of all migrations, which their files begin with."""
    files = Path(_DIRECTORY, "versions").glob("*_*.py")
    return {file.name.partition("_")[0] for file in files}


def migrate(connection: Connection) -> None:
    """Run what migrations are missing, in the transaction that *connection* is in."""
    # Only now: Alembic takes a good part of the time in which argmap starts.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", _DIRECTORY.replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, SCHEMA)
