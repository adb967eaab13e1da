"""A map of 100,000 claims, over HTTP: nothing takes long, and memory has a bound.

What is read is judged by the work of the server: others may keep the machine busy.
Minutes, most of a core and a gigabyte: ``pytest -m full``.
"""

import json
import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from threading import Event, Thread
from typing import Any, NamedTuple

import pytest

from servers import ask, free_port, serving

pytestmark = pytest.mark.full

CLAIMS = 100_000
LONGEST = 2.0  # seconds that any request may take
TICKS = os.sysconf("SC_CLK_TCK")  # a second
MEMORY = 1024  # MiB


class Answer(NamedTuple):
    """What came back, and how long that took."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float


def send(
    port: int, method: str, path: str, body: bytes | None = None, **headers: str
) -> Answer:
    """Send one request on a connection of its own."""
    start = time.perf_counter()
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    if body is not None:
        sent["Content-Type"] = "application/json"
    connection.request(method, path, body, sent)
    response = connection.getresponse()
    told = {name.lower(): value for name, value in response.getheaders()}
    answer = Answer(response.status, told, response.read(), 0.0)
    connection.close()
    return answer._replace(seconds=time.perf_counter() - start)


def peak(process: int) -> float:
    """Give the most memory that a process or a child of it has had, in MiB."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    sizes = [
        int(line.split()[1])
        for each in (process, *children)
        for line in Path(f"/proc/{each}/status").read_text().splitlines()
        if line.startswith("VmHWM")
    ]
    return max(sizes) / 1024


def worked(process: int) -> float:
    """Give the seconds that a process and its children have worked."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    ticks = 0
    for each in (process, *children):
        fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / TICKS


def read(process: int, port: int, path: str) -> Answer:
    """Read something; the seconds are those of the server's work, or of the wait."""
    before = worked(process)
    answer = send(port, "GET", path)
    return answer._replace(seconds=min(answer.seconds, worked(process) - before))


def large(kind: str) -> bytes:
    """Make a file: a chain, a star, or claims that rebut each other at random."""
    chance = random.Random(1)
    targets = {
        "chain": lambda n: n - 1,
        "star": lambda _: 0,
        "random": lambda n: (n + chance.randrange(1, CLAIMS)) % CLAIMS,
    }[kind]
    file = {
        "format": "argmap/1",
        "map": {"key": kind, "targets": ["c0"]},
        "claims": [
            {"key": f"c{n}", "text": f"Tram number {n} is quiet.", "base_score": 0.5}
            for n in range(CLAIMS)
        ],
        "relations": [
            {
                "key": f"r{n}",
                "kind": chance.choice(["support", "rebut"]),
                "premises": [f"c{n}"],
                "target": {"claim": f"c{targets(n)}"},
            }
            for n in range(1, CLAIMS)
        ],
    }
    return json.dumps(file).encode()


@contextmanager
def watching(port: int) -> Iterator[list[float]]:
    """Ask whether the server is healthy, all the time, and give how long that took."""
    waits: list[float] = []
    stop = Event()

    def watch() -> None:
        while not stop.wait(0.05):
            waits.append(send(port, "GET", "/health").seconds)

    thread = Thread(target=watch)
    thread.start()
    try:
        yield waits
    finally:
        stop.set()
        thread.join()


def ended(port: int, path: str) -> dict[str, Any]:
    """Ask for a job until it has ended; each answer is quick."""
    while True:
        answer = send(port, "GET", path)
        assert answer.seconds < LONGEST
        job: dict[str, Any] = json.loads(answer.body)
        if job["status"] not in ("queued", "running"):
            return job
        time.sleep(0.1)


@pytest.mark.parametrize("kind", ["chain", "star", "random"])
def test_no_request_takes_long_on_a_map_of_a_hundred_thousand_claims(
    tmp_path: Path, kind: str
) -> None:
    port = free_port()
    of = f"/api/v1/maps/{kind}"
    reads = [
        of,
        f"{of}/claims?limit=500",
        f"{of}/claims?limit=500&sort=-strength",
        f"{of}/relations?limit=500",
        f"{of}/claims/c{CLAIMS - 1}",
        f"{of}/changes",
        f"{of}/evaluations",
        f"{of}/evaluations?rule=grounded",
        f"{of}/claims/c0/tree",
        f"{of}/claims/c0/tree.png",
        f"{of}/claims/c0/tree?flat=true&depth=5",
        f"{of}/claims/c0/tree?flat=true&depth=all",
        f"{of}/evaluations.csv",
        f"{of}/graph",
        f"{of}/gaps",
        "/api/v1/search?q=tram+777",
        "/api/v1/maps",
    ]
    with serving("serve", port=port, folder=tmp_path) as process:
        ask(port, "/health")
        with watching(port) as waits:
            begun = send(
                port, "POST", "/api/v1/imports", large(kind), Prefer="respond-async"
            )
            job = ended(port, begun.headers["location"])
            taken = {path: read(process.pid, port, path) for path in reads}
            added = send(port, "POST", f"{of}/claims", b'{"text": "New."}')
            again = send(port, "GET", f"{of}/claims?limit=500")
            gone = send(port, "DELETE", of, If_Match="*")
        memory = peak(process.pid)

    assert (job["status"], job["done"]) == ("done", 2 * CLAIMS - 1)
    slow = {path: a.seconds for path, a in taken.items() if a.seconds > LONGEST}
    assert slow == {}
    assert {path: a.status for path, a in taken.items() if a.status != 200} == {}
    assert (added.status, again.status, gone.status) == (201, 200, 204)
    assert max(added.seconds, again.seconds, gone.seconds, *waits) < LONGEST
    assert memory < MEMORY
