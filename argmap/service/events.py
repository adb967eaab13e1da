"""What becomes of a map, revision by revision, as it happens.

A stream of events is a place in the history that moves on: what comes next is always
read from the store, so whoever comes back with the last revision they know of has no
gap and nothing twice. Those who listen for one map read each revision once for all.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Hashable, Sequence
from datetime import datetime
from typing import Final, Literal

from msgspec import Struct

from argmap.errors import NotFound, Unauthorized, Unavailable
from argmap.model import Add, Operation, Remove
from argmap.service.changes import Ref, ref_of
from argmap.service.desk import Desk
from argmap.store import ChangeSet, Snapshot, Store

PAGE: Final = 50
"""Revisions that are read at once."""

RECENT: Final = 200
"""Revisions of a map that listeners need not read from the store again."""

LISTED: Final = 1000
"""Items that one event lists: who is told of more reads the map again."""


class Items(Struct, frozen=True, kw_only=True):
    """Keys of items; a passage's has that of its source before it."""

    sources: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()


class Revised(Struct, frozen=True, kw_only=True):
    """That there is another revision, what it changed or added, and what it removed.

    ``is_first`` says that the map is a new one, so that nothing from before holds;
    ``header`` that its title, targets and so on may be others. Where ``is_whole`` is
    false more has changed than is listed.
    """

    revision: int
    author: str | None
    at: datetime
    message: str
    is_first: bool
    is_whole: bool
    header: bool
    changed: Items
    removed: Items


class Deleted(Struct, frozen=True, kw_only=True):
    """That the map is gone: the last event. ``revision`` is the last one told of."""

    map: str
    revision: int


Event = Revised | Deleted | Literal["beat"]
"""What a stream gives: a beat says no more than that it is alive."""


class Feed:
    """The newest revisions of one map, read once for all who listen."""

    def __init__(self, key: str) -> None:
        self._key = key
        self._recent: deque[Revised] = deque(maxlen=RECENT)
        self._turn = asyncio.Lock()

    async def after(self, desk: Desk, revision: int) -> Sequence[Revised]:
        """Give the next revisions after one, as many as are read at once.

        Raises:
            NotFound: There is no such map any more.
        """
        async with self._turn:  # the first to come reads, and the others find it
            if found := self._known(revision):
                return found
            read = await desk.run(_read, desk.store, self._key, revision)
            if self._recent and self._recent[-1].revision == revision:
                self._recent.extend(read)
            elif not self._recent or self._recent[-1].revision < revision:
                self._recent = deque(read, maxlen=RECENT)
            return read

    def _known(self, revision: int) -> Sequence[Revised]:
        if not self._recent or self._recent[0].revision > revision + 1:
            return ()
        return [each for each in self._recent if each.revision > revision]


class Stream:
    """One listener's ``place`` in the history of a map: the revision told of last."""

    def __init__(
        self, desk: Desk, snapshot: Snapshot, place: int, party: Hashable
    ) -> None:
        self._desk, self._key, self._id = desk, snapshot.map.key, snapshot.id
        self._party = party
        self.newest, self.place = snapshot.revision, place

    async def events(self) -> AsyncIterator[Event]:
        """Give all that comes, until the map is gone or the server stops."""
        desk, listeners = self._desk, self._desk.listeners
        if listeners.has_enough(self._party):
            return  # of many that asked at once: to come back is to be refused
        with listeners.listen(self._key, self._party) as ear:
            while not listeners.is_closed:
                ear.clear()  # before looking: what comes meanwhile wakes again
                try:
                    revised = await self._next()
                except NotFound:
                    yield Deleted(map=self._key, revision=self.place)
                    return
                except (Unauthorized, Unavailable):
                    return  # whoever comes back goes on from their place
                for each in revised:
                    self.place = each.revision
                    yield each
                if revised:
                    continue
                try:
                    async with asyncio.timeout(desk.settings.heartbeat_seconds):
                        await ear.wait()
                except TimeoutError:
                    yield "beat"

    async def _next(self) -> Sequence[Revised]:
        """Read what comes next; a map that was made anew under its key is another.

        Raises:
            NotFound: There is no such map any more, or not for this caller.
            Unauthorized: The caller's key is worth nothing any more.
        """
        await self._desk.require_key()
        if (await self._snapshot()).revision <= self.place:
            return ()
        feed = self._desk.listeners.shared(self._key, self._id, self._feed)
        found = await feed.after(self._desk, self.place)
        await self._snapshot()  # or what was read is of another map
        return found

    def _feed(self) -> Feed:
        return Feed(self._key)

    async def _snapshot(self) -> Snapshot:
        snapshot = await self._desk.snapshot(self._key)
        if snapshot.id != self._id:
            raise NotFound("map", self._key)
        return snapshot


async def listen(
    desk: Desk, key: str, since: int | None, party: Hashable = None
) -> Stream:
    """Take a place in the history of a map: after a revision, or after the newest.

    Who listens is counted with their *party*, of whom only so many may.

    Raises:
        NotFound: There is no such map, or it has had no such revision yet.
        Unavailable: As many listen as may.
    """
    snapshot = await desk.snapshot(key)
    desk.listeners.check()
    newest = snapshot.revision
    if since is not None and since > newest:
        raise NotFound("revision", f"{key}@{since}")
    return Stream(desk, snapshot, newest if since is None else since, party)


def _read(store: Store, key: str, after: int) -> list[Revised]:
    first = store.first_revision(key)
    found = store.history(key, after, PAGE, LISTED)
    return [revised(each, is_first=each.revision == first) for each in found]


def revised(made: ChangeSet, *, is_first: bool) -> Revised:
    """Say what a change set has changed, and what it has removed.

    What it has both brought and removed was never there.

    >>> from datetime import UTC
    >>> made = ChangeSet(
    ...     revision=2, author=None, at=datetime(2026, 1, 1, tzinfo=UTC), message="",
    ...     operations=(Remove(relation="r1"), Remove(claim="cost")),
    ... )
    >>> revised(made, is_first=False).removed
    Items(sources=(), passages=(), claims=('cost',), relations=('r1',))
    """
    there = _there(made.operations)
    changed = [ref for ref, is_there in there.items() if is_there]
    removed = [ref for ref, is_there in there.items() if is_there is False]
    return Revised(
        revision=made.revision,
        author=made.author,
        at=made.at,
        message=made.message,
        is_first=is_first,
        is_whole=made.is_whole and len(there) <= LISTED,
        # One that changes nothing in the map is about who may see it.
        header=is_first
        or not made.operations
        or any(kind == "map" for kind, _ in changed),
        changed=_items(changed[:LISTED]),
        removed=_items(removed[:LISTED]),
    )


def _there(operations: Sequence[Operation]) -> dict[Ref, bool | None]:
    """Say of each item whether operations leave it there; None: it never was."""
    there: dict[Ref, bool | None] = {}
    new: set[Ref] = set()
    for operation in operations:
        ref = kind, key = ref_of(operation)
        if isinstance(operation, Add) and there.get(ref) is None:
            new.add(ref)
        if isinstance(operation, Remove):
            there[ref] = None if ref in new else False
        else:
            there[ref] = True
        if kind == "passage":  # whose state is its source's as well
            there.setdefault(("source", key.partition("/")[0]), True)
    return there


def _items(refs: Sequence[Ref]) -> Items:
    kinds: dict[str, list[str]] = {f"{kind}s": [] for kind, _ in refs if kind != "map"}
    for kind, key in refs:
        if kind != "map":
            kinds[f"{kind}s"].append(key)
    return Items(**{name: tuple(keys) for name, keys in kinds.items()})
