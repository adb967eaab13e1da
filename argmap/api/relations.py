"""Relations of a map: premises that support, rebut or undercut a target."""

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
    RelationKey,
    Slug,
)
from argmap.api.requests import StrictRequest
from argmap.errors import DuplicateKey, InUse, InvalidMap
from argmap.model import (
    Asks,
    Count,
    Data,
    PassageReference,
    RelationKind,
    Scheme,
    Target,
    UnitInterval,
)

Premises = Annotated[tuple[Slug, ...], Meta(min_length=1, max_length=1000)]


class RelationIn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A relation to be. Without a key it gets one made of its kind and premises."""

    key: Slug | UnsetType = UNSET
    kind: RelationKind
    premises: Premises
    target: Target
    weight: UnitInterval = 1.0
    scheme: Scheme | None = None
    asks: Asks | None = None
    passages: tuple[PassageReference, ...] = ()
    data: Data = field(default_factory=dict)


class RelationOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A relation. ``rev`` 4 means that its ETag is ``"r4"``."""

    key: Slug
    rev: Count
    kind: RelationKind
    premises: Premises
    target: Target
    weight: UnitInterval
    scheme: Scheme | None
    asks: Asks | None
    passages: tuple[PassageReference, ...]
    data: Data


class RelationPatch(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Members to change; one that is left out keeps its value, null clears."""

    kind: RelationKind | UnsetType = UNSET
    premises: Premises | UnsetType = UNSET
    target: Target | UnsetType = UNSET
    weight: UnitInterval | UnsetType = UNSET
    scheme: Scheme | UnsetType | None = UNSET
    asks: Asks | UnsetType | None = UNSET
    passages: tuple[PassageReference, ...] | UnsetType = UNSET
    data: Data | UnsetType = UNSET


class RelationController(Controller):
    """The relations of a map, in its order."""

    path = "/maps/{map:str}/relations"
    tags = ("relations",)

    @get(operation_id="listRelations")
    async def page(
        self,
        request: StrictRequest,
        map_key: MapKey,
        cursor: Cursor = None,
        limit: Limit = 50,
        at: At = None,
        fields: Fields = None,
        expand: Expand = None,
    ) -> Response[Page[RelationOut]]:
        """List the relations of a map, in its order."""
        return await _relations(request, map_key).page(
            cursor=cursor, limit=limit, at=at, fields=fields, expand=expand
        )

    @post(operation_id="addRelation", errors=(InvalidMap, DuplicateKey))
    async def add(
        self,
        request: StrictRequest,
        map_key: MapKey,
        data: JSONBody[RelationIn],
        once: Once = None,
    ) -> Response[RelationOut]:
        """Add a relation at the end of the map."""
        return await _relations(request, map_key).add(data, once)

    @get("/{relation:str}", operation_id="readRelation")
    async def read(
        self,
        request: StrictRequest,
        map_key: MapKey,
        relation_key: RelationKey,
        at: At = None,
        if_none_match: IfNoneMatch = None,
        fields: Fields = None,
    ) -> Response[RelationOut]:
        """Give one relation."""
        return await _relations(request, map_key).read(
            relation_key, at, if_none_match, fields
        )

    @put(
        "/{relation:str}",
        operation_id="putRelation",
        errors=(InvalidMap,),
        statuses=(200, 201),
    )
    async def replace(
        self,
        request: StrictRequest,
        map_key: MapKey,
        relation_key: RelationKey,
        data: JSONBody[RelationIn],
        if_match: IfMatch = None,
        absent: IfAbsent = None,
    ) -> Response[RelationOut]:
        """Create a relation, or replace it; members left out get their defaults.

        What equals the relation that is there changes nothing, with any If-Match or
        none.
        """
        return await _relations(request, map_key).put(
            relation_key, data, if_match, absent
        )

    @patch("/{relation:str}", operation_id="patchRelation", errors=(InvalidMap,))
    async def change(
        self,
        request: StrictRequest,
        map_key: MapKey,
        relation_key: RelationKey,
        data: JSONBody[RelationPatch],
        if_match: IfMatch = None,
    ) -> Response[RelationOut]:
        """Change some members of a relation."""
        return await _relations(request, map_key).patch(relation_key, data, if_match)

    @delete("/{relation:str}", operation_id="removeRelation", errors=(InUse,))
    async def remove(
        self,
        request: StrictRequest,
        map_key: MapKey,
        relation_key: RelationKey,
        cascade: Cascade = False,
        if_match: IfMatch = None,
    ) -> Response[None]:
        """Remove a relation; where relations target it, only with ``cascade``."""
        return await _relations(request, map_key).remove(
            relation_key, cascade, if_match
        )


def _relations(request: StrictRequest, map: str) -> Items[RelationOut]:
    return Items(request, "relation", RelationOut, map)
