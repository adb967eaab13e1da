"""Whether the store can be worked with, and what it is made of."""

from argmap.errors import Unavailable
from argmap.service.desk import Desk
from argmap.service.views import VERSION

__all__ = ["VERSION", "check", "require_ready"]


async def check(desk: Desk) -> str:
    """Name the database and its release, if the store works.

    Raises:
        Unavailable: The database cannot be read, or nothing can be written.
    """
    if not await desk.run(desk.store.is_healthy):
        raise Unavailable("the database cannot be used now; see the server's log")
    return await desk.run(desk.store.describe)


async def require_ready(desk: Desk) -> None:
    """Refuse where requests had better be sent elsewhere.

    Raises:
        Unavailable: The server is about to stop, or the store cannot be worked with.
    """
    if desk.is_draining:
        raise Unavailable("the server is about to stop")
    await check(desk)
