"""What a person would graph of a running server: counts, and how long things took.

They belong to the process, from its start on, and are added to from any thread. Names
and forms for whoever collects them are not known here.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import accumulate
from threading import Lock
from time import perf_counter
from typing import Final, NamedTuple

Labels = tuple[str, ...]


class Count:
    """How often something has happened, by labels."""

    def __init__(self) -> None:
        self._counts: dict[Labels, int] = defaultdict(int)
        self._lock = Lock()

    def add(self, *labels: str) -> None:
        """Count one."""
        with self._lock:
            self._counts[labels] += 1

    def series(self) -> dict[Labels, int]:
        """Give the counts so far."""
        with self._lock:
            return dict(self._counts)


class Bins(NamedTuple):
    """How many values were up to each bound, how many there were, and their sum."""

    up_to: tuple[int, ...]
    total: int
    sum: float


class Spread:
    """How values are spread, by labels: how many are up to each of some bounds.

    >>> spread = Spread(1, 2)
    >>> for value in (0.5, 1, 3):
    ...     spread.add(value, "tram")
    >>> spread.series()
    {('tram',): Bins(up_to=(2, 2), total=3, sum=4.5)}
    """

    def __init__(self, *bounds: float) -> None:
        self.bounds = bounds
        self._bins: dict[Labels, list[float]] = {}
        self._lock = Lock()

    def add(self, value: float, *labels: str, times: int = 1) -> None:
        """Count a value that was there, so many times."""
        place = bisect_left(self.bounds, value)
        with self._lock:
            bins = self._bins.get(labels)
            if bins is None:
                bins = self._bins[labels] = [0] * (len(self.bounds) + 2)
            bins[place] += times
            bins[-1] += value * times

    @contextmanager
    def timing(self, *labels: str) -> Iterator[None]:
        """Count the seconds that what is inside takes, whatever comes of it."""
        begun = perf_counter()
        try:
            yield
        finally:
            self.add(perf_counter() - begun, *labels)

    def series(self) -> dict[Labels, Bins]:
        """Give what has been counted so far."""
        with self._lock:
            bins = {labels: tuple(each) for labels, each in self._bins.items()}
        return {labels: _bins(each) for labels, each in bins.items()}


def _bins(counts: tuple[float, ...]) -> Bins:
    up_to = tuple(int(count) for count in accumulate(counts[:-1]))
    return Bins(up_to=up_to[:-1], total=up_to[-1], sum=counts[-1])


_SECONDS: Final = (
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30,
)  # fmt: skip

REQUESTS: Final = Spread(*_SECONDS)
"""Seconds until an answer began, by method, route and status."""

EVALUATIONS: Final = Spread(*_SECONDS)
"""Seconds that a rule took to evaluate a map, by the rule."""

CACHE: Final = Count()
"""What was asked for, by ``map`` or ``answer``, and ``hit`` or ``miss``."""

PLUGIN_FAULTS: Final = Count()
"""Faults that clients were told of, by the plugin and the code of the fault."""


def note_cached(what: str, *, is_hit: bool) -> None:
    """Count that something was at hand, or had to be read or made."""
    CACHE.add(what, "hit" if is_hit else "miss")
