"""A disk without room: nothing is half written, and later all goes on."""

import resource
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event

from argmap.errors import StorageFull, Unavailable
from argmap.model import Add, Claim, Map, Remove
from argmap.settings import Settings
from argmap.store import Store, Write
from stored import change, create, hold

pytestmark = pytest.mark.only_sqlite

LONG = "x" * 5000


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """Let no file grow past *size* bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def adding(count: int, key: str = "new") -> Write:
    claims = (Claim(key=f"{key}-{n}", text=LONG) for n in range(count))
    return Write(map="m", operations=tuple(Add(claim=claim) for claim in claims))


def test_when_the_disk_is_full_nothing_is_written_and_reading_goes_on(
    settings: Settings, tmp_path: Path
) -> None:
    with Store.open(settings) as store:
        before = create(store, Map.of(["a"], key="m"))
        room = (tmp_path / "argmap.db-wal").stat().st_size + 100_000
        with largest_file(room):
            futures = [store.submit(adding(100, f"w{n}")) for n in range(3)]
            failures = [future.exception(timeout=30) for future in futures]
            assert [type(failure) for failure in failures] == [StorageFull] * 3
            assert store.snapshot("m") == before
            assert store.snapshot_at("m", 1) == before
            small = change(store, "m", Add(claim=Claim(key="b", text="B")))
            assert small.snapshot.revision == 2

        after = store.submit(adding(100)).result().snapshot
        assert store.is_healthy()
    with Store.open(settings) as store:
        assert store.snapshot("m") == after
        assert [entry.revision for entry in store.history("m", 0, 9)] == [1, 2, 3]


def test_a_write_without_room_does_not_harm_its_neighbours(store: Store) -> None:
    create(store, Map.of(["a", "z"], key="m"))
    assert store._writer
    engine = store._writer._engine
    engine.dispose()

    @event.listens_for(engine, "connect")
    def limit(connection: sqlite3.Connection, _: object) -> None:
        ((pages,),) = connection.execute("PRAGMA page_count")
        connection.execute(f"PRAGMA max_page_count = {pages + 20}")

    gate = hold(store)
    one, large, other = (
        store.submit(write)
        for write in (
            Write(map="m", operations=(Remove(claim="a"),)),
            adding(100),
            Write(map="m", operations=(Add(claim=Claim(key="b", text="B")),)),
        )
    )

    gate.set()

    assert isinstance(large.exception(), StorageFull)
    assert one.result().snapshot.revision == 2
    assert other.result().snapshot.revision == 3
    assert list(store.snapshot("m").map.claims) == ["z", "b"]


def test_a_directory_that_is_not_there_is_told(tmp_path: Path) -> None:
    nowhere = Settings(database_url=f"sqlite:///{tmp_path}/nowhere/argmap.db")

    with pytest.raises(Unavailable, match="nowhere"):
        Store.open(nowhere)
