"""The one thread that writes.

Whoever wants to write hands over a piece of work and gets a future. The thread takes
what waits, runs each piece, and commits them together: one sync of the disk for many
writes. A piece that fails before it has done anything has simply failed; after that, or
if there is no room for all, everything is taken back and each tried by itself. If the
commit fails, they all have. So a piece must do nothing but through its transaction, and
may be run twice. No future is resolved before the commit.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from threading import Condition, Thread
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection

from argmap.errors import StorageFull, Unavailable
from argmap.store.database import Database
from argmap.store.dialect import is_in_transaction, is_lost
from argmap.store.memo import Memo
from argmap.store.snapshot import Snapshot
from argmap.store.transaction import Held, Transaction
from argmap.store.wakes import Wakes

T = TypeVar("T")

# Writes that are committed together: enough to share a sync, few enough that the first
# does not wait long for the last.
GROUP = 64

# Seconds that a group waits for the next of those that it expects: many times what a
# request takes on its way here, a fraction of what a sync takes.
LINGER = 0.001


class _Job(NamedTuple):
    work: Callable[[Transaction], Any]
    future: Future[Any]


class Writer:
    """Runs pieces of work in the order in which they came.

    ``groups`` counts how many were committed together, by how many they were.
    """

    def __init__(
        self, database: Database, snapshots: Memo[Snapshot], wakes: Wakes
    ) -> None:
        self._database, self._engine = database, database.writing_engine()
        self._connection: Connection | None = None
        self._pool = self._engine.pool
        self._snapshots, self._wakes = snapshots, wakes
        self._queue: deque[_Job] = deque()
        self.groups: Counter[int] = Counter()
        self._arrived = Condition()
        self._awaited = 1  # so many in the queue are worth waking the thread for
        self._is_closed = False
        self._thread = Thread(target=self._run, name="argmap-writer", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[Transaction], T]) -> Future[T]:
        """Have *work* done; the future has what it returns once that is committed.

        Raises:
            Unavailable: The writer has been closed.
        """
        future: Future[T] = Future()
        with self._arrived:
            if self._is_closed:
                raise Unavailable("the database is being closed; nothing was written")
            self._queue.append(_Job(work, future))
            if len(self._queue) >= self._awaited:
                self._arrived.notify()
        return future

    @property
    def waiting(self) -> int:
        """How many pieces of work wait."""
        return len(self._queue)

    def is_alive(self) -> bool:
        """Say whether the thread runs."""
        return self._thread.is_alive()

    def close(self) -> None:
        """Take no more work, finish what waits, and stop."""
        with self._arrived:
            self._is_closed = True
            self._arrived.notify()
        self._thread.join()
        self._disconnect()
        self._engine.dispose()

    def _run(self) -> None:
        before, last = 0, 0
        while group := self._next_group(max(before, last)):
            before, last = last, len(group)
            self._commit([j for j in group if j.future.set_running_or_notify_cancel()])

    def _next_group(self, expected: int) -> list[_Job]:
        """Wait for work, and take what is there; nothing means that we close.

        As many as came together before are likely to come again: they are waited for
        while they keep coming, which costs less than to sync for the first by itself.
        """
        with self._arrived:
            self._awaited = 1
            self._arrived.wait_for(lambda: self._queue or self._is_closed)
            self._awaited, known = expected, 0
            while known < len(self._queue) < expected and not self._is_closed:
                known = len(self._queue)
                self._arrived.wait(LINGER)
            return [self._queue.popleft() for _ in range(min(GROUP, len(self._queue)))]

    def _commit(self, group: list[_Job]) -> None:
        while group:
            group = group[self._commit_some(group) :]
            self._wakes.resolved()

    def _commit_some(self, group: list[_Job]) -> int:
        """Do what can be done together, and tell who waits; say how many that were."""
        outcomes: list[_Outcome] = []
        try:
            with self._database.translated(), self._begun() as connection:
                transaction = Transaction(connection, self._snapshots)
                for job in group:
                    try:
                        outcomes.append(self._attempt(job, transaction, connection))
                    except Held:  # by another process: to be waited for with nothing
                        break
                transaction.write()
                transaction.tell()
        except Exception as error:
            is_common = isinstance(error, Unavailable)
            if len(group) == 1 or (is_common and not isinstance(error, StorageFull)):
                failure = error.failure if isinstance(error, _Spoilt) else error
                for job in group:
                    job.future.set_exception(failure)
            else:
                for job in group:  # what one cannot have must not cost the others
                    self._commit([job])
            return len(group)
        transaction.publish()
        self.groups[len(outcomes)] += 1
        for job, (result, refusal) in zip(group, outcomes, strict=False):
            if refusal is None:
                job.future.set_result(result)
            else:
                job.future.set_exception(refusal)
        for key in transaction.touched:
            self._wakes.wake(key)
        return len(outcomes)

    @contextmanager
    def _begun(self) -> Iterator[Connection]:
        """Begin a transaction on the connection that is kept until something fails.

        Connections that the engine has let go of are given up, too.
        """
        if self._connection is None or self._pool is not self._engine.pool:
            self._disconnect()
            self._pool = self._engine.pool
            self._connection = self._engine.connect()
        try:
            with self._connection.begin():
                yield self._connection
        except BaseException:
            self._disconnect()
            raise

    def _disconnect(self) -> None:
        if self._connection is not None:
            connection, self._connection = self._connection, None
            connection.close()

    def _attempt(
        self, job: _Job, transaction: Transaction, connection: Connection
    ) -> "_Outcome":
        steps = transaction.steps
        try:
            with self._database.translated():
                return job.work(transaction), None
        except Exception as failure:
            if is_lost(connection):
                raise  # for whoever else waits, too
            if transaction.steps == steps and is_in_transaction(connection):
                if isinstance(failure, Held):
                    raise
                return None, failure
            # The database gives up the whole transaction after some errors, too.
            raise _Spoilt(failure) from failure


_Outcome = tuple[Any, Exception | None]
"""What a piece of work has returned, or why it was refused."""


class _Spoilt(Exception):
    """A piece of work has failed that may have written: what it has must go."""

    def __init__(self, failure: Exception) -> None:
        self.failure = failure
        super().__init__(failure)
