"""Which revision last changed each item of a map: what ETags are made of."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from argmap.model import ItemKind, Map

Item = tuple[ItemKind, str]
"""An item by kind and key; a passage's key is ``source/passage``."""

# Entries that lie over a dict before they are laid into it: a copy of so few for each
# revision, and one of all only for as many together.
NEWER: Final = 64

_GONE: Final = 0  # no revision has that number


class Revs(Mapping[Item, int]):
    """The revision that last changed each item; nothing in it ever changes.

    A map's next revision shares the dict of this one, and has what is newer beside it.

    >>> revs = Revs({("claim", "tram"): 1, ("claim", "cost"): 2})
    >>> revs.after({("claim", "tram"): 3, ("claim", "cost"): None}).whole()
    {('claim', 'tram'): 3}
    """

    __slots__ = ("_count", "_newer", "_older")

    def __init__(self, revs: dict[Item, int]) -> None:
        self._older, self._count = revs, len(revs)
        self._newer: dict[Item, int] = {}

    def __getitem__(self, item: Item) -> int:
        rev = self._newer.get(item)
        if rev is None:
            return self._older[item]
        if rev == _GONE:
            raise KeyError(item)
        return rev

    def __contains__(self, item: object) -> bool:
        rev = self._newer.get(item)  # type: ignore[call-overload] # of any type
        return item in self._older if rev is None else rev != _GONE

    def __iter__(self) -> Iterator[Item]:
        return iter(self.whole())

    def __len__(self) -> int:
        return self._count

    def whole(self) -> dict[Item, int]:
        """Return all as one dict, which is not to be changed: for many looks."""
        if not self._newer:
            return self._older
        laid = self._older | self._newer
        if len(laid) == self._count:
            return laid
        return {item: rev for item, rev in laid.items() if rev != _GONE}

    def after(self, changes: Mapping[Item, int | None]) -> "Revs":
        """Return what holds after changes: None where an item is gone."""
        after = Revs(self._older)
        after._newer = self._newer | {
            item: rev or _GONE for item, rev in changes.items()
        }
        there = sum(rev is not None for rev in changes.values())
        were = sum(item in self for item in changes)
        after._count = self._count + there - were
        return after if len(after._newer) <= NEWER else Revs(after.whole())


def advance(revs: Revs, touched: Mapping[Item, int], map_: Map) -> Revs:
    """Say which revisions hold after changes that led to *map_*.

    *touched* has the last revision that touched each item, removed ones included.
    """
    there = set(_present(map_, touched))
    return revs.after(
        {item: rev if item in there else None for item, rev in touched.items()}
    )


def _present(map_: Map, items: Iterable[Item]) -> Iterable[Item]:
    of_sources: set[str] = set()
    for kind, key in items:
        match kind:
            case "passage":
                of_sources.add(key.partition("/")[0])
            case "map":
                yield kind, key
            case _:
                if key in by_key(map_, kind):
                    yield kind, key
    for key in of_sources & map_.sources.keys():
        for passage in map_.sources[key].passages:
            yield "passage", f"{key}/{passage.key}"


def by_key(map_: Map, kind: ItemKind) -> Mapping[str, object]:
    """Return the items of one kind, which is none of map and passage."""
    items: Mapping[str, object] = getattr(map_, f"{kind}s")
    return items
