"""A source's text, taken in and held against passages, as a client of the desk does."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

import argmap
from argmap.errors import NotFound, Stale, WrongText
from argmap.model import Map, read
from argmap.service import anchors
from argmap.service.desk import Desk
from argmap.settings import Settings
from stored import create


@pytest.fixture(scope="module")
def phones() -> Map:
    return read(argmap.seed("school-phones").read_bytes())


@pytest.fixture
def desk(tmp_path: Path, phones: Map) -> Iterator[Desk]:
    """Keep the map without its texts."""
    settings = Settings(database_url=f"sqlite:///{tmp_path}/argmap.db")
    bare = {key: replace(s, text=None) for key, s in phones.sources.items()}
    with closing(Desk.open(settings)) as desk:
        create(desk.store, replace(phones, sources=bare))
        yield desk


def test_the_right_text_is_one_revision_and_its_passages_are_exact(
    desk: Desk, phones: Map
) -> None:
    text = phones.sources["echo"].text or ""

    async def use() -> None:
        stored = await anchors.attach(desk, phones.key, "echo", text, ["r1"])
        again = await anchors.attach(desk, phones.key, "echo", text)
        found = await anchors.verify(desk, phones.key)
        before = await anchors.verify(desk, phones.key, "echo", at=1)
        other = await anchors.verify(desk, phones.key, "echo", text=f"Now: {text}")

        assert stored.stored.item == phones.sources["echo"]
        assert (stored.stored.revision, again.stored.revision) == (2, 2)
        assert Counter((a.source, a.status) for a in found) == {
            ("minutes", "unverified"): 17,
            ("echo", "exact"): 8,
        }
        assert {a.status for a in before} == {"unverified"}
        assert {a.status for a in other} == {"moved"}

    asyncio.run(use())


def test_of_equal_texts_at_once_one_is_taken_and_none_fails(
    desk: Desk, phones: Map
) -> None:
    text = phones.sources["echo"].text or ""

    async def put() -> list[anchors.Attached]:
        return await asyncio.gather(
            *(anchors.attach(desk, phones.key, "echo", text, ["r1"]) for _ in range(5))
        )

    assert {each.stored.revision for each in asyncio.run(put())} == {2}


def test_what_is_wrong_changes_nothing(desk: Desk, phones: Map) -> None:
    text = phones.sources["echo"].text or ""

    async def use() -> None:
        with pytest.raises(WrongText):
            await anchors.attach(desk, phones.key, "minutes", text)
        with pytest.raises(Stale):
            await anchors.attach(desk, phones.key, "echo", text, ["r7"])
        with pytest.raises(NotFound):
            await anchors.attach(desk, phones.key, "nobody", text)
        with pytest.raises(NotFound):
            await anchors.verify(desk, phones.key, "nobody")
        assert (await desk.snapshot(phones.key)).revision == 1

    asyncio.run(use())
