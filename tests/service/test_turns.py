"""Turns at threads and jobs: who asks for much waits, and nobody waits for them.

Planted and found: one queue for all, and parties that are told apart where nobody is.
"""

import asyncio
from collections.abc import Hashable
from threading import Event

import pytest

from argmap.service.desk import THREADS, Desk
from argmap.service.jobs import RUNNING, Jobs
from argmap.settings import Settings
from argmap.store import NOBODY, Act

SOON = 10.0
"""Seconds that a busy machine may take for what nothing holds up."""


def as_of(desk: Desk, party: Hashable) -> Desk:
    return desk.seen_by(Act(caller=NOBODY, what="test"), party)


@pytest.mark.parametrize("lane", [None, "mine"])
def test_nobody_waits_for_a_party_that_asks_for_much(
    desk: Desk, lane: str | None
) -> None:
    go_on, begun = Event(), list[int]()

    def hang() -> None:
        begun.append(1)
        go_on.wait(SOON)

    async def answer() -> tuple[str, int]:
        greedy, other = as_of(desk, "203.0.113.7"), as_of(desk, 1)
        many = [
            asyncio.create_task(greedy.work_with(lane, hang))
            for _ in range(2 * THREADS)
        ]
        try:
            await asyncio.sleep(0)
            async with asyncio.timeout(SOON / 2):
                return await other.work_with(lane, str, "mine"), len(begun)
        finally:
            go_on.set()
            await asyncio.gather(*many)

    told, at_once = asyncio.run(answer())

    assert told == "mine"
    assert at_once <= THREADS // 2
    assert len(begun) == 2 * THREADS  # each in its turn


def test_where_there_are_no_parties_all_threads_are_whoevers(desk: Desk) -> None:
    go_on, last = Event(), Event()

    async def all_at_once() -> bool:
        hanging = [
            asyncio.create_task(desk.work(go_on.wait, SOON)) for _ in range(THREADS - 1)
        ]
        await asyncio.sleep(0)
        await desk.work(last.set)
        go_on.set()
        return all(await asyncio.gather(*hanging))

    assert asyncio.run(all_at_once())
    assert last.is_set()


def test_of_one_key_no_job_runs_beside_another_while_others_would() -> None:
    async def statuses() -> list[str]:
        jobs, go_on = Jobs(Settings(max_jobs_each=RUNNING), None), asyncio.Event()

        async def work() -> bytes:
            await go_on.wait()
            return b""

        async def start(caller: int) -> str:
            return (await jobs.start(work, lambda _: b"", caller)).key

        of_one = [await start(1) for _ in range(RUNNING)]
        assert jobs.has_enough(1)
        assert not jobs.has_enough(2)
        of_other = await start(2)
        await asyncio.sleep(0.01)
        told: list[str] = [(await jobs.find(key, 1)).status for key in of_one]
        told.append((await jobs.find(of_other, 2)).status)
        go_on.set()
        await asyncio.sleep(0.01)
        assert not jobs.has_enough(1)
        assert jobs.count == 0
        return told

    assert asyncio.run(statuses()) == ["running", "queued", "running"]
