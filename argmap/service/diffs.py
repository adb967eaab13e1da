"""What changed from one revision of a map to another, and what caused it."""

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from argmap.debate.diff import Change, diff
from argmap.errors import Malformed
from argmap.model import Map
from argmap.plugin.manifest import manifest
from argmap.service.desk import Desk
from argmap.service.evaluations import Asked
from argmap.service.reverting import before, since
from argmap.service.views import View, view
from argmap.store import Store


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
    snapshot = await desk.snapshot(map, to)
    first = snapshot.revision - 1 if start is None else start
    was = await desk.run(state, desk.store, map, first, snapshot.revision)

    def make() -> bytes:
        changes = between(desk.store, map, first, snapshot.revision)
        found = diff(
            was,
            changes,
            asked.rule,
            asked.parameters,
            asked.options,
            revision=first,
        )
        if asked.has_manifest:
            said = manifest(asked.rule, map, snapshot.revision, found.input_hash)
            found = replace(found, manifest=said)
        return msgspec.json.encode(found)

    return view(desk, snapshot, ("diff.json", first, *asked.key), make, asked.rule)


def state(store: Store, key: str, revision: int, to: int) -> Map:
    """Give a map as of a revision no later than *to*; blank before its first one.

    Raises:
        Malformed: That revision comes later.
        NotFound: The map has had no such revision.
    """
    if revision > to:
        raise Malformed(f"revision {revision} comes after {to}", "/from")
    if revision == to:
        return store.snapshot_at(key, revision).map
    return before(store, key, revision + 1)


def between(store: Store, key: str, after: int, until: int) -> Sequence[Change]:
    """List what was done to a map after one revision, up to another."""
    return [
        (each.revision, each.operations) for each in since(store, key, after, until)
    ]
