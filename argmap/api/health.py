"""Whether the server is there, and of what it is made."""

from typing import Literal

from litestar import Controller, get
from msgspec import Struct

from argmap.api.requests import StrictRequest
from argmap.service import health


class HealthOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """That the server and its database work, with the versions of both.

    ``database`` is such as ``SQLite 3.46.1`` or ``PostgreSQL 18.0``.
    """

    version: str
    database: str


class ReadyOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """That requests may be sent here."""

    ready: Literal[True] = True


class HealthController(Controller):
    """Whether the server is there."""

    path = "/health"
    tags = ("server",)

    @get(operation_id="readHealth")
    async def read(self, request: StrictRequest) -> HealthOut:
        """Say that the server works, and its version."""
        return HealthOut(
            version=health.VERSION, database=await health.check(request.desk)
        )


class ReadyController(Controller):
    """Whether requests may be sent here."""

    path = "/ready"
    tags = ("server",)

    @get(operation_id="readReadiness")
    async def read(self, request: StrictRequest) -> ReadyOut:
        """Say that requests may be sent here.

        503 where the database is away, or the server is about to stop: what it has
        begun to answer it still does.
        """
        await health.require_ready(request.desk)
        return ReadyOut()
