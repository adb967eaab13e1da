"""How long a computation may take: deadlines, and ways to call it off.

Some questions are NP-hard and beyond, so what answers them asks `check_patience` every
few milliseconds. Whoever asks sets the limit round the call; it reaches every
computation inside, of this thread or task alone, and an inner limit never lengthens an
outer one. Without a limit, a computation runs until it is done.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final

from argmap.errors import Cancelled, TooSlow

_FASTEST: Final = 200_000_000  # cells a second: five times what rules were seen to do


@dataclass(frozen=True)
class _Patience:
    seconds: float
    ends: float
    is_cancelled: Callable[[], bool] | None
    outer: "_Patience | None"


_PATIENCE: ContextVar[_Patience | None] = ContextVar("patience", default=None)


@contextmanager
def patience(
    seconds: float | None = None, is_cancelled: Callable[[], bool] | None = None
) -> Iterator[None]:
    """Let what runs inside take *seconds* at most, or until it is called off.

    Args:
        seconds: From now on; None: as long as it takes.
        is_cancelled: Called often and from the thread that computes; cheap, such as
            ``threading.Event().is_set``.

    Raises:
        TooSlow: From inside, when the time is up.
        Cancelled: From inside, when *is_cancelled* returns true.

    >>> with patience(seconds=60):
    ...     check_patience()
    """
    limit = float("inf") if seconds is None else seconds
    ends = time.monotonic() + limit
    token = _PATIENCE.set(_Patience(limit, ends, is_cancelled, _PATIENCE.get()))
    try:
        yield
    finally:
        _PATIENCE.reset(token)


def foresee(cells: int, less: str) -> None:
    """Stop at once, if no machine could be done in the time that there was at first.

    That depends on what is asked, not on how busy the machine is.

    Args:
        cells: Of all variants of a map that are to be evaluated, the claims or
            relations, whichever are more.
        less: What to ask for instead.

    Raises:
        TooSlow: It would take longer, however fast.

    >>> with patience(seconds=60):
    ...     foresee(200_000, "a smaller map")
    """
    limit = _PATIENCE.get()
    while limit is not None:
        if cells > limit.seconds * _FASTEST:
            raise TooSlow(limit.seconds, less)
        limit = limit.outer


def check_patience() -> None:
    """Stop, if whoever asked does not wait any longer.

    Raises:
        TooSlow: The time is up.
        Cancelled: The computation was called off.
    """
    limit = _PATIENCE.get()
    while limit is not None:
        if limit.is_cancelled is not None and limit.is_cancelled():
            raise Cancelled
        if time.monotonic() >= limit.ends:
            raise TooSlow(limit.seconds)
        limit = limit.outer
