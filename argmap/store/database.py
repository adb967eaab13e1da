"""The SQLite file: how it is opened, and what its errors mean.

Transactions are begun by us, not by the driver: its own way reads before it locks, and
loses updates without an error. A writer takes the lock with its first statement; a
reader sees one state of the database for as long as its transaction lasts. In WAL mode
with ``synchronous=FULL`` what is committed survives a power cut.

Only the one writing process checkpoints the WAL: SQLite before 3.51.3 has a race
between several that do. Readers elsewhere open the file for reading, which never does.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast
from urllib.parse import quote

from msgspec import DecodeError
from sqlalchemy import Connection, Engine, PoolProxiedConnection, create_engine, event
from sqlalchemy.exc import DBAPIError

from argmap.errors import ArgmapError, Malformed, StorageFull, Unavailable

# Seconds to wait for another program that holds the database locked.
PATIENCE = 5.0

# Connections for reading that stay open.
READERS = 8

_PREFIX = "sqlite:///"

# A file may not grow past RLIMIT_FSIZE: SQLite calls that an I/O error. The same goes
# for the memory-mapped index of the WAL, when the disk has no room for it.
_FULL = {"SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE"}


def path_of(url: str) -> Path:
    """Say which file a database URL means.

    Raises:
        Malformed: It is no ``sqlite:///FILE``.

    >>> path_of("sqlite:////var/lib/argmap.db").as_posix()
    '/var/lib/argmap.db'
    """
    file = url.removeprefix(_PREFIX)
    if file == url:
        scheme = url.partition(":")[0]
        raise Malformed(
            f"database_url: {scheme!r} databases are not available; "
            f"give a SQLite file, such as {_PREFIX}argmap.db"
        )
    if not file or file == ":memory:" or "?" in file:
        raise Malformed(f"database_url: {url!r} names no file; give {_PREFIX}FILE")
    return Path(file).absolute()


def writing_engine(path: Path) -> Engine:
    """Open the file to write it: one connection, whose transactions lock at once."""
    engine = _engine(path, "rwc", connections=1)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA fullfsync = ON")  # macOS: past the disk's own cache
        connection.execute("PRAGMA foreign_keys = ON")
        # KiB: the indexes that a large map is written into, rather than 2 MB of them.
        connection.execute("PRAGMA cache_size = -65536")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def reading_engine(path: Path) -> Engine:
    """Open the file to read it, from several threads at once."""
    engine = _engine(path, "ro", connections=READERS)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


def _engine(path: Path, mode: str, *, connections: int) -> Engine:
    def connect() -> sqlite3.Connection:
        return sqlite3.connect(
            f"file:{quote(str(path))}?mode={mode}",
            uri=True,
            timeout=PATIENCE,
            isolation_level=None,
            check_same_thread=False,
        )

    # More are opened while more threads want one: who calls bounds the threads.
    return create_engine(
        f"{_PREFIX}{path}", creator=connect, pool_size=connections, max_overflow=-1
    )


def is_in_transaction(connection: Connection) -> bool:
    """Say whether SQLite still has a transaction open: some errors end it."""
    return driver(connection.connection).in_transaction


def driver(connection: PoolProxiedConnection) -> sqlite3.Connection:
    """Return the driver's own connection."""
    return cast(sqlite3.Connection, connection.driver_connection)


@contextmanager
def translated() -> Iterator[None]:
    """Turn the driver's errors into ours, where the database is at fault and not we."""
    try:
        yield
    except DBAPIError as error:
        if meaning := _meaning(error.orig):
            raise meaning from error
        raise
    except sqlite3.Error as error:
        if meaning := _meaning(error):
            raise meaning from error
        raise
    except (UnicodeDecodeError, DecodeError) as error:  # only argmap has written it
        raise Unavailable(f"the database is damaged: {error}") from error


def _meaning(error: BaseException | None) -> ArgmapError | None:
    if not isinstance(error, sqlite3.DatabaseError) or isinstance(
        error, sqlite3.IntegrityError | sqlite3.ProgrammingError
    ):
        return None
    name = getattr(error, "sqlite_errorname", "")
    if name in _FULL:
        return StorageFull()
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Unavailable(
            f"another program has locked the database for {PATIENCE:g} s; try again"
        )
    return Unavailable(f"the database cannot be used: {error}")
