"""How far a long computation has come, for whoever wants to know.

What takes its time says so through `report_progress`; whoever waits listens round the
call. As with patience, this reaches every computation inside, of this thread or task
alone. Without a listener nothing happens.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Listener = Callable[[int, int | None], None]
"""Told how many parts are done, and of how many, None while nobody knows."""

_LISTENER: ContextVar[Listener | None] = ContextVar("progress", default=None)


@contextmanager
def progress(listener: Listener) -> Iterator[None]:
    """Let *listener* know how far what runs inside has come.

    It is called from the thread that computes, and must be quick.

    >>> with progress(lambda done, total: print(done, "of", total)):
    ...     report_progress(5, 10)
    5 of 10
    """
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)


def report_progress(done: int, total: int | None = None) -> None:
    """Say that so many parts of the work are done."""
    if (listener := _LISTENER.get()) is not None:
        listener(done, total)
