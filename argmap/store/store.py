"""The store, as the rest of argmap sees it."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
from sqlalchemy import Connection

from argmap.debate.sheet import Round
from argmap.errors import ArgmapError, NotFound, Unavailable
from argmap.settings import Settings
from argmap.store import (
    clearing,
    history,
    making,
    present,
    receipts,
    rounds,
    search,
    writing,
)
from argmap.store.database import path_of, reading_engine, translated, writing_engine
from argmap.store.lock import WriteLock
from argmap.store.memo import Memo
from argmap.store.migrate import is_current, migrate
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
from argmap.store.watch import Watch
from argmap.store.writer import Writer

# Items that the snapshots in memory may have together. An item takes one or two KiB,
# but successive revisions of a map share all that did not change.
REMEMBERED = 600_000

# Maps of which we remember which revision was the newest a moment ago.
KNOWN = 10_000


class Store:
    """Maps and their history, in one SQLite file.

    Any thread may call any method. No reader waits for a writer.
    """

    sqlite_version = sqlite3.sqlite_version

    def __init__(self, path: Path, lock: WriteLock | None, settings: Settings) -> None:
        """Take an up-to-date database; `open` is the way in."""
        self._max_items, self._author = settings.max_items, settings.author
        self._snapshots: Memo[Snapshot] = Memo(REMEMBERED, lambda s: len(s.revs))
        self._newest: Memo[tuple[int, Identity]] = Memo(KNOWN)
        self._writer: Writer | None = None
        self.wakes = Wakes()
        self._open = ExitStack()
        if lock:
            self._open.callback(lock.release)
            self._writer = Writer(
                writing_engine(path), self._snapshots, self.wakes.wake
            )
            self._open.callback(self._writer.close)
            for map_id in self._writer.submit(clearing.unseen).result():
                self._sweep(map_id)
        self._engine = reading_engine(path)
        self._open.callback(self._engine.dispose)
        self._watch = Watch(self._engine)
        self._open.callback(self._watch.close)

    @classmethod
    def open(cls, settings: Settings, *, read_only: bool = False) -> "Store":
        """Open the database of *settings*; make it, or bring it up to date, if need be.

        One process at a time may open it for writing; any number may read meanwhile.

        Raises:
            Malformed: ``database_url`` names no SQLite file.
            NotFound: The database is to be read only, and is not there.
            Unavailable: Another process writes it, or it cannot be used.
        """
        path = path_of(settings.database_url)
        if read_only:
            if not path.exists():
                raise NotFound("database", str(path))
            if not _is_ready(path):
                with WriteLock(path):
                    _prepare(path)
            return cls(path, None, settings)
        lock = WriteLock(path)
        try:
            _prepare(path)
            return cls(path, lock, settings)
        except BaseException:
            lock.release()
            raise

    def close(self) -> None:
        """Finish the writes that wait, and let go of the database."""
        self._open.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

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
            return present.headers(connection, after or "", limit)

    def count_maps(self) -> int:
        """Say how many maps there are."""
        with self._reader() as connection:
            return present.count(connection)

    def snapshot(self, key: str) -> Snapshot:
        """Return the newest state of a map.

        Every write that was acknowledged before the call is in it. A few microseconds
        if nothing has been committed since the last call.

        Raises:
            NotFound: There is no such map.
        """
        version = self._version()
        if known := self._known(key, version):
            return known
        with self._reader() as connection:
            identity = _identify(connection, key)
            snapshot = self._snapshots.find(
                identity, lambda: present.load(connection, identity.id)
            )
        self._newest.put(key, (version, identity))
        return snapshot

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
            current = _identify(connection, key)
            if not 1 <= revision <= current.revision:
                raise NotFound("revision", f"{key}@{revision}")
            identity = current._replace(revision=revision)

            def read() -> Snapshot:
                if identity == current:
                    return present.load(connection, identity.id)
                return history.as_of(connection, identity)

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
            identity = _identify(connection, key)
            if after >= identity.revision:
                return []
            start = max(after, 0)
            return history.changes(connection, identity.id, start, limit, most)

    def search_claims(self, wanted: Wanted, start: int, limit: int) -> list[Found]:
        """Find claims of all maps, the best first, from the one at *start* on."""
        with self._reader() as connection:
            return search.claims(connection, wanted, start, limit)

    def search_sources(self, wanted: Wanted, start: int, limit: int) -> list[Found]:
        """Find sources of all maps, the best first, from the one at *start* on."""
        with self._reader() as connection:
            return search.sources(connection, wanted, start, limit)

    def count_changes(self, key: str) -> int:
        """Say how many change sets the history of a map has.

        Raises:
            NotFound: There is no such map.
        """
        with self._reader() as connection:
            return history.count(connection, _identify(connection, key).id)

    def first_revision(self, key: str) -> int:
        """Say with which revision a map begins: 1, or one after that of one deleted.

        Raises:
            NotFound: There is no such map.
        """
        with self._reader() as connection:
            return history.first(connection, _identify(connection, key).id)

    def submit(self, write: Write) -> Future[Committed]:
        """Change a map, or create one; the future resolves once that is durable.

        What the future raises is told by `argmap.store.writing.perform`, and besides:
        StorageFull, if there is no room; Unavailable, if the database cannot be used.
        """
        wanted = self._signed(write)
        work = partial(writing.perform, write=wanted, max_items=self._max_items)
        return self._writing().submit(work)

    def find_answer(self, key: str) -> tuple[str, Answer] | None:
        """Find what was answered to the write of a receipt, and to which request."""
        with self._reader() as connection:
            return receipts.find(connection, key)

    def submit_round(self, write: RoundWrite) -> Future[RoundDone]:
        """Change a debate round; the future resolves once that is durable.

        What it raises is told by `argmap.store.rounds.perform`, and by `submit`.
        """
        work = partial(rounds.perform, wanted=write, max_items=self._max_items)
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
        submit = self._writing().submit
        return making.make(submit, self._signed(write), self._max_items, self._sweep)

    def delete(self, key: str, if_match: str) -> Future[None]:
        """Delete a map and its history, if that is its newest revision, or ``*``."""
        left: set[int] = set()

        def work(transaction: Transaction) -> None:
            map_id = writing.remove(transaction, key, if_match)
            if clearing.clear(transaction, map_id):
                left.add(map_id)

        def go_on(deleted: Future[None]) -> None:
            if not deleted.exception():
                for map_id in left:
                    self._sweep(map_id)

        future = self._writing().submit(work)
        future.add_done_callback(go_on)
        return future

    def _sweep(self, map_id: int) -> None:
        """Take away what nobody sees any more, step by step, while others write."""

        def again(step: Future[bool]) -> None:
            if not step.exception() and step.result():
                self._sweep(map_id)

        with suppress(Unavailable):  # closed: the next start takes it away
            work = partial(clearing.clear, map_id=map_id)
            self._writing().submit(work).add_done_callback(again)

    def _signed(self, write: Write) -> Write:
        """Let a write that nobody signed be by the author of the settings."""
        if write.author is not None or self._author is None:
            return write
        return msgspec.structs.replace(write, author=self._author)

    def _version(self) -> int:
        with translated():
            return self._watch.version()

    def _known(self, key: str, version: int) -> Snapshot | None:
        seen = self._newest.get(key)
        return self._snapshots.get(seen[1]) if seen and seen[0] == version else None

    def _writing(self) -> Writer:
        if self._writer is None:
            raise Unavailable("the database was opened for reading only")
        return self._writer

    @contextmanager
    def _reader(self) -> Iterator[Connection]:
        with translated(), self._engine.begin() as connection:
            yield connection


def _identify(connection: Connection, key: str) -> Identity:
    identity = present.identify(connection, key)
    if identity is None:
        raise NotFound("map", key)
    return identity


def _is_ready(path: Path) -> bool:
    engine = reading_engine(path)
    try:
        with translated(), engine.begin() as connection:
            return is_current(connection)
    finally:
        engine.dispose()


def _prepare(path: Path) -> None:
    engine = writing_engine(path)
    try:
        with translated(), engine.begin() as connection:
            if not is_current(connection):
                migrate(connection)
    finally:
        engine.dispose()
