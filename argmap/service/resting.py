"""What rests on the passages of a source."""

from collections.abc import Mapping, Sequence

from argmap.model import Claim, Relation
from argmap.service.desk import Desk
from argmap.store import Snapshot

Resting = Mapping[str, Sequence[Claim | Relation]]
"""By the key of a passage: the claims, then the relations, in the order of the map."""


async def on_source(desk: Desk, snapshot: Snapshot, source: str) -> Resting:
    """Find the claims and relations that rest on each passage of a source."""
    by_source = await desk.derive(snapshot, ("resting",), lambda: _all(snapshot))
    return by_source.get(source, {})


async def counts(desk: Desk, snapshot: Snapshot) -> Mapping[str, int]:
    """Count the claims and relations that rest on each source that any rests on."""
    by_source = await desk.derive(snapshot, ("resting",), lambda: _all(snapshot))
    return {
        source: len(
            {(type(each), each.key) for them in found.values() for each in them}
        )
        for source, found in by_source.items()
    }


def _all(snapshot: Snapshot) -> dict[str, dict[str, list[Claim | Relation]]]:
    found: dict[str, dict[str, list[Claim | Relation]]] = {}
    map = snapshot.map
    items: list[Claim | Relation] = [*map.claims.values(), *map.relations.values()]
    for item in items:
        for of in item.passages:
            below = found.setdefault(of.source, {}).setdefault(of.passage, [])
            if item not in below[-1:]:
                below.append(item)
    return found
