"""Claims that say the same, made one."""

from litestar import Controller, Response, post
from litestar.params import JSONBody
from msgspec import Struct

from argmap.api import answers
from argmap.api.claims import ClaimOut
from argmap.api.items import Items
from argmap.api.once import once
from argmap.api.parameters import ClaimKey, IfMatch, MapKey, Once, Slug
from argmap.api.reply import Reply
from argmap.api.requests import StrictRequest
from argmap.errors import InUse, InvalidMap
from argmap.service import merging
from argmap.service.desk import Desk
from argmap.service.merging import Merged


class MergeIn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The claim that stays."""

    into: Slug


class DroppedOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A relation that is not needed any more.

    ``same_as`` names the one that says the same; null: it said that the two claims
    rephrase each other.
    """

    relation: Slug
    same_as: Slug | None


class MergeOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The claim that stays, and the relations that went."""

    claim: ClaimOut
    dropped: tuple[DroppedOut, ...]


class MergeController(Controller):
    """Claims that say the same."""

    path = "/maps/{map:str}/claims/{claim:str}/merge"
    tags = ("claims",)

    @post(
        operation_id="mergeClaim",
        status_code=200,
        errors=(InvalidMap, InUse),
    )
    async def merge(
        self,
        request: StrictRequest,
        map_key: MapKey,
        claim_key: ClaimKey,
        data: JSONBody[MergeIn],
        if_match: IfMatch = None,
        key: Once = None,
    ) -> Response[MergeOut]:
        """Join a claim into another that says the same, and keep what is about it.

        Every relation that has the claim as a premise or its target names the other one
        from then on; its text becomes a wording of the other, and tags, passages, free
        data, base score and speaker are taken over where the other has none. Of
        relations that become alike (in kind, premises, target, weight, scheme and
        question) one stays. Two claims of which one supports or rebuts the other do not
        say the same: that is refused. If-Match is for the claim that goes.
        """

        async def act(desk: Desk) -> Merged:
            tags = answers.tags(if_match)
            return await merging.join(desk, map_key, claim_key, data.into, tags)

        def show(done: Merged) -> Response[MergeOut]:
            stored = done.stored
            out = MergeOut(
                claim=Items(request, "claim", ClaimOut, map_key).show(stored),
                dropped=tuple(answers.show(DroppedOut, each) for each in done.dropped),
            )
            headers = {
                "ETag": answers.tag(stored.rev),
                answers.REVISION: str(stored.revision),
            }
            return Reply(content=out, headers=headers)

        return await once(request, key, act, show)
