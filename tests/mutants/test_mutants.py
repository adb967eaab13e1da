"""Small mistakes where it matters most are found: nine of ten that can be, a module.

Escapes, the checks of who may what, and the engine's solvers. Each module is broken in
every way that `mutants.mutating` knows, or in some by lot, and the tests that are named
here have to fail. What they do not find is printed (`-rA` shows it) with the reason if
there is one: most of it changes nothing that anybody could tell.

Not by mutmut: it changes the bodies of functions alone, where argmap's escapes are
regular expressions and its checks queries, both made once for a module; it takes away
no statement, such as a check; and it tries the same tests for all that it changes.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from typing import Any, Final, NamedTuple

import pytest

from mutants.explained import EXPLAINED, reason
from mutants.running import ROOT, drawn, path_of

pytestmark = pytest.mark.full

SHARE: Final = 0.9


class Part(NamedTuple):
    """What is run on the mutants of a module after its own examples, and on how many.

    The fastest first.
    """

    tests: tuple[str, ...]
    sample: str = "0"


STORE: Final = Part(
    (
        "tests/store/test_access.py",
        "tests/store/test_door.py",
        "tests/service/test_callers.py",
    ),
    "60",
)
PICTURES: Final = Part(("tests/render/test_pictures.py",), "escapes")
FILES: Final = Part(("tests/formats/test_payloads.py",), "escapes")
PAGES: Final = Part(("tests/api/test_pages.py",), "escapes")


def api(*names: str) -> Part:
    """Give tests of the API."""
    return Part(tuple(f"tests/api/test_{name}.py" for name in names), "60")


def engine(*names: str, sample: str = "40") -> Part:
    """Give tests of the engine."""
    return Part(tuple(f"tests/engine/test_{name}.py" for name in names), sample)


PARTS: Final = {
    "argmap.render.escapes": Part(("tests/render/test_escapes.py",)),
    "argmap.render.dot": PICTURES,
    "argmap.render.markdown": PICTURES,
    "argmap.render.mermaid": PICTURES,
    "argmap.render.svg": PICTURES,
    "argmap.formats.dot": FILES,
    "argmap.formats.graphml": FILES,
    "argmap.formats.markdown": FILES,
    "argmap.formats.mermaid": FILES,
    "argmap.formats.table": FILES,
    "argmap.debate.brief_markdown": Part(("tests/debate/test_markdown.py",), "escapes"),
    "argmap.api.markup": PAGES,
    "argmap.api.outline": PAGES,
    "argmap.api.page": PAGES,
    "argmap.api.readings": PAGES,
    "argmap.store.access": STORE,
    "argmap.store.callers": STORE,
    "argmap.store.door": STORE,
    "argmap.store.people": STORE,
    "argmap.service.keys": Part(
        ("tests/service/test_callers.py", "tests/api/test_keys.py"), "60"
    ),
    "argmap.service.people": Part(("tests/service/test_callers.py",)),
    "argmap.service.rates": Part(("tests/service/test_rates.py",)),
    "argmap.api.callers": api("callers", "keys", "access"),
    "argmap.api.keys": api("keys", "access"),
    "argmap.api.members": api("members", "access"),
    "argmap.engine.attribution": engine("attribution"),
    "argmap.engine.cyclic": engine("cyclic"),
    "argmap.engine.flatten": engine("flatten", "together"),
    "argmap.engine.flips": engine("flips"),
    "argmap.engine.gradient": engine("gradient"),
    "argmap.engine.groups": engine("settle"),
    "argmap.engine.grounded": engine("together", "flatten"),
    "argmap.engine.inflow": engine("solve", "settle"),
    "argmap.engine.levels": engine("solve", "graph", "cyclic"),
    "argmap.engine.modular": engine("solve", "cyclic", "gradient"),
    "argmap.engine.solve": engine("solve", "cyclic", "settle"),
    "argmap.engine.together": engine("cyclic", "solve"),
}


def tried(module: str) -> list[dict[str, Any]]:
    """Run a module's tests on its mutants, and list what became of each."""
    part = PARTS[module]
    paths = (str(ROOT / folder) for folder in ("", "plugins", "tests"))
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",  # which takes longer than the tests
    }
    command = ["-W", "ignore", "-m", "mutants.running", part.sample, module]
    done = subprocess.run(
        [sys.executable, *command, str(path_of(module)), *part.tests],
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("module", PARTS)
def test_most_mistakes_are_found(module: str) -> None:
    every = tried(module)
    alive = [each for each in every if each["came"] == "alive"]
    why = [
        reason(module, each["where"], each["before"], each["after"]) for each in alive
    ]
    print(f"{module}: {len(every)} tried, {len(every) - len(alive)} found")
    for each, said in zip(alive, why, strict=True):
        told = f"{each['before']} -> {each['after']}: {said or '?'}"
        print(f"{module}:{each['line']}: {each['where']}: {told}")

    assert len(every) - why.count(None) >= SHARE * len(every)


@pytest.mark.parametrize("module", EXPLAINED)
def test_what_is_explained_is_a_mistake_that_can_be_made(module: str) -> None:
    every = Counter(
        (each.where.name, each.before, each.after) for each in drawn(module, "0")
    )

    found = {mistake: every[mistake] for mistake in EXPLAINED[module]}
    assert found == dict.fromkeys(EXPLAINED[module], 1)
