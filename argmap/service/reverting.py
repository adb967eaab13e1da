"""Undoing one change set of a map, however long ago it was."""

from collections.abc import Collection, Iterator, Mapping
from functools import partial
from typing import Final

from msgspec import Struct

from argmap.errors import NotFound, RevertBlocked
from argmap.model import ItemKind, Map
from argmap.model.undo import Obstacle, Why, moved, ref_of, undo
from argmap.model.uses import Ref
from argmap.service import planned
from argmap.service.changes import Applied, applied
from argmap.service.desk import Desk
from argmap.store import ChangeSet, Snapshot, Store

OBSTACLES: Final = 100
"""How many of the things in the way are listed."""

PAGE: Final = 500


class Blocking(Struct, frozen=True, kw_only=True):
    """What stands in the way of undoing a change; see `argmap.model.undo.Obstacle`.

    ``others`` are paths below the map. ``revisions`` have since touched the item, or
    what uses it or what it needs.
    """

    kind: ItemKind
    key: str
    why: Why
    members: tuple[str, ...]
    others: tuple[str, ...]
    revisions: tuple[int, ...]


async def revert(desk: Desk, map: str, revision: int) -> Applied:
    """Make a revision that undoes another one; none if that is undone already.

    Raises:
        NotFound: There is no such map, or it has had no such revision.
        RevertBlocked: What came later stands in the way.
    """
    plan = partial(_plan, desk.store, revision=revision)
    message = f"revert of revision {revision}"
    return await planned.write(desk, map, plan, applied, message)


def before(store: Store, key: str, revision: int) -> Map:
    """Give a map as it was before a revision: blank before its first one.

    Raises:
        NotFound: There is no such map, or it has had no such revision.
    """
    if revision == store.first_revision(key):
        return Map(key=key)
    return store.snapshot_at(key, revision - 1).map


def since(store: Store, key: str, after: int, until: int) -> Iterator[ChangeSet]:
    """Yield the change sets after one revision, up to another."""
    while after < until:
        page = store.history(key, after, min(PAGE, until - after))
        if not page:
            return
        yield from page
        after = page[-1].revision


def _plan(store: Store, snapshot: Snapshot, revision: int) -> planned.Steps:
    key = snapshot.map.key
    made = next(since(store, key, revision - 1, revision), None)
    if made is None or made.revision != revision:
        raise NotFound("revision", f"{key}@{revision}")
    was = before(store, key, revision)
    later: list[ChangeSet] = []
    moved_since: set[Ref] = set()
    if any(moved(made.operations)):
        later = list(since(store, key, revision, snapshot.revision))
        moved_since = {ref for each in later for ref in moved(each.operations)}
    after = snapshot.map if snapshot.revision == revision else None
    found = undo(was, made.operations, snapshot.map, moved_since, after=after)
    if found.obstacles:
        later = later or list(since(store, key, revision, snapshot.revision))
        touching = _touching(later)
        listed = [_blocking(each, touching) for each in found.obstacles[:OBSTACLES]]
        raise RevertBlocked(revision, listed, len(found.obstacles))
    assert found.change is not None
    return found.operations, found.change


def _touching(later: Collection[ChangeSet]) -> Mapping[Ref, list[int]]:
    """Say which revisions have touched each item; a source also by its passages."""
    revisions: dict[Ref, dict[int, None]] = {}
    for each in later:
        for operation in each.operations:
            kind, key = ref_of(operation)
            revisions.setdefault((kind, key), {})[each.revision] = None
            if kind == "passage":
                source: Ref = ("source", key.partition("/")[0])
                revisions.setdefault(source, {})[each.revision] = None
    return {ref: list(found) for ref, found in revisions.items()}


def _blocking(obstacle: Obstacle, touching: Mapping[Ref, list[int]]) -> Blocking:
    refs = [(obstacle.kind, obstacle.key), *obstacle.others]
    revisions = sorted({n for ref in refs for n in touching.get(ref, ())})
    return Blocking(
        kind=obstacle.kind,
        key=obstacle.key,
        why=obstacle.why,
        members=obstacle.members,
        others=tuple(
            "targets" if kind == "map" else f"{kind}s/{key}"
            for kind, key in obstacle.others
        ),
        revisions=tuple(revisions),
    )
