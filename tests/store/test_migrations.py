"""A database comes to the right schema, whatever happens on the way."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import produce_migrations, render_python_code
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from argmap.errors import NotFound, Unavailable
from argmap.model import Map
from argmap.settings import Settings
from argmap.store import Store, migrate
from argmap.store.tables import METADATA
from stored import create

DYING = Path(__file__).with_name("dying.py")


def schema(file: Path) -> dict[str, list[str]]:
    """Return what the database says of its tables, line by line in any order.

    Of those of the full-text index only the migrations know.
    """
    with sqlite3.connect(file) as shell:
        rows = shell.execute("SELECT name, sql FROM sqlite_master WHERE sql NOT NULL")
        found = {
            name: sorted(sql.replace(", \n", "\n").split("\n"))
            for name, sql in rows
            if is_declared(name)
        }
    shell.close()
    del found["alembic_version"]
    return found


def is_declared(name: str | None, *_: object) -> bool:
    return not (name or "").startswith(("claim_words", "source_words"))


@pytest.mark.only_sqlite
def test_tables_and_migrations_do_not_drift(settings: Settings, tmp_path: Path) -> None:
    Store.open(settings).close()
    declared = create_engine(f"sqlite:///{tmp_path}/declared.db")
    migrated = create_engine(settings.database_url)
    with declared.begin() as connection:
        METADATA.create_all(connection)
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num)")
    with migrated.begin() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": is_declared}
        )
        missing = produce_migrations(context, METADATA)
    declared.dispose()
    migrated.dispose()

    assert missing.upgrade_ops
    missing_code = render_python_code(missing.upgrade_ops)
    assert missing.upgrade_ops.is_empty(), f"the migrations lack:\n{missing_code}"
    assert schema(tmp_path / "argmap.db") == schema(tmp_path / "declared.db")


def test_the_schema_is_the_newest_migration() -> None:
    directory = Path(migrate.__file__).with_name("migrations")

    assert ScriptDirectory(directory).get_current_head() == migrate.SCHEMA


@pytest.mark.only_sqlite
def test_a_migration_that_is_killed_is_begun_again(
    settings: Settings, tmp_path: Path
) -> None:
    command = [sys.executable, str(DYING), "migrate", settings.database_url]
    lines = subprocess.run(
        command, check=True, capture_output=True, text=True
    ).stdout.split()

    assert lines == ["died"] * (len(lines) - 1) + ["through"]
    assert len(lines) > len(
        METADATA.tables
    )  # it was killed within, and not only before
    fresh = Settings(database_url=f"sqlite:///{tmp_path}/fresh.db")
    Store.open(fresh).close()
    assert schema(tmp_path / "argmap.db") == schema(tmp_path / "fresh.db")
    with Store.open(settings) as store:
        create(store, Map.of(["a"], key="m"))


@pytest.mark.only_sqlite
def test_a_database_of_a_newer_argmap_is_left_alone(
    settings: Settings, tmp_path: Path
) -> None:
    Store.open(settings).close()
    with sqlite3.connect(tmp_path / "argmap.db") as shell:
        shell.execute("UPDATE alembic_version SET version_num = '9999'")
    shell.close()

    for read_only in (False, True):
        with pytest.raises(Unavailable, match="upgrade argmap"):
            Store.open(settings, read_only=read_only)


@pytest.mark.only_sqlite
def test_reading_makes_no_database(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"argmap\.db"):
        Store.open(settings, read_only=True)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.only_sqlite
def test_reading_brings_an_old_database_up_to_date(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "argmap.db").touch()

    with Store.open(settings, read_only=True) as store:
        assert store.list_maps(None, 1) == []
