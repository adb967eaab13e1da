"""Passages of a source: the places that claims and relations rest on."""

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
    IfMatch,
    IfNoneMatch,
    Limit,
    MapKey,
    Once,
    PassageKey,
    Slug,
    SourceKey,
)
from argmap.api.requests import StrictRequest
from argmap.errors import DuplicateKey, InUse, InvalidMap
from argmap.model import Count, Data, Digest, Span

Spans = Annotated[tuple[Span, ...], Meta(min_length=1, max_length=1000)]


class PassageIn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A passage to be. ``sha256`` is that of the spans' texts, joined by U+0000."""

    key: Slug | UnsetType = UNSET
    spans: Spans
    sha256: Digest | None = None
    paragraph: Count | None = None
    page: Count | None = None
    data: Data = field(default_factory=dict)


class PassageOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A passage. ``rev`` 4 means that its ETag is ``"r4"``."""

    key: Slug
    rev: Count
    spans: Spans
    sha256: Digest | None
    paragraph: Count | None
    page: Count | None
    data: Data


class PassagePatch(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Members to change; one that is left out keeps its value, null clears."""

    spans: Spans | UnsetType = UNSET
    sha256: Digest | UnsetType | None = UNSET
    paragraph: Count | UnsetType | None = UNSET
    page: Count | UnsetType | None = UNSET
    data: Data | UnsetType = UNSET


class PassageController(Controller):
    """The passages of a source, in its order."""

    path = "/maps/{map:str}/sources/{source:str}/passages"
    tags = ("passages",)

    @get(operation_id="listPassages")
    async def page(
        self,
        request: StrictRequest,
        map_key: MapKey,
        source_key: SourceKey,
        cursor: Cursor = None,
        limit: Limit = 50,
        at: At = None,
        fields: Fields = None,
        expand: Expand = None,
    ) -> Response[Page[PassageOut]]:
        """List the passages of a source, in its order."""
        return await _passages(request, map_key, source_key).page(
            cursor=cursor, limit=limit, at=at, fields=fields, expand=expand
        )

    @post(operation_id="addPassage", errors=(InvalidMap, DuplicateKey))
    async def add(
        self,
        request: StrictRequest,
        map_key: MapKey,
        source_key: SourceKey,
        data: JSONBody[PassageIn],
        once: Once = None,
    ) -> Response[PassageOut]:
        """Add a passage at the end of its source."""
        return await _passages(request, map_key, source_key).add(data, once)

    @get("/{passage:str}", operation_id="readPassage")
    async def read(
        self,
        request: StrictRequest,
        map_key: MapKey,
        source_key: SourceKey,
        passage_key: PassageKey,
        at: At = None,
        if_none_match: IfNoneMatch = None,
        fields: Fields = None,
    ) -> Response[PassageOut]:
        """Give one passage."""
        return await _passages(request, map_key, source_key).read(
            passage_key, at, if_none_match, fields
        )

    @put(
        "/{passage:str}",
        operation_id="putPassage",
        errors=(InvalidMap,),
        statuses=(200, 201),
    )
    async def replace(
        self,
        request: StrictRequest,
        map_key: MapKey,
        source_key: SourceKey,
        passage_key: PassageKey,
        data: JSONBody[PassageIn],
        if_match: IfMatch = None,
    ) -> Response[PassageOut]:
        """Create a passage, or replace it; members left out get their defaults.

        What equals the passage that is there changes nothing and needs no If-Match.
        """
        return await _passages(request, map_key, source_key).put(
            passage_key, data, if_match
        )

    @patch("/{passage:str}", operation_id="patchPassage", errors=(InvalidMap,))
    async def change(
        self,
        request: StrictRequest,
        map_key: MapKey,
        source_key: SourceKey,
        passage_key: PassageKey,
        data: JSONBody[PassagePatch],
        if_match: IfMatch = None,
    ) -> Response[PassageOut]:
        """Change some members of a passage."""
        return await _passages(request, map_key, source_key).patch(
            passage_key, data, if_match
        )

    @delete("/{passage:str}", operation_id="removePassage", errors=(InUse,))
    async def remove(
        self,
        request: StrictRequest,
        map_key: MapKey,
        source_key: SourceKey,
        passage_key: PassageKey,
        cascade: Cascade = False,
        if_match: IfMatch = None,
    ) -> Response[None]:
        """Remove a passage; where something rests on it, only with ``cascade``."""
        return await _passages(request, map_key, source_key).remove(
            passage_key, cascade, if_match
        )


def _passages(request: StrictRequest, map: str, source: str) -> Items[PassageOut]:
    return Items(request, "passage", PassageOut, map, source)
