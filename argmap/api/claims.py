"""Claims of a map: sentences that someone can dispute."""

from typing import Annotated

from litestar import Controller, Response, delete, get, patch, post, put
from litestar.params import JSONBody, QueryParameter
from msgspec import UNSET, Struct, UnsetType, field

from argmap.api.answers import Page
from argmap.api.evaluations import OPTION, PARAMETER, chosen
from argmap.api.items import Items
from argmap.api.parameters import (
    SLUG,
    At,
    Cascade,
    ClaimKey,
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
)
from argmap.api.requests import StrictRequest
from argmap.errors import (
    DuplicateKey,
    InUse,
    InvalidMap,
    InvalidParameters,
    PluginFault,
    TooSlow,
)
from argmap.model import (
    ClaimKind,
    Count,
    Data,
    Name,
    PassageReference,
    Text,
    UnitInterval,
)
from argmap.model.words import LONGEST
from argmap.plugin import Verdict
from argmap.service.listing import Sort, claims_that

Saying = Annotated[
    str | None,
    QueryParameter(
        name="q",
        max_length=LONGEST,
        description="That have these words in any of their wordings: see `/search`.",
    ),
]
OfKind = Annotated[
    ClaimKind | None, QueryParameter(name="kind", description="Claims of this kind.")
]
Tagged = Annotated[
    str | None, QueryParameter(name="tag", max_length=500, description="With this tag.")
]
SaidBy = Annotated[
    str | None,
    QueryParameter(name="speaker", max_length=500, description="Of this speaker."),
]
RestingOn = Annotated[
    str | None,
    QueryParameter(
        name="source",
        pattern=SLUG,
        description="That rest on a passage of this source, in whatever way.",
    ),
]
Under = Annotated[
    str | None,
    QueryParameter(
        name="rule", max_length=64, description="Also say what this rule makes of them."
    ),
]
By = Annotated[
    Sort,
    QueryParameter(
        name="sort",
        description=(
            "`-strength`: the strongest first under the rule, or the server's default "
            "one; `strength`: the weakest first."
        ),
    ),
]


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
    """A claim. ``rev`` 4 means that its ETag is ``"r4"``.

    A list under a rule has what that makes of it: strength, rank and verdict.
    """

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
    strength: float | UnsetType = UNSET
    rank: int | UnsetType = UNSET
    verdict: Verdict | UnsetType | None = UNSET


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

    @get(
        operation_id="listClaims",
        errors=(InvalidParameters, PluginFault, TooSlow),
        open_query=(PARAMETER, OPTION),
    )
    async def page(
        self,
        request: StrictRequest,
        map_key: MapKey,
        words: Saying = None,
        kind: OfKind = None,
        tag: Tagged = None,
        speaker: SaidBy = None,
        source: RestingOn = None,
        rule: Under = None,
        sort: By = "map",
        cursor: Cursor = None,
        limit: Limit = 50,
        at: At = None,
        fields: Fields = None,
        expand: Expand = None,
    ) -> Response[Page[ClaimOut]]:
        """List the claims of a map, in its order or by strength.

        Several conditions have to hold together. Under a ``rule`` each claim has its
        strength, rank and verdict; parameters and options are sent as for evaluations.
        """
        asked = None
        if rule is not None or sort != "map":
            asked = chosen(request, rule)
        return await _claims(request, map_key).page(
            conditions=claims_that(
                words=words, kind=kind, tag=tag, speaker=speaker, source=source
            ),
            asked=asked,
            sort=sort,
            cursor=cursor,
            limit=limit,
            at=at,
            fields=fields,
            expand=expand,
        )

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
        fields: Fields = None,
    ) -> Response[ClaimOut]:
        """Give one claim."""
        return await _claims(request, map_key).read(
            claim_key, at, if_none_match, fields
        )

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
        absent: IfAbsent = None,
    ) -> Response[ClaimOut]:
        """Create a claim, or replace it; members left out get their defaults.

        What equals the claim that is there changes nothing, with any If-Match or none.
        """
        return await _claims(request, map_key).put(claim_key, data, if_match, absent)

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
