"""Who waits for what becomes of a map: many, at no cost to those who write.

The writer wakes the event loop once for all that has been committed by then, and goes
on. Whoever listens reads what there is from the store, in their own time: a slow reader
is one that wakes up later, to the same answers, and holds nothing but its place.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, suppress
from threading import Lock
from typing import Any, TypeVar

from argmap.errors import Unavailable

T = TypeVar("T")


class Listeners:
    """Who listens in this process. `wake` is for any thread, the rest for one loop.

    Args:
        limit: How many may listen at one time.
        each: How many of them may be of one party.
    """

    def __init__(self, limit: int, each: int) -> None:
        self.limit, self.each, self.count = limit, each, 0
        self._parties: Counter[Hashable] = Counter()
        self.is_closed = False
        self._ears: dict[str, set[asyncio.Event]] = {}
        self._shared: dict[str, dict[Hashable, Any]] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._woken: set[str] = set()
        self._lock = Lock()

    def check(self) -> None:
        """Refuse one more where there are as many as may be.

        Raises:
            Unavailable: There are, or the server is about to stop.
        """
        if self.is_closed:
            raise Unavailable("the server is about to stop; try again")
        if self.count >= self.limit:
            raise Unavailable(
                f"{self.count} clients listen for events, as many as this server "
                "takes (max_listeners); try again later, or read …/changes"
            )

    def has_enough(self, party: Hashable) -> bool:
        """Say whether a party listens as often as one may; None is nobody's party."""
        return party is not None and self._parties[party] >= self.each

    @contextmanager
    def listen(self, key: str, party: Hashable = None) -> Iterator[asyncio.Event]:
        """Give what is set whenever something has become of a map, and at the close."""
        self._loop = asyncio.get_running_loop()
        ear = asyncio.Event()
        self._ears.setdefault(key, set()).add(ear)
        self.count += 1
        self._parties[party] += 1
        try:
            yield ear
        finally:
            self.count -= 1
            self._parties -= Counter([party])
            self._ears[key].remove(ear)
            if not self._ears[key]:
                del self._ears[key]
                self._shared.pop(key, None)

    def shared(self, key: str, name: Hashable, make: Callable[[], T]) -> T:
        """Give what those who listen for a map have in common, while anybody does."""
        shelf = self._shared.setdefault(key, {})
        if name not in shelf:
            shelf[name] = make()
        found: T = shelf[name]
        return found

    def wake(self, key: str | None) -> None:
        """Wake who listens for a map, or for any; from any thread, without waiting."""
        keys = [*self._ears] if key is None else [key]
        woken = [each for each in keys if each in self._ears]
        if not woken:
            return
        with self._lock:
            is_first = not self._woken
            self._woken.update(woken)
        if is_first and self._loop:
            with suppress(RuntimeError):  # the loop has been closed
                self._loop.call_soon_threadsafe(self._tell)

    def close(self) -> None:
        """Let all who listen find that it is over."""
        self.is_closed = True
        for ears in self._ears.values():
            for ear in ears:
                ear.set()

    def _tell(self) -> None:
        with self._lock:
            woken, self._woken = self._woken, set()
        for key in woken:
            for ear in self._ears.get(key, ()):
                ear.set()
