"""Asks an application where it is: no port, and no thread that hands requests on.

That is what most of a request of `litestar.testing.TestClient` takes, and a session or
a damaged file is hundreds of requests.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from httpx import ASGITransport, AsyncClient, Response
from litestar import Litestar


class Direct:
    """Sends requests to an application, one after another, on a loop of its own."""

    def __init__(self, client: AsyncClient, loop: asyncio.AbstractEventLoop) -> None:
        self._client, self._loop = client, loop

    def request(self, method: str, url: str, **content: Any) -> Response:
        """Send a request with what httpx takes: *headers*, *json*, *content*."""
        asked = self._client.request(method, url, **content)
        return self._loop.run_until_complete(asked)

    def get(self, url: str) -> Response:
        """Read what is there."""
        return self.request("GET", url)

    def post(self, url: str, **content: Any) -> Response:
        """Make something."""
        return self.request("POST", url, **content)

    def delete(self, url: str, **content: Any) -> Response:
        """Take something away."""
        return self.request("DELETE", url, **content)


@contextmanager
def direct(app: Litestar) -> Iterator[Direct]:
    """Start an application, and end it after the block."""
    with asyncio.Runner() as runner:
        loop, over = runner.get_loop(), asyncio.Event()
        ready = loop.create_future()

        async def live() -> None:  # what has begun in a task has to end in it
            async with app.lifespan():
                ready.set_result(None)
                await over.wait()

        life = loop.create_task(live())
        done = asyncio.wait((ready, life), return_when="FIRST_COMPLETED")
        loop.run_until_complete(done)
        transport = ASGITransport(app)  # type: ignore[arg-type]  # a type of its own
        client = AsyncClient(transport=transport, base_url="http://127.0.0.1:8000")
        try:
            yield Direct(client, loop)
        finally:
            over.set()
            loop.run_until_complete(life)
