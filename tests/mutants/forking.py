"""Work that is done in copies of this process, as many at once as it has processors."""

import os
import resource
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from math import ceil
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from mutants.knowing import Known

_FOLDER: Final = "PYTEST_DEBUG_TEMPROOT"
"""What pytest goes by to keep the files of tests."""
_NAP: Final = 0.02
_MEMORY: Final = 4 << 30
"""Bytes that a mutant may take."""
_TIMES: Final = 5.0
_MORE: Final = 4.0
"""Seconds of a processor that a test may take, beyond so many times what it takes."""
_SHARE: Final = 20.0
_WAITS: Final = 60.0
"""Seconds that all tests may take by the clock, however many wait for a processor."""


class Limits:
    """Has some tests run, in order, and ends those that go on and on.

    A plugin of pytest. Whoever takes longer than it should is ended with its process:
    so it has found a mistake.
    """

    def __init__(self, known: Known, names: list[str]) -> None:
        self._known, self._names = known, names

    @property
    def seconds(self) -> float:
        """Give what all of it may take by the clock."""
        return _WAITS + _SHARE * sum(map(self._known.seconds.__getitem__, self._names))

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Choose the tests."""
        self.choose(items)

    def choose(self, items: list[pytest.Item]) -> None:
        """Leave of tests those that are to be run, and what is new, in order."""
        chosen = set(self._names)
        found = {
            each.nodeid: each
            for each in items
            if each.nodeid in chosen or each.nodeid not in self._known.seconds
        }
        items[:] = [found[name] for name in self._known.in_order(found)]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> None:
        """Let a test take as long as it may."""
        usual = self._known.seconds.get(item.nodeid, 0.0)
        until = ceil(time.process_time() + _MORE + _TIMES * usual)
        resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))


class Found:
    """Keeps which test has found something: a plugin of pytest."""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep it where the one sees it from whom this process was forked."""
        if report.failed:
            _found_in(Path(os.environ[_FOLDER])).write_text(report.nodeid)


class Job(NamedTuple):
    """What is done in a copy of this process; it gives its status."""

    work: Callable[[], int]
    seconds: float
    """That it may take by the clock."""


class Came(NamedTuple):
    """What became of a job."""

    outcome: str
    seconds: float
    by: str
    """Which test has found it, if one has."""


def ended(jobs: Iterable[Job], folder: Path) -> Iterator[tuple[int, Came]]:
    """Have jobs done, and give what became of each, by its number, as they end."""
    waiting = enumerate(jobs)
    running: dict[int, tuple[int, Job, float]] = {}
    is_more = True
    while is_more or running:
        while is_more and len(running) < (os.cpu_count() or 1):
            if (following := next(waiting, None)) is None:
                is_more = False
                break
            number, job = following
            (folder / str(number)).mkdir()
            running[_fork(job, folder / str(number))] = number, job, time.monotonic()
        for child, (number, job, began) in list(running.items()):
            if outcome := _outcome(child, began + job.seconds):
                del running[child]
                found = _found_in(folder / str(number))
                by = found.read_text() if found.exists() else ""
                yield number, Came(outcome, time.monotonic() - began, by)
                shutil.rmtree(folder / str(number))
        time.sleep(_NAP)


def _found_in(folder: Path) -> Path:
    return folder / "found"


def _fork(job: Job, folder: Path) -> int:
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        os.setsid()
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        os.environ[_FOLDER] = str(folder)
        status = job.work()
    finally:
        os._exit(status)


def _outcome(child: int, until: float) -> str | None:
    """Say what has become of a process, if it has ended or has to end."""
    done, status = os.waitpid(child, os.WNOHANG)
    if not done and time.monotonic() < until:
        return None
    with suppress(ProcessLookupError):
        os.killpg(child, 9)  # and whom it has started
    if not done:
        os.waitpid(child, 0)
        return "late"
    return "alive" if os.waitstatus_to_exitcode(status) == 0 else "killed"
