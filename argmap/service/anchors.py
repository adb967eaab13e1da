"""Sources' texts: taken in if they are the right ones; and where passages are now."""

from functools import partial

from argmap.errors import NotFound
from argmap.model.anchors import Anchor, anchors_of, check
from argmap.service import items
from argmap.service.desk import Desk
from argmap.service.items import ANY, Address, Stored, Tags


async def attach(
    desk: Desk, map: str, source: str, text: str, tags: Tags = (ANY,)
) -> Stored:
    """Give a source its text, if it is the right one to the last character.

    Raises:
        InvalidMap: The text holds what no text may hold, or is too long.
        NotFound: There is no such map or source.
        PreconditionRequired: There are no tags.
        Stale: None of the tags holds.
        WrongText: Its length or its sha256 is another, or a passage is not in place.
    """
    snapshot = await desk.snapshot(map)
    if source not in snapshot.map.sources:
        raise NotFound("source", source)
    await desk.run(check, snapshot.map.sources[source], text)
    address = Address(map=map, kind="source", key=source)
    return await items.patch(desk, address, {"text": text}, tags)


async def verify(
    desk: Desk,
    map: str,
    source: str | None = None,
    *,
    text: str | None = None,
    at: int | None = None,
) -> tuple[Anchor, ...]:
    """Say what became of the passages of a map, or of one source of it.

    *text* is another text of that one source; left out, it is the one that is stored.

    Raises:
        NotFound: There is no such map, revision or source.
    """
    snapshot = await desk.snapshot(map, at)
    return await desk.run(partial(anchors_of, snapshot.map, source, text))
