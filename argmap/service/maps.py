"""Maps as such: their headers, and making and deleting whole maps."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from argmap.errors import (
    AlreadyExists,
    Exists,
    Malformed,
    NotFound,
    PreconditionRequired,
    Stale,
)
from argmap.model import Operation, Replace, apply
from argmap.model.words import Query, folded, query
from argmap.service import items, pages
from argmap.service.desk import Desk
from argmap.service.items import Address, Tags, Values
from argmap.service.naming import names
from argmap.store import Committed, MapHeader, Snapshot, Write

LOOKED_THROUGH: Final = 2000
"""Maps whose words are looked at for one page."""


class Maps(Struct, frozen=True, kw_only=True):
    """Headers of maps in the order of their keys, and where to go on.

    ``count`` says how many maps there are, if that was asked.
    """

    items: tuple[MapHeader, ...]
    next: str | None
    count: int | None = None


class Kept(Struct, frozen=True, kw_only=True):
    """A map after a write of its header."""

    snapshot: Snapshot
    is_new: bool = False


async def page(
    desk: Desk,
    cursor: str | None,
    limit: int,
    *,
    count: bool = False,
    words: str | None = None,
) -> Maps:
    """List the headers of all maps, and *count* the maps if that is wanted.

    With *words*, as `argmap.model.words` has it, those maps whose title or description
    has them: of `LOOKED_THROUGH` maps at a time, so that a page may be short, or empty,
    and yet have a ``next``.

    Raises:
        Malformed: *cursor* is none of this list.
    """
    after = pages.after("maps", cursor, "")
    most = limit if words is None else LOOKED_THROUGH
    found = await desk.run(desk.store.list_maps, after or None, most + 1)
    if words is None:
        shown, last = tuple(found[:limit]), found[limit - 1 : limit]
    else:
        kept = await desk.work(_with, query(words), found[:most])
        shown = tuple(kept[:limit])
        last = kept[limit - 1 : limit] if len(kept) > limit else found[most - 1 : most]
    more = bool(last) and last[0].key != found[-1].key
    return Maps(
        items=shown,
        next=pages.cursor("maps", last[0].key) if more else None,
        count=await desk.run(desk.store.count_maps) if count else None,
    )


def _with(asked: Query, headers: Sequence[MapHeader]) -> list[MapHeader]:
    return [
        each
        for each in headers
        if asked.matches(map(folded, (each.title, each.description)))
    ]


async def create(desk: Desk, values: Values) -> Kept:
    """Make a map without items. Without a key in *values* it gets one from its title.

    Raises:
        AlreadyExists: There is a map of that key.
        InvalidMap: The header is wrong; pointers are into it.
    """
    if "key" in values:
        return await _create(desk, values["key"], values)
    title, is_taken = values.get("title", ""), desk.store.door.has_map
    tries = names(title, is_taken, fallback="map")
    while True:
        key = await desk.run(tries.__next__)
        with suppress(AlreadyExists):
            return await _create(desk, key, values)


async def fork(desk: Desk, of: str, values: Values) -> Kept:
    """Make a map with all that is in another, as of a revision of it.

    Its history begins with its own first revision, and its free data say as
    ``forked_from`` which map and revision it was made of.

    Args:
        desk: Where the map is.
        of: The key of the map that is copied.
        values: ``at``, the revision of that, ``key`` and ``title`` of the new map; a
            key that is left out is made of the title, or of the other map's key.

    Raises:
        AlreadyExists: There is a map of that key.
        NotFound: There is no such map or revision to copy.
    """
    snapshot = await desk.snapshot(of, values.get("at"))
    revision = snapshot.revision
    header: dict[str, Any] = {
        "data": {**snapshot.map.data, "forked_from": {"map": of, "revision": revision}},
        "title": values.get("title", snapshot.map.title),
    }
    with items.own_pointers():
        copy = await desk.work(apply, snapshot.map, [Replace(map=of, set=header)])
    tries = names(values.get("title") or of, desk.store.door.has_map, fallback=of)
    while True:
        key = values["key"] if "key" in values else await desk.run(tries.__next__)
        write = Write(
            map=key,
            content=replace(copy, key=key),
            message=f"fork of {of} at revision {revision}",
            create=True,
        )
        try:
            return await desk.write(write, _made)
        except AlreadyExists:
            if "key" in values:
                raise


async def put(
    desk: Desk, key: str, values: Values, tags: Tags, *, only_new: bool = False
) -> Kept:
    """Create a map, or give its header new values; those left out the defaults.

    A header that is there already, member for member, stays whatever the tags: who had
    no answer may send the same again.

    Raises:
        Exists: There is such a map with another header, and *only_new* ones are wanted.
        Malformed: *values* have another key.
        PreconditionRequired: Another header is there, and there are no tags.
        Stale: Another header is there, and none of the tags holds.
    """
    if values.get("key", key) != key:
        detail = f"the body's key is {values['key']!r}, the path's {key!r}"
        raise Malformed(f"{detail}; send one of them, or both alike", "/key")
    try:
        snapshot = await desk.snapshot(key)
    except NotFound:
        if tags is not None:
            raise
    else:
        return await _put(desk, snapshot, values, tags, only_new=only_new)
    try:
        return await _create(desk, key, values)
    except AlreadyExists:  # somebody has just been faster
        snapshot = await desk.snapshot(key)  # unless this caller may not see it
        return await _put(desk, snapshot, values, tags, only_new=only_new)


async def patch(desk: Desk, key: str, values: Values, tags: Tags) -> Kept:
    """Give some members of a map's header new values.

    Raises:
        NotFound: There is no such map.
        PreconditionRequired: There are no tags.
        Stale: None of the tags holds.
    """
    snapshot = await desk.snapshot(key)
    if tags is None:
        raise PreconditionRequired("map", key)
    return await _replace(desk, snapshot, values, tags)


async def delete(desk: Desk, key: str, tags: Tags) -> None:
    """Delete a map with all that is in it, its history too.

    Tags are of the whole map's revision: the header's would let the work of others go.

    Raises:
        NotFound: There is no such map.
        PreconditionRequired: There are no tags.
        Stale: None of the tags holds.
    """
    snapshot = await desk.snapshot(key)
    if tags is None:
        raise PreconditionRequired("map", key, revision=snapshot.revision)
    await desk.delete(key, items.condition(tags, snapshot.revision))


async def _create(desk: Desk, key: str, values: Values) -> Kept:
    operation = items.replacement(_address(key), _header(values), None)
    return await _write(desk, key, operation, values, create=True)


async def _put(
    desk: Desk, snapshot: Snapshot, values: Values, tags: Tags, *, only_new: bool
) -> Kept:
    key = snapshot.map.key
    if only_new:
        if not await _is_there(desk, snapshot, values):
            raise Exists("map", key) from None
        return Kept(snapshot=snapshot)
    try:
        return await _replace(desk, snapshot, values, tags)
    except Stale:
        now = await desk.snapshot(key)
        if not await _is_there(desk, now, values):
            raise
        return Kept(snapshot=now)


async def _is_there(desk: Desk, snapshot: Snapshot, values: Values) -> bool:
    operation = items.replacement(_address(snapshot.map.key), _header(values), None)
    is_there = await items.is_there(desk, snapshot, operation)
    return is_there and _is_shown(snapshot, values)


def _is_shown(snapshot: Snapshot, values: Values) -> bool:
    return bool(values.get("visibility", snapshot.visibility) == snapshot.visibility)


async def _replace(desk: Desk, snapshot: Snapshot, values: Values, tags: Tags) -> Kept:
    key = snapshot.map.key
    rev = snapshot.revs[("map", key)]
    condition = None if tags is None else items.condition(tags, rev)
    operation = items.replacement(_address(key), _header(values), condition)
    if condition is None:
        is_other = await items.would_change(desk, snapshot, operation)
        if is_other or not _is_shown(snapshot, values):
            raise PreconditionRequired("map", key)
        return Kept(snapshot=snapshot)
    return await _write(desk, key, operation, values, create=False)


async def _write(
    desk: Desk, key: str, operation: Operation, values: Values, *, create: bool
) -> Kept:
    write = Write(
        map=key,
        operations=(operation,),
        create=create,
        visibility=values.get("visibility"),
    )
    with items.own_pointers():
        return await desk.write(
            write, lambda done: Kept(snapshot=done.snapshot, is_new=create)
        )


def _made(done: Committed) -> Kept:
    return Kept(snapshot=done.snapshot, is_new=True)


def _address(key: str) -> Address:
    return Address(map=key, kind="map", key=key)


def _header(values: Values) -> Values:
    """Leave out what is no part of the history."""
    return {name: value for name, value in values.items() if name != "visibility"}
