"""Bringing what another thread has finished back to the event loop, many at once."""

import asyncio
from collections import deque
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, TypeVar

T = TypeVar("T")


class Landing:
    """Awaits futures of one thread in one event loop.

    `asyncio.wrap_future` wakes the loop for each of them. When writes are committed
    together, so are they told: the loop is woken once for all that are there by then.
    """

    def __init__(self) -> None:
        self._landed: deque[tuple[asyncio.Future[Any], Future[Any]]] = deque()
        self._is_called = False

    async def of(self, future: Future[T]) -> T:
        """Wait for a future; whoever is called off calls it off as well."""
        waiting: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        future.add_done_callback(lambda done: self._land(waiting, done))
        try:
            return await waiting
        finally:
            future.cancel()  # does nothing to one that is done

    def _land(self, waiting: asyncio.Future[T], done: Future[T]) -> None:
        """Take what is done, in the thread that did it."""
        self._landed.append((waiting, done))
        if not self._is_called:
            self._is_called = True
            with suppress(RuntimeError):  # the loop has been closed
                waiting.get_loop().call_soon_threadsafe(self._tell)

    def _tell(self) -> None:
        self._is_called = False  # before: what lands from now on calls again
        while self._landed:
            waiting, done = self._landed.popleft()
            if waiting.done():
                continue
            if done.cancelled():
                waiting.cancel()
            elif failure := done.exception():
                waiting.set_exception(failure)
            else:
                waiting.set_result(done.result())
