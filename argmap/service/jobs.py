"""Long work that nobody waits for: jobs, how far they are and what came of them.

A job belongs to this process and is gone when that ends; what it had committed by then
is in the store. A few run at once, in threads that no other request needs, and of one
API key no more than half of them; the others wait their turn. Ended ones are kept for a
while, so that clients can come for the result. To call a job off is to ask for it: the
work ends at its next look at `argmap.engine.check_patience`, and after its commit not
at all.

Where several processes share a database, each tells the others of its jobs through it,
so that a client may ask any of them.
"""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from secrets import token_urlsafe
from threading import Event
from typing import Final

from argmap.engine import patience, progress
from argmap.errors import Cancelled, NotFound, Unavailable
from argmap.service.turns import Turns
from argmap.settings import Settings
from argmap.store import JobBoard, JobNews, JobStatus

Work = Callable[[], Awaitable[bytes]]
"""Does the job, and gives its result in JSON."""
Describe = Callable[[Exception], bytes]
"""Says in JSON why there is no result."""

RUNNING: Final = 2
"""Jobs that run at once: each takes the better part of a core."""

UNDER_WAY: Final = ("queued", "running")

KEPT: Final = 100
"""Ended jobs that are kept at most."""

TOLD_EVERY: Final = 0.5
"""Seconds between two times that other processes are told how far jobs are."""

LAST_WORD: Final = 3.0
"""Seconds that an ending process has to tell what became of its jobs."""

IN_JOB: ContextVar[bool] = ContextVar("in job", default=False)
"""Whether this is work of a job: it has time, and keeps out of others' way."""

logger = logging.getLogger("argmap.service")


@dataclass(kw_only=True)
class Job:
    """One piece of long work. ``total`` is None while nobody knows how much it is.

    ``caller`` is the number of the API key that has asked for it, and ``map`` what it
    reads, which is what one has to read to be told of it. Of what went wrong in another
    process there is the ``problem``, in JSON, and no ``error``.
    """

    caller: int = 0
    map: str | None = None
    key: str = field(default_factory=lambda: token_urlsafe(24))
    status: JobStatus = "queued"
    done: int = 0
    total: int | None = None
    result: bytes | None = None
    problem: bytes | None = None
    error: Exception | None = None
    ended: float | None = None
    call_off: Event = field(default_factory=Event)

    def news(self, describe: Describe) -> JobNews:
        """Say what other processes are told of it."""
        return JobNews(
            key=self.key,
            caller=self.caller,
            map=self.map,
            status=self.status,
            done=self.done,
            total=self.total,
            result=self.result,
            problem=describe(self.error) if self.error else None,
        )

    def note(self, done: int, total: int | None) -> None:
        """Take note of how far it is."""
        self.done, self.total = done, total


class Jobs:
    """The jobs of this process. All methods are for the event loop alone.

    *board* has those of other processes too, if there may be any.
    """

    def __init__(self, settings: Settings, board: JobBoard | None) -> None:
        self._settings, self._board = settings, board
        self._untold: dict[str, Job] = {}
        self._teller: asyncio.Task[None] | None = None
        self._jobs: dict[str, Job] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._callers: Counter[int] = Counter()
        self._turns, self._shares = asyncio.Semaphore(RUNNING), Turns(RUNNING)

    @property
    def count(self) -> int:
        """How many run or wait."""
        return self._callers.total()

    def has_enough(self, caller: int) -> bool:
        """Say whether as many of a caller's run or wait as may; 0 is nobody."""
        return bool(caller) and self._callers[caller] >= self._settings.max_jobs_each

    async def start(
        self, work: Work, describe: Describe, caller: int = 0, map: str | None = None
    ) -> Job:
        """Begin a caller's job about a map, or put it in the queue.

        *describe* says to other processes why it failed, if it does.

        Raises:
            Unavailable: As many jobs as the settings allow wait already.
        """
        self._forget()
        if self.count >= self._settings.max_jobs:
            raise Unavailable(
                f"{self.count} jobs are under way, as many as this server takes; "
                "try again later"
            )
        job = Job(caller=caller, map=map)
        self._callers[caller] += 1
        if self._board:
            try:
                await asyncio.wrap_future(self._board.add(job.news(describe)))
            except BaseException:
                self._leave(job)
                raise
            self._untold[job.key] = job
            if not self._teller or self._teller.done():
                self._teller = asyncio.create_task(self._tell(self._board, describe))
        self._jobs[job.key] = job
        task = self._tasks[job.key] = asyncio.create_task(self._run(job, work))
        task.add_done_callback(lambda _: self._leave(job))
        return job

    async def find(self, key: str, caller: int = 0) -> Job:
        """Give a job of that key, which this caller has asked for.

        One of a process that is not heard of any more has failed.

        Raises:
            NotFound: There is none, or it ended too long ago.
        """
        self._forget()
        job = self._jobs.get(key)
        if job is None and self._board:
            told = await asyncio.to_thread(self._board.find, key)
            job = told and _elsewhere(*told)
        if job is None or job.caller != caller:
            raise NotFound("job", key)
        return job

    async def cancel(self, key: str, caller: int = 0) -> Job:
        """Call a job off, unless it has ended.

        Raises:
            NotFound: As for `find`.
        """
        job = await self.find(key, caller)
        if key in self._jobs:
            _call_off(job)
        elif self._board and job.ended is None:
            await asyncio.wrap_future(self._board.call_off(key))
        return job

    async def close(self) -> None:
        """Call all jobs off, and wait until none runs."""
        for job in self._jobs.values():
            _call_off(job)
        await asyncio.gather(*self._tasks.values())
        if self._teller:
            if self._untold:
                await asyncio.wait([self._teller], timeout=LAST_WORD)
            self._teller.cancel()

    async def _run(self, job: Job, work: Work) -> None:
        IN_JOB.set(True)
        limit = self._settings.max_job_seconds
        async with self._shares.of(job.caller or None), self._turns:
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

    def _leave(self, job: Job) -> None:
        self._tasks.pop(job.key, None)
        self._callers -= Counter([job.caller])

    def _forget(self) -> None:
        """Let go of what ended too long ago, and of the oldest where it is too many."""
        oldest = time.monotonic() - self._settings.job_seconds
        ended = [job for job in self._jobs.values() if job.ended is not None]
        ended.sort(key=lambda job: job.ended or 0.0, reverse=True)
        for place, job in enumerate(ended):
            if place >= KEPT or (job.ended or 0.0) < oldest:
                del self._jobs[job.key]

    async def _tell(self, board: JobBoard, describe: Describe) -> None:
        """Tell how far jobs are, and hear who is called off, until all have ended."""
        while self._untold:
            told = [job.news(describe) for job in self._untold.values()]
            try:
                called_off = await asyncio.wrap_future(board.tell(told))
            except Exception as error:  # whatever it is, it may be well next time
                logger.warning("others do not hear of jobs: %s", error)
            else:
                for key in called_off:
                    _call_off(self._untold[key])
                for news in told:
                    if news.status not in UNDER_WAY:
                        del self._untold[news.key]
            await asyncio.sleep(TOLD_EVERY)


def _elsewhere(news: JobNews, is_heard: bool) -> Job:
    """Make of what another process told the job that it is, or was."""
    job = Job(**news._asdict())
    if job.status not in UNDER_WAY:
        job.ended = time.monotonic()
    elif not is_heard:
        gone = "the process that did this has gone; send the request again"
        _end(job, "failed", Unavailable(gone))
    return job


def _call_off(job: Job) -> None:
    job.call_off.set()
    if job.status == "queued":
        _end(job, "cancelled", Cancelled())


def _end(job: Job, status: JobStatus, error: Exception | None = None) -> None:
    job.status, job.error, job.ended = status, error, time.monotonic()
