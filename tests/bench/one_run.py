"""One question about one framework, for one solver, in a process of its own.

``python one_run.py SOLVER TASK FILE ARGUMENT`` reads the file, sets the limit and
prints what the answer is and how many seconds of processor time it took; beyond the
limit the system ends the process. Formats: ``.af`` (ICCMA 2023), ``.tgf`` and ``.apx``.
"""

import json
import resource
import sys
import time
from pathlib import Path

LIMIT = 20  # seconds of processor time

Attacks = list[list[str]]
Answer = list[str] | bool | None


def read(path: Path) -> tuple[list[str], Attacks]:
    """Read a framework: the arguments' names, and who attacks whom."""
    lines = [line.split() for line in path.read_text().splitlines()]
    lines = [words for words in lines if words]
    if path.suffix == ".af":
        lines = [words for words in lines if words[0] != "#"]
        return [str(i + 1) for i in range(int(lines[0][2]))], lines[1:]
    if path.suffix == ".tgf":
        border = lines.index(["#"])
        return [words[0] for words in lines[:border]], [
            w[:2] for w in lines[border + 1 :]
        ]
    facts = ["".join(words).rstrip(").").split("(") for words in lines]
    return (
        [rest for kind, rest in facts if kind == "arg"],
        [rest.split(",") for kind, rest in facts if kind == "att"],
    )


def ours(task: str, names: list[str], attacks: Attacks, argument: str) -> Answer:
    """Ask argmap."""
    place = {name: i for i, name in enumerate(names)}
    arguments = framework(len(names), ((place[a], place[b]) for a, b in attacks))
    semantics = {"CO": Complete, "PR": Preferred, "ST": Stable}[task[3:]]
    reasoner = Reasoner(semantics, arguments)
    if task[:2] == "DC":
        return reasoner.is_credulous(place[argument])
    if task[:2] == "DS":
        return reasoner.is_sceptical(place[argument])
    labels = reasoner.one()
    return None if labels is None else sorted(names[i] for i in members(labels))


def theirs(task: str, names: list[str], attacks: Attacks, argument: str) -> Answer:
    """Ask pygarg."""
    if task[:2] == "DC":
        answer = solver.credulous_acceptability(names, attacks, argument, task[3:])
        return bool(answer[0])
    if task[:2] == "DS":
        answer = solver.skeptical_acceptability(names, attacks, argument, task[3:])
        return bool(answer[0])
    found = solver.compute_some_extension(names, attacks, task[3:])
    return None if found == "NO" else sorted(found)


if __name__ == "__main__":
    _, asked, task, file, argument = sys.argv
    # Each process imports its own solver alone.
    if asked == "ours":
        sys.path.insert(0, str(Path(__file__).parents[1]))
        from argmap_dung.complete import Complete
        from argmap_dung.preferred import Preferred
        from argmap_dung.stable import Stable
        from argmap_dung.tasks import Reasoner
        from frameworks import framework, members
    else:
        from pygarg.dung import solver
    names, attacks = read(Path(file))
    start = time.process_time()
    soft = int(start) + LIMIT + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, soft + 1))
    answer = {"ours": ours, "theirs": theirs}[asked](task, names, attacks, argument)
    print(json.dumps([time.process_time() - start, answer]))
