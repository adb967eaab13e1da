"""Run tests on the mutants of a module, each in a process of its own.

`python -m mutants.running SAMPLE MODULE TEST…` writes a line of JSON for each mutant.
SAMPLE is how many are drawn by lot, 0 for all, or ``escapes`` for those in which a text
is not escaped.

First the tests are run as they are: on a mutant only those have to be that come by the
place of its mistake. A mistake in what a function does is put into a
copy of a process that has collected the tests already. One in what is done on import,
such as a regular expression or a query, is put into a copy of one that has imported
what argmap stands on, and nothing of argmap: so it is in place before anything is bound
to what it changes.
"""

import gc
import importlib
import os
import random
import re
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from json import dumps
from pathlib import Path
from types import CodeType, FunctionType
from typing import Final

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, settings

from mutants.forking import Came, Found, Job, Limits, ended
from mutants.importing import Finder
from mutants.knowing import Known, Watch
from mutants.mutating import ESCAPES, Function, Mutant, mutants

ROOT: Final = Path(__file__).parents[2]
_FOUNDATION: Final = (
    "alembic.command",
    "alembic.operations",
    "litestar.openapi",
    "litestar.testing",
    "markdown_it",
    "numpy",
    "prometheus_client",
    "pysat.solvers",
    "scipy.linalg",
    "scipy.sparse.linalg",
    "sqlalchemy.dialects.sqlite",
    "sqlmodel",
    "yaml",
)
_SEED: Final = 7
_SLOW: Final = 1200.0
"""Seconds by the clock that tests may take while they are watched."""


class Warm:
    """Has collected the tests, and runs them on mutants in copies of its process.

    A plugin of pytest. What changes is the code of functions, which stay the same: so
    it does not matter who holds them.
    """

    then: Callable[[], None]
    """What is done in place of running the tests."""

    def __init__(self, path: Path) -> None:
        self._path, self._is_copy = str(path), False
        self._functions: dict[Function, list[FunctionType]] = {}
        self._session: pytest.Session

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Try mutants, or, in a copy, let the tests be run."""
        if self._is_copy:
            return None
        self._session = session
        gc.collect()
        for each in gc.get_objects():
            if isinstance(each, FunctionType):
                code = each.__code__
                if code.co_filename == self._path:
                    named = Function(code.co_qualname, code.co_firstlineno)
                    self._functions.setdefault(named, []).append(each)
        gc.freeze()
        self.then()
        return True

    def run(self, mutant: Mutant | None, limits: Limits) -> int:
        """Run tests in this process, on a mutant if there is one; give the status."""
        self._is_copy = True
        if mutant is not None:
            self._put(mutant)
        session, hooks = self._session, self._session.config.hook
        limits.choose(session.items)
        session.config.pluginmanager.register(limits)
        with suppress(pytest.Session.Failed):
            hooks.pytest_runtestloop(session=session)
        status = int(session.testsfailed > 0)
        hooks.pytest_sessionfinish(session=session, exitstatus=status)
        return status

    def _put(self, mutant: Mutant) -> None:
        function = mutant.where.function
        assert function is not None
        code = code_of(mutant.code, function)
        assert code is not None
        for each in self._functions[function]:
            each.__code__ = code


def code_of(code: CodeType, function: Function) -> CodeType | None:
    """Find what a function does in the code of its module."""
    if (code.co_qualname, code.co_firstlineno) == function:
        return code
    for each in code.co_consts:
        if isinstance(each, CodeType) and (found := code_of(each, function)):
            return found
    return None


def path_of(module: str) -> Path:
    """Say where a module's source is."""
    return ROOT / f"{module.replace('.', '/')}.py"


def run(tests: Sequence[str], *plugins: object) -> int:
    """Run tests in this process; give pytest's status."""
    return int(
        pytest.main(
            [
                *("-x", "-q", "-s", "--tb=no", "-p", "no:cacheprovider"),
                *("-k", "not postgresql", "-p", "_hypothesis_pytestplugin"),
                "--hypothesis-profile=mutants",
                *("-o", "tmp_path_retention_policy=none"),
                *("-W", "ignore::pytest.PytestAssertRewriteWarning"),
                *tests,
            ],
            plugins=[Found(), *plugins],
        )
    )


def prepare() -> None:
    """Import what nothing here changes, and let tests end with the first failure."""
    os.chdir(ROOT)
    for name in _FOUNDATION:
        with suppress(ImportError):
            importlib.import_module(name)
    assert not any(name.startswith("argmap") for name in sys.modules)
    # As in tests/conftest.py, but nobody reads the smallest example, and of examples
    # there are fewer: a mistake is found, or it takes long, mutant after mutant.
    settings.register_profile(
        "mutants",
        deadline=None,
        derandomize=True,
        max_examples=30,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=[HealthCheck.too_slow],
    )


def drawn(module: str, sample: str) -> list[Mutant]:
    """Give the mutants of a module, or some of them."""
    path = path_of(module)
    every = list(mutants(path.read_text("utf-8"), str(path)))
    if sample == "escapes":
        called = "|".join(ESCAPES)
        return [
            each
            for each in every
            if re.match(rf"({called})\(", each.before)
            and not re.match(rf"({called})\(", each.after)
        ]
    if not 0 < (count := int(sample)) < len(every):
        return every
    places = sorted(random.Random(_SEED).sample(range(len(every)), count))
    return [every[place] for place in places]


class Trial:
    """The mutants of one module, and the tests that are run on them."""

    def __init__(
        self,
        module: str,
        tests: Sequence[str],
        folder: Path,
        tell: Callable[[Mutant, Came], None],
    ) -> None:
        self._module, self._path, self._tests = module, path_of(module), tests
        self._code = compile(self._path.read_bytes(), self._path, "exec")
        self._folder, self._tell = folder, tell
        self._known = self._watched()

    def _watched(self) -> Known:
        """Run the tests as the module is, and see what they come by."""
        kept = self._folder / "known"

        def watch() -> int:
            seen = Watch(self._path)
            seen.begin()
            importlib.import_module(self._module)  # before pytest does it in its way
            status = run(self._tests, seen)
            kept.write_bytes(msgspec.json.encode(seen.known()))
            return status

        ((_, came),) = ended([Job(watch, _SLOW)], self._folder)
        assert came.outcome == "alive", f"fails without any mistake: {came.by}"
        return msgspec.json.decode(kept.read_bytes(), type=Known)

    def hold(self, every: Sequence[Mutant]) -> None:
        """Try mutants, and tell what became of each."""
        early = [each for each in every if self._is_early(each)]
        late = [each for each in every if each not in early]
        names = list(self._known.seconds)
        if early:
            self._try([(each, names) for each in early], self._import)
        if late:
            come_by = [(each, self._known.come_by(each)) for each in late]
            is_other = self._known.in_order(names) != names
            as_it_is: list[tuple[Mutant | None, list[str]]] = [(None, names)] * is_other
            importlib.import_module(self._module)  # before pytest does it in its way
            warm = Warm(self._path)
            warm.then = lambda: self._try([*as_it_is, *come_by], warm.run)
            assert run(self._tests, warm) == 0

    def _is_early(self, mutant: Mutant) -> bool:
        """Say whether a mistake has to be there when the module is imported."""
        function = mutant.where.function
        if function is None or function in self._known.early:
            return True
        was, now = code_of(self._code, function), code_of(mutant.code, function)
        return was is None or now is None or was.co_freevars != now.co_freevars

    def _import(self, mutant: Mutant | None, limits: Limits) -> int:
        if mutant is not None:
            sys.meta_path.insert(0, Finder(self._module, self._path, mutant.code))
        importlib.import_module(self._module)
        return run(self._tests, limits)

    def _try(
        self,
        some: Sequence[tuple[Mutant | None, list[str]]],
        put: Callable[[Mutant | None, Limits], int],
    ) -> None:
        limits = [Limits(self._known, names) for _, names in some]
        jobs = [
            Job(partial(put, mutant, limit), limit.seconds)
            for (mutant, _), limit in zip(some, limits, strict=True)
        ]
        for number, came in ended(jobs, self._folder):
            mutant = some[number][0]
            if mutant is not None:
                self._tell(mutant, came)
            else:
                assert came.outcome == "alive", f"fails in another order: {came.by}"


def main(sample: str, module: str, tests: Sequence[str]) -> None:
    """Try the mutants of a module, and write what became of each."""
    told = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what pytest has to say

    def tell(mutant: Mutant, came: Came) -> None:
        line = {
            "line": mutant.line,
            "where": mutant.where.name,
            "before": mutant.before,
            "after": mutant.after,
            "came": came.outcome,
            "by": came.by,
            "seconds": round(came.seconds, 1),
        }
        print(dumps(line), file=told, flush=True)

    prepare()
    with tempfile.TemporaryDirectory() as folder:
        Trial(module, tests, Path(folder), tell).hold(drawn(module, sample))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
