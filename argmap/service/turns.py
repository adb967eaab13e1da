"""Threads, and turns at them: who asks for much waits, and nobody waits for them.

A party is whose requests are counted together: an API key, or an address without one.
Where nobody has a key there are none, and all threads are whoever's.
"""

import asyncio
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, nullcontext
from contextvars import copy_context
from typing import Any, TypeVar
from weakref import WeakValueDictionary

T = TypeVar("T")


class Turns:
    """Turns at a few *places*, of which one party has no more than half at one time.

    All methods are for the event loop alone.
    """

    def __init__(self, places: int) -> None:
        self._each = max(1, places // 2)
        self._turns: WeakValueDictionary[Hashable, asyncio.Semaphore] = (
            WeakValueDictionary()
        )

    def of(self, party: Hashable) -> AbstractAsyncContextManager[Any]:
        """Give what waits until a party may have one more; None is nobody's party."""
        if party is None:
            return nullcontext()
        turns = self._turns.get(party)
        if turns is None:  # nobody of them works or waits
            turns = self._turns[party] = asyncio.Semaphore(self._each)
        return turns


class Threads:
    """A few threads that parties share."""

    def __init__(self, count: int, name: str) -> None:
        self._pool = ThreadPoolExecutor(count, thread_name_prefix=name)
        self._turns = Turns(count)

    async def call(self, function: Callable[[], T], party: Hashable = None) -> T:
        """Call a function in a thread, under the caller's time limit and progress."""
        loop = asyncio.get_running_loop()
        async with self._turns.of(party):
            return await loop.run_in_executor(self._pool, copy_context().run, function)

    def shutdown(self) -> None:
        """Finish what is under way."""
        self._pool.shutdown()
