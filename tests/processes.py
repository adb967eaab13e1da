"""Processes of this machine, as /proc shows them."""

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
