"""Whatever was done to a stored map can be undone, step by step, to the letter."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import draw
from argmap.errors import NotFound, RevertBlocked
from argmap.model import Map, operations_of, write
from argmap.service import reverting
from argmap.service.desk import Desk
from argmap.settings import Settings
from argmap.store import Write


@pytest.fixture(scope="module")
def open_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    file = tmp_path_factory.mktemp("reverting") / "argmap.db"
    desk = Desk.open(Settings(database_url=f"sqlite:///{file}"))
    yield desk
    desk.close()


def make(desk: Desk, map_: Map, data: st.DataObject) -> int:
    """Store a map in place of that of the example before, and change it three times."""
    with suppress(NotFound):
        desk.store.delete(map_.key, "*").result()
    made = Write(map=map_.key, operations=operations_of(map_), create=True)
    done = desk.store.submit(made).result()
    first = done.snapshot.revision
    for number in range(3):
        operations = data.draw(
            draw.operations(done.snapshot.map, most=3, first=3 * number)
        )
        write = Write(map=map_.key, operations=tuple(operations))
        done = desk.store.submit(write).result()
    return first


@settings(max_examples=15)
@given(data=st.data())
def test_undone_in_reverse_every_state_comes_back(
    open_desk: Desk, data: st.DataObject
) -> None:
    store, key = open_desk.store, "m"
    first = make(open_desk, data.draw(draw.maps()), data)
    newest = store.snapshot(key).revision

    for revision in range(newest, first - 1, -1):
        asyncio.run(reverting.revert(open_desk, key, revision))
        now = write(store.snapshot(key).map)
        assert now == write(reverting.before(store, key, revision))


@settings(max_examples=15)
@given(data=st.data())
def test_undone_and_redone_nothing_has_changed(
    open_desk: Desk, data: st.DataObject
) -> None:
    store, key = open_desk.store, "m"
    first = make(open_desk, data.draw(draw.maps()), data)
    before = store.snapshot(key)
    revision = data.draw(st.integers(first, before.revision))

    obstacles: tuple[Any, ...] = ()
    try:
        asyncio.run(reverting.revert(open_desk, key, revision))
    except RevertBlocked as error:
        obstacles = error.obstacles

    after = store.snapshot(key)
    if after.revision > before.revision:
        asyncio.run(reverting.revert(open_desk, key, after.revision))
    assert write(store.snapshot(key).map) == write(before.map)
    for obstacle in obstacles:
        assert obstacle.why == "invalid" or min(obstacle.revisions) > revision
