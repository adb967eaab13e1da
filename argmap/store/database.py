"""Which database there is: a SQLite file, or PostgreSQL.

Both are opened in the same way, and never begin a transaction by themselves: a writer's
is begun so that no update is lost, a reader's so that it sees one state for as long as
it lasts. What of SQL they say differently is in `dialect` and `search`.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from msgspec import DecodeError
from sqlalchemy import Connection, Engine, make_url
from sqlalchemy.exc import DBAPIError

from argmap.errors import ArgmapError, Malformed, NotInstalled, Unavailable
from argmap.store.wakes import Wake

PATIENCE = 5.0
"""Seconds to wait for another program that holds what a writer needs."""

READERS = 8
"""Connections for reading that stay open."""


class Database(ABC):
    """A place for maps, which need not be there yet."""

    is_shared: bool
    """Whether several processes may write it at the same time."""
    kind: str
    """What it is, as people call it."""

    @abstractmethod
    def writing_engine(self) -> Engine:
        """Open it to write: one connection, for one thread."""

    @abstractmethod
    def reading_engine(self) -> Engine:
        """Open it to read, from several threads at once."""

    @abstractmethod
    def lock(self) -> AbstractContextManager[object]:
        """Take the right to write it, if only one process may.

        Raises:
            Unavailable: Another process has it, or could without our knowing.
        """

    @abstractmethod
    def require(self) -> None:
        """Make sure that there is something to read.

        Raises:
            NotFound: There is no such file.
        """

    @abstractmethod
    def schema_lock(self, connection: Connection) -> None:
        """Let no other process change the schema before this transaction ends."""

    @abstractmethod
    def version(self, connection: Connection, /) -> str:
        """Say which release of the database this is."""

    @abstractmethod
    def watch(self, engine: Engine, /) -> "Watch":
        """Give what notices commits, if that can be told without a query."""

    @abstractmethod
    def hear(self, wake: Wake, /) -> Callable[[], None]:
        """Have *wake* called for every map that another process changes.

        Returns:
            What ends that.
        """

    @abstractmethod
    def faults(self, connection: Connection, /) -> list[str]:
        """Look for damage that the database itself can find."""

    @abstractmethod
    def backup(self, file: Path) -> None:
        """Write all that is there now to a new file, while others go on writing.

        Raises:
            Malformed: The database has a way of its own; the message names it.
            Unavailable: The file is there already, or cannot be written.
        """

    @abstractmethod
    def restore(self, file: Path, *, replace: bool) -> None:
        """Begin again from a backup; what was there is kept beside it, each time anew.

        Raises:
            Malformed: The database has a way of its own; the message names it.
            NotFound: There is no such file.
            Unavailable: The file is no sound backup, or not of a schema that this
                argmap knows; some process has the database open; or there is a
                database, and it is not to be replaced.
        """

    @abstractmethod
    def _meaning(self, error: BaseException | None) -> ArgmapError | None:
        """Say what an error of the driver means, where the database is at fault."""

    @property
    @abstractmethod
    def _failure(self) -> type[Exception]:
        """The driver's own errors."""

    @contextmanager
    def using(
        self, connect: Callable[[], AbstractContextManager[Connection]]
    ) -> Iterator[Connection]:
        """Give a connection, with the driver's errors as ours."""
        with self.translated(), connect() as connection:
            yield connection

    def translated(self) -> AbstractContextManager[None]:
        """Turn the driver's errors into ours, where the database is at fault."""
        return _Translated(self)

    def ours(self, error: BaseException) -> ArgmapError | None:
        """Say what an error means, if the database is at fault."""
        if isinstance(error, DBAPIError):
            return self._meaning(error.orig)
        if isinstance(error, self._failure):
            return self._meaning(error)
        if isinstance(error, UnicodeDecodeError | DecodeError):  # only argmap wrote it
            return Unavailable(f"the database is damaged: {error}")
        return None


class _Translated(AbstractContextManager[None]):
    # A generator would take longer than what most requests ask of the database.
    def __init__(self, database: Database) -> None:
        self._database = database

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if error is not None and (meaning := self._database.ours(error)):
            raise meaning from error


class Watch:
    """A number that changes with every commit; None: that cannot be told."""

    def version(self) -> int | None:
        """Return the number of the state that is there now; ask before you read it."""
        return None

    def close(self) -> None:
        """Let go of the database."""


def database_at(url: str) -> Database:
    """Say which database a URL means.

    Raises:
        Malformed: It is no ``sqlite:///FILE`` and no ``postgresql://…``.
        NotInstalled: It is one of PostgreSQL, for which the driver is not there.
    """
    scheme = url.partition(":")[0]
    if scheme in ("postgresql", "postgres"):
        return _postgres(url)
    if scheme == "sqlite":
        from argmap.store.sqlite import SqliteFile

        return SqliteFile.at(url)
    raise Malformed(
        f"database_url: {scheme!r} databases are not available; give a SQLite file, "
        "such as sqlite:///argmap.db, or postgresql://USER@HOST/NAME"
    )


def shown(url: str) -> str:
    """Write a database URL so that anybody may read it: without its passwords.

    >>> shown("postgresql://ada:secret@db/maps"), shown("sqlite:///argmap.db")
    ('postgresql://ada:***@db/maps', 'sqlite:///argmap.db')
    >>> shown("postgresql://db/maps?password=secret&port=5433")
    'postgresql://db/maps?port=5433'
    """
    read = make_url(url)
    secret = [name for name in read.query if "password" in name]
    return read.difference_update_query(secret).render_as_string()


def _postgres(url: str) -> Database:
    try:
        from argmap.store.postgres import Postgres
    except ImportError as error:
        raise NotInstalled("PostgreSQL", "postgres") from error
    return Postgres(url)
