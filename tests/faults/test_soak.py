"""Everything at once, over and over: the server needs no more memory at its end.

What is there stays as large as it was: what is added is removed again, in turn. Only
the history grows, which is on the disk; nobody asks for all of it. Found: a writer that
kept it in its cache.
"""

import json
import random
import sys
import time
from pathlib import Path
from threading import Event, Thread

import pytest

from faults.editors import API
from faults.forms import forms
from faults.running import Server
from processes import memory

CLIENTS = 6
MAPS = 20
CLAIMS = 200
GROWTH = 0.05
MINUTE = 60.0
READS = (
    "evaluations?rule=df-quad",
    "evaluations?rule=quadratic-energy&option.margin=0.{any}",
    "claims/c0/tree?rule=df-quad",
    "claims/c0/tree.svg",
    "claims?limit=50",
    "changes?limit=20",
    "export.json",
    "export.argdown",
    "diff?from={before}",
)
BEFORE = 20  # revisions, of which a client asks what they have changed


def file(key: str) -> bytes:
    """Make a map in which every claim is for or against the one before."""
    claims = [{"key": f"c{n}", "text": f"Claim {n} of {key}."} for n in range(CLAIMS)]
    relations = [
        {
            "key": f"r{n}",
            "kind": ("support", "rebut")[n % 2],
            "premises": [f"c{n}"],
            "target": {"claim": f"c{n // 2}"},
        }
        for n in range(1, CLAIMS)
    ]
    whole = {"map": {"key": key}, "claims": claims, "relations": relations}
    return json.dumps({"format": "argmap/1", **whole}).encode()


class Client:
    """Reads this, writes that, and counts its answers by their status."""

    def __init__(self, server: Server, number: int) -> None:
        self.name, self._server = f"n{number}", server
        self.statuses: dict[int, int] = {}
        self._newest: dict[str, int] = {}
        self._chance = random.Random(number)

    def work(self, stop: Event) -> None:
        """Go on until told to stop."""
        with self._server.line() as line:
            while not stop.is_set():
                for method, path, body in self._turn():
                    seen = {} if method == "PUT" else {"If_Match": "*"}
                    answer = line.ask(method, path, body, **seen)
                    count = self.statuses.get(answer.status, 0)
                    self.statuses[answer.status] = count + 1
                    if method == "PATCH":
                        revision = int(answer.headers["argmap-revision"])
                        self._newest[path.rpartition("/claims/")[0]] = revision

    def _turn(self) -> list[tuple[str, str, bytes | None]]:
        map = f"{API}/maps/m{self._chance.randrange(MAPS)}"
        number = self._chance.randrange(1000)
        before = max(1, self._newest.get(map, 1) - BEFORE)
        read = self._chance.choice(READS).format(any=number, before=before)
        claim = json.dumps({"key": self.name, "text": f"Said {number}."}).encode()
        patch = json.dumps({"text": f"Claim, said {number}."}).encode()
        return [
            ("GET", f"{map}/{read}", None),
            ("GET", f"{API}/search?q=claim+{number}", None),
            ("PATCH", f"{map}/claims/c{number % CLAIMS}", patch),
            ("PUT", f"{map}/claims/{self.name}", claim),
            ("DELETE", f"{map}/claims/{self.name}", None),
        ]


def grown(server: Server, seconds: float) -> tuple[float, float]:
    """Give the server's memory in MiB after a third of the time, and at the end."""
    with server.line() as line:
        for number in range(MAPS):
            made = line.ask("POST", f"{API}/imports", file(f"m{number}"))
            assert made.status == 201, made
    clients, stop = [Client(server, n) for n in range(CLIENTS)], Event()
    threads = [Thread(target=client.work, args=(stop,)) for client in clients]
    for thread in threads:
        thread.start()
    time.sleep(seconds / 3)
    before = memory(server.process.pid)
    time.sleep(seconds * 2 / 3)
    after = memory(server.process.pid)
    stop.set()
    for thread in threads:
        thread.join()
    for client in clients:
        assert client.statuses.keys() <= {200, 201, 204}, client.statuses
        assert client.statuses
    asked = sum(sum(client.statuses.values()) for client in clients)
    print(f"{asked} requests; {before:.0f} MiB, then {after:.0f}")
    return before, after


@pytest.mark.parametrize(
    ("minutes", "growth"), forms(ci=(0.5, 4 * GROWTH), full=(30, GROWTH))
)
@pytest.mark.skipif(sys.platform != "linux", reason="the figures are from /proc")
def test_the_same_over_and_over_takes_no_more_memory(
    tmp_path: Path, minutes: float, growth: float
) -> None:
    """On a busy machine half a minute may not be enough to fill what is remembered."""
    with Server(tmp_path) as server:
        before, after = grown(server, minutes * MINUTE)
        assert server.stop() == 0

    assert after < before * (1 + growth)
