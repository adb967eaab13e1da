"""A real browser on a real server; without a browser these tests are skipped."""

import json
import shutil
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from argmap.service.keys import make
from argmap.settings import Settings
from argmap.store import Store
from servers import ask, free_port, serving
from walking import watch

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


ATTACKS = (
    "<img src=x onerror=alert(1)>",
    '"><script>alert(2)</script>',
    "</textarea><svg onload=alert(3)>",
    "javascript:alert(4)",
    "<iframe src=http://example.org/>",
    "{{constructor.constructor('alert(5)')()}}",
)


def claim(key: str, text: str, base_score: float | None = 0.5) -> dict[str, Any]:
    return {"key": key, "text": text, "base_score": base_score}


def relation(key: str, kind: str, premise: str, **target: str) -> dict[str, Any]:
    return {"key": key, "kind": kind, "premises": [premise], "target": target}


TRAM = {
    "format": "argmap/1",
    "map": {"key": "tram", "title": "A tram?", "targets": ["build"]},
    "sources": [
        {
            "key": "council",
            "title": "Council report",
            "text": "We measured it. The tram is quiet. It costs.",
            "passages": [{"key": "p1", "spans": [{"start": 16, "end": 34}]}],
        }
    ],
    "claims": [
        claim("build", "The city should build a tram."),
        claim("cost", "It costs too much.", 0.75),
        {
            **claim("quiet", "A tram is quiet."),
            "passages": [{"source": "council", "passage": "p1"}],
        },
        claim("loans", "Loans are cheap.", 0.8),
        claim("rates", "Rates are low.", 0.9),
    ],
    "relations": [
        relation("r1", "rebut", "cost", claim="build"),
        relation("r2", "support", "quiet", claim="build"),
        relation("r3", "undercut", "loans", relation="r1"),
        relation("r4", "support", "rates", claim="loans"),
    ],
}

HOSTILE = {
    "format": "argmap/1",
    "map": {
        "key": "hostile",
        "title": ATTACKS[0],
        "description": ATTACKS[1],
        "targets": ["c0"],
    },
    "claims": [
        {**claim(f"c{index}", text), "speaker": text, "tags": [text]}
        for index, text in enumerate(ATTACKS)
    ],
    "relations": [
        relation(f"r{index}", "rebut", f"c{index}", claim="c0")
        for index in range(1, len(ATTACKS))
    ],
}

LARGE = {
    "format": "argmap/1",
    "map": {"key": "large", "title": "A thousand claims", "targets": ["c0"]},
    "claims": [
        claim(f"c{index}", f"Claim {index} says something of the usual length.")
        for index in range(1000)
    ],
    "relations": [
        relation(
            f"r{index}",
            ("support", "rebut")[index % 2],
            f"c{index}",
            claim=f"c{(index - 1) // 10}",
        )
        for index in range(1, 1000)
    ],
}


class Server:
    """A server with maps, and the few requests of its API that tests make.

    It lets in a front end at another port of this machine.
    """

    def __init__(self, port: int) -> None:
        self.root = f"http://127.0.0.1:{port}"
        self.port_elsewhere = free_port()
        self.elsewhere = f"http://localhost:{self.port_elsewhere}"

    def send(self, method: str, path: str, body: Any, **headers: str) -> Any:
        """Send JSON, and give the answer, if there is one."""
        request = urllib.request.Request(
            f"{self.root}/api/v1{path}",
            json.dumps(body).encode(),
            {"Content-Type": "application/json", **headers},
            method=method,
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            content = answer.read()
        return json.loads(content) if content else None

    def read(self, path: str) -> Any:
        """Ask for what there is."""
        with urllib.request.urlopen(f"{self.root}/api/v1{path}", timeout=20) as answer:
            return json.load(answer)

    def strength(self, map: str, claim: str, rule: str = "quadratic-energy") -> float:
        """Ask for the strength of a claim."""
        evaluation = self.read(f"/maps/{map}/evaluations?rule={rule}")
        strength: float = evaluation["claims"][claim]["strength"]
        return strength


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder, port = tmp_path_factory.mktemp("browser"), free_port()
    server = Server(port)
    (folder / "argmap.toml").write_text(f'allow_origin = ["{server.elsewhere}"]')
    with serving("serve", port=port, folder=folder):
        ask(port, "/health")
        for content in (HOSTILE, LARGE):
            server.send("POST", "/imports", content)
        server.send("POST", "/imports?key=shown&visibility=public", TRAM)
        yield server


@pytest.fixture(scope="session")
def secret(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[str, str]]:
    """Serve a private map, and give the server's root and a key."""
    folder, port = tmp_path_factory.mktemp("keys"), free_port()
    settings = Settings(database_url=f"sqlite:///{folder}/argmap.db")
    with Store.open(settings) as store:
        key = make(store.people, {"name": "Anna"}).secret
    root = f"http://127.0.0.1:{port}"
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {key}"}
    imported = urllib.request.Request(
        f"{root}/api/v1/imports", json.dumps(TRAM).encode(), headers
    )
    with serving("serve", "--auth", port=port, folder=folder):
        ask(port, "/health")
        urllib.request.urlopen(imported, timeout=20).close()
        yield root, key


@pytest.fixture
def tram(server: Server, request: pytest.FixtureRequest) -> str:
    """Make a map that one test may change; gives its key."""
    key = f"tram-{abs(hash(request.node.name)) % 10**9}"
    server.send("POST", f"/imports?key={key}", TRAM)
    return key


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api", reason="no playwright here")
    if CHROMIUM is None:
        pytest.skip("no chromium here")
    with api.sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"]
        )
        yield launched
        launched.close()


@pytest.fixture
def refused() -> tuple[int, ...]:
    """Say with which statuses the API may refuse something; tests say others."""
    return (412,)


@pytest.fixture
def window(
    browser: Any, server: Server, refused: tuple[int, ...]
) -> Iterator[Callable[[], Any]]:
    """Open windows in which nothing may go wrong, and nothing ask for elsewhere."""
    wrong: list[str] = []
    contexts = []

    def opened() -> Any:
        context = browser.new_context(base_url=server.root, viewport=WINDOW)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(8000)
        watch(page, wrong, (server.root,), refused)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture
def page(window: Callable[[], Any]) -> Any:
    """Open one window."""
    return window()


WINDOW = {"width": 1280, "height": 900}
