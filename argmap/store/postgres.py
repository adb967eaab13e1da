"""PostgreSQL: how it is opened, what its errors mean, and how it tells of changes.

Several processes write one database. Whoever changes a map holds its key in the
transaction (see `transaction`), so READ COMMITTED loses nothing; readers have one
state for as long as their transaction lasts.

Connections ask for what argmap promises, whatever the server's defaults are: a commit
is on the disk before it is told of, and a process that was stopped in the middle does
not keep the others waiting.
"""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path
from select import select
from socket import socketpair
from threading import Thread
from typing import Any
from weakref import WeakSet

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event

from argmap.errors import ArgmapError, Malformed, StorageFull, Unavailable
from argmap.store import database
from argmap.store.database import READERS, Database, Watch
from argmap.store.dialect import CHANNEL, own
from argmap.store.gathering import Gathering
from argmap.store.wakes import Wake

logger = logging.getLogger("argmap.store")

CONNECTING = 5
"""Seconds to wait for an answer to a new connection."""
SILENT = 10_000
"""Milliseconds without an answer, until a connection is given up."""
IDLE = "60s"
"""How long a transaction may do nothing, before the server ends it."""
AGAIN = 0.5
"""Seconds until a lost connection for listening is made again."""

# Classes of errors that say something of the server, though not by their type: a
# transaction that it has ended, a file that is damaged.
_ITS_OWN = ("25", "XX")

_SCHEMA_LOCK = 0x6172676D6170  # "argmap"


class Postgres(Database):
    """A database on a PostgreSQL server, which many processes may write."""

    is_shared = True
    kind = "PostgreSQL"

    def __init__(self, url: str) -> None:
        """Take a URL as libpq reads it.

        Raises:
            Malformed: It is none.
        """
        self._url = f"postgresql:{url.partition(':')[2]}"
        self._engines = WeakSet[Engine]()
        try:
            psycopg.conninfo.conninfo_to_dict(self._url)
        except psycopg.ProgrammingError:
            raise Malformed(  # libpq's own words quote the URL, password and all
                "database_url: libpq cannot read this URL; give "
                "postgresql://USER:PASSWORD@HOST/NAME, with %-escapes for what is "
                "neither a letter nor a digit in a part"
            ) from None

    def lock(self) -> AbstractContextManager[object]:
        """Take nothing: many may write."""
        return nullcontext()

    def require(self) -> None:
        """Leave it to the first query: there is no file to look for."""

    def schema_lock(self, connection: Connection) -> None:
        """Wait until no other process changes the schema."""
        connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_SCHEMA_LOCK})")

    def version(self, connection: Connection) -> str:
        """Give the version of the server."""
        return str(connection.exec_driver_sql("SHOW server_version").scalar_one())

    def watch(self, _: Engine) -> Watch:
        """Give what knows nothing: each reader has to ask."""
        return Watch()

    def hear(self, wake: Wake) -> Callable[[], None]:
        """Listen in a thread of its own, which connects again when it has to."""
        ear = _Ear(self._connect, wake)
        return ear.close

    def faults(self, _: Connection) -> list[str]:
        """Leave it to the server, which checks what it reads."""
        return []

    def backup(self, file: Path) -> None:
        """Refuse: PostgreSQL has tools of its own."""
        raise Malformed(f"back PostgreSQL up with: pg_dump -Fc -f {file} URL")

    def restore(self, file: Path, *, replace: bool) -> None:
        """Refuse: PostgreSQL has tools of its own."""
        clean = "--clean " if replace else ""
        raise Malformed(f"restore PostgreSQL with: pg_restore {clean}-d URL {file}")

    def writing_engine(self) -> Engine:
        """Open it to write: one connection."""
        return self._engine("BEGIN", connections=1)

    def reading_engine(self) -> Engine:
        """Open it to read, from several threads at once."""
        return self._engine(
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", connections=READERS
        )

    def _engine(self, beginning: str, *, connections: int) -> Engine:
        # Without AUTOCOMMIT the driver would begin by itself, also for one query.
        engine = create_engine(
            "postgresql+psycopg://",
            creator=self._connect,
            isolation_level="AUTOCOMMIT",
            pool_size=connections,
            max_overflow=-1,
            use_native_hstore=False,
        )
        self._engines.add(engine)

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            own(connection).later(beginning)

        return engine

    def _connect(self) -> Gathering:
        return Gathering.connect(
            self._url,
            autocommit=True,
            connect_timeout=CONNECTING,
            tcp_user_timeout=SILENT,
            keepalives_idle=5,
            keepalives_interval=2,
            keepalives_count=3,
            application_name="argmap",
            options=f"-c lock_timeout={int(database.PATIENCE * 1000)} "
            f"-c idle_in_transaction_session_timeout={IDLE} "
            "-c synchronous_commit=on -c timezone=UTC -c client_encoding=UTF8",
        )

    @property
    def _failure(self) -> type[Exception]:
        return psycopg.Error

    def _meaning(self, error: BaseException | None) -> ArgmapError | None:
        state = getattr(error, "sqlstate", None) or ""
        if state == "53100":
            return StorageFull()
        if state == "55P03":
            return Unavailable(
                f"another process has held the map for {database.PATIENCE:g} s; "
                "try again"
            )
        if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError) or (
            state[:2] in _ITS_OWN
        ):
            # Where one connection is lost, so are most likely all.
            for engine in self._engines:
                engine.dispose(close=False)
            return Unavailable(f"the database cannot be used: {_first_line(error)}")
        return None


class _Ear:
    """Hears which maps other processes have changed."""

    def __init__(self, connect: Callable[[], psycopg.Connection], wake: Wake) -> None:
        self._connect, self._wake = connect, wake
        self._closed, self._bell = socketpair()
        self._thread = Thread(target=self._run, name="argmap-ear", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Listen no more."""
        self._bell.close()
        self._thread.join()
        self._closed.close()

    def _run(self) -> None:
        is_open = True
        while is_open:
            try:
                is_open = self._listen()
            except psycopg.Error as error:
                logger.warning("no news of other processes: %s", _first_line(error))
                is_open = self._waits(None, AGAIN)

    def _listen(self) -> bool:
        """Listen until this is closed, which gives False."""
        with self._connect() as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            self._wake(None)  # what was told before, nobody has heard
            while self._waits(connection.fileno(), None):
                for told in connection.notifies(timeout=0):
                    self._wake(told.payload)
        return False

    def _waits(self, news: int | None, seconds: float | None) -> bool:
        """Wait for news, or some seconds; False if this is closed."""
        heard: list[Any] = [self._closed, *([] if news is None else [news])]
        readable, _, _ = select(heard, [], [], seconds)
        return self._closed not in readable


def _first_line(error: BaseException | None) -> str:
    with suppress(IndexError):
        return str(error).strip().splitlines()[0]
    return type(error).__name__
