"""Noticing commits, by this process or by another."""

from threading import Lock

from sqlalchemy import Engine

from argmap.store.database import driver


class Watch:
    """A number that changes with every commit.

    It is SQLite's ``data_version``, as one connection that never writes sees it, and
    costs some microseconds: so it can be asked for with every request.
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
