"""The one thread that writes.

Whoever wants to write hands over a piece of work and gets a future. The thread takes
what waits, runs each piece, and commits them together: one sync of the disk for many
writes. A piece that fails before it has done anything has simply failed; after that, or
if there is no room for all, everything is taken back and each tried by itself. If the
commit fails, they all have. So a piece must do nothing but through its transaction, and
may be run twice. No future is resolved before the commit.
"""

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, Engine

from argmap.errors import StorageFull, Unavailable
from argmap.store.database import is_in_transaction, translated
from argmap.store.memo import Memo
from argmap.store.snapshot import Snapshot
from argmap.store.transaction import Transaction
from argmap.store.wakes import Wake

T = TypeVar("T")

# Writes that are committed together: enough to share a sync, few enough that the first
# does not wait long for the last.
GROUP = 64


class _Job(NamedTuple):
    work: Callable[[Transaction], Any]
    future: Future[Any]


class Writer:
    """Runs pieces of work in the order in which they came."""

    def __init__(self, engine: Engine, snapshots: Memo[Snapshot], wake: Wake) -> None:
        self._engine, self._snapshots, self._wake = engine, snapshots, wake
        self._queue: SimpleQueue[_Job | None] = SimpleQueue()
        self._closing = Lock()
        self._is_closed = False
        self._thread = Thread(target=self._run, name="argmap-writer", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[Transaction], T]) -> Future[T]:
        """Have *work* done; the future has what it returns once that is committed.

        Raises:
            Unavailable: The writer has been closed.
        """
        future: Future[T] = Future()
        with self._closing:
            if self._is_closed:
                raise Unavailable("the database is being closed; nothing was written")
            self._queue.put(_Job(work, future))
        return future

    def is_alive(self) -> bool:
        """Say whether the thread runs."""
        return self._thread.is_alive()

    def close(self) -> None:
        """Take no more work, finish what waits, and stop."""
        with self._closing:
            self._is_closed = True
            self._queue.put(None)
        self._thread.join()
        self._engine.dispose()

    def _run(self) -> None:
        while group := self._next_group():
            self._commit([j for j in group if j.future.set_running_or_notify_cancel()])

    def _next_group(self) -> list[_Job]:
        """Wait for work, and take what else is there; nothing means that we close."""
        group: list[_Job] = []
        with suppress(Empty):
            while len(group) < GROUP:
                job = self._queue.get(block=not group)
                if job is None:
                    self._queue.put(None)  # for the next round, which ends here
                    break
                group.append(job)
        return group

    def _commit(self, group: list[_Job]) -> None:
        try:
            with translated(), self._engine.begin() as connection:
                transaction = Transaction(connection, self._snapshots)
                outcomes = [_attempt(job, transaction, connection) for job in group]
                transaction.write()
        except Exception as error:
            is_common = isinstance(error, Unavailable)
            if len(group) == 1 or (is_common and not isinstance(error, StorageFull)):
                failure = error.failure if isinstance(error, _Spoilt) else error
                for job in group:
                    job.future.set_exception(failure)
                return
            for job in group:  # what one cannot have must not cost the others
                self._commit([job])
        else:
            transaction.publish()
            for job, (result, refusal) in zip(group, outcomes, strict=True):
                if refusal is None:
                    job.future.set_result(result)
                else:
                    job.future.set_exception(refusal)
            for key in transaction.touched:
                self._wake(key)


class _Spoilt(Exception):
    """A piece of work has failed that may have written: what it has must go."""

    def __init__(self, failure: Exception) -> None:
        self.failure = failure
        super().__init__(failure)


def _attempt(
    job: _Job, transaction: Transaction, connection: Connection
) -> tuple[Any, Exception | None]:
    steps = transaction.steps
    try:
        with translated():
            return job.work(transaction), None
    except Exception as failure:
        # SQLite gives up the whole transaction if there is no room, or worse.
        if transaction.steps != steps or not is_in_transaction(connection):
            raise _Spoilt(failure) from failure
        return None, failure
