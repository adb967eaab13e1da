"""Long work that nobody waits for: jobs, how far they are and what came of them.

A job belongs to this process and is gone when that ends; what it had committed by then
is in the store. A few run at once, in threads that no other request needs; the others
wait their turn. Ended ones are kept for a while, so that clients can come for the
result. To call a job off is to ask for it: the work ends at its next look at
`argmap.engine.check_patience`, and after its commit not at all.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from secrets import token_urlsafe
from threading import Event
from typing import Final, Literal

from argmap.engine import patience, progress
from argmap.errors import Cancelled, NotFound, Unavailable
from argmap.settings import Settings

Status = Literal["queued", "running", "done", "failed", "cancelled"]
Work = Callable[[], Awaitable[bytes]]
"""Does the job, and gives its result in JSON."""

RUNNING: Final = 2
"""Jobs that run at once: each takes the better part of a core."""

KEPT: Final = 100
"""Ended jobs that are kept at most."""

IN_JOB: ContextVar[bool] = ContextVar("in job", default=False)
"""Whether this is work of a job: it has time, and keeps out of others' way."""

logger = logging.getLogger("argmap.service")


@dataclass(kw_only=True)
class Job:
    """One piece of long work. ``total`` is None while nobody knows how much it is.

    ``caller`` is the number of the API key that has asked for it.
    """

    caller: int = 0
    key: str = field(default_factory=lambda: token_urlsafe(24))
    status: Status = "queued"
    done: int = 0
    total: int | None = None
    result: bytes | None = None
    error: Exception | None = None
    ended: float | None = None
    call_off: Event = field(default_factory=Event)

    def note(self, done: int, total: int | None) -> None:
        """Take note of how far it is."""
        self.done, self.total = done, total


class Jobs:
    """The jobs of this process. All methods are for the event loop alone."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._jobs: dict[str, Job] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._turns = asyncio.Semaphore(RUNNING)

    @property
    def count(self) -> int:
        """How many run or wait."""
        return len(self._tasks)

    def start(self, work: Work, caller: int = 0) -> Job:
        """Begin a caller's job, or put it in the queue.

        Raises:
            Unavailable: As many jobs as the settings allow wait already.
        """
        self._forget()
        if len(self._tasks) >= self._settings.max_jobs:
            raise Unavailable(
                f"{len(self._tasks)} jobs are under way, as many as this server takes; "
                "try again later"
            )
        job = Job(caller=caller)
        self._jobs[job.key] = job
        task = self._tasks[job.key] = asyncio.create_task(self._run(job, work))
        task.add_done_callback(lambda _: self._tasks.pop(job.key))
        return job

    def find(self, key: str, caller: int = 0) -> Job:
        """Give a job of that key, which this caller has asked for.

        Raises:
            NotFound: There is none, or it ended too long ago.
        """
        self._forget()
        job = self._jobs.get(key)
        if job is None or job.caller != caller:
            raise NotFound("job", key)
        return job

    def cancel(self, key: str, caller: int = 0) -> Job:
        """Call a job off, unless it has ended.

        Raises:
            NotFound: As for `find`.
        """
        return _call_off(self.find(key, caller))

    async def close(self) -> None:
        """Call all jobs off, and wait until none runs."""
        for key in list(self._tasks):
            _call_off(self._jobs[key])
        await asyncio.gather(*self._tasks.values())

    async def _run(self, job: Job, work: Work) -> None:
        IN_JOB.set(True)
        limit = self._settings.max_job_seconds
        async with self._turns:
            if job.status != "queued":
                return
            job.status = "running"
            try:
                with patience(limit, job.call_off.is_set), progress(job.note):
                    job.result = await work()
            except Cancelled as error:
                _end(job, "cancelled", error)
            except Exception as error:
                _end(job, "failed", error)
            else:
                _end(job, "done")

    def _forget(self) -> None:
        """Let go of what ended too long ago, and of the oldest where it is too many."""
        oldest = time.monotonic() - self._settings.job_seconds
        ended = [job for job in self._jobs.values() if job.ended is not None]
        ended.sort(key=lambda job: job.ended or 0.0, reverse=True)
        for place, job in enumerate(ended):
            if place >= KEPT or (job.ended or 0.0) < oldest:
                del self._jobs[job.key]


def _call_off(job: Job) -> Job:
    job.call_off.set()
    if job.status == "queued":
        _end(job, "cancelled", Cancelled())
    return job


def _end(job: Job, status: Status, error: Exception | None = None) -> None:
    job.status, job.error, job.ended = status, error, time.monotonic()
