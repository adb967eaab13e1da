"""Bring a database to the schema of this argmap.

All migrations that are missing run in one transaction, which SQLite gives up as a whole
if the process dies in the middle: the next start begins again from what was there.
Alembic's defaults would commit statement by statement, and leave such a database stuck.

To add a migration: change `tables`, and write the next file in ``migrations/versions``;
a test compares the two and prints the operations that are missing.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from argmap.errors import Unavailable

_DIRECTORY = Path(__file__).with_name("migrations")


def is_current(connection: Connection) -> bool:
    """Say whether the database has the schema that this argmap expects.

    Raises:
        Unavailable: The schema is none of those that this argmap knows.
    """
    scripts = ScriptDirectory(_DIRECTORY)
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision and revision not in {s.revision for s in scripts.walk_revisions()}:
        raise Unavailable(
            f"the database has schema {revision}, which this argmap does not know: "
            "a newer one wrote it; upgrade argmap"
        )
    return revision == scripts.get_current_head()


def migrate(connection: Connection) -> None:
    """Run what migrations are missing, in the transaction that *connection* is in."""
    config = Config()
    config.set_main_option("script_location", str(_DIRECTORY))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
