"""Joining two claims of a map that say the same."""

from collections.abc import Sequence

from msgspec import Struct

from argmap.errors import Malformed, PreconditionRequired, Stale
from argmap.model import Operation, change
from argmap.model.merge import Dropped, merge
from argmap.service import items, planned
from argmap.service.desk import Desk
from argmap.service.items import ANY, Address, Stored, Tags
from argmap.store import Committed, Snapshot


class Merged(Struct, frozen=True, kw_only=True):
    """The claim that stays, and the relations that went."""

    stored: Stored
    dropped: tuple[Dropped, ...]


async def join(desk: Desk, map: str, claim: str, into: str, tags: Tags) -> Merged:
    """Join a claim into another; every relation of it names that one from then on.

    Raises:
        InvalidMap: There is no claim *into*, or the two do not say the same: one of
            them supports or rebuts the other.
        Malformed: The two are one.
        NotFound: There is no such map or claim.
        PreconditionRequired: There are no tags.
        Stale: None of the tags holds for the claim that goes.
    """
    address = Address(map=map, kind="claim", key=claim)
    if claim == into:
        raise Malformed(f"claim {claim!r} cannot be merged into itself", "/into")
    dropped: list[Dropped] = []

    def plan(snapshot: Snapshot) -> planned.Steps:
        rev = items.read(snapshot, address).rev
        if tags is None:
            raise PreconditionRequired("claim", claim)
        condition = items.condition(tags, rev)
        if condition not in (ANY, f"r{rev}"):
            raise Stale("claim", claim, condition, f"r{rev}")
        found = merge(snapshot.map, claim, into)
        dropped[:] = found.dropped
        return found.operations, change(snapshot.map, found.operations)

    def then(_: Sequence[Operation], done: Committed) -> Merged:
        stays = Address(map=map, kind="claim", key=into)
        return Merged(stored=items.read(done.snapshot, stays), dropped=tuple(dropped))

    return await planned.write(desk, map, plan, then, f"merge of {claim} into {into}")
