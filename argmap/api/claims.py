"""Claims of a map: sentences that someone can dispute."""

from litestar import Controller, Response, delete, get, patch, post, put
from litestar.params import JSONBody
from msgspec import UNSET, Struct, UnsetType, field

from argmap.api.answers import Page
from argmap.api.items import Items
from argmap.api.parameters import (
    At,
    Cascade,
    ClaimKey,
    Cursor,
    IfMatch,
    IfNoneMatch,
    Limit,
    MapKey,
    Once,
    Slug,
)
from argmap.api.requests import StrictRequest
from argmap.errors import DuplicateKey, InUse, InvalidMap
from argmap.model import (
    ClaimKind,
    Count,
    Data,
    Name,
    PassageReference,
    Text,
    UnitInterval,
)


class ClaimIn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A claim to be. Without a key it gets one made of its text."""

    key: Slug | UnsetType = UNSET
    text: Text
    wordings: tuple[Text, ...] = ()
    kind: ClaimKind = "claim"
    base_score: UnitInterval | None = None
    speaker: Name | None = None
    tags: tuple[Name, ...] = ()
    implicit: bool = False
    passages: tuple[PassageReference, ...] = ()
    data: Data = field(default_factory=dict)


class ClaimOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A claim. ``rev`` 4 means that its ETag is ``"r4"``."""

    key: Slug
    rev: Count
    text: Text
    wordings: tuple[Text, ...]
    kind: ClaimKind
    base_score: UnitInterval | None
    speaker: Name | None
    tags: tuple[Name, ...]
    implicit: bool
    passages: tuple[PassageReference, ...]
    data: Data


class ClaimPatch(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Members to change; one that is left out keeps its value, null clears."""

    text: Text | UnsetType = UNSET
    wordings: tuple[Text, ...] | UnsetType = UNSET
    kind: ClaimKind | UnsetType = UNSET
    base_score: UnitInterval | UnsetType | None = UNSET
    speaker: Name | UnsetType | None = UNSET
    tags: tuple[Name, ...] | UnsetType = UNSET
    implicit: bool | UnsetType = UNSET
    passages: tuple[PassageReference, ...] | UnsetType = UNSET
    data: Data | UnsetType = UNSET


class ClaimController(Controller):
    """The claims of a map, in its order."""

    path = "/maps/{map:str}/claims"
    tags = ("claims",)

    @get(operation_id="listClaims")
    async def page(
        self,
        request: StrictRequest,
        map_key: MapKey,
        cursor: Cursor = None,
        limit: Limit = 50,
        at: At = None,
    ) -> Response[Page[ClaimOut]]:
        """List the claims of a map, in its order."""
        return await _claims(request, map_key).page(cursor, limit, at)

    @post(operation_id="addClaim", errors=(InvalidMap, DuplicateKey))
    async def add(
        self,
        request: StrictRequest,
        map_key: MapKey,
        data: JSONBody[ClaimIn],
        once: Once = None,
    ) -> Response[ClaimOut]:
        """Add a claim at the end of the map."""
        return await _claims(request, map_key).add(data, once)

    @get("/{claim:str}", operation_id="readClaim")
    async def read(
        self,
        request: StrictRequest,
        map_key: MapKey,
        claim_key: ClaimKey,
        at: At = None,
        if_none_match: IfNoneMatch = None,
    ) -> Response[ClaimOut]:
        """Give one claim."""
        return await _claims(request, map_key).read(claim_key, at, if_none_match)

    @put(
        "/{claim:str}",
        operation_id="putClaim",
        errors=(InvalidMap,),
        statuses=(200, 201),
    )
    async def replace(
        self,
        request: StrictRequest,
        map_key: MapKey,
        claim_key: ClaimKey,
        data: JSONBody[ClaimIn],
        if_match: IfMatch = None,
    ) -> Response[ClaimOut]:
        """Create a claim, or replace it; members left out get their defaults.

        What equals the claim that is there changes nothing and needs no If-Match.
        """
        return await _claims(request, map_key).put(claim_key, data, if_match)

    @patch("/{claim:str}", operation_id="patchClaim", errors=(InvalidMap,))
    async def change(
        self,
        request: StrictRequest,
        map_key: MapKey,
        claim_key: ClaimKey,
        data: JSONBody[ClaimPatch],
        if_match: IfMatch = None,
    ) -> Response[ClaimOut]:
        """Change some members of a claim."""
        return await _claims(request, map_key).patch(claim_key, data, if_match)

    @delete("/{claim:str}", operation_id="removeClaim", errors=(InUse,))
    async def remove(
        self,
        request: StrictRequest,
        map_key: MapKey,
        claim_key: ClaimKey,
        cascade: Cascade = False,
        if_match: IfMatch = None,
    ) -> Response[None]:
        """Remove a claim; where relations use it, only with ``cascade``."""
        return await _claims(request, map_key).remove(claim_key, cascade, if_match)


def _claims(request: StrictRequest, map: str) -> Items[ClaimOut]:
    return Items(request, "claim", ClaimOut, map)
