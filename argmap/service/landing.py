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
    together, so are they told: who has resolved some futures calls `tell` after the
    last, and the loop is woken once.
    """

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._landed: deque[tuple[asyncio.Future[Any], Future[Any]]] = deque()
        self._is_called = False

    async def of(self, future: Future[T]) -> T:
        """Wait for a future; whoever is called off calls it off as well."""
        self._loop = asyncio.get_running_loop()
        waiting: asyncio.Future[T] = self._loop.create_future()
        future.add_done_callback(lambda done: self._landed.append((waiting, done)))
        if future.done():  # before it could be told, maybe
            self.tell()
        try:
            return await waiting
        finally:
            future.cancel()  # does nothing to one that is done

    def tell(self) -> None:
        """Wake the loop, from any thread, if there is something to be told."""
        if self._loop and self._landed and not self._is_called:
            self._is_called = True
            with suppress(RuntimeError):  # the loop has been closed
                self._loop.call_soon_threadsafe(self._hand_over)

    def _hand_over(self) -> None:
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
