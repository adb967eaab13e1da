"""Where items stand among those of their kind, so that rows come back in order.

Positions are integers with room between them: to put an item before another is one
write, not one for every item behind it. Only when a gap is used up, after some thirty
insertions at one and the same place, do all items of that kind get new positions.
"""

from collections.abc import Container, Iterable, Mapping
from typing import NamedTuple

GAP = 2**32
LIMIT = 2**63


class Run(NamedTuple):
    """Items in a row that want a position, and the neighbours that have one."""

    after: str | None
    keys: list[str]
    before: str | None


def runs(order: Iterable[str], placed: Container[str]) -> list[Run]:
    """Find the stretches of *order* that hold the keys *placed* and nothing else.

    >>> runs(["a", "new", "b"], {"new"})
    [Run(after='a', keys=['new'], before='b')]
    """
    found: list[Run] = []
    keys: list[str] = []
    after: str | None = None
    for key in order:
        if key in placed:
            keys.append(key)
            continue
        if keys:
            found.append(Run(after, keys, key))
            keys = []
        after = key
    if keys:
        found.append(Run(after, keys, None))
    return found


def between(run: Run, positions: Mapping[str, int]) -> dict[str, int] | None:
    """Give a run positions between its neighbours'; None where there is no room.

    >>> between(Run("a", ["x", "y"], "b"), {"a": 0, "b": 300})
    {'x': 100, 'y': 200}
    >>> between(Run("a", ["x"], "b"), {"a": 1, "b": 2}) is None
    True
    """
    count = len(run.keys)
    low = -GAP if run.after is None else positions[run.after]
    high = low + GAP * (count + 1) if run.before is None else positions[run.before]
    if run.after is None and run.before is not None:
        low = high - GAP * (count + 1)
    step = (high - low) // (count + 1)
    if step == 0 or low < -LIMIT or high >= LIMIT:
        return None
    return {key: low + step * n for n, key in enumerate(run.keys, start=1)}


def afresh(order: Iterable[str]) -> dict[str, int]:
    """Give all items of a kind new positions, with room between them."""
    return {key: GAP * n for n, key in enumerate(order)}
