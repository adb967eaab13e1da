"""Whether the server is there, and of what it is made."""

from litestar import Controller, get
from litestar.di import NamedDependency
from msgspec import Struct

from argmap.service import health
from argmap.service.desk import Desk


class HealthOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """That the server and its database work, with the versions of both."""

    version: str
    sqlite: str


class HealthController(Controller):
    """Whether the server is there."""

    path = "/health"
    tags = ("server",)

    @get(operation_id="readHealth")
    async def read(self, desk: NamedDependency[Desk]) -> HealthOut:
        """Say that the server works, and its version."""
        return HealthOut(version=health.VERSION, sqlite=await health.check(desk))
