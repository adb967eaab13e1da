"""Jobs as the processes that share a database tell one another of them.

Each process tells of its own, again and again, and hears in return which of them others
want called off. Moments are the database's: the clocks of machines differ. What is told
here is how work goes, and no data: a copy of the database has none of it.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any, Final, Literal, NamedTuple

from sqlalchemy import (
    Connection,
    Interval,
    bindparam,
    delete,
    false,
    func,
    insert,
    select,
    type_coerce,
    update,
)

from argmap.settings import Settings
from argmap.store.tables_of_callers import JOB
from argmap.store.transaction import Transaction

SILENT: Final = timedelta(seconds=10)
"""How long a job may go without news, until its process counts as gone."""

JobStatus = Literal["queued", "running", "done", "failed", "cancelled"]
Submit = Callable[[Callable[[Transaction], Any]], Future[Any]]


class JobNews(NamedTuple):
    """How far a job is; ``result`` and ``problem`` are JSON."""

    key: str
    caller: int
    map: str | None
    status: JobStatus
    done: int
    total: int | None
    result: bytes | None
    problem: bytes | None


_AGE = type_coerce(func.now() - JOB.c.seen_at, Interval).label("age")
_FIND = select(*(JOB.c[name] for name in JobNews._fields), _AGE).where(
    JOB.c.key == bindparam("key")
)
_OLD = (
    select(JOB.c.key)
    .where(JOB.c.seen_at < func.now() - bindparam("kept", type_=Interval))
    .with_for_update(skip_locked=True)  # two processes never want the same ones
)
_PURGE = delete(JOB).where(JOB.c.key.in_(_OLD))
_TELL = (
    update(JOB)
    .where(JOB.c.key == bindparam("job"))
    .values(seen_at=func.now())
    .returning(JOB.c.call_off)
)
_CALL_OFF = update(JOB).where(JOB.c.key == bindparam("job")).values(call_off=True)


class JobBoard:
    """The jobs of all processes, also those that ended, for a while."""

    def __init__(
        self,
        reader: Callable[[], AbstractContextManager[Connection]],
        submit: Submit,
        settings: Settings,
    ) -> None:
        self._reader, self._submit = reader, submit
        self._kept = max(timedelta(seconds=settings.job_seconds), SILENT)

    def add(self, job: JobNews) -> Future[None]:
        """Put up a new job, and take down what is too old."""

        def work(transaction: Transaction) -> None:
            connection = transaction.connection
            connection.execute(_PURGE, {"kept": self._kept})
            row = insert(JOB).values(seen_at=func.now(), call_off=false())
            connection.execute(row, job._asdict())

        return self._submit(work)

    def tell(self, jobs: Sequence[JobNews]) -> Future[set[str]]:
        """Say how far jobs of this process are; the keys of those called off result."""

        def work(transaction: Transaction) -> set[str]:
            called_off = set()
            for job in jobs:
                transaction.hold(f"job {job.key}")
                values = job._asdict()
                where = {"job": values.pop("key")}
                told = transaction.connection.execute(_TELL, {**values, **where})
                if told.scalar():
                    called_off.add(job.key)
            return called_off

        return self._submit(work)

    def find(self, key: str) -> tuple[JobNews, bool] | None:
        """Find what was last told of a job, and whether that is not too long ago."""
        with self._reader() as connection:
            row = connection.execute(_FIND, {"key": key}).first()
        if row is None or row.age > self._kept:
            return None
        return JobNews(*row[:-1]), row.age < SILENT

    def call_off(self, key: str) -> Future[None]:
        """Ask for a job to be ended, whichever process runs it."""

        def work(transaction: Transaction) -> None:
            transaction.hold(f"job {key}")
            transaction.connection.execute(_CALL_OFF, {"job": key})

        return self._submit(work)
