"""The SQLite file: how it is opened, and what its errors mean.

Transactions are begun by us, not by the driver: its own way reads before it locks, and
loses updates without an error. A writer takes the lock with its first statement; a
reader sees one state of the database for as long as its transaction lasts. In WAL mode
with ``synchronous=FULL`` what is committed survives a power cut.

Only the one writing process checkpoints the WAL: SQLite before 3.51.3 has a race
between several that do. Readers elsewhere open the file for reading, which never does.
"""

import os
import sqlite3
from collections.abc import Callable
from itertools import count
from pathlib import Path
from threading import Lock
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event

from argmap.errors import ArgmapError, Malformed, NotFound, StorageFull, Unavailable
from argmap.store import database
from argmap.store.database import READERS, Database, Watch
from argmap.store.dialect import driver, own
from argmap.store.lock import WriteLock
from argmap.store.misfit import misfit
from argmap.store.wakes import Wake

_PREFIX = "sqlite:///"

# A file may not grow past RLIMIT_FSIZE: SQLite calls that an I/O error. The same goes
# for the memory-mapped index of the WAL, when the disk has no room for it.
_FULL = {"SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE"}


class SqliteFile(Database):
    """One file, which one process at a time writes.

    Symbolic links are followed at once: lock, WAL and file are beside one another, by
    whatever name it is opened. That another hard link names the same file cannot be
    told from a path, and each would have a WAL of its own: no such file is written.
    """

    is_shared = False
    kind = "SQLite"

    def __init__(self, path: Path) -> None:
        self.path = Path(os.path.realpath(path))

    @classmethod
    def at(cls, url: str) -> "SqliteFile":
        """Say which file a database URL means.

        Raises:
            Malformed: It is no ``sqlite:///FILE``.

        >>> SqliteFile.at("sqlite:////var/lib/argmap.db").path.as_posix()
        '/var/lib/argmap.db'
        """
        file = url.removeprefix(_PREFIX)
        if file in ("", url, ":memory:") or "?" in file:
            raise Malformed(f"database_url: {url!r} names no file; give {_PREFIX}FILE")
        return cls(Path(file))

    def lock(self) -> WriteLock:
        """Take the lock beside the file, which has no other name."""
        if self.path.exists() and (names := self.path.stat().st_nlink) > 1:
            raise Unavailable(
                f"{self.path} has {names} hard links, and what is written by one name "
                "would be lost by another; leave it one, or work on a copy"
            )
        return WriteLock(self.path)

    def require(self) -> None:
        """Make sure that the file is there."""
        if not self.path.exists():
            raise NotFound("database", str(self.path))

    def schema_lock(self, connection: Connection) -> None:
        """Do nothing: whoever is in a writing transaction is alone."""

    def version(self, _: Connection) -> str:
        """Give the version of the library."""
        return sqlite3.sqlite_version

    def watch(self, engine: Engine) -> "DataVersion":
        """Give SQLite's own number of commits."""
        return DataVersion(engine)

    def hear(self, _: Wake) -> Callable[[], None]:
        """Do nothing: no other process writes."""
        return lambda: None

    def faults(self, connection: Connection) -> list[str]:
        """Let SQLite look at every page, and at every reference between rows."""
        found = connection.exec_driver_sql("PRAGMA integrity_check").scalars()
        faults = [fault for fault in found if fault != "ok"]
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        return faults + [f"{row[0]} {row[1]} has lost its {row[2]}" for row in lost]

    def backup(self, file: Path) -> None:
        """Write a file that SQLite makes of one state, and see it on the disk."""
        self.require()
        if file.exists():
            raise Unavailable(f"{file} is there already; name a new file")
        engine = self.reading_engine()
        try:
            with self.translated(), engine.connect() as connection:
                driver(connection.connection).execute("VACUUM INTO ?", (str(file),))
            _sync(file)
        except BaseException:
            file.unlink(missing_ok=True)  # a half is worse than none
            raise
        finally:
            engine.dispose()

    def restore(self, file: Path, *, replace: bool) -> None:
        """Take a copy of the file in the place of what is there."""
        taken = _beside(self.path, ".restoring")
        with self.lock():
            if self.path.exists() and not replace:
                raise Unavailable(f"{self.path} is there already; say --replace")
            taken.unlink(missing_ok=True)
            try:
                SqliteFile(file).backup(taken)  # also brings in what its WAL still has
                if fault := SqliteFile(taken)._first_fault():
                    raise Unavailable(f"{file} is no sound backup: {fault}")
                self._put_aside()
                taken.replace(self.path)
            finally:
                taken.unlink(missing_ok=True)
            _sync(self.path)

    def _first_fault(self) -> str | None:
        engine = self.reading_engine()
        try:
            with self.translated(), engine.begin() as connection:
                faults = self.faults(connection)
                return faults[0] if faults else misfit(connection)
        finally:
            engine.dispose()

    def _put_aside(self) -> None:
        """Give what is there another name, under which nothing has been kept yet."""
        # A WAL without its file would spoil another, and a file without its WAL lacks.
        parts = ("", "-wal", "-shm")
        for number in count(1):
            before = _beside(
                self.path, f".before.{number}" if number > 1 else ".before"
            )
            if not any(_beside(before, part).exists() for part in parts):
                break
        for part in parts:
            if (old := _beside(self.path, part)).exists():
                old.replace(_beside(before, part))

    def writing_engine(self) -> Engine:
        """Open the file to write it: one connection, that locks as it begins."""
        engine = self._engine("rwc", connections=1)

        @event.listens_for(engine, "connect")
        def prepare(connection: sqlite3.Connection, _: object) -> None:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA fullfsync = ON")  # macOS: past the disk's cache
            connection.execute("PRAGMA foreign_keys = ON")
            # KiB: indexes that a map is written into. What is kept of all the history
            # besides would fill any room and save nothing: the system has it, too.
            connection.execute("PRAGMA cache_size = -8192")

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            own(connection).execute("BEGIN IMMEDIATE")

        return engine

    def reading_engine(self) -> Engine:
        """Open the file to read it, from several threads at once."""
        engine = self._engine("ro", connections=READERS)

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            own(connection).execute("BEGIN")

        return engine

    def _engine(self, mode: str, *, connections: int) -> Engine:
        def connect() -> sqlite3.Connection:
            return sqlite3.connect(
                f"file:{quote(str(self.path))}?mode={mode}",
                uri=True,
                timeout=database.PATIENCE,
                isolation_level=None,
                check_same_thread=False,
            )

        # More are opened while more threads want one: who calls bounds the threads.
        return create_engine(
            f"{_PREFIX}{self.path}",
            creator=connect,
            pool_size=connections,
            max_overflow=-1,
        )

    @property
    def _failure(self) -> type[Exception]:
        return sqlite3.Error

    def _meaning(self, error: BaseException | None) -> ArgmapError | None:
        if not isinstance(error, sqlite3.DatabaseError) or isinstance(
            error, sqlite3.IntegrityError | sqlite3.ProgrammingError
        ):
            return None
        name = getattr(error, "sqlite_errorname", "")
        if name in _FULL:
            return StorageFull()
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            return Unavailable(
                f"another program has locked the database for {database.PATIENCE:g} s; "
                "try again"
            )
        return Unavailable(f"the database cannot be used: {error}")


def _beside(file: Path, ending: str) -> Path:
    return file.with_name(file.name + ending)


def _sync(file: Path) -> None:
    """See a file, and its name, on the disk."""
    for path in (file, file.parent):
        opened = os.open(path, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


class DataVersion(Watch):
    """SQLite's ``data_version``, as one connection that never writes sees it.

    It costs some microseconds: so it can be asked for with every request.
    """

    def __init__(self, engine: Engine) -> None:
        self._checkout = engine.raw_connection()
        self._connection = driver(self._checkout)
        self._lock = Lock()

    def version(self) -> int:
        """Return the number of the state that is there now; ask before you read it."""
        with self._lock:
            ((version,),) = self._connection.execute("PRAGMA data_version")
        return int(version)

    def close(self) -> None:
        """Give the connection back."""
        with self._lock:
            self._checkout.close()
