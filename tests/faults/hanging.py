"""A real server with two strangers' rules that hang, and ways to ask it."""

import json
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError

from faults.faulty import plugin
from servers import ask as wait_for
from servers import free_port, serving

SECONDS = 2.0  # that a rule may take
MAP = {
    "format": "argmap/1",
    "map": {"key": "tram"},
    "claims": [{"key": "a", "text": "A.", "base_score": 0.5}],
}


class Answer(NamedTuple):
    """What came back, and how long that took."""

    status: int
    body: dict[str, object]
    seconds: float


@contextmanager
def hanging(folder: Path) -> Iterator[int]:
    """Serve on a port until the end of the block."""
    plugins = folder / "plugins"
    plugins.mkdir()
    for name, body in {
        "sleeps": "time.sleep(1e6)",
        "spins": "while True: pass",
    }.items():
        (plugins / f"{name}.py").write_text(plugin(name, body))
    (folder / "argmap.toml").write_text(f"max_plugin_seconds = {SECONDS}\n")
    port = free_port()
    with serving("serve", "--plugins-dir", "plugins", port=port, folder=folder):
        wait_for(port, "/health")
        ask(port, "/api/v1/imports", json.dumps(MAP).encode())
        yield port


def ask(port: int, path: str, body: bytes | None = None) -> Answer:
    """GET JSON from a server, or POST it."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}",
        data=body,
        headers={"Content-Type": "application/json"},
    )
    start = time.monotonic()
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            answer = response.status, json.load(response)
    except HTTPError as error:
        answer = error.code, json.load(error)
    return Answer(*answer, time.monotonic() - start)


def score(port: int, rule: str, query: str = "") -> Answer:
    """Have the map evaluated."""
    return ask(port, f"/api/v1/maps/tram/evaluations?rule={rule}{query}")
