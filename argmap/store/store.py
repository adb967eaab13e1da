"""The store, as the rest of argmap sees it."""

from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import AbstractContextManager, ExitStack
from copy import copy
from functools import partial
from typing import Self

from sqlalchemy import Connection

from argmap.debate.sheet import Round
from argmap.errors import ArgmapError, NotFound, Unavailable
from argmap.settings import Settings
from argmap.store import (
    access,
    clearing,
    history,
    making,
    present,
    receipts,
    rounds,
    search,
    writing,
)
from argmap.store.callers import NOBODY, Act, Role, require
from argmap.store.database import Database, database_at
from argmap.store.door import Door
from argmap.store.jobs import JobBoard
from argmap.store.memo import Memo
from argmap.store.migrate import is_ready, prepare
from argmap.store.people import People
from argmap.store.present import Identity
from argmap.store.rounds import RoundDone, RoundWrite
from argmap.store.search import Found, Wanted
from argmap.store.snapshot import (
    Answer,
    ChangeSet,
    Committed,
    MapHeader,
    Snapshot,
    Write,
)
from argmap.store.transaction import Transaction
from argmap.store.wakes import Wakes
from argmap.store.writer import Writer

# Items that the snapshots in memory may have together. An item takes half a KiB, but
# successive revisions of a map share all that did not change. Each snapshot counts for
# some more, or there would be thousands of a small map.
REMEMBERED, ITSELF = 600_000, 1000

# Maps of which we remember which revision was the newest a moment ago.
KNOWN = 10_000


class Store:
    """Maps and their history, in one database.

    Any thread may call any method. No reader waits for a writer.
    """

    def __init__(
        self, database: Database, settings: Settings, *, read_only: bool
    ) -> None:
        """Take an up-to-date database; `open` is the way in."""
        self._database = database
        self._max_items, self._author = settings.max_items, settings.author
        self._snapshots: Memo[Snapshot] = Memo(
            REMEMBERED, lambda snapshot: ITSELF + len(snapshot.revs)
        )
        self._newest: Memo[tuple[int, Identity]] = Memo(KNOWN)
        self.door = Door(self._asking, self._version)
        self._act: Act | None = None
        self._writer: Writer | None = None
        self.wakes = Wakes()
        self.jobs: JobBoard | None = None
        self._held, self._open = ExitStack(), ExitStack()
        self._open.callback(lambda: self._held.close())
        if not read_only:
            self._writer = Writer(database, self._snapshots, self.wakes)
            self._open.callback(self._writer.close)
            if database.is_shared:
                self.jobs = JobBoard(self._reader, self._writer.submit, settings)
            left = partial(clearing.unseen, is_shared=database.is_shared)
            for map_id in self._writer.submit(left).result():
                clearing.sweep(self._writer.submit, map_id)
        self._engine = database.reading_engine()
        self._open.callback(self._engine.dispose)
        self._watch = database.watch(self._engine)
        self._open.callback(self._watch.close)
        self._open.callback(database.hear(self.wakes.wake))

    @classmethod
    def open(cls, settings: Settings, *, read_only: bool = False) -> "Store":
        """Open the database of *settings*; make it, or bring it up to date, if need be.

        One process at a time may open a file for writing, and any number may read it
        meanwhile; of PostgreSQL many may do both.

        Raises:
            Malformed: ``database_url`` names no database.
            NotFound: The database is to be read only, and is not there.
            NotInstalled: The driver of that database is not there.
            Unavailable: Another process writes it, or it cannot be used.
        """
        database = database_at(settings.database_url)
        if read_only:
            database.require()
            if not is_ready(database):
                with database.lock():
                    prepare(database)
            return cls(database, settings, read_only=True)
        with ExitStack() as held:
            held.enter_context(database.lock())
            prepare(database)
            store = cls(database, settings, read_only=False)
            store._held = held.pop_all()
        return store

    def close(self) -> None:
        """Finish the writes that wait, and let go of the database."""
        self._open.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def seen_by(self, act: Act) -> Self:
        """Give the same store as a caller may see and change it."""
        seen = copy(self)
        seen._act = act
        return seen

    @property
    def people(self) -> People:
        """Give keys, members and the trail, as far as the caller may."""
        return People(
            self._reader, self._identify, lambda w: self._writing().submit(w), self._act
        )

    def permits(self, key: str, needed: Role) -> bool:
        """Say whether the caller may surely do what needs a role on a map.

        False means that a query is needed to know: this never blocks.
        """
        seen, version = self._newest.get(key), self._version()
        if self._act is None or not seen or seen[0] != version:
            return self._act is None
        return self.door.permits(self._act.caller, seen[1], needed, version)

    def require(self, key: str, needed: Role) -> None:
        """Refuse what the caller has no role for on a map.

        Raises:
            NotFound: There is no such map, or the caller may not know of it.
            Unauthorized, Forbidden: The role is less than is needed.
        """
        with self._asking() as connection:
            self._identify(connection, key, needed)

    def describe(self) -> str:
        """Name the database and its release, such as ``SQLite 3.46.1``."""
        with self._reader() as connection:
            return f"{self._database.kind} {self._database.version(connection)}"

    @property
    def writes(self) -> tuple[int, Mapping[int, int]]:
        """Say how many writes wait, and how often how many were committed together."""
        writer = self._writer
        return (writer.waiting, dict(writer.groups)) if writer else (0, {})

    def is_healthy(self) -> bool:
        """Say whether what the database was opened for can be done."""
        if self._writer and not self._writer.is_alive():
            return False
        try:
            self.list_maps(None, 1)
        except ArgmapError:
            return False
        return True

    def list_maps(self, after: str | None, limit: int) -> list[MapHeader]:
        """List maps in the order of their keys, from the one that follows *after*."""
        with self._reader() as connection:
            readable = access.readable(self._act)
            return present.headers(connection, after or "", limit, readable)

    def count_maps(self) -> int:
        """Say how many maps there are."""
        with self._reader() as connection:
            return present.count(connection, access.readable(self._act))

    def snapshot(self, key: str) -> Snapshot:
        """Return the newest state of a map.

        Every write that was acknowledged before the call is in it. A few microseconds
        if nothing has been committed since the last call.

        Raises:
            NotFound: There is no such map.
        """
        version = self._version()
        if known := self._known(key, version) or self._unchanged(key, version):
            return known
        with self._reader() as connection:
            identity = self._identify(connection, key)
            snapshot = self._snapshots.find(
                identity, lambda: present.load(connection, identity.id)
            )
        if version is not None:
            self._newest.put(key, (version, identity))
        return snapshot

    def _unchanged(self, key: str, version: int | None) -> Snapshot | None:
        """Ask for the newest revision, where there is no other way to know it."""
        if version is not None:
            return None
        with self._asking() as connection:
            return self._snapshots.get(self._identify(connection, key))

    def cached(self, key: str) -> Snapshot | None:
        """Return the newest state of a map if no query is needed: this never blocks."""
        return self._known(key, self._version())

    def snapshot_at(self, key: str, revision: int) -> Snapshot:
        """Return a map as it was at one of its revisions.

        Raises:
            NotFound: There is no such map, or it has had no such revision.
        """
        newest = self.cached(key)
        if newest and newest.revision == revision:
            return newest
        with self._reader() as connection:
            current = self._identify(connection, key)
            if not 1 <= revision <= current.revision:
                raise NotFound("revision", f"{key}@{revision}")
            identity = current._replace(revision=revision)

            def read() -> Snapshot:
                if identity == current:
                    return present.load(connection, identity.id)
                near = history.near(identity, self._snapshots.get)
                return history.as_of(connection, key, identity, near)

            return self._snapshots.find(identity, read)

    def history(
        self, key: str, after: int, limit: int, most: int | None = None
    ) -> list[ChangeSet]:
        """List the change sets of a map that come after a revision, oldest first.

        Of what made a whole map, *most* operations are listed, all if that is left out.

        Raises:
            NotFound: There is no such map.
        """
        with self._reader() as connection:
            identity = self._identify(connection, key)
            if after >= identity.revision:
                return []
            start = max(after, 0)
            return history.changes(connection, identity.id, start, limit, most)

    def search_claims(self, wanted: Wanted, start: int, limit: int) -> list[Found]:
        """Find claims of all maps, the best first, from the one at *start* on."""
        with self._reader() as connection:
            readable = access.readable(self._act)
            return search.claims(connection, wanted, start, limit, readable)

    def search_sources(self, wanted: Wanted, start: int, limit: int) -> list[Found]:
        """Find sources of all maps, the best first, from the one at *start* on."""
        with self._reader() as connection:
            readable = access.readable(self._act)
            return search.sources(connection, wanted, start, limit, readable)

    def count_changes(self, key: str) -> int:
        """Say how many change sets the history of a map has.

        Raises:
            NotFound: There is no such map.
        """
        with self._reader() as connection:
            return history.count(connection, self._identify(connection, key).id)

    def first_revision(self, key: str) -> int:
        """Say with which revision a map begins: 1, or one after that of one deleted.

        Raises:
            NotFound: There is no such map.
        """
        with self._reader() as connection:
            return history.first(connection, self._identify(connection, key).id)

    def submit(self, write: Write) -> Future[Committed]:
        """Change a map, or create one; the future resolves once that is durable.

        What the future raises is told by `argmap.store.writing.perform`, and besides:
        StorageFull, if there is no room; Unavailable, if the database cannot be used.
        """
        wanted = access.signed(write, self._act, self._author)
        work = partial(writing.perform, write=wanted, max_items=self._max_items)
        return self._writing().submit(work)

    def find_answer(self, key: str) -> tuple[str, Answer] | None:
        """Find what was answered to the write of a receipt, and to which request."""
        with self._reader() as connection:
            caller = self._act.caller.id if self._act else 0
            return receipts.find(connection, caller, key)

    def submit_round(self, write: RoundWrite) -> Future[RoundDone]:
        """Change a debate round; the future resolves once that is durable.

        What it raises is told by `argmap.store.rounds.perform`, and by `submit`.
        """
        wanted = access.signed(write, self._act, self._author)
        work = partial(rounds.perform, wanted=wanted, max_items=self._max_items)
        return self._writing().submit(work)

    def find_round(self, snapshot: Snapshot, key: str) -> Round | None:
        """Read a debate round of a map."""
        with self._reader() as connection:
            return rounds.find(connection, snapshot.id, key)

    def list_rounds(self, snapshot: Snapshot, after: str, limit: int) -> list[Round]:
        """List the rounds of a map whose keys come after *after*, by key."""
        with self._reader() as connection:
            return rounds.page(connection, snapshot.id, after, limit)

    def count_rounds(self, snapshot: Snapshot) -> int:
        """Say how many rounds a map has."""
        with self._reader() as connection:
            return rounds.count(connection, snapshot.id)

    def create(self, write: Write) -> Committed:
        """Make the map that is the content of a write, all of it or nothing.

        It takes the while that it takes, in steps between which others write; how long,
        how far and whether at all is told by `patience` and `progress`. What it raises
        is told by `argmap.store.making.make`, and by `submit`.
        """
        wanted = access.signed(write, self._act, self._author)
        return making.make(self._writing().submit, wanted, self._max_items)

    def delete(self, key: str, if_match: str) -> Future[None]:
        """Delete a map and its history, if that is its newest revision, or ``*``."""
        left: set[int] = set()
        submit = self._writing().submit

        def work(transaction: Transaction) -> None:
            map_id = writing.remove(transaction, key, if_match, self._act)
            if clearing.clear(transaction, map_id):
                left.add(map_id)

        def go_on(deleted: Future[None]) -> None:
            if not deleted.exception():
                for map_id in left:
                    clearing.sweep(submit, map_id)

        future = submit(work)
        future.add_done_callback(go_on)
        return future

    def _version(self) -> int | None:
        with self._database.translated():
            return self._watch.version()

    def _known(self, key: str, version: int | None) -> Snapshot | None:
        seen = None if version is None else self._newest.get(key)
        if not seen or seen[0] != version:
            return None
        if self._act and not self.door.shows(self._act.caller, seen[1], version):
            return None
        return self._snapshots.get(seen[1])

    def _writing(self) -> Writer:
        if self._writer is None:
            raise Unavailable("the database was opened for reading only")
        return self._writer

    def _identify(
        self, connection: Connection, key: str, needed: Role = "reader"
    ) -> Identity:
        """Say which map has a key now, if the caller has the role that it takes."""
        caller = self._act.caller if self._act else NOBODY
        map, role = self.door.identify(connection, key, caller)
        if self._act:
            require(caller, key, map.visibility, role, needed)
        return map

    def _reader(self) -> AbstractContextManager[Connection]:
        return self._database.using(self._engine.begin)

    def _asking(self) -> AbstractContextManager[Connection]:
        # For one prepared query, which needs no transaction.
        return self._database.using(self._engine.connect)
