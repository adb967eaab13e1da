"""Processes of this machine, as /proc shows them."""

import os
from pathlib import Path


def descendants(pid: int) -> list[int]:
    """List the children of a process, their children and so on."""
    children = [
        int(child)
        for task in Path(f"/proc/{pid}/task").iterdir()
        for child in (task / "children").read_text().split()
    ]
    return children + [each for child in children for each in descendants(child)]


def is_alive(pid: int) -> bool:
    """Say whether a process is there, and not only its entry until it is reaped."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (ProcessLookupError, FileNotFoundError):
        return False
    return state != "Z"


def memory(pid: int) -> float:
    """Say how much memory a process has now, in MiB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGESIZE") / 1024**2
