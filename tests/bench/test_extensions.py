"""How fast extensions are found, against pygarg, which asks a SAT solver too.

PAR2 is what competitions count: the seconds of every run, and twice the limit for one
that was not finished.
"""

import importlib.util
import json
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from argmap.plugin import UNDECIDED
from bench.one_run import LIMIT, Answer, Attacks, read
from figures import Figures
from frameworks import framework

TASKS = ["SE-PR", "SE-ST", "DC-CO", "DS-PR"]
RUNNER = Path(__file__).with_name("one_run.py")
PAR2 = 2 * LIMIT


def test_extensions(shared: Path, figures: Figures) -> None:
    if importlib.util.find_spec("pygarg") is None:
        pytest.skip("pygarg comes with the extra bench")
    files = [
        path
        for path in sorted((shared / "instances").rglob("*"))
        if path.suffix in {".af", ".tgf", ".apx"}
    ]
    ours_in_all, theirs_in_all = 0.0, 0.0
    for task in TASKS:
        ours, theirs = zip(*(both(task, path) for path in files), strict=True)
        sums = [sum(PAR2 if s is None else s for s in side) for side in (ours, theirs)]
        solved = [sum(s is not None for s in side) for side in (ours, theirs)]
        ours_in_all, theirs_in_all = ours_in_all + sums[0], theirs_in_all + sums[1]
        figures.note(
            f"{task}: solved of {len(files)}, PAR2 in s; pygarg's",
            f"{solved[0]}, {sums[0]:.1f}; {solved[1]}, {sums[1]:.1f}",
        )
    figures.at_least("PAR2 of pygarg to ours", theirs_in_all / ours_in_all, 1.5)


def both(task: str, path: Path) -> tuple[float | None, float | None]:
    """Give the seconds that we take and that pygarg takes, None for too many."""
    names, attacks = read(path)
    argument = an_argument(path.name, names, attacks)
    ours = run("ours", task, path, argument)
    theirs = run("theirs", task, path, argument)
    print(f"{task} {path.name}", *(r and f"{r[0]:.3f}" for r in (ours, theirs)))
    if ours is None:
        assert theirs is None, f"{task} {path.name}: solved there and not here"
    elif task[:2] == "SE" and ours[1] is not None:
        assert is_defended(ours[1], attacks)
    elif theirs is not None:
        assert ours[1] == theirs[1], f"{task} {path.name}"
    return ours and ours[0], theirs and theirs[0]


def an_argument(seed: str, names: list[str], attacks: Attacks) -> str:
    """Draw an argument to ask about, one that is not grounded if there is one."""
    place = {name: i for i, name in enumerate(names)}
    ends = framework(len(names), ((place[a], place[b]) for a, b in attacks))
    is_open = np.flatnonzero(ends.grounded() == UNDECIDED).tolist()
    return names[random.Random(seed).choice(is_open or range(len(names)))]


def run(
    solver: str, task: str, path: Path, argument: str
) -> tuple[float, Answer] | None:
    """Ask one question in a process of its own."""
    done = subprocess.run(
        [sys.executable, RUNNER, solver, task, path, argument],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode < 0:  # the limit was reached
        return None
    assert done.returncode == 0, done.stderr
    seconds, answer = json.loads(done.stdout)
    return (seconds, answer) if seconds <= LIMIT else None


def is_defended(extension: Answer, attacks: Attacks) -> bool:
    """Check that an extension has no conflict and attacks what attacks it."""
    assert isinstance(extension, list)
    held = set(extension)
    beaten = {b for a, b in attacks if a in held}
    return not held & beaten and all(a in beaten for a, b in attacks if b in held)
