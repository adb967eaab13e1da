"""Futures of another thread, awaited in the event loop."""

import asyncio
from concurrent.futures import Future

import pytest

from argmap.service.landing import Landing


def test_what_one_thread_has_finished_reaches_all_who_wait() -> None:
    async def told() -> list[object]:
        landing, futures = Landing(), [Future[int]() for _ in range(4)]
        waiting = [asyncio.ensure_future(landing.of(future)) for future in futures]
        await asyncio.sleep(0)

        def finish() -> None:
            for n, future in enumerate(futures[:2]):
                future.set_result(n)
            futures[2].set_exception(KeyError("third"))
            futures[3].cancel()
            landing.tell()

        await asyncio.to_thread(finish)
        return await asyncio.gather(*waiting, return_exceptions=True)

    first, second, third, fourth = asyncio.run(told())

    assert (first, second) == (0, 1)
    assert isinstance(third, KeyError)
    assert isinstance(fourth, asyncio.CancelledError)


def test_what_was_finished_before_anybody_waited_is_told() -> None:
    async def told() -> int:
        future = Future[int]()
        future.set_result(7)
        return await asyncio.wait_for(Landing().of(future), 5)

    assert asyncio.run(told()) == 7


def test_who_is_called_off_calls_off_what_has_not_begun() -> None:
    async def left() -> Future[int]:
        future = Future[int]()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(Landing().of(future), 0.01)
        return future

    assert asyncio.run(left()).cancelled()
