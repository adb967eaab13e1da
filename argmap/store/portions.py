"""The first state of a map that was made whole, in portions.

Its history begins with that state, not with the operations that would build it: there
can be millions of those, and they are found again in it. A portion holds some items of
one kind, in their order, as zipped JSON; the first one holds the header.
"""

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import inf
from typing import Any, Final

from msgspec import json
from sqlalchemy import Connection, bindparam, select

from argmap.model import Claim, Header, Map, Operation, Relation, Source, operations_of
from argmap.store.revs import Item, Revs
from argmap.store.tables import PORTION

ITEMS: Final = 2000
"""In a portion, and so in a transaction: others wait for it, a tenth of a second."""

# Three times as fast as zlib's default, for a tenth more bytes.
_LEVEL: Final = 1

_READ: Final[Mapping[str, Callable[[bytes], tuple[Any, ...]]]] = {
    "map": json.Decoder(tuple[Header, ...]).decode,
    "source": json.Decoder(tuple[Source, ...]).decode,
    "claim": json.Decoder(tuple[Claim, ...]).decode,
    "relation": json.Decoder(tuple[Relation, ...]).decode,
}
_OF_REVISION = (
    select(PORTION.c.kind, PORTION.c.packed)
    .where(PORTION.c.map_id == bindparam("map_id"))
    .where(PORTION.c.revision == bindparam("revision"))
    .order_by(PORTION.c.number)
)

Portion = tuple[str, Sequence[Any]]
"""A kind, and items of it."""


def cut(map_: Map) -> Iterator[Portion]:
    """Cut a map into portions: its header, then its items."""
    yield "map", (Header(**{n: getattr(map_, n) for n in Header.__struct_fields__}),)
    shelves: tuple[tuple[str, Iterable[Any]], ...] = (
        ("source", map_.sources.values()),
        ("claim", map_.claims.values()),
        ("relation", map_.relations.values()),
    )
    for kind, shelf in shelves:
        items = list(shelf)
        for start in range(0, len(items), ITEMS):
            yield kind, items[start : start + ITEMS]


def pack(items: Sequence[Any]) -> bytes:
    """Write the items of a portion."""
    return zlib.compress(json.encode(items), _LEVEL)


def read(
    connection: Connection, map_id: int, revision: int, most: float = inf
) -> Map | None:
    """Read the state that a map was made with at a revision, if it was made whole.

    Portions are read until they hold *most* items; what they refer to may not be there.
    """
    this = {"map_id": map_id, "revision": revision}
    shelves: dict[str, list[Any]] = {kind: [] for kind in _READ}
    with connection.execute(_OF_REVISION, this) as found:
        for kind, packed in found:
            shelves[kind] += _READ[kind](zlib.decompress(packed))
            if sum(map(len, shelves.values())) > most:
                break
    if not shelves["map"]:
        return None
    (header,) = shelves.pop("map")
    members = {name: getattr(header, name) for name in Header.__struct_fields__}
    members |= {f"{kind}s": {i.key: i for i in shelves[kind]} for kind in shelves}
    return Map(**members)


def operations(
    connection: Connection, map_id: int, revision: int, most: int | None = None
) -> tuple[tuple[Operation, ...], bool]:
    """List the operations that build what a map was made with, *most* of them.

    Returns:
        The operations, and whether these are all.
    """
    made = read(connection, map_id, revision, inf if most is None else most)
    found = operations_of(made) if made else ()
    return found[:most], most is None or len(found) <= most


def revs_of(map_: Map, revision: int) -> Revs:
    """Say that all of a map is of one revision."""
    revs: dict[Item, int] = {("map", map_.key): revision}
    for source in map_.sources.values():
        revs["source", source.key] = revision
        for passage in source.passages:
            revs["passage", f"{source.key}/{passage.key}"] = revision
    revs.update(dict.fromkeys((("claim", key) for key in map_.claims), revision))
    revs.update(dict.fromkeys((("relation", key) for key in map_.relations), revision))
    return Revs(revs)
