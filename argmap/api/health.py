"""Whether the server is there, and of what it is made."""

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
