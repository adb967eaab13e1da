"""Maps: their headers. What is in a map has paths below its own."""

from datetime import datetime
from functools import partial
from typing import Annotated

from litestar import Controller, Response, delete, get, patch, post, put
from litestar.params import JSONBody, QueryParameter
from msgspec import UNSET, Meta, Struct, UnsetType, field

from argmap.api import answers
from argmap.api.answers import Page
from argmap.api.jobs import Prefer, perhaps_later
from argmap.api.once import once
from argmap.api.parameters import (
    BASE,
    At,
    Cursor,
    Expand,
    Fields,
    IfAbsent,
    IfMatch,
    Limit,
    MapKey,
    Once,
    Slug,
)
from argmap.api.reply import Reply
from argmap.api.requests import StrictRequest
from argmap.errors import AlreadyExists, InvalidMap
from argmap.model import Count, Data, Name, Prose
from argmap.model.items import END
from argmap.model.words import LONGEST
from argmap.service import maps
from argmap.service.desk import Desk
from argmap.service.maps import Kept
from argmap.store import Snapshot, Visibility

Titled = Annotated[
    str | None,
    QueryParameter(
        name="q",
        max_length=LONGEST,
        description="With these words in title or description: see `/search`.",
    ),
]
Title = Annotated[str, Meta(max_length=500, pattern=rf"^{END}|[^\s\u0085]")]


class MapIn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A map to be. Without a key it gets one made of its title."""

    key: Slug | UnsetType = UNSET
    title: Title = ""
    description: Prose = ""
    language: Name | None = None
    targets: tuple[Slug, ...] = ()
    visibility: Visibility = "private"
    data: Data = field(default_factory=dict)


class MapOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A map's header.

    ``rev`` is the revision that last changed the header, and its ETag; ``revision`` the
    newest of the map. ``targets`` are the claims under debate.
    """

    key: Slug
    rev: Count
    revision: Count
    title: Title
    description: Prose
    language: Name | None
    targets: tuple[Slug, ...]
    visibility: Visibility
    data: Data
    created_at: datetime
    updated_at: datetime


class MapPatch(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Members to change; one that is left out keeps its value, null clears."""

    title: Title | UnsetType = UNSET
    description: Prose | UnsetType = UNSET
    language: Name | UnsetType | None = UNSET
    targets: tuple[Slug, ...] | UnsetType = UNSET
    visibility: Visibility | UnsetType = UNSET
    data: Data | UnsetType = UNSET


class ForkIn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The map to be. Without a key it gets one made of its title, or of the other's."""

    key: Slug | UnsetType = UNSET
    title: Title | UnsetType = UNSET
    at: Annotated[
        Count | UnsetType,
        Meta(description="The revision that is copied; without it, the newest."),
    ] = UNSET


class MapController(Controller):
    """The maps of this server."""

    path = "/maps"
    tags = ("maps",)

    @get(operation_id="listMaps")
    async def page(
        self,
        request: StrictRequest,
        cursor: Cursor = None,
        limit: Limit = 50,
        fields: Fields = None,
        expand: Expand = None,
        words: Titled = None,
    ) -> Response[Page[MapOut]]:
        """List the maps, in the order of their keys.

        A page of those with certain words may be short, and yet have a ``next``.
        """
        found = await maps.page(
            request.desk, cursor, limit, count=bool(expand), words=words
        )
        shown = (answers.show(MapOut, header) for header in found.items)
        return Reply(
            content=answers.page(shown, found.next, found.count, fields),
            headers=answers.link(request, found.next),
        )

    @post(operation_id="createMap", errors=(AlreadyExists, InvalidMap))
    async def create(
        self,
        request: StrictRequest,
        data: JSONBody[MapIn],
        key: Once = None,
    ) -> Response[MapOut]:
        """Make a map without claims."""

        async def act(desk: Desk) -> Kept:
            return await maps.create(desk, answers.values(data))

        return await once(request, key, act, partial(_written, request))

    @get("/{map:str}", operation_id="readMap")
    async def read(
        self,
        request: StrictRequest,
        map_key: MapKey,
        at: At = None,
        fields: Fields = None,
    ) -> Response[MapOut]:
        """Give a map's header."""
        snapshot = await request.desk.snapshot(map_key, at)
        shown = answers.sparse(_out(snapshot), fields)
        return Reply(content=shown, headers=_headers(snapshot))

    @put(
        "/{map:str}",
        operation_id="putMap",
        errors=(InvalidMap,),
        statuses=(200, 201),
        needs="maker",
    )
    async def replace(
        self,
        request: StrictRequest,
        map_key: MapKey,
        data: JSONBody[MapIn],
        if_match: IfMatch = None,
        absent: IfAbsent = None,
    ) -> Response[MapOut]:
        """Create a map, or replace its header; what is in the map stays.

        What equals the header that is there changes nothing, with any If-Match or none.
        """
        kept = await maps.put(
            request.desk,
            map_key,
            answers.values(data),
            answers.tags(if_match),
            only_new=absent is not None,
        )
        return _written(request, kept)

    @patch("/{map:str}", operation_id="patchMap", errors=(InvalidMap,))
    async def change(
        self,
        request: StrictRequest,
        map_key: MapKey,
        data: JSONBody[MapPatch],
        if_match: IfMatch = None,
    ) -> Response[MapOut]:
        """Change some members of a map's header."""
        kept = await maps.patch(
            request.desk, map_key, answers.values(data), answers.tags(if_match)
        )
        return _written(request, kept)

    @post(
        "/{map:str}/fork",
        operation_id="forkMap",
        errors=(AlreadyExists, InvalidMap),
        needs="reader",
    )
    async def fork(
        self,
        request: StrictRequest,
        map_key: MapKey,
        data: JSONBody[ForkIn],
        key: Once = None,
        prefer: Prefer = None,
    ) -> Response[MapOut]:
        """Make a map of one's own with all that is in another.

        Its history begins with its own first revision, and nobody else reads it yet.
        `data.forked_from` says which map and revision it was made of. A large map is
        best copied as a job.
        """

        async def act(desk: Desk) -> Kept:
            return await maps.fork(desk, map_key, answers.values(data))

        def show(kept: Kept) -> Response[MapOut]:
            answer = _written(request, kept)
            answer.set_header("Location", f"{BASE}/maps/{kept.snapshot.map.key}")
            return answer

        async def work() -> Response[MapOut]:
            return await once(request, key, act, show)

        return await perhaps_later(request, prefer, work)

    @delete("/{map:str}", operation_id="deleteMap", needs="owner")
    async def remove(
        self, request: StrictRequest, map_key: MapKey, if_match: IfMatch = None
    ) -> None:
        """Delete a map with everything in it, its history too.

        If-Match names the revision of the whole map, as Argmap-Revision does: `"r7"`
        for 7. The header's ETag will not do where something in the map came later. A
        new map of that key counts its revisions on from there, so that no old ETag and
        no place in its events fits what is new; whoever makes it can tell from that how
        many the old one had, and nothing else.
        """
        await maps.delete(request.desk, map_key, answers.tags(if_match))


def _written(request: StrictRequest, kept: Kept) -> Response[MapOut]:
    headers = _headers(kept.snapshot)
    if kept.is_new:
        headers["Location"] = answers.location(request, kept.snapshot.map.key)
    return Reply(
        content=_out(kept.snapshot),
        status_code=201 if kept.is_new else 200,
        headers=headers,
    )


def _headers(snapshot: Snapshot) -> dict[str, str]:
    rev = snapshot.revs[("map", snapshot.map.key)]
    return {"ETag": answers.tag(rev), answers.REVISION: str(snapshot.revision)}


def _out(snapshot: Snapshot) -> MapOut:
    return answers.show(
        MapOut,
        snapshot.map,
        rev=snapshot.revs[("map", snapshot.map.key)],
        revision=snapshot.revision,
        visibility=snapshot.visibility,
        created_at=snapshot.created_at,
        updated_at=snapshot.updated_at,
    )
