"""Every state that a map was in can be read again, and undone."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import draw
from argmap.errors import InvalidMap, NotFound
from argmap.model import Map, Operation, Remove, Replace, apply, invert, write
from argmap.model import change as apply_to
from argmap.settings import Settings
from argmap.store import Snapshot, Store, history
from stored import change, create

TRAM = Map.of({"tram": 0.5, "cost": None}, rebuts=[("cost", "tram")], key="tram")


class Pair:
    """A store that writes, and another that knows only what is in the file."""

    def __init__(self, writer: Store, reader: Store) -> None:
        self.writer, self.reader = writer, reader


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    file = tmp_path_factory.mktemp("history") / "argmap.db"
    chosen = Settings(database_url=f"sqlite:///{file}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(history, "STRIDE", 2)  # so that stored snapshots take part
        with (
            Store.open(chosen) as writer,
            Store.open(chosen, read_only=True) as reader,
        ):
            yield Pair(writer, reader)


def begin(store: Store, map_: Map) -> Snapshot:
    """Store a map in place of what an earlier example left."""
    with suppress(NotFound):
        store.delete(map_.key, "*").result()
    return create(store, map_)


def valid_from(map_: Map, steps: Sequence[Operation], size: int) -> int:
    """Say how many steps lead to a valid map: *size*, or more within a cascade."""
    while size < len(steps):
        try:
            apply(map_, steps[:size])
        except InvalidMap:
            size += 1
        else:
            break
    return size


def seen(snapshot: Snapshot) -> tuple[Any, ...]:
    """Return all that a snapshot shows; as a file, so that order counts."""
    return write(snapshot.map), snapshot


@settings(max_examples=40)
@given(data=st.data())
def test_every_revision_is_read_again_as_it_was(
    pair: Pair, data: st.DataObject
) -> None:
    map_ = data.draw(draw.maps())
    states = [begin(pair.writer, map_)]
    steps = apply_to(map_, data.draw(draw.operations(map_))).operations
    while steps:
        size = valid_from(states[-1].map, steps, data.draw(st.integers(1, 3)))
        done = change(pair.writer, map_.key, *steps[:size])
        steps = steps[size:]
        if done.snapshot is not states[-1]:
            states.append(done.snapshot)

    newest = pair.reader.snapshot(map_.key)
    old = [pair.reader.snapshot_at(map_.key, s.revision) for s in states]
    entries = pair.reader.history(map_.key, 0, 100)

    assert seen(newest) == seen(states[-1])
    assert [seen(s) for s in old] == [seen(s) for s in states]
    folded = Map(key=map_.key)
    for entry, state in zip(entries, states, strict=True):
        folded = apply(folded, entry.operations)
        assert write(folded) == write(state.map)


@settings(max_examples=40)
@given(data=st.data())
def test_what_was_done_can_be_undone(pair: Pair, data: st.DataObject) -> None:
    map_ = data.draw(draw.maps())
    before = begin(pair.writer, map_)
    operations = data.draw(draw.operations(map_, most=4))

    change(pair.writer, map_.key, *operations)
    change(pair.writer, map_.key, *invert(map_, operations))
    after = pair.reader.snapshot(map_.key)

    assert write(after.map) == write(before.map)


def test_undoing_a_removal_brings_back_keys_and_order(store: Store) -> None:
    before = create(
        store,
        Map.of(
            ["a", "b", "c", "d"],
            supports=[("b", "a"), (("b", "c"), "d"), ("c", "d")],
            undercuts=[("d", "r1")],
            key="m",
        ),
    )
    removal = (Remove(claim="b", cascade=True),)

    gone = change(store, "m", *removal).snapshot
    back = change(store, "m", *invert(before.map, removal)).snapshot

    assert list(gone.map.relations) == ["r3"]
    assert write(back.map) == write(before.map)


def test_the_history_says_who_did_what_when_page_by_page(store: Store) -> None:
    create(store, TRAM)
    for text in ("One.", "Two.", "Three."):
        change(store, "tram", Replace(claim="tram", set={"text": text}))

    first = store.history("tram", 0, 2)
    rest = store.history("tram", first[-1].revision, 10)

    assert [entry.revision for entry in first + rest] == [1, 2, 3, 4]
    assert store.history("tram", 4, 10) == store.history("tram", 2**70, 10) == []
    assert store.history("tram", -(2**70), 10) == first + rest
    assert rest[-1].operations == (Replace(claim="tram", set={"text": "Three."}),)


@pytest.mark.parametrize("revision", [-1, 0, 3, 2**70])
def test_a_revision_that_never_was_is_not_found(store: Store, revision: int) -> None:
    create(store, TRAM)
    change(store, "tram", Remove(claim="cost", cascade=True))

    with pytest.raises(NotFound):
        store.snapshot_at("tram", revision)


def test_snapshots_of_large_maps_are_stored_more_seldom(store: Store) -> None:
    small = history.stride(1)

    assert small == history.stride(small * history.ITEMS_PER_REVISION)
    assert history.stride(100_000) >= 100_000 / history.ITEMS_PER_REVISION
    assert history.stride(100_000) % small == 0
    assert store.is_healthy()
