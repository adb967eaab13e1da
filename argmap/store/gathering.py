"""A connection to PostgreSQL that sends together what needs no answer.

A statement that is sent alone costs the way there and back, and the thread its turn.
What is told `Gathering.later` waits until something is asked, or until the commit, and
goes with that, in its order: one message, and one answer. If a statement fails, none
that comes after it is done, the commit no more than the others; the error then comes
with what was asked.
"""

from collections.abc import Iterable
from typing import Any, Self, cast

import psycopg
from psycopg import pq

Row = tuple[Any, ...]


class Gathering(psycopg.Connection[Row]):
    """A connection of psycopg's, of which each cursor sends first what waits."""

    def __init__(self, pgconn: pq.abc.PGconn) -> None:
        super().__init__(pgconn)
        self.cursor_factory = Asking
        self._waiting: list[str] = []
        self._writer = psycopg.ClientCursor[Row](self)

    def later(self, query: str, values: Any = None) -> None:
        """Have a statement done before whatever is asked next, or at the commit."""
        self._waiting.append(self.written(query, values))

    def written(self, query: str, values: Any = None) -> str:
        """Write values into a statement, each quoted as the server wants it."""
        return self._writer.mogrify(cast(Any, query), values)

    def cursor(self, name: str = "", **how: Any) -> Any:
        """Give a cursor; one that has a name is the server's, within a transaction."""
        if name and self._waiting:
            send(super().cursor(), self.take())
        return super().cursor(name, **how) if name else super().cursor(**how)

    def take(self) -> list[str]:
        """Give what waits, to be sent now."""
        waiting, self._waiting = self._waiting, []
        return waiting

    def is_sound(self) -> bool:
        """Say whether a transaction is open, or waits to be, and nothing broke it."""
        status = self.info.transaction_status
        if status == pq.TransactionStatus.IDLE:
            return bool(self._waiting)
        return status == pq.TransactionStatus.INTRANS

    def commit(self) -> None:
        """Commit, with what waits."""
        if not self._waiting:
            super().commit()
            return
        self.later("COMMIT")
        send(self.cursor(), self.take())

    def rollback(self) -> None:
        """Take everything back, and forget what waits."""
        self.take()
        super().rollback()


class Asking(psycopg.Cursor[Row]):
    """A cursor that sends first what waits, in the message of its own statement."""

    def execute(self, query: Any, params: Any = None, **how: Any) -> Self:
        """Ask, and have the answer to this statement alone."""
        connection = cast(Gathering, self.connection)
        if not (waiting := connection.take()):
            return super().execute(query, params, **how)
        send(self, [*waiting, connection.written(query, params)])
        return self

    def executemany(
        self, query: Any, params_seq: Iterable[Any], *, returning: bool = False
    ) -> None:
        """Do the same for many rows, after what waits."""
        if waiting := cast(Gathering, self.connection).take():
            send(self, waiting)
        super().executemany(query, params_seq, returning=returning)


def send(cursor: psycopg.Cursor[Row], statements: Iterable[str]) -> None:
    """Send statements in one message; the cursor has the answer to the last."""
    together = ";\n".join(statements).encode()
    psycopg.Cursor.execute(cursor, together, prepare=False)
    while cursor.nextset():
        pass
