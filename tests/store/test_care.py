"""Backups hold what was acknowledged, and damage is found."""

import sqlite3
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import psycopg
import pytest

from argmap.errors import Malformed, NotFound, Unavailable
from argmap.model import Add, Claim, Map
from argmap.settings import Settings
from argmap.store import Store
from argmap.store.checking import check
from argmap.store.database import database_at
from stored import RICH, change, create

BACKUPS = 5

DAMAGE = {
    "UPDATE claim SET text = 'Other.' WHERE key = 'quiet'": "another map",
    "UPDATE claim SET rev = 2 WHERE key = 'quiet'": "revisions",
    "UPDATE relation SET premises = '[\"nobody\"]' WHERE key = 'r1'": "another map",
    "DELETE FROM claim_words": "index",
    "DELETE FROM portion WHERE number = 1": "another map",
}


def run(url: str, statement: str) -> None:
    """Do to a database what argmap never would."""
    if url.startswith("sqlite"):
        shell = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
        shell.execute(statement)
        shell.close()
    else:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(statement.encode())


@pytest.mark.parametrize("statement", DAMAGE)
def test_a_check_finds_damage_and_nothing_else(
    settings: Settings, statement: str
) -> None:
    with Store.open(settings) as store:
        create(store, RICH)
    assert check(settings) == []

    run(settings.database_url, statement)

    faults = check(settings)
    assert faults
    assert DAMAGE[statement] in faults[0]


@pytest.mark.only_sqlite
def test_every_backup_holds_what_was_acknowledged_before(
    settings: Settings, tmp_path: Path
) -> None:
    database, done = database_at(settings.database_url), Event()
    acknowledged: list[str] = []
    with Store.open(settings) as store:
        create(store, Map(key="m"))

        def edit() -> None:
            while not done.is_set():
                key = f"c{len(acknowledged)}"
                change(store, "m", Add(claim=Claim(key=key, text="More.")))
                acknowledged.append(key)

        editor = Thread(target=edit)
        editor.start()
        try:
            for n in range(BACKUPS):
                before = list(acknowledged)
                database.backup(tmp_path / f"backup{n}.db")
                copy = Settings(database_url=f"sqlite:///{tmp_path}/backup{n}.db")
                with Store.open(copy, read_only=True) as kept:
                    assert set(before) <= kept.snapshot("m").map.claims.keys()
                assert check(copy) == []
        finally:
            done.set()
            editor.join()


@pytest.mark.only_sqlite
def test_a_backup_takes_the_place_of_what_was_there(
    settings: Settings, tmp_path: Path
) -> None:
    database, file = database_at(settings.database_url), tmp_path / "backup.db"
    with Store.open(settings) as store:
        create(store, RICH)
        database.backup(file)
        change(store, "rich", Add(claim=Claim(key="later", text="Later.")))
        with pytest.raises(Unavailable, match="only one may"):
            database.restore(file, replace=True)
    with pytest.raises(Unavailable, match="--replace"):
        database.restore(file, replace=False)

    database.restore(file, replace=True)

    with Store.open(settings) as store:
        assert store.snapshot("rich").revision == 1
    before = Settings(database_url=f"{settings.database_url}.before")
    with Store.open(before, read_only=True) as store:
        assert "later" in store.snapshot("rich").map.claims


@pytest.mark.only_sqlite
def test_what_was_there_before_is_kept_each_time(
    settings: Settings, tmp_path: Path
) -> None:
    database, file = database_at(settings.database_url), tmp_path / "backup.db"
    Store.open(settings).close()
    database.backup(file)
    with Store.open(settings) as store:
        create(store, RICH)

    for _ in range(3):
        database.restore(file, replace=True)
    database.restore(tmp_path / "argmap.db.before", replace=True)

    with Store.open(settings) as store:
        assert store.snapshot("rich").revision == 1
    kept = {each.name.partition("-")[0] for each in tmp_path.glob("*.before*")}
    assert kept == {f"argmap.db.before{n}" for n in ("", ".2", ".3", ".4")}


def _database(file: Path, *statements: str) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as shell:
        for statement in statements:
            shell.execute(statement)


MISFITS = {
    "empty": ((), "it is empty"),
    "of another program": (("CREATE TABLE t (x)",), "no database of argmap's"),
    "of another that uses Alembic": (
        (
            "CREATE TABLE alembic_version (version_num)",
            "INSERT INTO alembic_version VALUES ('0001')",
        ),
        "no database of argmap's",
    ),
    "newer": (("UPDATE alembic_version SET version_num = '9999'",), "upgrade argmap"),
    "of no schema": (
        ("UPDATE alembic_version SET version_num = '0000'",),
        "schema '0000', as no argmap ever had",
    ),
    "that does not say": (("DELETE FROM alembic_version",), "does not say which"),
    "with a table less": (("DROP TABLE receipt",), "lacks the table receipt"),
}


@pytest.mark.only_sqlite
@pytest.mark.parametrize("kind", MISFITS)
def test_what_argmap_could_not_use_is_no_backup_and_not_sound(
    settings: Settings, tmp_path: Path, kind: str
) -> None:
    statements, told = MISFITS[kind]
    database, file = database_at(settings.database_url), tmp_path / "misfit.db"
    with Store.open(settings) as store:
        create(store, RICH)
    if "CREATE" not in str(statements) and statements:
        database.backup(file)
    file.touch()
    _database(file, *statements)
    before = sorted(tmp_path.iterdir())

    with pytest.raises(Unavailable, match=f"no sound backup: .*{told}"):
        database.restore(file, replace=True)

    (fault,) = check(Settings(database_url=f"sqlite:///{file}"))
    assert told in fault
    assert sorted(tmp_path.iterdir()) == before
    with Store.open(settings) as store:
        assert store.snapshot("rich").revision == 1


@pytest.mark.only_sqlite
def test_what_is_no_backup_changes_nothing(settings: Settings, tmp_path: Path) -> None:
    database, letter = database_at(settings.database_url), tmp_path / "letter.db"
    letter.write_text("Dear Ada, " * 1000)
    with Store.open(settings) as store:
        create(store, RICH)

    with pytest.raises(Unavailable):
        database.restore(letter, replace=True)
    with pytest.raises(NotFound):
        database.restore(tmp_path / "nothing.db", replace=True)
    with pytest.raises(Unavailable, match="already"):
        database.backup(letter)

    assert letter.read_text().startswith("Dear Ada")
    with Store.open(settings) as store:
        assert store.snapshot("rich").revision == 1


def test_postgresql_has_tools_of_its_own() -> None:
    database = database_at("postgresql://localhost/argmap")

    with pytest.raises(Malformed, match="pg_dump"):
        database.backup(Path("a.dump"))
    with pytest.raises(Malformed, match="pg_restore"):
        database.restore(Path("a.dump"), replace=True)
