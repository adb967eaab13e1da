"""Many writers and readers at once, in this process and in others."""

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier, Event, Thread

import pytest

from argmap.errors import InvalidMap, Stale, Unavailable
from argmap.model import Add, Claim, Map, Remove, Replace
from argmap.settings import Settings
from argmap.store import Committed, Snapshot, Store, Write
from argmap.store.transaction import Transaction
from stored import change, create, hold

COUNTERS = Map.of(["a", "b"], key="m")


def count(snapshot: Snapshot, claim: str) -> int:
    return int(snapshot.map.claims[claim].data.get("count", 0))


def increment(store: Store, claim: str) -> int:
    """Add one to a claim's counter, as editors do; say how often that was refused."""
    refused = 0
    while True:
        seen = store.snapshot("m")
        operation = Replace(
            claim=claim,
            set={"data": {"count": count(seen, claim) + 1}},
            if_match=f"r{seen.revs['claim', claim]}",
        )
        try:
            change(store, "m", operation)
        except Stale:
            refused += 1
        else:
            return refused


def test_of_increments_by_many_editors_none_is_lost(settings: Settings) -> None:
    editors, times = 8, 25
    start = Barrier(editors)

    def edit() -> int:
        start.wait()
        return sum(increment(store, "a") for _ in range(times))

    with Store.open(settings) as store:
        create(store, COUNTERS)
        with ThreadPoolExecutor(editors) as pool:
            refused = sum(
                f.result() for f in [pool.submit(edit) for _ in range(editors)]
            )
    with Store.open(settings) as store:
        after = store.snapshot("m")

    assert count(after, "a") == editors * times
    assert after.revision == 1 + editors * times
    assert refused > 0  # or they never met, and the test says nothing


def test_in_one_group_each_write_stands_or_falls_alone(settings: Settings) -> None:
    def write(*operations: Add | Replace | Remove, key: str = "m") -> Write:
        return Write(map=key, operations=operations)

    with Store.open(settings) as store:
        create(store, COUNTERS)
        gate = hold(store)
        futures = [
            store.submit(write(Replace(claim="a", set={"text": "1"}, if_match="r1"))),
            store.submit(write(Replace(claim="a", set={"text": "2"}, if_match="r1"))),
            store.submit(write(Add(claim=Claim(key="c", text="C")), Remove(claim="x"))),
            store.submit(write(Add(claim=Claim(key="d", text="D")))),
            store.submit(write(Replace(claim="d", set={"text": "DD"}, if_match="r3"))),
            store.submit(Write(map="new", create=True)),
            store.submit(write(Replace(map="new", set={"title": "New"}), key="new")),
        ]
        deleted = store.delete("new", "r2")
        anew = store.submit(Write(map="new", create=True))
        gate.set()
        done = [type(future.exception()) for future in futures]
        assert deleted.result() is None
    with Store.open(settings) as store:
        after = store.snapshot("m")
        new = store.snapshot("new")

    nothing = type(None)
    assert done == [nothing, Stale, InvalidMap, nothing, nothing, nothing, nothing]
    assert {key: claim.text for key, claim in after.map.claims.items()} == {
        "a": "1",
        "b": "b",
        "d": "DD",
    }
    assert after.revision == 4
    assert (new.revision, new.map.title) == (3, "")
    assert new == anew.result().snapshot


def test_nothing_is_to_be_seen_before_it_is_committed(store: Store) -> None:
    create(store, COUNTERS)
    assert store._writer
    gate = hold(store)
    write = Write(map="m", operations=(Remove(claim="a"),))
    first = store.submit(write)
    second: list[int] = []

    def look(_: Transaction) -> None:
        second.append(store.snapshot("m").revision)
        assert not first.done()

    looked = store._writer.submit(look)
    gate.set()

    assert looked.result() is None
    assert second == [1]
    assert first.result().snapshot.revision == store.snapshot("m").revision == 2


def test_a_write_that_is_called_off_in_time_is_not_done(store: Store) -> None:
    create(store, COUNTERS)
    gate = hold(store)
    future = store.submit(Write(map="m", operations=(Remove(claim="a"),)))

    assert future.cancel()
    gate.set()

    change(store, "m", Remove(claim="b"))
    assert list(store.snapshot("m").map.claims) == ["a"]


def test_a_piece_of_work_that_breaks_leaves_no_trace(settings: Settings) -> None:
    def broken(transaction: Transaction) -> None:
        transaction.connection.exec_driver_sql("DELETE FROM claim")
        raise ZeroDivisionError

    with Store.open(settings) as store:
        create(store, COUNTERS)
        gate = hold(store)
        assert store._writer
        failed = store._writer.submit(broken)
        other = store.submit(Write(map="m", operations=(Remove(claim="a"),)))
        gate.set()

        assert isinstance(failed.exception(), ZeroDivisionError)
        assert list(other.result().snapshot.map.claims) == ["b"]
        assert store.is_healthy()
    with Store.open(settings) as store:
        assert list(store.snapshot("m").map.claims) == ["b"]


def test_closing_finishes_what_waits(settings: Settings) -> None:
    with Store.open(settings) as store:
        create(store, COUNTERS)
        futures = [
            store.submit(Write(map=f"m{n}", create=True, visibility="public"))
            for n in range(200)
        ]
    done: list[Committed] = [future.result(timeout=0) for future in futures]
    with Store.open(settings) as store:
        assert len(store.list_maps(None, 500)) == 1 + len(done)


def test_readers_see_a_map_of_one_revision_whatever_is_written(store: Store) -> None:
    create(store, COUNTERS)
    wrong: list[Snapshot] = []
    running = True

    def read() -> None:
        while running:
            seen = store.snapshot("m")
            if count(seen, "a") != count(seen, "b"):
                wrong.append(seen)

    readers = [Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for n in range(1, 100):
        both = (
            Replace(claim="a", set={"data": {"count": n}}),
            Replace(claim="b", set={"data": {"count": n}}),
        )
        change(store, "m", *both)
        assert count(store.snapshot("m"), "a") == n
    running = False
    for reader in readers:
        reader.join()

    assert wrong == []


def test_a_commit_by_another_process_is_noticed(settings: Settings) -> None:
    with Store.open(settings) as writer, Store.open(settings, read_only=True) as reader:
        create(writer, COUNTERS)
        before = reader.snapshot("m")
        assert reader.snapshot("m") is before

        change(writer, "m", Remove(claim="a"))
        assert list(reader.snapshot("m").map.claims) == ["b"]
        assert reader.snapshot("m") == writer.snapshot("m")
        assert reader.snapshot_at("m", 1) == before

        writer.delete("m", "*").result()
        assert reader.list_maps(None, 9) == []


OPEN = """
import sys
from argmap.errors import ArgmapError
from argmap.settings import Settings
from argmap.store import Store
try:
    chosen = Settings(database_url=sys.argv[1])
    with Store.open(chosen, read_only=len(sys.argv) > 2) as store:
        print([header.key for header in store.list_maps(None, 9)])
except ArgmapError as error:
    print(type(error).__name__, error)
"""


def elsewhere(settings: Settings, *arguments: str) -> str:
    """Open the store in another process, and return what that says."""
    command = [sys.executable, "-c", OPEN, settings.database_url, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.mark.only_sqlite
def test_a_second_process_may_read_but_not_write(settings: Settings) -> None:
    with Store.open(settings) as store:
        create(store, COUNTERS)

        refused = elsewhere(settings)
        assert refused.startswith("Unavailable process ")
        assert "open for writing" in refused
        assert elsewhere(settings, "read only") == "['m']\n"
        with pytest.raises(Unavailable, match="open for writing"):
            Store.open(settings)

    assert elsewhere(settings) == "['m']\n"


@pytest.mark.only_sqlite
def test_a_file_has_one_writer_by_whatever_name(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "sym.db").symlink_to("../argmap.db")
    (tmp_path / "there").symlink_to(tmp_path)
    names = ("elsewhere/sym.db", "there/argmap.db")
    others = [Settings(database_url=f"sqlite:///{tmp_path}/{name}") for name in names]
    with Store.open(settings) as store:
        create(store, COUNTERS)
        for other in others:
            with Store.open(other, read_only=True) as reader:
                assert list(reader.snapshot("m").map.claims) == ["a", "b"]
            with pytest.raises(Unavailable, match="only one may"):
                Store.open(other)
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["sym.db"]


@pytest.mark.only_sqlite
def test_a_file_of_two_names_is_not_written(settings: Settings, tmp_path: Path) -> None:
    with Store.open(settings):
        (tmp_path / "hard.db").hardlink_to(tmp_path / "argmap.db")
        with pytest.raises(Unavailable, match="has 2 hard links"):
            Store.open(Settings(database_url=f"sqlite:///{tmp_path}/hard.db"))
    with pytest.raises(Unavailable, match="has 2 hard links"):
        Store.open(settings)

    (tmp_path / "hard.db").unlink()

    Store.open(settings).close()


@pytest.mark.only_sqlite
def test_a_write_waits_for_other_programs(settings: Settings, tmp_path: Path) -> None:
    """Planted and found: a BEGIN that is not IMMEDIATE, which refuses such writes."""
    stop = Event()

    def meddle() -> None:
        with closing(sqlite3.connect(tmp_path / "argmap.db", timeout=60)) as shell:
            number = 0
            while not stop.wait(0.001):
                number += 1
                shell.execute(f"PRAGMA user_version = {number}")

    with Store.open(settings) as store:
        create(store, COUNTERS)
        meddler = Thread(target=meddle)
        meddler.start()
        try:
            refused = sum(increment(store, "a") for _ in range(100))
        finally:
            stop.set()
            meddler.join()

        assert refused == 0
        assert count(store.snapshot("m"), "a") == 100


def test_who_only_reads_cannot_write(settings: Settings) -> None:
    with Store.open(settings) as store:
        create(store, COUNTERS)
    with Store.open(settings, read_only=True) as store:
        with pytest.raises(Unavailable, match="reading only"):
            change(store, "m", Remove(claim="a"))
        with pytest.raises(Unavailable, match="reading only"):
            store.delete("m", "*")


@pytest.mark.only_sqlite
def test_a_lock_held_by_another_program_is_waited_for_and_then_told(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("argmap.store.database.PATIENCE", 0.2)
    with Store.open(settings) as store:
        create(store, COUNTERS)
        shell = sqlite3.connect(tmp_path / "argmap.db", isolation_level=None)
        shell.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unavailable, match="locked"):
            change(store, "m", Remove(claim="a"))
        assert list(store.snapshot("m").map.claims) == ["a", "b"]
        shell.close()

        change(store, "m", Remove(claim="a"))
        assert list(store.snapshot("m").map.claims) == ["b"]
