"""Writes of items, several at a time."""

import asyncio

import pytest

from argmap.errors import PreconditionRequired, Stale
from argmap.service import items
from argmap.service.desk import Desk
from argmap.service.items import Address

NEW = Address(map="tram", kind="claim", key="new")
COST = Address(map="tram", kind="claim", key="cost")
TEXT = {"text": "It is new."}


def test_of_equal_puts_at_once_one_creates_and_none_fails(desk: Desk) -> None:
    async def put() -> list[items.Stored]:
        return await asyncio.gather(
            *(items.put(desk, NEW, TEXT, None) for _ in range(20))
        )

    stored = asyncio.run(put())

    assert sum(each.is_new for each in stored) == 1
    assert {each.revision for each in stored} == {2}


def test_of_different_puts_at_once_one_creates_and_the_others_are_told(
    desk: Desk,
) -> None:
    async def put() -> list[items.Stored | BaseException]:
        texts = [{"text": f"It is new, {number} says."} for number in range(20)]
        puts = (items.put(desk, NEW, text, None) for text in texts)
        return await asyncio.gather(*puts, return_exceptions=True)

    outcomes = asyncio.run(put())

    made = [each for each in outcomes if isinstance(each, items.Stored)]
    told = [each for each in outcomes if isinstance(each, PreconditionRequired)]
    assert (len(made), len(told)) == (1, 19)
    assert asyncio.run(desk.snapshot("tram")).revision == 2


def test_of_equal_puts_at_once_one_changes_what_is_there_and_none_fails(
    desk: Desk,
) -> None:
    async def put() -> list[items.Stored]:
        return await asyncio.gather(
            *(items.put(desk, COST, TEXT, ["r1"]) for _ in range(20))
        )

    stored = asyncio.run(put())

    assert {(each.revision, each.rev) for each in stored} == {(2, 2)}


def test_no_edit_is_lost_however_many_editors_there_are(desk: Desk) -> None:
    editors, edits = 8, 10

    async def edit() -> None:
        done = 0
        while done < edits:
            stored = items.read(await desk.snapshot("tram"), COST)
            count = len(stored.item.tags)  # type: ignore[union-attr]
            tags = [str(number) for number in range(count + 1)]
            try:
                await items.patch(desk, COST, {"tags": tags}, [f"r{stored.rev}"])
            except Stale:
                continue
            done += 1

    async def edit_all() -> None:
        await asyncio.gather(*(edit() for _ in range(editors)))

    asyncio.run(edit_all())

    cost = desk.store.snapshot("tram").map.claims["cost"]
    assert len(cost.tags) == editors * edits


def test_a_condition_that_holds_is_found_among_several() -> None:
    assert items.condition(["r3", "r4"], rev=4) == "r4"
    assert items.condition(["r3", "*"], rev=4) == "*"
    assert items.condition(["r2", "r3"], rev=4) == "r2"


def test_a_writer_that_gives_up_does_not_stop_the_others(desk: Desk) -> None:
    async def write() -> items.Stored:
        given_up = asyncio.ensure_future(items.add(desk, "tram", "claim", TEXT))
        await asyncio.sleep(0)
        given_up.cancel()
        with pytest.raises(asyncio.CancelledError):
            await given_up
        return await items.add(desk, "tram", "claim", TEXT)

    assert asyncio.run(write()).is_new
