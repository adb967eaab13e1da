"""Several processes that serve one port, of which the first starts and ends the others.

They are forked before anything is opened, so that none shares a connection or a thread
with another. Each listens for itself on the port, and the system deals clients out. A
worker that dies is started again; none outlives the first process, however that dies.
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import Final, NoReturn

from argmap.errors import ArgmapError, Malformed, Unavailable
from argmap.settings import Settings

BRIEF: Final = 5.0
"""Seconds: a worker that lived less has not started."""
TRIES: Final = 3
"""Starts in a row that may fail, before all is given up."""
_STOPS: Final = (signal.SIGINT, signal.SIGTERM)


def check(settings: Settings) -> None:
    """Refuse several workers where one process alone may write.

    Raises:
        Malformed: There are to be several, and the database is a file.
    """
    if settings.workers > 1 and settings.database_url.startswith("sqlite:"):
        raise Malformed(
            f"workers: {settings.workers} processes cannot share a SQLite file; serve "
            "from one, or move to PostgreSQL with argmap copy-to postgresql://…"
        )


def supervise(count: int, serve: Callable[[], NoReturn]) -> NoReturn:
    """Serve from so many processes until SIGINT or SIGTERM, then end them and this.

    *serve* is called in each of them; it ends the process, or raises.

    Raises:
        Unavailable: Workers die again and again as soon as they are started.
    """
    ear, mouth = os.pipe()  # what closes when this process is gone
    workers: dict[int, float] = {}
    stopping: list[int] = []

    def stop(sign: int, _: object) -> None:
        stopping.append(sign)
        _tell(workers, signal.SIGTERM)

    for sign in _STOPS:
        signal.signal(sign, stop)
    failures = 0
    while not stopping or workers:
        while len(workers) < count and not stopping:
            workers[_start(serve, ear, mouth)] = time.monotonic()
        try:
            pid, status = os.wait()
        except ChildProcessError:
            workers.clear()
            continue
        lived = time.monotonic() - workers.pop(pid, 0.0)
        if stopping:
            continue
        failures = failures + 1 if lived < BRIEF else 0
        code = os.waitstatus_to_exitcode(status)
        print(f"worker {pid} has ended with {code}", file=sys.stderr, flush=True)
        if failures >= TRIES:
            stop(signal.SIGTERM, None)
            _wait(workers)
            raise Unavailable("workers end as soon as they are started; see above")
    os._exit(0)


def _start(serve: Callable[[], NoReturn], ear: int, mouth: int) -> int:
    if pid := os.fork():
        return pid
    status = 1
    try:
        for sign in _STOPS:
            signal.signal(sign, signal.SIG_DFL)
        os.close(mouth)
        Thread(target=_follow, args=(ear,), daemon=True).start()
        serve()
    except ArgmapError as error:
        print(f"Error: {error}", file=sys.stderr, flush=True)
    except BaseException:  # what is left of the parent's stack must not be run twice
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(status)


def _follow(ear: int) -> None:
    """Wait until the first process is gone, and go as well."""
    os.read(ear, 1)
    os.kill(os.getpid(), signal.SIGTERM)


def _tell(workers: dict[int, float], sign: int) -> None:
    for pid in [*workers]:
        with suppress(ProcessLookupError):
            os.kill(pid, sign)


def _wait(workers: dict[int, float]) -> None:
    for pid in [*workers]:
        with suppress(ChildProcessError):
            os.waitpid(pid, 0)
