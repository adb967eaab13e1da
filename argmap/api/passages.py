"""Passages of a source: the places that claims and relations rest on."""

from typing import Annotated, TypeVar

from litestar import Controller, Response, delete, get, patch, post, put
from litestar.params import JSONBody
from msgspec import UNSET, Meta, Struct, UnsetType, field
from msgspec.structs import replace

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
    PassageKey,
    Slug,
    SourceKey,
)
from argmap.api.requests import StrictRequest
from argmap.errors import DuplicateKey, InUse, InvalidMap, PassageMismatch, WrongExact
from argmap.model import Count, Data, Digest, Span
from argmap.service import anchors

Spans = Annotated[tuple[Span, ...], Meta(min_length=1, max_length=1000)]

Words = Annotated[str, Meta(min_length=1, max_length=100_000)]
Exact = Words | Annotated[tuple[Words, ...], Meta(min_length=1, max_length=1000)]


class PassageIn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A passage to be. ``sha256`` is that of the spans' texts, joined by U+0000.

    ``exact`` says it in words: one text, or one for each span. They have to be those in
    the source's text; if that has none, they are hashed as they are.
    """

    key: Slug | UnsetType = UNSET
    spans: Spans
    exact: Exact | UnsetType = UNSET
    sha256: Digest | None = None
    paragraph: Count | None = None
    page: Count | None = None
    data: Data = field(default_factory=dict)


class PassageOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A passage. ``rev`` 4 means that its ETag is ``"r4"``.

    ``orphaned``: the source has another text now, in which its words have no place that
    is certain; the spans are those in an earlier text, until others are given.
    """

    key: Slug
    rev: Count
    spans: Spans
    sha256: Digest | None
    paragraph: Count | None
    page: Count | None
    orphaned: bool
    data: Data


class PassagePatch(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Members to change; one that is left out keeps its value, null clears."""

    spans: Spans | UnsetType = UNSET
    exact: Exact | UnsetType = UNSET
    sha256: Digest | UnsetType | None = UNSET
    paragraph: Count | UnsetType | None = UNSET
    page: Count | UnsetType | None = UNSET
    data: Data | UnsetType = UNSET


Body = TypeVar("Body", PassageIn, PassagePatch)


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

    @post(operation_id="addPassage", errors=(InvalidMap, DuplicateKey, WrongExact))
    async def add(
        self,
        request: StrictRequest,
        map_key: MapKey,
        source_key: SourceKey,
        data: JSONBody[PassageIn],
        once: Once = None,
    ) -> Response[PassageOut]:
        """Add a passage at the end of its source."""
        data = await _hashed(request, map_key, source_key, data)
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
        errors=(InvalidMap, WrongExact),
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
        absent: IfAbsent = None,
    ) -> Response[PassageOut]:
        """Create a passage, or replace it; members left out get their defaults.

        What equals the passage that is there changes nothing, with any If-Match or
        none.
        """
        data = await _hashed(request, map_key, source_key, data)
        return await _passages(request, map_key, source_key).put(
            passage_key, data, if_match, absent
        )

    @patch(
        "/{passage:str}", operation_id="patchPassage", errors=(InvalidMap, WrongExact)
    )
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
        data = await _hashed(request, map_key, source_key, data, passage_key)
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


async def _hashed(
    request: StrictRequest,
    map: str,
    source: str,
    data: Body,
    passage: str = "",
) -> Body:
    """Put the hash of the words that a passage is said to have in their place."""
    if isinstance(data.exact, UnsetType):
        return data
    sha256 = await anchors.hash_exact(
        request.desk,
        map,
        source,
        data.exact,
        spans=None if isinstance(data.spans, UnsetType) else data.spans,
        passage=passage,
    )
    if data.sha256 not in (UNSET, None, sha256):
        detail = f"the sha256 of the exact words is {sha256}; send one of the two"
        raise InvalidMap([PassageMismatch(detail, "/sha256")])
    return replace(data, exact=UNSET, sha256=sha256)
