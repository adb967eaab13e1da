"""Values that are computed once and kept while there is room."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Memo(Generic[T]):
    """A bounded store of computed values, the least recently used leaving first.

    Of several threads that want a value which is not there, one computes it and the
    others wait for it. A computation that raises leaves nothing behind. The bound is on
    the sum of the weights; the newest value stays, however heavy.
    """

    def __init__(self, limit: int, weigh: Callable[[T], int] = lambda _: 1) -> None:
        self._limit, self._weigh = limit, weigh
        self._kept: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()
        self._weight = 0
        self._under_way: dict[Hashable, Lock] = {}
        self._lock = Lock()

    def get(self, key: Hashable) -> T | None:
        """Return the value of *key* if it is there."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key][0]

    def find(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return the value of *key*, from *make* if it is not there yet."""
        while True:
            with self._lock:
                if key in self._kept:
                    self._kept.move_to_end(key)
                    return self._kept[key][0]
                turn = self._under_way.get(key)
                if turn is None:
                    turn = self._under_way[key] = Lock()
                    turn.acquire()
                    break
            with turn:
                pass  # whoever computes has finished, or failed: look again
        try:
            value = make()
            self.put(key, value)
            return value
        finally:
            with self._lock:
                del self._under_way[key]
            turn.release()

    def __contains__(self, key: Hashable) -> bool:
        return key in self._kept

    def drop(self, key: Hashable) -> None:
        """Let go of the value of *key*, if it is there."""
        with self._lock:
            _, weight = self._kept.pop(key, (None, 0))
            self._weight -= weight

    def put(self, key: Hashable, value: T) -> None:
        """Keep *value*, in place of what *key* had."""
        weight = self._weigh(value)
        with self._lock:
            _, old = self._kept.pop(key, (None, 0))
            self._kept[key] = (value, weight)
            self._weight += weight - old
            while self._weight > self._limit and len(self._kept) > 1:
                _, (_, light) = self._kept.popitem(last=False)
                self._weight -= light
