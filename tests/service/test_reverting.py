"""Whatever was done to a stored map can be undone, step by step, to the letter."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import draw
from argmap.errors import NotFound, RevertBlocked
from argmap.model import (
    Add,
    Claim,
    Map,
    Move,
    Operation,
    Remove,
    operations_of,
    write,
)
from argmap.service import reverting
from argmap.service.desk import Desk
from argmap.settings import Settings
from argmap.store import Snapshot, Write

CLAIMS = "abcd"
CLAIM = st.sampled_from(CLAIMS)


@pytest.fixture(scope="module")
def open_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    file = tmp_path_factory.mktemp("reverting") / "argmap.db"
    desk = Desk.open(Settings(database_url=f"sqlite:///{file}"))
    yield desk
    desk.close()


def make(desk: Desk, map_: Map, data: st.DataObject) -> int:
    """Store a map, and change it three times."""
    now = begun(desk, map_)
    first = now.revision
    for number in range(3):
        operations = data.draw(draw.operations(now.map, most=3, first=3 * number))
        write = Write(map=map_.key, operations=tuple(operations))
        now = desk.store.submit(write).result().snapshot
    return first


def begun(desk: Desk, map_: Map) -> Snapshot:
    """Store a map in place of that of the example before."""
    with suppress(NotFound):
        desk.store.delete(map_.key, "*").result()
    made = Write(map=map_.key, operations=operations_of(map_), create=True)
    return desk.store.submit(made).result().snapshot


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
@given(steps=st.lists(st.tuples(CLAIM, st.none() | CLAIM, st.booleans()), max_size=6))
def test_what_is_moved_over_and_over_is_undone_in_reverse(
    open_desk: Desk, steps: list[tuple[str, str | None, bool]]
) -> None:
    """Each step moves a claim, or removes it, or adds it again."""
    store = open_desk.store
    states = [begun(open_desk, Map.of(dict.fromkeys(CLAIMS, 0.5), key="m"))]
    for key, before, is_removed in steps:
        there = states[-1].map.claims
        place = before if before in there else None
        step: Operation = Move(claim=key, before=place)
        if key not in there:
            step = Add(claim=Claim(key=key, text=key), before=place)
        elif is_removed:
            step = Remove(claim=key)
        made = store.submit(Write(map="m", operations=(step,))).result().snapshot
        if made.revision > states[-1].revision:
            states.append(made)

    for before_it, undone in reversed(list(pairwise(states))):
        asyncio.run(reverting.revert(open_desk, "m", undone.revision))
        assert write(store.snapshot("m").map) == write(before_it.map)


def test_what_has_moved_back_is_undone_already(open_desk: Desk) -> None:
    store = open_desk.store
    first = begun(open_desk, Map.of(dict.fromkeys(CLAIMS, 0.5), key="m"))
    for place in ("a", "d"):
        step = Move(claim="c", before=place)
        made = store.submit(Write(map="m", operations=(step,))).result().snapshot

    done = asyncio.run(reverting.revert(open_desk, "m", first.revision + 1))

    assert (done.revision, done.items) == (made.revision, ())


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
