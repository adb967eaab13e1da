"""A power cut at any moment: what was acknowledged is there, whole and once.

SIGKILL cannot show a missing sync, since the system still writes what it was given. So
a real server is recorded while it works, and the disk made as a cut may leave it.
The last test plants ``synchronous=NORMAL`` and ``OFF``, which have to be found.
"""

import random
import shutil
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import NamedTuple

import pytest

from argmap.errors import ArgmapError
from argmap.settings import Settings
from argmap.store import Store
from faults.audit import complaints
from faults.editors import Editor, Promise, Wish, make_maps, settle, writing
from faults.forms import forms
from faults.power import Disk, Record, acknowledged, records
from faults.running import PATIENCE, Server, planted, preloaded

RECORDER = Path(__file__).with_name("recorder.c")
EDITORS = 8
RECORDED = 1000  # cuts, at most, of what one server has done
PROMISES = 300  # that are made while it is recorded


class Recorded(NamedTuple):
    """What was done to the disk, what was promised meanwhile, and to which wishes."""

    log: list[Record]
    promises: list[Promise]
    editors: list[Editor]


def recorded(folder: Path, code: Path | None = None) -> Recorded:
    """Let editors write to a server that is recorded."""
    files, log = folder / "files", folder / "log"
    files.mkdir()
    server = Server(
        folder,
        database=f"sqlite:///{files / 'argmap.db'}",
        environment={
            "LD_PRELOAD": str(preloaded(folder, RECORDER)),
            "RECORD_FILES": str(files),
            "RECORD_LOG": str(log),
        },
        code=code,
    )
    promises: list[Promise] = []
    lock = Lock()
    with server:
        make_maps(server, "m0", "m1")
        with log.open("ab", buffering=0) as shared:

            def told(promise: Promise) -> None:
                with lock:
                    shared.write(acknowledged(len(promises)))
                    promises.append(promise)

            editors = [Editor(f"e{n}", f"m{n % 2}", told) for n in range(EDITORS)]
            deadline = time.monotonic() + PATIENCE
            with writing(server, editors):
                while len(promises) < PROMISES and time.monotonic() < deadline:
                    time.sleep(0.05)
            settle(server, editors)
        assert server.stop() == 0
    return Recorded(list(records(log.read_bytes())), promises, editors)


def lost(
    folder: Path, work: Recorded, cuts: int, *, thorough: int = 1
) -> list[list[str]]:
    """Cut the power again and again, and list what was wrong each time.

    After one of *thorough* cuts everything is looked at: histories, words, references.
    After each the file is, and the answer to every promise, which is written in the
    transaction of what it promises.
    """
    chance = random.Random(len(work.log))
    first = next(n for n, record in enumerate(work.log) if record.kind == "a")
    places = sorted(chance.randrange(first, len(work.log)) for _ in range(cuts))
    wishes = [wish for editor in work.editors for wish in editor.wishes]
    disk, done, found = Disk(), 0, []
    promised: list[Promise] = []
    for number, place in enumerate(places):
        for record in work.log[done:place]:
            disk.do(record)
            if record.kind == "a":
                promised.append(work.promises[record.offset])
        done = place
        left = folder / "left"
        left.mkdir()
        disk.cut(left, chance)
        found.append(missed(left / "argmap.db", promised))
        if number % thorough == 0:
            found[-1] += judged(left / "argmap.db", promised, wishes)
        shutil.rmtree(left)
    return found


def missed(file: Path, promised: Sequence[Promise]) -> list[str]:
    """List what is wrong with a file that was cut off, and what it lacks."""
    connection = sqlite3.connect(file)
    try:
        (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        kept = dict(connection.execute("SELECT key, body FROM receipt").fetchall())
    except sqlite3.DatabaseError as error:
        return [f"damaged: {error}"]
    finally:
        connection.close()
    lacking = [p.wish.key for p in promised if kept.get(p.wish.key) != p.answer.body]
    return [f"lost: {key}" for key in lacking] + [verdict] * (verdict != "ok")


def judged(file: Path, promised: list[Promise], wishes: list[Wish]) -> list[str]:
    """List all that is wrong with a database that was cut off."""
    try:
        with Store.open(Settings(database_url=f"sqlite:///{file}")) as store:
            return [*damages(store), *complaints(store, promised, wishes)]
    except ArgmapError as error:
        return [f"damaged: {error}"]


def damages(store: Store) -> list[str]:
    with store._reader() as connection:
        return store._database.faults(connection)


@pytest.mark.parametrize(("cuts", "thorough"), forms(ci=(200, 2), full=(10_000, 20)))
def test_no_power_cut_loses_what_was_acknowledged(
    tmp_path: Path, cuts: int, thorough: int
) -> None:
    for begun in range(0, cuts, RECORDED):
        folder = tmp_path / str(begun)
        folder.mkdir()
        work = recorded(folder)
        assert len(work.promises) > 100

        found = lost(folder, work, min(cuts, RECORDED), thorough=thorough)

        assert [each for each in found if each] == []


@pytest.mark.full
@pytest.mark.parametrize("mode", ["NORMAL", "OFF"])
def test_a_missing_sync_is_found(tmp_path: Path, mode: str) -> None:
    right = "PRAGMA synchronous = FULL"
    code = planted(tmp_path, "store/sqlite.py", (right, right.replace("FULL", mode)))

    found = lost(tmp_path, recorded(tmp_path, code), 40)

    assert any(each for each in found)
