"""Every limit is a setting, and holds: what is past it is refused, and told why.

The tests are one for each setting called `max_…`: a limit that nobody tries fails.
Planted and found: a map that may have any number of items.
"""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest
from httpx import Response
from litestar.testing import TestClient

from argmap.api.app import create_app
from argmap.model import Map
from argmap.service.keys import make
from argmap.settings import Settings
from argmap.store import Store, Write
from callers import serving
from faults.faulty import HANGS, plugin
from faults.running import Server
from jobs import JOB, ended, import_job, large
from tram import TRAM

pytestmark = pytest.mark.faults

API: Final = "/api/v1"
LIMITS: Final = [
    each.name
    for each in msgspec.structs.fields(Settings)
    if each.name.startswith("max_")
]
TESTS: Final[dict[str, Callable[[Path], None]]] = {}

Test = Callable[[Path], None]


def of(name: str) -> Callable[[Test], Test]:
    """Enter a test as that of a limit."""

    def enter(test: Test) -> Test:
        TESTS[name] = test
        return test

    return enter


@contextmanager
def served(folder: Path, **chosen: Any) -> Iterator[TestClient[Any]]:
    settings = Settings(database_url=f"sqlite:///{folder / 'argmap.db'}", **chosen)
    with TestClient(create_app(settings), base_url="http://127.0.0.1:8000") as client:
        yield client


@pytest.mark.parametrize("name", LIMITS)
def test_a_limit_holds(tmp_path: Path, name: str) -> None:
    assert name in TESTS, f"nobody has tried {name}: write its test here"

    TESTS[name](tmp_path)


def test_no_test_is_of_a_limit_that_is_gone() -> None:
    assert TESTS.keys() == set(LIMITS)


@of("max_rate")
def _rate(folder: Path) -> None:
    with served(folder, auth=True, max_rate=20.0, max_burst=2) as client:
        while (answer := client.get(f"{API}/maps")).status_code == 200:
            pass
        assert answer.status_code == 429
        assert answer.headers["retry-after"] == "1"
        time.sleep(0.1)  # in which two more may come
        assert client.get(f"{API}/maps").status_code == 200


@of("max_burst")
def _burst(folder: Path) -> None:
    with served(folder, auth=True, max_rate=0.001, max_burst=3) as client:
        statuses = [client.get(f"{API}/maps").status_code for _ in range(5)]
        assert statuses == [200, 200, 200, 429, 429]


@of("max_body_bytes")
def _body_bytes(folder: Path) -> None:
    with served(folder, max_body_bytes=100) as client:
        for size, status in ((100, 201), (101, 413)):
            body = b'{"title": "x"' + b" " * (size - 14) + b"}"
            headers = {"Content-Type": "application/json"}
            answer = client.post(f"{API}/maps", content=body, headers=headers)
            assert answer.status_code == status
        assert answer.json()["limit"] == 100
        large_one = client.post(f"{API}/imports", content=large("large", 50))
        assert large_one.status_code != 413  # which has a limit of its own


@of("max_import_bytes")
def _import_bytes(folder: Path) -> None:
    file = large("large", 5)
    with served(folder, max_import_bytes=len(file)) as client:
        headers = {"Content-Type": "application/json"}
        more = client.post(f"{API}/imports", content=file + b" ", headers=headers)
        assert (more.status_code, more.json()["limit"]) == (413, len(file))
        assert client.get(f"{API}/maps/large").status_code == 404
        fitting = client.post(f"{API}/imports", content=file, headers=headers)
        assert fitting.status_code == 201


@of("max_plugin_seconds")
def _plugin_seconds(folder: Path) -> None:
    name, body = next(iter(HANGS.items()))
    (folder / "mine.py").write_text(plugin(name, body))
    with served(folder, plugins_dir=folder, max_plugin_seconds=1.0) as client:
        answer = _judged(client)
        assert (answer.status_code, answer.json()["code"]) == (504, "plugin-too-slow")
        assert answer.json()["seconds"] == 1.0


@of("max_plugin_bytes")
def _plugin_bytes(folder: Path) -> None:
    body = "x = bytearray(700_000_000); return good(graph)"
    (folder / "mine.py").write_text(plugin("large", body))
    with served(folder, plugins_dir=folder) as client:
        assert _judged(client).status_code == 200
    with served(folder, plugins_dir=folder, max_plugin_bytes=500_000_000) as client:
        answer = _judged(client)
        assert (answer.status_code, answer.json()["code"]) == (502, "plugin-fault")


def _judged(client: TestClient[Any]) -> Any:
    """Judge a map by the first rule of the plugin."""
    client.post(f"{API}/imports", json=TRAM)
    rules = client.get(f"{API}/rules").json()["items"]
    (mine,) = (each["name"] for each in rules if each["title"] == "Faulty")
    return client.get(f"{API}/maps/tram/evaluations?rule={mine}")


@of("max_items")
def _items(folder: Path) -> None:
    with served(folder, max_items=10) as client:
        headers = {"Content-Type": "application/json"}
        url = f"{API}/imports"
        more = client.post(url, content=large("more", 6), headers=headers)
        assert (more.status_code, more.json()["limit"]) == (413, 10)
        assert client.get(f"{API}/maps/more").status_code == 404
        full = client.post(url, content=large("full", 5), headers=headers)
        assert full.status_code == 201
        claims = f"{API}/maps/full/claims"
        statuses = [
            client.post(claims, json={"text": "One more."}).status_code
            for _ in range(2)
        ]
        assert statuses == [201, 413]
        assert client.get(f"{API}/maps/full").json()["revision"] == 2


@of("max_seconds")
def _seconds(folder: Path) -> None:
    with served(folder, max_seconds=0.01) as client:
        headers = {"Content-Type": "application/json"}
        file = large("large", 5000)
        answer = client.post(f"{API}/imports", content=file, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (504, "too-slow")
        assert client.get(f"{API}/maps/large").status_code == 404


@of("max_job_seconds")
def _job_seconds(folder: Path) -> None:
    with served(folder, max_job_seconds=0.01) as client:
        job = ended(client, import_job(client, large("large", 5000)))
        assert (job["status"], job["problem"]["code"]) == ("failed", "too-slow")
        assert client.get(f"{API}/maps/large").status_code == 404


@of("max_jobs")
def _jobs(folder: Path) -> None:
    with served(folder, max_jobs=1) as client:
        headers = {"Content-Type": "application/json", **JOB}
        path = import_job(client, large("first", 20_000))
        file = large("second", 1)
        more = client.post(f"{API}/imports", content=file, headers=headers)
        assert more.status_code == 503
        assert int(more.headers["retry-after"]) > 0
        client.delete(path)
        ended(client, path)
        assert ended(client, import_job(client, file))["status"] == "done"


@of("max_jobs_each")
def _jobs_each(folder: Path) -> None:
    with serving(f"sqlite:///{folder}/argmap.db", max_jobs_each=1) as server:

        def ask(who: str, name: str) -> Response:
            headers = {"Content-Type": "application/json", **JOB}
            file = large(name, 20_000)
            return server.call(who, "POST", "/imports", content=file, headers=headers)

        first, more, other = ask("owner", "a"), ask("owner", "b"), ask("editor", "c")
        assert (first.status_code, more.status_code, other.status_code) == (
            202,
            429,
            202,
        )
        assert int(more.headers["retry-after"]) > 0
        for who, job in (("owner", first), ("editor", other)):
            server.call(who, "DELETE", f"/jobs/{job.json()['key']}")


@of("max_body_seconds")
def _body_seconds(folder: Path) -> None:
    head = (
        b"POST /api/v1/maps HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        b"Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
    )
    with Server(folder, environment={"ARGMAP_MAX_BODY_SECONDS": "0.5"}) as server:
        assert _sent(server, head).startswith(b"HTTP/1.1 408 ")


@of("max_head_seconds")
def _head_seconds(folder: Path) -> None:
    head = b"GET /api/v1/maps HTTP/1.1\r\nHost: 127.0."
    with Server(folder, environment={"ARGMAP_MAX_HEAD_SECONDS": "0.5"}) as server:
        assert not _sent(server, head).startswith(b"HTTP/1.1 2")


@of("max_unread_seconds")
def _unread_seconds(folder: Path) -> None:
    limits = {"ARGMAP_MAX_UNREAD_SECONDS": "1", "ARGMAP_MAX_CONNECTIONS": "2"}
    asked = b"GET /openapi.json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    with Server(folder, environment=limits) as server:
        deaf = [socket.socket() for _ in range(2)]
        for each in deaf:
            each.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            each.connect(("127.0.0.1", server.port))
            each.sendall(asked * 50)  # more than the system keeps for them
        with server.line() as line:
            assert line.ask("GET", "/health").status == 200
        for each in deaf:
            each.close()


def _sent(server: Server, data: bytes) -> bytes:
    """Send what is no whole request, and give what comes before the end, soon."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as line:
        line.sendall(data)
        answer = b""
        while more := line.recv(10_000):
            answer += more
    return answer


@of("max_connections")
def _connections(folder: Path) -> None:
    environment = {"ARGMAP_MAX_CONNECTIONS": "2"}
    with Server(folder, environment=environment) as server:
        with server.line() as first:
            made = first.ask("PUT", f"{API}/maps/tram", b"{}")
            assert made.status == 201
        listening = [_listen(server) for _ in range(2)]
        late = _listen(server, timeout=1.0)
        with pytest.raises(TimeoutError):
            late.recv(1)
        for line in listening:
            line.close()
        late.settimeout(20)
        assert late.recv(15).startswith(b"HTTP/1.1 200")
        late.close()


@of("max_listeners")
def _listeners(folder: Path) -> None:
    environment = {"ARGMAP_MAX_LISTENERS": "1"}
    with Server(folder, environment=environment) as server, server.line() as line:
        assert line.ask("PUT", f"{API}/maps/tram", b"{}").status == 201
        first = _listen(server)
        assert first.recv(15).startswith(b"HTTP/1.1 200")
        second = line.ask("GET", f"{API}/maps/tram/events")
        assert second.status == 503
        assert int(second.headers["retry-after"]) > 0
        first.close()


def _listen(server: Server, timeout: float = 20.0) -> socket.socket:
    """Ask for the events of a map."""
    line = socket.create_connection(("127.0.0.1", server.port), timeout=timeout)
    line.sendall(b"GET /api/v1/maps/tram/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    return line


@of("max_listeners_each")
def _listeners_each(folder: Path) -> None:
    environment = {"ARGMAP_MAX_LISTENERS_EACH": "2", "ARGMAP_AUTH": "true"}
    server = Server(folder, environment=environment)
    with Store.open(server.settings) as store:
        secret = make(store.people, {"name": "Ada", "admin": True}).secret
        shown = Write(
            map="tram",
            content=Map.of(["tram"], key="tram"),
            create=True,
            visibility="public",
        )
        store.create(shown)
    with server, server.line() as line:
        listening = [_listen(server) for _ in range(2)]
        for one in listening:
            assert one.recv(15).startswith(b"HTTP/1.1 200")
        events = f"{API}/maps/tram/events"
        more = line.ask("GET", events)
        assert (more.status, int(more.headers["retry-after"]) > 0) == (429, True)
        known = {"Authorization": f"Bearer {secret}"}
        assert line.ask("HEAD", events, None, **known).status == 200
        listening[0].close()
        while line.ask("HEAD", events).status == 429:
            time.sleep(0.05)
        listening[1].close()


@of("max_operations")
def _operations(folder: Path) -> None:
    with served(folder, max_operations=2) as client:
        client.post(f"{API}/imports", json=TRAM)
        wanted = {"target": "build", "to": "rejected", "max_operations": 3}
        refused = client.post(f"{API}/maps/tram/flips", json=wanted)
        assert refused.status_code in (400, 422), refused.text
        assert "2" in refused.json()["detail"]
        wanted["max_operations"] = 2
        assert client.post(f"{API}/maps/tram/flips", json=wanted).status_code == 200
