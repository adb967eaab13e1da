"""What changed from one revision of a map to another, and what caused it."""

from collections.abc import Sequence

import msgspec

from argmap.debate.diff import Change, diff
from argmap.errors import Malformed, NotFound
from argmap.model import Map
from argmap.service.desk import Desk
from argmap.service.evaluations import Asked, run
from argmap.service.reverting import since
from argmap.service.views import View, view
from argmap.store import Snapshot, Store


async def one(
    desk: Desk, map: str, asked: Asked, start: int | None, to: int | None
) -> View:
    """View what changed after one revision, up to another, as JSON.

    Raises:
        Malformed: The first revision comes after the other.
        NotFound: There is no such map, or it has had no such revision.
        PluginFault: The rule failed on some state of the map.
        TooSlow: It takes longer than the settings allow.
    """
    newest = (await desk.snapshot(map)).revision
    until = newest if to is None else to
    first = until - 1 if start is None else start
    if (latest := max(first, until)) > newest:
        raise NotFound("revision", f"{map}@{latest}")
    was = await desk.run(state, desk.store, map, first, until)
    snapshot = await desk.snapshot(map, until)

    def make() -> bytes:
        found = diff(
            was.map if was else Map(key=map),
            between(desk.store, map, first, until),
            asked.rule,
            asked.parameters,
            asked.options,
            revision=first,
            first=run(was, asked) if was else None,
            last=run(snapshot, asked),
        )
        return msgspec.json.encode(found)

    return view(desk, snapshot, ("diff.json", first, *asked.key), make, asked.rule)


def state(store: Store, key: str, revision: int, to: int) -> Snapshot | None:
    """Give a map as of a revision no later than *to*; None before its first one.

    That is 0 of every map, also of one whose revisions go on after those of another
    of its key that is gone.

    Raises:
        Malformed: That revision comes later.
        NotFound: The map has had no such revision.
    """
    if revision > to:
        raise Malformed(f"revision {revision} comes after {to}", "/from")
    if revision in (0, store.first_revision(key) - 1):
        return None
    return store.snapshot_at(key, revision)


def between(store: Store, key: str, after: int, until: int) -> Sequence[Change]:
    """List what was done to a map after one revision, up to another."""
    return [
        (each.revision, each.operations) for each in since(store, key, after, until)
    ]
