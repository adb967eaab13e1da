"""Who calls, and who listens and may no more: told so at once, whatever they hold."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from argmap.errors import AlreadyExists, NotFound, Unauthorized
from argmap.service import events, keys, people
from argmap.service.desk import Desk
from argmap.service.events import Deleted, Event, Revised
from argmap.store import NOBODY, Act, Caller, Write

SOON = 5.0
"""Seconds, of which none is a heartbeat: nobody waits for one to be told."""
WAITS = 0.2
"""Seconds after which a listener has nothing to read and waits to be woken."""


@pytest.fixture
def anna(desk: Desk) -> Caller:
    """Give a reader of the map."""
    secret = keys.make(desk.store.people, {"name": "Anna"}).secret
    desk.store.people.set_member("tram", "anna", "reader").result()
    found = desk.store.door.find(keys.digest(secret))
    assert found is not None
    return found


def hear(desk: Desk, caller: Caller, act: Callable[[], Any]) -> list[Event]:
    """Listen as somebody while something is done, until the stream ends."""
    mine = desk.seen_by(Act(caller=caller, what="test"))

    async def listen() -> list[Event]:
        stream = (await events.listen(mine, "tram", 0)).events()
        first = await anext(stream)
        rest = asyncio.create_task(_all(stream))
        await asyncio.sleep(WAITS)
        assert not rest.done()
        await asyncio.get_running_loop().run_in_executor(None, act)
        async with asyncio.timeout(SOON):
            return [first, *await rest]

    return asyncio.run(listen())


async def _all(stream: AsyncIterator[Event]) -> list[Event]:
    events = [event async for event in stream]
    assert "beat" not in events
    return events


def test_who_has_called_is_known_until_the_key_expires(desk: Desk) -> None:
    soon = datetime.now(UTC) + timedelta(seconds=0.5)
    made = keys.make(desk.store.people, {"name": "Bert", "expires_at": soon})
    assert made.header == desk.store.people.read_key("bert")
    assert keys.make(desk.store.people, {"name": "???"}).header.key == "key"
    assert keys.known(desk, made.secret) is None
    found = asyncio.run(keys.caller(desk, made.secret))

    assert keys.known(desk, made.secret) == found
    assert (found.key, found.name, found.is_admin) == ("bert", "Bert", False)
    while datetime.now(UTC) <= soon:
        time.sleep(0.1)
    assert keys.known(desk, made.secret) is None
    for spoilt in (made.secret, f" {made.secret}", "amk_"):
        with pytest.raises(Unauthorized, match="unknown here, was revoked, or has"):
            asyncio.run(keys.caller(desk, spoilt))


def test_a_key_that_is_wanted_and_taken_is_refused(desk: Desk) -> None:
    keys.make(desk.store.people, {"key": "anna", "name": "Anna"})

    people = desk.store.people
    assert (people.has_key("anna"), people.has_key("bert")) == (True, False)
    with pytest.raises(AlreadyExists):
        keys.make(people, {"key": "anna", "name": "Another"})
    assert keys.make(desk.store.people, {"name": "Anna"}).header.key == "anna-2"


def test_lists_end_where_nothing_follows(desk: Desk) -> None:
    for name in ("anna", "bert", "carl"):
        keys.make(desk.store.people, {"name": name})
        desk.store.people.set_member("tram", name, "reader").result()

    lists: dict[str, Callable[[str | None, int], Any]] = {
        "keys": lambda cursor, limit: keys.page(desk, cursor, limit),
        "members": lambda cursor, limit: people.members(desk, "tram", cursor, limit),
        "trail": lambda cursor, limit: people.trail(desk, cursor, limit),
    }

    def sizes(name: str, limit: int) -> list[int]:
        pages: list[Any] = []
        cursor: str | None = None
        while not pages or cursor:
            pages.append(asyncio.run(lists[name](cursor, limit)))
            cursor = pages[-1].next
        whole = asyncio.run(lists[name](None, 99)).items
        assert [item for page in pages for item in page.items] == [*whole]
        return [len(page.items) for page in pages]

    assert sizes("keys", 2) == sizes("members", 2) == [2, 1]
    assert sizes("keys", 3) == sizes("members", 3) == [3]
    assert sizes("members", 1) == [1, 1, 1]
    assert sizes("trail", 3)[:2] == [3, 3]
    everything = len(asyncio.run(people.trail(desk, None, 99)).items)
    assert sizes("trail", everything) == [everything]
    asyncio.run(people.set_role(desk, "tram", "anna", "owner"))
    asyncio.run(people.remove(desk, "tram", "bert"))
    assert sizes("members", 2) == [2]
    assert desk.store.people.read_member("tram", "anna").role == "owner"
    for role in ("reader", "editor") * 60:
        desk.store.people.set_member("tram", "carl", role).result()
    newest = asyncio.run(people.trail(desk, None, 1)).items[0]
    assert (newest.what.rpartition(": ")[2], newest.number > 120) == (
        "made carl editor",
        True,
    )


def test_who_is_no_member_any_more_hears_that_the_map_is_gone(
    desk: Desk, anna: Caller
) -> None:
    people = desk.store.people
    heard = hear(desk, anna, lambda: people.remove_member("tram", "anna").result())

    assert heard[1:] == [Deleted(map="tram", revision=1)]


def test_who_has_no_key_any_more_hears_no_more(desk: Desk, anna: Caller) -> None:
    people = desk.store.people

    assert len(hear(desk, anna, lambda: people.revoke_key("anna").result())) == 1


def test_who_has_no_key_hears_no_more_of_a_map_that_is_private_again(
    desk: Desk,
) -> None:
    store = desk.store
    store.submit(Write(map="tram", visibility="public")).result()
    private = Write(map="tram", visibility="private")
    heard = hear(desk, NOBODY, lambda: store.submit(private).result())

    shown, hidden = heard[1:]
    assert isinstance(shown, Revised)
    assert (shown.revision, shown.header) == (2, True)
    assert hidden == Deleted(map="tram", revision=2)


def test_a_key_that_expires_ends_what_it_listens_to(desk: Desk, anna: Caller) -> None:
    soon = datetime.now(UTC) + timedelta(seconds=0.3)
    desk.settings = replace(desk.settings, heartbeat_seconds=0.1)
    mine = desk.seen_by(Act(caller=replace(anna, expires_at=soon), what="test"))

    async def listen() -> list[Event]:
        stream = await events.listen(mine, "tram", None)
        async with asyncio.timeout(SOON):
            return [event async for event in stream.events()]

    assert set(asyncio.run(listen())) == {"beat"}


def test_who_may_not_read_a_map_cannot_listen(desk: Desk) -> None:
    mine = desk.seen_by(Act(caller=NOBODY, what="test"))

    with pytest.raises(NotFound):
        asyncio.run(events.listen(mine, "tram", None))
