"""A server that asks for API keys, and those who call it, each with a key or none."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from httpx import Response
from litestar.testing import TestClient
from msgspec.structs import replace

from argmap.api.app import create_app
from argmap.service.keys import make
from argmap.settings import Settings
from argmap.store import Store

ROLES = ("anonymous", "stranger", "reader", "editor", "owner", "admin")


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
