"""Writes that are planned from what a map is, and hold if it moves on meanwhile.

Each operation on what exists says which state of it was planned with. So the work of
others elsewhere in the map does no harm; where it does, the plan is made anew from what
the map is then. A plan that fails on a map that has not moved is wrong, and raises.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from msgspec.structs import replace

from argmap.errors import InvalidMap, NotFound, Stale
from argmap.model import Change, Operation, Remove, Replace
from argmap.model.undo import ref_of
from argmap.service.desk import Desk
from argmap.store import Committed, Planned, Snapshot, Write

T = TypeVar("T")
Steps = tuple[tuple[Operation, ...], Change]
"""Operations, and what they make of the map that they were planned for."""
Plan = Callable[[Snapshot], Steps]


async def write(
    desk: Desk,
    map: str,
    plan: Plan,
    then: Callable[[Sequence[Operation], Committed], T],
    message: str,
) -> T:
    """Carry out what *plan* makes of the newest state, as one change set.

    Raises:
        InvalidMap: What was planned is wrong.
        NotFound: There is no such map.
        Stale: What the plan itself demands does not hold.
    """
    while True:
        snapshot = await desk.snapshot(map)
        operations, change = await desk.work(_as_of, snapshot, plan)
        wanted = Write(
            map=map,
            operations=operations,
            message=message,
            planned=Planned(of=snapshot, change=change),
        )
        try:
            return await desk.write(wanted, partial(then, operations))
        except (InvalidMap, NotFound, Stale):
            if (await desk.snapshot(map)).revision == snapshot.revision:
                raise


def _as_of(snapshot: Snapshot, plan: Plan) -> Steps:
    """Let operations on what exists happen to this state of it alone."""

    def conditional(operation: Operation) -> Operation:
        rev = snapshot.revs.get(ref_of(operation))
        if rev is None or not isinstance(operation, Replace | Remove):
            return operation
        return replace(operation, if_match=f"r{rev}")

    operations, change = plan(snapshot)
    return tuple(conditional(operation) for operation in operations), change
