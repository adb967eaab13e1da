"""Jobs: long work that is answered at once with the place to ask how far it is."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Final

import msgspec
from litestar import Controller, Response, delete, get
from litestar.params import HeaderParameter, PathParameter
from msgspec import Raw, Struct

from argmap.api.errors import Document, TooManyRequests, document
from argmap.api.parameters import BASE
from argmap.api.reply import Reply
from argmap.api.requests import StrictRequest
from argmap.errors import NotFound, Unauthorized
from argmap.model import Count
from argmap.model.items import END
from argmap.service.jobs import Job
from argmap.store import NOBODY, JobStatus

PREFERENCE: Final = "respond-async"
AGAIN: Final = 1
"""Seconds after which it is worth asking again how far a job is."""
ENOUGH: Final = 10
"""Seconds after which it is worth asking for one more, where one has as many as may."""

Prefer = Annotated[
    str | None,
    HeaderParameter(
        name="Prefer",
        description=(
            f"`{PREFERENCE}` (RFC 7240): answer 202 at once, and do it as a job, which "
            "may take longer than an answer may."
        ),
    ),
]
JobKey = Annotated[
    str,
    PathParameter(
        name="job",
        pattern="^[A-Za-z0-9_-]{1,64}" + END,
        description="The key of the job.",
    ),
]


class JobOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Long work: how far it is, and what came of it.

    ``done`` of ``total`` parts are done: items written, rules evaluated, sets of
    changes tried; ``total`` is null while nobody knows it. ``result`` is what the
    request would have been answered with, ``problem`` why there is none.
    """

    key: str
    status: JobStatus
    done: Count
    total: Count | None
    result: Any
    problem: Document | None


class JobController(Controller):
    """Long work that a client has asked for with ``Prefer: respond-async``."""

    path = "/jobs/{job:str}"
    tags = ("jobs",)

    @get(operation_id="readJob", errors=(NotFound,))
    async def read(self, request: StrictRequest, job_key: JobKey) -> Response[JobOut]:
        """Say how far a job is, and once it has ended, what came of it.

        A job that has ended is kept for a while. It belongs to the running server: once
        that ends, its jobs are gone, finished or not. Where several processes serve,
        any of them answers for all, within half a second; a job whose process has died
        has failed. Who may not read a map any more is told of no job about it.
        """
        desk = request.desk
        return _show(await desk.find_job(job_key))

    @delete(operation_id="cancelJob", errors=(NotFound,), status_code=200)
    async def cancel(self, request: StrictRequest, job_key: JobKey) -> Response[JobOut]:
        """Call a job off; it ends within moments, and has changed nothing.

        A job that has ended, or that has written its result, stays as it is.
        """
        desk = request.desk
        await desk.find_job(job_key)
        return _show(await desk.jobs.cancel(job_key, desk.caller))


def is_deferred(prefer: str | None) -> bool:
    """Say whether a client wants a job instead of an answer.

    >>> is_deferred("wait=10, respond-async"), is_deferred("return=minimal")
    (True, False)
    """
    wanted = (
        one.partition(";")[0].strip().lower() for one in (prefer or "").split(",")
    )
    return PREFERENCE in wanted


async def perhaps_later(
    request: StrictRequest,
    prefer: str | None,
    work: Callable[[], Awaitable[Response[Any]]],
) -> Response[Any]:
    """Answer with what *work* answers, or where that is preferred, with a job.

    Raises:
        Unauthorized: A job is wanted by nobody in particular.
        TooManyRequests: As many of this caller's run or wait as may.
        Unavailable: As many jobs wait already as may.
    """
    if not is_deferred(prefer):
        return await work()
    desk = request.desk
    if desk.act and desk.act.caller == NOBODY:
        raise Unauthorized("who wants a job has to have an API key")

    if desk.jobs.has_enough(desk.caller):
        raise TooManyRequests(
            f"there is a limit of {desk.settings.max_jobs_each} jobs at one time "
            "(max_jobs_each)",
            headers={"Retry-After": str(ENOUGH)},
        )

    async def result() -> bytes:
        content = (await work()).content
        return content if isinstance(content, bytes) else msgspec.json.encode(content)

    about = request.path_params.get("map")
    job = await desk.jobs.start(result, _described, desk.caller, about)
    answer = _show(job)
    answer.status_code = 202
    answer.headers |= {
        "Location": f"{BASE}/jobs/{job.key}",
        "Preference-Applied": PREFERENCE,
    }
    return answer


def _described(error: Exception) -> bytes:
    return msgspec.json.encode(document(error))


def _show(job: Job) -> Response[JobOut]:
    problem = None if job.error is None else document(job.error)
    out = JobOut(
        key=job.key,
        status=job.status,
        done=job.done,
        total=job.total,
        result=None if job.result is None else Raw(job.result),
        problem=problem if job.problem is None else msgspec.json.decode(job.problem),
    )
    headers = {"Cache-Control": "no-store"}
    if job.ended is None:
        headers["Retry-After"] = str(AGAIN)
    return Reply(content=out, headers=headers)
