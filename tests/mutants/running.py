"""Run tests on the mutants of a module, each in a process of its own.

`python -m mutants.running SECONDS SAMPLE MODULE TEST…` writes a line of JSON for each
mutant. SAMPLE is how many are drawn by lot, 0 for all, or ``escapes`` for those in
which a text is not escaped. The processes are forked from one that has imported what
argmap stands on, and nothing of argmap: so a mutant is in place before anything is
bound to what it changes.
"""

import importlib
import importlib.abc
import importlib.util
import os
import random
import re
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from importlib.machinery import ModuleSpec, SourceFileLoader
from json import dumps
from pathlib import Path
from types import CodeType
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, Phase, settings

from mutants.mutating import ESCAPES, Mutant, mutants

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
_NAP: Final = 0.02
_FACTOR: Final = 20
"""How much longer than a mutant the tests may take the first time, without one."""


class Finder(importlib.abc.MetaPathFinder):
    """Finds a module to be what it is not."""

    def __init__(self, module: str, path: Path, code: CodeType) -> None:
        self._module, self._path, self._code = module, str(path), code

    def find_spec(self, fullname: str, *_: Any) -> ModuleSpec | None:
        """Give the mutant, if it is asked for."""
        if fullname != self._module:
            return None
        loader = Loader(fullname, self._path)
        loader.code = self._code
        return importlib.util.spec_from_file_location(
            fullname, self._path, loader=loader
        )


class Loader(SourceFileLoader):
    """Gives a mutant in place of what is in the file."""

    code: CodeType

    def get_code(self, _: str) -> CodeType:
        """Give the code that is run."""
        return self.code


def run(module: str, code: CodeType | None, tests: Sequence[str], folder: Path) -> int:
    """Run tests in this process, on a mutant if there is one; give pytest's status."""
    os.chdir(ROOT)
    if code is not None:
        sys.meta_path.insert(0, Finder(module, path_of(module), code))
    importlib.import_module(module)  # before pytest does it in its own way
    return int(
        pytest.main(
            [
                *("-x", "-q", "-p", "no:cacheprovider", "-k", "not postgresql"),
                *("-p", "_hypothesis_pytestplugin"),
                *("--hypothesis-profile=mutants", f"--basetemp={folder}"),
                *("-o", "tmp_path_retention_policy=none"),
                *("-W", "ignore::pytest.PytestAssertRewriteWarning"),
                *tests,
            ]
        )
    )


def path_of(module: str) -> Path:
    """Say where a module's source is."""
    return ROOT / f"{module.replace('.', '/')}.py"


def fork(module: str, code: CodeType | None, tests: Sequence[str], folder: Path) -> int:
    """Run tests in a process of its own; return its number."""
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        os.setsid()
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        status = run(module, code, tests, folder)
    finally:
        os._exit(status)


def outcome(child: int, until: float) -> str | None:
    """Say what has become of a process, if it has ended or has to end."""
    done, status = os.waitpid(child, os.WNOHANG)
    if not done:
        if time.monotonic() < until:
            return None
        with suppress(ProcessLookupError):
            os.killpg(child, 9)
        os.waitpid(child, 0)
        return "late"
    return "alive" if os.waitstatus_to_exitcode(status) == 0 else "killed"


def prepare() -> None:
    """Import what nothing here changes, and let tests end with the first failure."""
    for name in _FOUNDATION:
        with suppress(ImportError):
            importlib.import_module(name)
    assert not any(name.startswith("argmap") for name in sys.modules)
    # As in tests/conftest.py, but nobody reads the smallest example.
    settings.register_profile(
        "mutants",
        deadline=None,
        derandomize=True,
        max_examples=60,
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


def main(seconds: float, sample: str, module: str, tests: Sequence[str]) -> None:
    """Try the mutants of a module, as many at once as there are processors."""
    prepare()
    with tempfile.TemporaryDirectory() as folder:
        until = time.monotonic() + _FACTOR * seconds
        child = fork(module, None, tests, Path(folder, "none"))
        while (came := outcome(child, until)) is None:
            time.sleep(_NAP)
        assert came == "alive", "the tests fail without any mistake"
        waiting = list(enumerate(drawn(module, sample)))
        running: dict[int, tuple[Mutant, float]] = {}
        while waiting or running:
            while waiting and len(running) < (os.cpu_count() or 1):
                number, mutant = waiting.pop(0)
                child = fork(module, mutant.code, tests, Path(folder, str(number)))
                running[child] = mutant, time.monotonic()
            for child, (mutant, began) in list(running.items()):
                if came := outcome(child, began + seconds):
                    del running[child]
                    tell(mutant, came, time.monotonic() - began)
            time.sleep(_NAP)


def tell(mutant: Mutant, came: str, seconds: float) -> None:
    """Write what became of a mutant."""
    told = {
        "line": mutant.line,
        "before": mutant.before,
        "after": mutant.after,
        "came": came,
        "seconds": round(seconds, 1),
    }
    print(dumps(told), flush=True)


if __name__ == "__main__":
    main(float(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4:])
