"""Passages of a source: the places that claims and relations rest on."""

from typing import Annotated

from litestar import Controller, Response, delete, get, patch, post, put
from litestar.params import JSONBody
from msgspec import UNSET, Meta, Struct, UnsetType, field

from argmap.api import answers
from argmap.api.answers import Page
from argmap.api.parameters import (
    At,
    Cascade,
    Cursor,
    IfMatch,
    IfNoneMatch,
    Limit,
    MapKey,
    PassageKey,
    Slug,
    SourceKey,
)
from argmap.api.requests import StrictRequest
from argmap.errors import DuplicateKey, InUse, InvalidMap
from argmap.model import Count, Data, Digest, Span
from argmap.service import items
from argmap.service.items import Address

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
    ) -> Response[Page[PassageOut]]:
        """List the passages of a source, in its order."""
        found = await items.page(
            request.desk,
            map_key,
            "passage",
            source=source_key,
            cursor=cursor,
            limit=limit,
            at=at,
        )
        return answers.page(PassageOut, found, request)

    @post(operation_id="addPassage", errors=(InvalidMap, DuplicateKey))
    async def add(
        self,
        request: StrictRequest,
        map_key: MapKey,
        source_key: SourceKey,
        data: JSONBody[PassageIn],
    ) -> Response[PassageOut]:
        """Add a passage at the end of its source."""
        stored = await items.add(
            request.desk, map_key, "passage", answers.values(data), source_key
        )
        return answers.written(PassageOut, stored, request)

    @get("/{passage:str}", operation_id="readPassage")
    async def read(
        self,
        request: StrictRequest,
        map_key: MapKey,
        source_key: SourceKey,
        passage_key: PassageKey,
        at: At = None,
        if_none_match: IfNoneMatch = None,
    ) -> Response[PassageOut]:
        """Give one passage."""
        snapshot = await request.desk.snapshot(map_key, at)
        stored = items.read(snapshot, _address(map_key, source_key, passage_key))
        return answers.one(PassageOut, stored, if_none_match)

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
        stored = await items.put(
            request.desk,
            _address(map_key, source_key, passage_key),
            answers.values(data),
            answers.tags(if_match),
        )
        return answers.written(PassageOut, stored, request)

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
        stored = await items.patch(
            request.desk,
            _address(map_key, source_key, passage_key),
            answers.values(data),
            answers.tags(if_match),
        )
        return answers.written(PassageOut, stored, request)

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
        revision = await items.remove(
            request.desk,
            _address(map_key, source_key, passage_key),
            answers.tags(if_match),
            cascade=cascade,
        )
        return answers.removed(revision)


def _address(map: str, source: str, key: str) -> Address:
    return Address(map=map, kind="passage", key=key, source=source)
