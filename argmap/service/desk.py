"""The desk: store, plugins and a few threads, which every use case works with."""

from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager, suppress
from copy import copy
from functools import partial
from typing import Any, Final, ParamSpec, TypeVar

import msgspec

from argmap.engine import patience
from argmap.errors import InvalidMap, NotFound, Unauthorized, UnderWay
from argmap.model import Move, Remove, change
from argmap.plugin import Host
from argmap.plugin.isolation import Isolation, Limits
from argmap.plugin.sources import plugin_files
from argmap.service.figures import note_cached
from argmap.service.jobs import IN_JOB, RUNNING, Job, Jobs
from argmap.service.landing import Landing
from argmap.service.listeners import Listeners
from argmap.service.rates import Rates
from argmap.service.turns import Threads
from argmap.settings import Settings
from argmap.store import (
    Act,
    Committed,
    Planned,
    Receipt,
    Role,
    RoundDone,
    RoundWrite,
    Snapshot,
    Store,
    Write,
)

P = ParamSpec("P")
T = TypeVar("T")

# Choices of rules and parameters that are kept once they are decoded.
CHOICES: Final = 1000

# Few: readers wait for SQLite, which is quick; what computes takes turns on a core.
THREADS: Final = 4

# Of one plugin's own: it answers one at a time, and the other makes JSON meanwhile.
LANE: Final = 2

# Operations of a change set whose outcome takes long enough to leave the event loop.
MANY: Final = 1000

# Items of a map that are looked through, when some are removed or moved, for as long.
LARGE: Final = 10_000


class Desk:
    """What use cases share, opened once per process."""

    def __init__(
        self, settings: Settings, store: Store, host: Host, isolation: Isolation
    ) -> None:
        self.settings, self.store = settings, store
        self._host, self._seen = host, _stamps(settings)
        self._isolation = isolation
        self.jobs = Jobs(settings, store.jobs)
        self.rates = Rates(settings.max_rate, settings.max_burst)
        self.is_draining = False
        self.listeners = Listeners(settings.max_listeners, settings.max_listeners_each)
        store.wakes.listen(self.listeners.wake)
        # What reads, what computes and what jobs do never wait for one another.
        self._readers = Threads(THREADS, "argmap-desk")
        self._workers = Threads(THREADS, "argmap-work")
        self._jobbers = Threads(RUNNING, "argmap-job")
        # Nor does anybody wait for a plugin that runs apart but who asks it.
        self._lanes: dict[tuple[str, bool], Threads] = {}
        self._choices: dict[Hashable, Any] = {}
        self._under_way: set[tuple[int, str]] = set()
        self._written = Landing()
        store.wakes.follow(self._written.tell)
        self._sign: Callable[[Callable[[Any], Any]], Receipt] | None = None
        self.act: Act | None = None
        self.party: Hashable = None

    @classmethod
    def open(cls, settings: Settings, *, read_only: bool = False) -> "Desk":
        """Load the plugins and open the store that *settings* name.

        Raises:
            NotFound: What *settings* trust is not installed, or there is no database
                to read only.
            PluginFault, PluginClash: A plugin is faulty, and the settings are strict.
        """
        limits = Limits(
            seconds=settings.max_plugin_seconds, memory=settings.max_plugin_bytes
        )
        isolation = Isolation(limits, settings.trust)
        try:
            isolation.check_trust(settings.plugins_dir)
            host = Host.load(
                settings.plugins_dir, strict=settings.strict, isolation=isolation
            )
            store = Store.open(settings, read_only=read_only)
            return cls(settings, store, host, isolation)
        except BaseException:
            isolation.close()
            raise

    @property
    def host(self) -> Host:
        """Give the plugins; under ``reload``, as their directory is now."""
        self._reload()
        return self._host

    def _reload(self) -> None:
        if self.settings.reload and (seen := _stamps(self.settings)) != self._seen:
            folder, isolation = self.settings.plugins_dir, self._isolation
            self._host, self._seen = Host.load(folder, isolation=isolation), seen
            self._choices.clear()

    def drain(self) -> None:
        """Let go of whoever would stay: the server is about to stop."""
        self.is_draining = True
        self.listeners.close()

    def close(self) -> None:
        """Finish what is under way, then close the store."""
        lanes = self._lanes.values()
        for pool in (self._jobbers, self._workers, self._readers, *lanes):
            pool.shutdown()
        self._isolation.close()
        self.store.close()

    @property
    def seconds(self) -> float:
        """How long what is done now may take: an answer, or a job."""
        chosen = self.settings
        return chosen.max_job_seconds if IN_JOB.get() else chosen.max_seconds

    def limit(self) -> AbstractContextManager[None]:
        """Give what runs inside as long as it may take, and no longer.

        Raises:
            TooSlow: From inside, when that is over.
        """
        return patience(self.seconds)

    async def run(
        self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Call what may block for a moment in a thread of the desk's own."""
        return await self._readers.call(partial(function, *args, **kwargs))

    async def work(
        self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Call what may take long in a thread where it holds up nothing quick.

        Of one party no more is done at a time than leaves threads for others.
        """
        threads = self._jobbers if IN_JOB.get() else self._workers
        return await threads.call(partial(function, *args, **kwargs), self.party)

    async def work_with(
        self,
        lane: str | None,
        function: Callable[P, T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Do as `work` with what asks a plugin: see `argmap.plugin.Rule.lane`."""
        if lane is None:
            return await self.work(function, *args, **kwargs)
        key = lane, IN_JOB.get()
        if key not in self._lanes:
            self._lanes[key] = Threads(LANE, f"argmap-{lane}")
        work = partial(function, *args, **kwargs)
        return await self._lanes[key].call(work, self.party)

    async def snapshot(self, key: str, at: int | None = None) -> Snapshot:
        """Give a map as it is, or as it was at a revision.

        Raises:
            NotFound: There is no such map or revision.
        """
        newest = self.store.cached(key)
        note_cached("map", is_hit=newest is not None)
        if newest is None and at is None:
            newest = await self.run(self.store.snapshot, key)
        if newest is not None and at in (None, newest.revision):
            return newest
        assert at is not None
        return await self.run(self.store.snapshot_at, key, at)

    async def derive(
        self,
        snapshot: Snapshot,
        key: Hashable,
        make: Callable[[], T],
        lane: str | None = None,
    ) -> T:
        """Give what *make* computes from a snapshot, once per revision and key.

        *lane* is that of the rule that it asks, if it asks one.
        """
        known: T | None = snapshot.known(key)
        note_cached("answer", is_hit=known is not None)
        if known is not None:
            return known
        with self.limit():
            return await self.work_with(lane, snapshot.derive, key, make)

    def chosen(self, key: Hashable, make: Callable[[], T]) -> T:
        """Give what *make* makes of a choice that clients repeat, once per key.

        Under ``reload`` those of plugins that have changed are forgotten.
        """
        self._reload()
        if key in self._choices:
            found: T = self._choices[key]
            return found
        made = make()
        if len(self._choices) == CHOICES:
            self._choices.clear()
        self._choices[key] = made
        return made

    async def write(self, write: Write, then: Callable[[Committed], T]) -> T:
        """Have a change made, wait until it is safe on disk, and say what came of it.

        *then* makes that of what was committed. It may also be called before, in the
        transaction, so that what a client is told can be kept with the write: `once`.
        """
        if self._sign:
            write = msgspec.structs.replace(write, receipt=self._sign(then))
        if not (write.create or write.planned) and self._is_long(write):
            write = await self._planned(write)
        if write.content is None:
            done = await self.landed(self.store.submit(write))
        else:
            with self.limit():
                done = await self.work(self.store.create, write)
        if len(write.operations) > MANY:
            return await self.run(then, done)
        return then(done)

    async def write_round(self, write: RoundWrite, then: Callable[[RoundDone], T]) -> T:
        """Do as `write` with a debate round."""
        if self._sign:
            write = msgspec.structs.replace(write, receipt=self._sign(then))
        return then(await self.landed(self.store.submit_round(write)))

    def _is_long(self, write: Write) -> bool:
        """Say whether it takes long to say what a write does."""
        if len(write.operations) > MANY:
            return True
        if not any(isinstance(each, Remove | Move) for each in write.operations):
            return False
        known = self.store.cached(write.map)
        return known is not None and len(known.revs) > LARGE

    async def _planned(self, write: Write) -> Write:
        """Work out what operations do, so that other writes wait for less.

        Raises:
            InvalidMap: They are wrong, and the map has not moved meanwhile.
            NotFound: There is no such map.
        """
        snapshot = await self.snapshot(write.map)
        try:
            with self.limit():
                made = await self.work(change, snapshot.map, write.operations)
        except InvalidMap:
            if (await self.snapshot(write.map)).revision == snapshot.revision:
                raise
            return write
        return msgspec.structs.replace(write, planned=Planned(of=snapshot, change=made))

    @property
    def caller(self) -> int:
        """The number of the caller's API key; 0 for nobody, and where none is asked."""
        return self.act.caller.id if self.act else 0

    def seen_by(self, act: Act, party: Hashable = None) -> "Desk":
        """Give the same desk as a caller may use it: all that is asked is asked so.

        *party* is with whom what takes long is counted: see `argmap.service.turns`.
        """
        self._reload()
        seen = copy(self)
        seen.act, seen.store, seen.party = act, self.store.seen_by(act), party
        return seen

    async def require(self, map: str, needed: Role) -> None:
        """Refuse what the caller has no role for on a map, before anything is read.

        Raises:
            NotFound: There is no such map, or the caller may not know of it.
            Unauthorized, Forbidden: The role is less than is needed.
        """
        if not self.store.permits(map, needed):
            await self.run(self.store.require, map, needed)

    async def find_job(self, key: str) -> Job:
        """Give a job that the caller has asked for, and may still know the result of.

        Raises:
            NotFound: There is none, or it is about a map that is not there any more for
                this caller.
        """
        job = await self.jobs.find(key, self.caller)
        if job.map is not None:
            try:
                await self.require(job.map, "reader")
            except NotFound:
                raise NotFound("job", key) from None
        return job

    async def require_key(self) -> None:
        """Refuse a caller whose key was good, and may not be any more.

        Raises:
            Unauthorized: It has been revoked, or has expired.
        """
        caller = self.act.caller if self.act else None
        if caller and not await self.run(self.store.door.is_open, caller):
            raise Unauthorized("this API key has been revoked, or has expired")

    def signing(self, sign: Callable[[Callable[[Any], Any]], Receipt]) -> "Desk":
        """Give the same desk, whose writes leave a receipt that *sign* makes."""
        signing = copy(self)
        signing._sign = sign
        return signing

    @contextmanager
    def under_way(self, key: str) -> Iterator[None]:
        """Let the caller carry out no other request of this key meanwhile.

        Raises:
            UnderWay: One is being carried out.
        """
        name = self.caller, key
        if name in self._under_way:
            raise UnderWay(key)
        self._under_way.add(name)
        try:
            yield
        finally:
            self._under_way.remove(name)

    async def delete(self, key: str, condition: str) -> None:
        """Have a map deleted that is at this revision, and wait for it."""
        await self.landed(self.store.delete(key, condition))

    async def landed(self, future: Future[T]) -> T:
        """Wait for what the store's writer does."""
        return await self._written.of(future)


def _stamps(settings: Settings) -> dict[str, tuple[int, int]]:
    """Say of what size the files of the plugins directory are, and from when."""
    if not settings.reload or settings.plugins_dir is None:
        return {}
    stamps = {}
    for path in plugin_files(settings.plugins_dir):
        with suppress(OSError):
            state = path.stat()
            stamps[path.name] = state.st_mtime_ns, state.st_size
    return stamps
