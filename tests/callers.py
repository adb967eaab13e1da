"""A server that asks for API keys, and those who call it, each with a key or none."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from httpx import Response
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute
from litestar.testing import TestClient
from msgspec.structs import replace

from argmap.api.app import create_app
from argmap.service.keys import make
from argmap.settings import Settings
from argmap.store import Store

ROLES = ("anonymous", "stranger", "reader", "editor", "owner", "admin")


NAMES: Final = {
    "claim": "build",
    "format": "argdown",
    "key": "nobody-at-all",
    "move": "m1",
    "name": "viewer.css",
    "passage": "p1",
    "relation": "r1",
    "revision": "99",
    "round": "final",
    "rule": "df-quad",
    "scheme": "practical-reasoning",
    "source": "council",
}
QUERIES: Final = {
    "GET /api/v1/search": "q=tram",
    "GET /api/v1/search/sources": "q=tram",
    "GET /search": "q=tram",
    "GET /api/v1/maps/{map}/diff": "from=1",
    "GET /api/v1/maps/{map}/claims/{claim}/brief": "side=con",
    "GET /api/v1/maps/{map}/claims/{claim}/brief.md": "side=con",
    "GET /api/v1/maps/{map}/dependence": "by=source",
}


@dataclass
class Server:
    """A server, and the secrets of those who call it."""

    client: TestClient[Any]
    secrets: dict[str, str] = field(default_factory=dict)

    def by(self, who: str) -> dict[str, str]:
        """Give the headers that somebody sends."""
        secret = self.secrets.get(who)
        return {"Authorization": f"Bearer {secret}"} if secret else {}

    def call(self, who: str, method: str, path: str, **sent: Any) -> Response:
        """Send a request as somebody."""
        headers = {**self.by(who), **sent.pop("headers", {})}
        base = "" if path.startswith("//") else "/api/v1"
        path = path.removeprefix("/") if path.startswith("//") else path
        return self.client.request(method, base + path, headers=headers, **sent)

    def do(self, who: str, method: str, path: str, **sent: Any) -> Any:
        """Send what must succeed, and give the answer."""
        answer = self.call(who, method, path, **sent)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    def key(self, who: str, **more: Any) -> str:
        """Make somebody a key that goes by their name, and give the secret."""
        body = {"key": who, "name": f"{who.title()} Cho", **more}
        secret: str = self.do("admin", "POST", "/keys", json=body)["secret"]
        self.secrets[who] = secret
        return secret

    def make(self, key: str, file: dict[str, Any], visibility: str) -> None:
        """Make a map of the owner's, with a reader and an editor."""
        path = f"/imports?key={key}&visibility={visibility}"
        self.do("owner", "POST", path, json=file)
        for role in ("reader", "editor"):
            self.join(key, role, role)

    def join(self, map: str, who: str, role: str) -> None:
        """Give somebody a role on a map."""
        self.do("owner", "PUT", f"/maps/{map}/members/{who}", json={"role": role})


@contextmanager
def serving(url: str, **chosen: Any) -> Iterator[Server]:
    """Serve a database to all that are named above, an admin first."""
    settings = replace(Settings(database_url=url, auth=True, max_rate=0), **chosen)
    with Store.open(settings) as store:
        first = make(store.people, {"name": "Ada", "key": "admin", "admin": True})
    with TestClient(create_app(settings), base_url="http://127.0.0.1:8000") as client:
        server = Server(client, {"admin": first.secret})
        for who in ("stranger", "reader", "editor", "owner"):
            server.key(who)
        yield server


def routes(server: Server) -> Iterator[tuple[str, HTTPRouteHandler]]:
    """List all that the server answers, in the document or not."""
    for route in server.client.app.routes:
        if isinstance(route, HTTPRoute):
            for method, (handler, _) in route.route_handler_map.items():
                if method != "OPTIONS":
                    yield f"{method} {route.path_format}", handler


def attempt(
    server: Server, who: str, route: str, handler: HTTPRouteHandler, map: str, job: str
) -> Any:
    """Call a route about a map; what would remove something has a stale If-Match."""
    method, _, path = route.partition(" ")
    for name, value in {**NAMES, "map": map, "job": job}.items():
        path = path.replace(f"{{{name}}}", value)
    headers = {"If-Match": '"r0"'} if method in ("PUT", "PATCH", "DELETE") else {}
    if method in ("POST", "PUT", "PATCH"):
        headers["Content-Type"] = handler.opt.get("reads", ("application/json",))[0]
    path = f"{path}?{QUERIES.get(route, '')}".rstrip("?")
    method = "HEAD" if path.endswith("/events") else method  # it has no end
    content = b"{}" if "Content-Type" in headers else None
    return server.call(who, method, f"/{path}", headers=headers, content=content)
