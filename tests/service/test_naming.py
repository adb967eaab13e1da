"""Keys that are made of a text: how little it takes, however many are taken.

Planted and found: one write more for each key that is taken.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import pytest

from argmap.service import keys, maps, rounds
from argmap.service.desk import Desk
from argmap.service.naming import names
from argmap.store import NewKey

MANY = 20


def a_map(desk: Desk) -> str:
    made = asyncio.run(maps.create(desk, {"title": "Same"}))
    return made.snapshot.map.key


def a_fork(desk: Desk) -> str:
    return asyncio.run(maps.fork(desk, "tram", {})).snapshot.map.key


def a_round(desk: Desk) -> str:
    begun = rounds.begin(desk, "tram", format="policy", targets=["build"])
    return asyncio.run(begun).round.key


@pytest.mark.parametrize("make", [a_map, a_fork, a_round])
def test_a_key_takes_two_writes_at_most_however_many_are_taken(
    desk: Desk, make: Callable[[Desk], Any]
) -> None:
    before = _writes(desk)
    made = [make(desk) for _ in range(MANY)]

    assert len(set(made)) == MANY
    assert _writes(desk) - before <= 2 * MANY


def test_an_api_key_takes_two_writes_at_most_too(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    people, tried = desk.store.people, list[str]()
    add = people.add_key

    def tell(new: NewKey) -> Future[None]:
        tried.append(new.key)
        return add(new)

    monkeypatch.setattr(people, "add_key", tell)
    made = [keys.make(people, {"name": "Same"}).header.key for _ in range(MANY)]

    assert len(set(made)) == MANY
    assert len(tried) <= 2 * MANY


def test_a_key_is_found_also_by_who_was_told_that_it_is_free() -> None:
    asked: list[str] = []

    def is_taken(key: str) -> bool:
        asked.append(key)
        return False

    tries = names("Same", is_taken, fallback="map")

    assert [next(tries) for _ in range(4)] == ["same", "same-2", "same-3", "same-4"]
    assert "same" not in asked


def _writes(desk: Desk) -> int:
    return sum(size * times for size, times in desk.store.writes[1].items())
