"""How fast the store is, against the driver alone on the same disk."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import pytest

from argmap.model import Map, Replace
from argmap.settings import Settings
from argmap.store import Store
from figures import Figures
from stored import change, create

CLIENTS = 8
WRITES = 40
MAP = Map.of(
    {f"c{n}": n / 1000 for n in range(1000)},
    supports=[(f"c{n + 1}", f"c{n}") for n in range(999)],
    key="m",
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(database_url=f"sqlite:///{tmp_path}/argmap.db")


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with Store.open(settings) as store:
        create(store, MAP)
        yield store


def bare_seconds(directory: Path, figures: Figures) -> float:
    """Time one durable INSERT by the driver, each in a transaction of its own."""
    shell = sqlite3.connect(directory / "bare.db", isolation_level=None)
    shell.execute("PRAGMA journal_mode = WAL")
    shell.execute("PRAGMA synchronous = FULL")
    shell.execute("CREATE TABLE claim (id INTEGER PRIMARY KEY, text TEXT)")

    def insert() -> None:
        for _ in range(WRITES):
            shell.execute("INSERT INTO claim (text) VALUES ('It is quiet.')")

    seconds = figures.seconds(insert) / WRITES
    shell.close()
    return seconds


def test_writing_to_a_map_of_a_thousand_claims(
    store: Store, figures: Figures, tmp_path: Path
) -> None:
    number = count(1)

    def write(client: int) -> None:
        for _ in range(WRITES):
            score = {"base_score": 1 / next(number)}
            change(store, "m", Replace(claim=f"c{client}", set=score))

    one = figures.seconds(lambda: write(0)) / WRITES
    with ThreadPoolExecutor(CLIENTS) as pool:
        many = figures.seconds(lambda: list(pool.map(write, range(CLIENTS))))
    many /= WRITES * CLIENTS
    bare = bare_seconds(tmp_path, figures)

    figures.note("a durable INSERT by sqlite3 alone", f"{bare * 1e3:.2f} ms")
    figures.note("a write, one client", f"{one * 1e3:.2f} ms")
    figures.at_most("  write / INSERT", one / bare, 4)
    figures.note(f"a write, {CLIENTS} clients", f"{many * 1e3:.2f} ms each")
    figures.at_most("  write / INSERT", many / bare, 2)


def test_reading_a_map_of_a_thousand_claims(
    store: Store, settings: Settings, figures: Figures
) -> None:
    def load() -> None:
        with Store.open(settings, read_only=True) as reader:
            reader.snapshot("m")

    def open_only() -> None:
        with Store.open(settings, read_only=True) as reader:
            reader.list_maps(None, 1)

    cold = figures.seconds(load, 15) - figures.seconds(open_only, 15)
    warm = figures.seconds(lambda: [store.snapshot("m") for _ in range(1000)]) / 1000

    figures.note("a snapshot, from the database", f"{cold * 1e3:.1f} ms")
    figures.note("a snapshot, from memory", f"{warm * 1e6:.1f} µs")
    figures.at_least("  from the database / from memory", cold / warm, 100)


def test_reading_an_old_revision(
    store: Store, settings: Settings, figures: Figures
) -> None:
    for n in range(1, 130):
        change(store, "m", Replace(claim="c0", set={"base_score": 1 / n}))
    revisions = count(2)
    with Store.open(settings, read_only=True) as reader:
        reader.snapshot("m")
        seconds = figures.seconds(lambda: reader.snapshot_at("m", next(revisions)), 50)

    figures.note("an old revision, from the database", f"{seconds * 1e3:.1f} ms")
