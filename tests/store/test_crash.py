"""What was acknowledged is there after the process was killed, whole and once."""

import random
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from argmap.model import Map, apply, write
from argmap.settings import Settings
from argmap.store import Store
from argmap.store.transaction import Transaction

pytestmark = [pytest.mark.only_sqlite, pytest.mark.faults]

DYING = Path(__file__).with_name("dying.py")
KILLS = 5


def acknowledged(settings: Settings, run: int, seconds: float) -> list[str]:
    """Let a process write for a while, kill it, and return what it had acknowledged."""
    process = subprocess.Popen(
        [sys.executable, str(DYING), "write", settings.database_url, f"k{run}"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
    lines = process.stdout.read().split("\n")
    process.stdout.close()
    assert process.wait() == -signal.SIGKILL
    return lines[:-1]  # the last may have been cut off, and is empty if it was not


def test_what_was_acknowledged_survives_a_kill(
    settings: Settings, tmp_path: Path
) -> None:
    chance = random.Random(7)
    done: list[str] = []
    for run in range(KILLS):
        done += acknowledged(settings, run, chance.uniform(0.05, 0.4))
        with Store.open(settings, read_only=True) as store:
            assert set(done) <= set(store.snapshot("m").map.claims)
    with sqlite3.connect(tmp_path / "argmap.db") as shell:
        assert shell.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert shell.execute("PRAGMA foreign_key_check").fetchall() == []
    shell.close()
    with Store.open(settings) as store:
        after = store.snapshot("m")
        entries = store.history("m", 0, 1_000_000)
        answers = {key: store.find_answer(key) for key in after.map.claims}

    claims = after.map.claims
    assert len(done) > 8 * KILLS
    assert all((f"{key}-twin" in claims) for key in claims if "twin" not in key)
    assert len(claims) == 2 * (after.revision - 1)
    assert all(
        (found is not None and found[1].body == key.encode())
        for key, found in answers.items()
        if "twin" not in key
    )
    operations = [operation for entry in entries for operation in entry.operations]
    assert write(apply(Map(key="m"), operations)) == write(after.map)


def test_a_commit_reaches_the_disk_before_it_is_acknowledged(store: Store) -> None:
    # No kill shows a missing sync, only a power cut does: so look at what is asked for.
    def ask(transaction: Transaction) -> list[object]:
        return [
            transaction.connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]

    assert store._writer
    assert store._writer.submit(ask).result() == ["wal", 2, 1]
