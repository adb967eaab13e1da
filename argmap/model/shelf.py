"""The items of a kind after a few changes: a dict, and over it what is newer.

A map's next revision differs in a few items from the one before. To copy the dict of a
large map for each would be most of what a write costs; so revisions share one, until
there is much over it, or somebody wants all items in their order.
"""

from collections.abc import ItemsView, Iterator, KeysView, Mapping, ValuesView
from itertools import islice
from typing import Any, Final, TypeVar

T = TypeVar("T")

NEWER: Final = 64
"""Items that lie over a dict before they are laid into it; a smaller one is copied."""


class Shelf(Mapping[str, T]):
    """A dict, and items that take the place of some of its own or come after it.

    What it holds never changes.

    To look an item up leaves the two apart; to go through all makes them one, once.
    """

    __slots__ = ("_count", "_parts")

    def __init__(self, older: dict[str, T], newer: dict[str, T], count: int) -> None:
        self._parts, self._count = (older, newer), count  # any thread may look

    def __getitem__(self, key: str) -> T:
        older, newer = self._parts
        return newer[key] if key in newer else older[key]

    def get(self, key: str, default: Any = None) -> Any:
        """Return the item of a key, if there is one."""
        older, newer = self._parts
        return newer[key] if key in newer else older.get(key, default)

    def __contains__(self, key: object) -> bool:
        older, newer = self._parts
        return key in newer or key in older

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[str]:
        return iter(self.whole())

    def __reversed__(self) -> Iterator[str]:
        older, newer = self._parts
        yield from (key for key in reversed(newer) if key not in older)
        yield from reversed(older)

    def __or__(self, other: Mapping[str, T]) -> dict[str, T]:
        return self.whole() | dict(other)

    def __ror__(self, other: Mapping[str, T]) -> dict[str, T]:
        return dict(other) | self.whole()

    def __repr__(self) -> str:
        return repr(self.whole())

    def keys(self) -> KeysView[str]:
        """Return the keys in order."""
        return self.whole().keys()

    def values(self) -> ValuesView[T]:
        """Return the items in order."""
        return self.whole().values()

    def items(self) -> ItemsView[str, T]:
        """Return keys and items in order."""
        return self.whole().items()

    def parts(self) -> tuple[dict[str, T], dict[str, T]]:
        """Return a dict and what lies over it, neither of which is to be changed."""
        return self._parts

    def whole(self) -> dict[str, T]:
        """Return all as one dict, which is not to be changed."""
        older, newer = self._parts
        if newer:
            older = older | newer
            self._parts = older, {}
        return older


def whole(items: Mapping[str, T]) -> dict[str, T]:
    """Return items as a dict: the one that they are, if they are one."""
    if isinstance(items, Shelf):
        return items.whole()
    return items if isinstance(items, dict) else dict(items)


def laid(items: Mapping[str, T], key: str, item: T) -> Mapping[str, T]:
    """Put an item in the place of the one of its key, or else at the end.

    Returns another mapping: a dict of nobody else's, unless it is a `Shelf`.

    >>> laid({"tram": 1, "cost": 2}, "tram", 3)
    {'tram': 3, 'cost': 2}
    """
    older, newer = items.parts() if isinstance(items, Shelf) else (whole(items), {})
    if len(older) <= NEWER or len(newer) == NEWER:
        return older | newer | {key: item}
    return Shelf(older, newer | {key: item}, len(items) + (key not in items))


def last(items: Mapping[str, object], count: int) -> list[str]:
    """Return the keys of so many items at the end, in order.

    >>> last({"tram": 1, "cost": 2, "noise": 3}, 2)
    ['cost', 'noise']
    """
    backwards = reversed(items if isinstance(items, Shelf) else whole(items))
    return list(islice(backwards, count))[::-1]
