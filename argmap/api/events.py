"""What becomes of a map, told as it happens: server-sent events."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated, Any, Final

import msgspec
from litestar import Controller, Response, get
from litestar.params import HeaderParameter, QueryParameter
from litestar.response import Stream
from msgspec import Struct

from argmap.api import answers
from argmap.api.callers import listening_party
from argmap.api.front import is_head
from argmap.api.parameters import NEWEST, MapKey
from argmap.api.reply import Reply
from argmap.api.requests import StrictRequest
from argmap.errors import Unavailable
from argmap.model import Count
from argmap.service import events
from argmap.service.events import Deleted, Event, Items, Revised

MEDIA_TYPE: Final = "text/event-stream"
RETRY: Final = 2000
"""Milliseconds after which a client comes back, which browsers do by themselves."""

Since = Annotated[
    int | None,
    QueryParameter(
        name="since",
        ge=0,
        le=NEWEST,
        description="Begin with what came after this revision; without it, with what "
        "comes from now on.",
    ),
]
LastEventId = Annotated[
    str | None,
    HeaderParameter(
        name="Last-Event-ID",
        pattern="^[0-9]{1,15}$",
        description="The same, as a browser says it that comes back: this counts.",
    ),
]


class ItemsOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Keys of items; a passage's has that of its source before it."""

    sources: tuple[str, ...]
    passages: tuple[str, ...]
    claims: tuple[str, ...]
    relations: tuple[str, ...]


class RevisedOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The event ``revision``: a map is at another revision, which is the event's id.

    ``changed`` are the items that are new or others than they were, ``removed`` those
    that are gone; with ``header`` the map's title, targets and so on may be others. Of
    more than a thousand items not all are listed: then ``is_whole`` is false, and it is
    best to read the map again. ``is_first`` says that the map is a new one: whatever
    there was under its key is gone.
    """

    revision: Count
    author: str | None
    at: datetime
    message: str
    is_first: bool
    is_whole: bool
    header: bool
    changed: ItemsOut
    removed: ItemsOut


class DeletedOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The event ``deleted``, after which the stream ends: the map is gone.

    ``revision`` is the last one that was told of.
    """

    map: str
    revision: Count


class EventController(Controller):
    """What becomes of a map, as it happens."""

    path = "/maps/{map:str}/events"
    tags = ("changes",)

    @get(
        operation_id="listenToMap",
        media_type=MEDIA_TYPE,
        events={"revision": RevisedOut, "deleted": DeletedOut},
        errors=(Unavailable,),
    )
    async def listen(
        self,
        request: StrictRequest,
        map_key: MapKey,
        since: Since = None,
        last_event_id: LastEventId = None,
    ) -> Response[Any]:
        """Tell of each new revision of a map, once and in order, as server-sent events.

        The event `revision` has as its id the revision, so whoever comes back with the
        last id has missed nothing. The event `deleted` says that the map is gone, and
        is the last. A stream also ends when the server stops. Comments in between say
        that it is alive. Each event's data is one JSON object.
        """
        place = since if last_event_id is None else int(last_event_id)
        party = listening_party(request)
        stream = await events.listen(request.desk, map_key, place, party)
        headers = {
            answers.REVISION: str(stream.newest),
            "Cache-Control": "no-store",
            "X-Accel-Buffering": "no",  # nginx would keep events until there are many
        }
        if is_head(request):
            return Reply(content=b"", headers=headers, media_type=MEDIA_TYPE)
        return Stream(_told(stream), headers=headers, media_type=MEDIA_TYPE)


async def _told(stream: events.Stream) -> AsyncIterator[bytes]:
    # An id without data is no event: it tells the client its place from the start.
    yield b"retry: %d\nid: %d\n\n" % (RETRY, stream.place)
    async for event in stream.events():
        yield _line(event)


def _line(event: Event) -> bytes:
    match event:
        case Revised():
            out = answers.show(
                RevisedOut,
                event,
                changed=_items(event.changed),
                removed=_items(event.removed),
            )
            data = msgspec.json.encode(out)
            return b"id: %d\nevent: revision\ndata: %b\n\n" % (event.revision, data)
        case Deleted():
            data = msgspec.json.encode(answers.show(DeletedOut, event))
            return b"event: deleted\ndata: %b\n\n" % data
        case _:
            return b": alive\n\n"


def _items(items: Items) -> ItemsOut:
    return answers.show(ItemsOut, items)
