"""Every query on a hot path names the map, so that the database can be parted by maps.

What is read for a request, and what a write does, stays within the rows of one map: on
a cluster that places rows by ``map_id`` (Citus and its like) each is the business of
one machine. Search through all maps, lists of maps and clearing up are not hot. Which
map has a key, and who may read it, is asked of tables that every machine has whole.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from argmap.model import Add, Claim, Move, Remove, Replace
from argmap.model.words import query
from argmap.settings import Settings
from argmap.store import Store, Wanted
from argmap.store.gathering import Asking, Gathering
from argmap.store.postgres import Postgres as Database
from argmap.store.tables import METADATA
from databases import Postgres
from stored import RICH, change, create

WHOLE = {"map", "member"}
OF_MAPS = {
    "claim_words",
    "source_words",
    *(name for name, table in METADATA.tables.items() if "map_id" in table.c),
} - WHOLE
_NAMES = re.compile(r"(?:FROM|JOIN|INTO|UPDATE)\s+(\w+)", re.IGNORECASE)


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note every statement that goes to the server."""
    sent: list[str] = []

    class Noting(Asking):
        def execute(self, query: Any, *args: Any, **more: Any) -> Any:
            sent.append(str(query))
            return super().execute(query, *args, **more)

        def executemany(self, query: Any, *args: Any, **more: Any) -> Any:
            sent.append(str(query))
            return super().executemany(query, *args, **more)

    connect, later = Database._connect, Gathering.later

    def noting(self: Database) -> Gathering:
        connection = connect(self)
        connection.cursor_factory = Noting
        return connection

    def noting_later(self: Gathering, query: str, values: Any = None) -> None:
        sent.append(query)
        later(self, query, values)

    monkeypatch.setattr(Database, "_connect", noting)
    monkeypatch.setattr(Gathering, "later", noting_later)
    return sent


@pytest.fixture
def store(postgresql: Postgres, log: list[str]) -> Iterator[Store]:
    url = postgresql.make()
    with Store.open(Settings(database_url=url)) as store:
        create(store, RICH)
        log.clear()
        yield store
    postgresql.drop(url)


def test_every_hot_query_carries_the_key_of_the_map(
    store: Store, log: list[str]
) -> None:
    new = Claim(key="new", text="Neu.")
    for operation in (
        Add(claim=new),
        Replace(claim="new", set={"text": "Anders."}),
        Replace(relation="r1", set={"weight": 0.5}),
        Replace(source="council", set={"title": "Anders"}),
        Move(claim="new", before="build"),
        Remove(claim="new"),
        Remove(claim="rails", cascade=True),
    ):
        change(store, "rich", operation)
    store._snapshots.__init__(1)  # type: ignore[misc]
    store.snapshot("rich")
    store.snapshot_at("rich", 3)
    store.history("rich", 0, 50)
    store.count_changes("rich")
    store.first_revision("rich")
    store.find_round(store.snapshot("rich"), "r")
    store.list_rounds(store.snapshot("rich"), "", 10)
    store.search_claims(Wanted(query=query("leise"), map="rich"), 0, 10)
    store.search_sources(Wanted(query=query("leise"), map="rich"), 0, 10)

    of_maps = [
        statement for statement in log if OF_MAPS & set(_NAMES.findall(statement))
    ]
    without = [
        each
        for each in of_maps
        if "map_id" not in each.partition(" FROM ")[2]
        and "map_id" not in each.partition("INSERT INTO")[2]
        and "map_id" not in each.partition("WHERE")[2]
    ]
    assert {
        name for statement in of_maps for name in _NAMES.findall(statement)
    } >= OF_MAPS
    assert without == []


def test_every_table_of_maps_is_keyed_by_the_map_first() -> None:
    for name in OF_MAPS & METADATA.tables.keys() - {"claim", "source"}:
        first = next(iter(METADATA.tables[name].primary_key.columns))
        assert first.name == "map_id", name
