"""Which revision last changed each item of a map: what ETags are made of."""

from collections.abc import Iterable, Mapping

from argmap.model import ItemKind, Map

Item = tuple[ItemKind, str]
"""An item by kind and key; a passage's key is ``source/passage``."""

Revs = dict[Item, int]


def advance(revs: Revs, touched: Mapping[Item, int], map_: Map) -> Revs:
    """Say which revisions hold after changes that led to *map_*.

    *touched* has the last revision that touched each item, removed ones included.
    """
    there = set(_present(map_, touched))
    after = revs.copy()
    for item, rev in touched.items():
        if item in there:
            after[item] = rev
        else:
            after.pop(item, None)
    return after


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
