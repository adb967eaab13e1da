"""Asks an application where it is: no port, no client, no thread that hands things on.

Those are most of what a request of `litestar.testing.TestClient` takes, and a session
or a damaged file is hundreds of requests.
"""

import asyncio
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final, NamedTuple
from urllib.parse import unquote

from litestar import Litestar

HOST: Final = "127.0.0.1", 8000
JSON: Final = {"Content-Type": "application/json"}


class Reply(NamedTuple):
    """What came back; the names of headers are in small letters."""

    status_code: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.content.decode()

    def json(self) -> Any:
        """Read the body as JSON."""
        return json.loads(self.content)


class Direct:
    """Sends requests to an application, one after another, on a loop of its own."""

    def __init__(self, app: Litestar, loop: asyncio.AbstractEventLoop) -> None:
        self._app, self._loop = app, loop

    def get(self, url: str) -> Reply:
        """Read what is there."""
        return self.request("GET", url)

    def post(self, url: str, **sent: Any) -> Reply:
        """Make something."""
        return self.request("POST", url, **sent)

    def delete(self, url: str, **sent: Any) -> Reply:
        """Take something away."""
        return self.request("DELETE", url, **sent)

    def request(
        self,
        method: str,
        url: str,
        *,
        content: bytes = b"",
        json: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Send *content*, or *json* as JSON."""
        named = dict(headers or {})
        if json is not None:
            content, named = _written(json), JSON | named
        asked = self._ask(_scope(method, url, named, content), content)
        return self._loop.run_until_complete(asked)

    async def _ask(self, scope: Any, content: bytes) -> Reply:
        body = [{"type": "http.request", "body": content, "more_body": False}]
        told: list[Any] = []

        async def receive() -> Any:
            if not body:
                await asyncio.Event().wait()  # nobody hangs up
            return body.pop()

        async def send(message: Any) -> None:
            told.append(message)

        await self._app(scope, receive, send)
        start, *rest = told
        names = {name.decode(): value.decode() for name, value in start["headers"]}
        data = b"".join(message.get("body", b"") for message in rest)
        return Reply(start["status"], names, data)


def _written(body: Any) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()


def _scope(
    method: str, url: str, headers: Mapping[str, str], content: bytes
) -> dict[str, Any]:
    path, _, query = url.partition("?")
    sent = {"Host": "{}:{}".format(*HOST), **headers}
    if content or method not in ("GET", "DELETE"):
        sent["Content-Length"] = str(len(content))
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(path),
        "raw_path": path.encode("ascii"),
        "query_string": query.encode("ascii"),
        "root_path": "",
        "headers": [(n.lower().encode(), v.encode()) for n, v in sent.items()],
        "client": ("127.0.0.1", 1),
        "server": HOST,
        "state": {},
    }


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
        try:
            yield Direct(app, loop)
        finally:
            over.set()
            loop.run_until_complete(life)
