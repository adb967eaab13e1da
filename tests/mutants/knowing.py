"""Which tests come by which lines of a module, and how long they take."""

import sys
import threading
import time
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest
from msgspec import Struct

from mutants.mutating import Mutant


class Known(Struct, frozen=True, kw_only=True):
    """What is known of the tests of a module that has no mistake."""

    seconds: dict[str, float]
    """Of a processor, that each test takes, by its name."""
    lines: dict[str, set[int]]
    """Of the module, that each test comes by."""
    alone: set[str]
    """Tests for which nothing is set up: what others leave does not matter to them."""
    early: set[tuple[str, int]]
    """Functions of the module that are called before any test is run."""

    def come_by(self, mutant: Mutant) -> list[str]:
        """Name the tests that come by the statement in which the mistake is."""
        first, last = mutant.where.statement
        statement = set(range(first, last + 1))
        return [name for name in self.seconds if statement & self.lines[name]]

    def in_order(self, names: Iterable[str]) -> list[str]:
        """Put tests in order: by file, the fastest first of those that are alone.

        So what a file sets up is set up once.
        """
        files = {name.partition("::")[0]: None for name in self.seconds}
        places = {file: place for place, file in enumerate(files)}
        return sorted(
            names,
            key=lambda name: (
                places.get(name.partition("::")[0], len(places)),
                self.seconds[name] if name in self.alone else 0.0,
            ),
        )


class Watch:
    """Sees what a module's tests come by: a plugin of pytest, while they run."""

    def __init__(self, path: Path) -> None:
        self._path = str(path)
        self._now: set[int] = set()
        self._set_up: dict[str, set[int]] = {}
        self._called: set[tuple[str, int]] = set()
        self._early: set[tuple[str, int]] | None = None
        self._lines: dict[str, set[int]] = {}
        self._seconds: dict[str, float] = {}
        self._alone: set[str] = set()

    def begin(self) -> None:
        """See what is run from now on, in every thread that is started."""
        threading.settrace(self._enter)
        sys.settrace(self._enter)

    def known(self) -> Known:
        """Say what was seen."""
        early = self._called if self._early is None else self._early
        return Known(
            seconds=self._seconds, lines=self._lines, alone=self._alone, early=early
        )

    def _enter(self, frame: FrameType, event: str, _: Any) -> Any:
        code: CodeType = frame.f_code
        if code.co_filename != self._path:
            return None
        if self._early is None:
            self._called.add((code.co_qualname, code.co_firstlineno))
        return self._step(frame, event, None)

    def _step(self, frame: FrameType, _: str, __: Any) -> Any:
        self._now.add(frame.f_lineno)
        return self._step

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """See what a test comes by, and what was set up for it."""
        if self._early is None:
            self._early = self._called
        self._now = mine = set[int]()
        began = time.process_time()
        done = yield
        self._seconds[item.nodeid] = time.process_time() - began
        names = getattr(item, "fixturenames", ())
        if not names:
            self._alone.add(item.nodeid)
        for name in names:
            mine |= self._set_up.get(name, set())
        self._lines[item.nodeid] = mine
        return done

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[Any]
    ) -> Generator[None, Any, Any]:
        """See what something comes by that is set up, maybe for many tests."""
        test, self._now = self._now, self._set_up.setdefault(fixturedef.argname, set())
        try:
            return (yield)
        finally:
            test |= self._now
            self._now = test
