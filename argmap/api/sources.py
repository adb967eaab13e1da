"""Sources of a map: documents that claims rest on."""

from typing import Annotated

from litestar import Controller, Response, delete, get, patch, post, put
from litestar.params import JSONBody
from msgspec import UNSET, Meta, Struct, UnsetType, field

from argmap.api.answers import Page
from argmap.api.items import Items
from argmap.api.parameters import (
    At,
    Cascade,
    Cursor,
    Expand,
    Fields,
    IfAbsent,
    IfMatch,
    IfNoneMatch,
    Limit,
    MapKey,
    Once,
    Slug,
    SourceKey,
)
from argmap.api.requests import StrictRequest
from argmap.errors import DuplicateKey, InUse, InvalidMap
from argmap.model import (
    Author,
    Count,
    Data,
    Day,
    Digest,
    Name,
    Text,
    UnitInterval,
)

FullText = Annotated[
    str,
    Meta(
        max_length=10_000_000, description="The whole text; it is not shown again here."
    ),
]


class SourceIn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A source to be. Its passages have paths of their own.

    A text that is sent has to be that of ``sha256``, if that is sent too; a PUT without
    ``text`` leaves the text as it is.
    """

    key: Slug | UnsetType = UNSET
    title: Text
    authors: tuple[Author, ...] = ()
    publisher: Text | None = None
    published_on: Day | None = None
    accessed_on: Day | None = None
    url: Text | None = None
    language: Name | None = None
    credibility: UnitInterval | None = None
    sha256: Digest | None = None
    length: Count | None = None
    text: FullText | UnsetType | None = UNSET
    data: Data = field(default_factory=dict)


class SourceOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A source. ``rev`` 4 means that its ETag is ``"r4"``.

    Its passages are part of it: a new one, or one changed or removed, counts as well.
    """

    key: Slug
    rev: Count
    title: Text
    authors: tuple[Author, ...]
    publisher: Text | None
    published_on: Day | None
    accessed_on: Day | None
    url: Text | None
    language: Name | None
    credibility: UnitInterval | None
    sha256: Digest | None
    length: Count | None
    data: Data


class SourcePatch(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Members to change; one that is left out keeps its value, null clears."""

    title: Text | UnsetType = UNSET
    authors: tuple[Author, ...] | UnsetType = UNSET
    publisher: Text | UnsetType | None = UNSET
    published_on: Day | UnsetType | None = UNSET
    accessed_on: Day | UnsetType | None = UNSET
    url: Text | UnsetType | None = UNSET
    language: Name | UnsetType | None = UNSET
    credibility: UnitInterval | UnsetType | None = UNSET
    sha256: Digest | UnsetType | None = UNSET
    length: Count | UnsetType | None = UNSET
    text: FullText | UnsetType | None = UNSET
    data: Data | UnsetType = UNSET


class SourceController(Controller):
    """The sources of a map, in its order."""

    path = "/maps/{map:str}/sources"
    tags = ("sources",)

    @get(operation_id="listSources")
    async def page(
        self,
        request: StrictRequest,
        map_key: MapKey,
        cursor: Cursor = None,
        limit: Limit = 50,
        at: At = None,
        fields: Fields = None,
        expand: Expand = None,
    ) -> Response[Page[SourceOut]]:
        """List the sources of a map, in its order."""
        return await _sources(request, map_key).page(
            cursor=cursor, limit=limit, at=at, fields=fields, expand=expand
        )

    @post(operation_id="addSource", errors=(InvalidMap, DuplicateKey))
    async def add(
        self,
        request: StrictRequest,
        map_key: MapKey,
        data: JSONBody[SourceIn],
        once: Once = None,
    ) -> Response[SourceOut]:
        """Add a source at the end of the map."""
        return await _sources(request, map_key).add(data, once)

    @get("/{source:str}", operation_id="readSource")
    async def read(
        self,
        request: StrictRequest,
        map_key: MapKey,
        source_key: SourceKey,
        at: At = None,
        if_none_match: IfNoneMatch = None,
        fields: Fields = None,
    ) -> Response[SourceOut]:
        """Give one source."""
        return await _sources(request, map_key).read(
            source_key, at, if_none_match, fields
        )

    @put(
        "/{source:str}",
        operation_id="putSource",
        errors=(InvalidMap,),
        statuses=(200, 201),
    )
    async def replace(
        self,
        request: StrictRequest,
        map_key: MapKey,
        source_key: SourceKey,
        data: JSONBody[SourceIn],
        if_match: IfMatch = None,
        absent: IfAbsent = None,
    ) -> Response[SourceOut]:
        """Create a source, or replace it; members left out get their defaults.

        What equals the source that is there changes nothing, with any If-Match or none.
        """
        return await _sources(request, map_key).put(source_key, data, if_match, absent)

    @patch("/{source:str}", operation_id="patchSource", errors=(InvalidMap,))
    async def change(
        self,
        request: StrictRequest,
        map_key: MapKey,
        source_key: SourceKey,
        data: JSONBody[SourcePatch],
        if_match: IfMatch = None,
    ) -> Response[SourceOut]:
        """Change some members of a source."""
        return await _sources(request, map_key).patch(source_key, data, if_match)

    @delete("/{source:str}", operation_id="removeSource", errors=(InUse,))
    async def remove(
        self,
        request: StrictRequest,
        map_key: MapKey,
        source_key: SourceKey,
        cascade: Cascade = False,
        if_match: IfMatch = None,
    ) -> Response[None]:
        """Remove a source; where its passages are used, only with ``cascade``."""
        return await _sources(request, map_key).remove(source_key, cascade, if_match)


def _sources(request: StrictRequest, map: str) -> Items[SourceOut]:
    return Items(request, "source", SourceOut, map)
