"""How often each caller may ask: buckets of tokens that fill with time.

A request takes a token. A bucket that has been left alone long enough is full, and so
the same as none: only the busiest are remembered.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Final

BUCKETS: Final = 10_000
"""Callers that are remembered: those that have asked last."""

LONGEST: Final = 31_536_000.0
"""Seconds: nobody is told to come back later than in a year, however low the rate."""


class Rates:
    """The buckets of all callers. All methods are for the event loop alone.

    Args:
        rate: Tokens that flow into a bucket, a second; 0 for no limit.
        burst: Tokens that a bucket holds.
        clock: Tells the time in seconds.
    """

    def __init__(
        self, rate: float, burst: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._rate, self._burst, self._clock = rate, burst, clock
        self._buckets: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()

    def take(self, caller: Hashable, tokens: int = 1) -> float:
        """Take tokens from a caller's bucket, if they are there.

        Returns:
            The seconds after which there will be one, or `LONGEST`; 0 if there was.

        >>> rates = Rates(rate=2, burst=1, clock=lambda: 0.0)
        >>> rates.take("anna"), rates.take("anna"), rates.take("bert")
        (0.0, 0.5, 0.0)
        """
        if not self._rate:
            return 0.0
        now = self._clock()
        left, then = self._buckets.pop(caller, (float(self._burst), now))
        left = min(self._burst, left + (now - then) * self._rate)
        is_there = left >= 1
        self._buckets[caller] = (left - tokens if is_there else left, now)
        if len(self._buckets) > BUCKETS:
            self._buckets.popitem(last=False)
        return 0.0 if is_there else min((1 - left) / self._rate, LONGEST)
