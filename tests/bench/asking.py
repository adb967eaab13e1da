"""Servers to measure, and a client that is not what is measured.

One process serves both a bare Litestar application that says hello, and argmap's. The
client is a few blocking sockets that send requests in batches and count bytes. Rates
are compared by the processor time that the server spends on an answer: what it could
give on a core of its own, whoever else is busy.
"""

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from argmap.model import Claim, Map, Relation, Target, operations_of
from argmap.settings import Settings
from argmap.store import Store, Write
from servers import ask, free_port

CLAIMS = 1000
BRANCHES = 10
CONNECTIONS = 4
BATCH = 16
SECONDS = 0.7
EDITORS = 8
WRITES = 200

SERVER = """
import asyncio, sys
from granian.constants import HTTPModes, Interfaces
from granian.server.embed import Server
from litestar import Litestar, get
from argmap.api.app import create_app
from argmap.settings import Settings

@get("/hello")
async def hello() -> str:
    return "hello"

plain = Litestar([hello], openapi_config=None, logging_config=None)
argmap = create_app(Settings(database_url=sys.argv[1]))

async def both(scope, receive, send):
    app = plain if scope.get("path") == "/hello" else argmap
    await app(scope, receive, send)

async def main():
    await Server(both, port=int(sys.argv[2]), interface=Interfaces.ASGI,
                 http=HTTPModes.http1, websockets=False).serve()

asyncio.run(main())
"""


class Rate(NamedTuple):
    """Answers a second, by the clock and by the server's processor time; their size."""

    by_clock: float
    by_processor: float
    size: int


class Served(Protocol):
    """Whatever answers on a port, in one process or in several."""

    @property
    def port(self) -> int:
        """Where it listens."""

    def processor_seconds(self) -> float:
        """Say how long it has been computing."""


class Running(NamedTuple):
    """A server that runs, and where its maps are."""

    port: int
    process: int
    maps: str = "/api/v1/maps"

    def processor_seconds(self) -> float:
        """Say how long it has been computing, in itself and in the kernel."""
        return processor_seconds(self.process)


def processor_seconds(process: int) -> float:
    """Say how long the threads of a process have been computing, the kernel for them.

    The scheduler counts nanoseconds; the times of the process itself are in ticks of
    10 ms, which are too coarse for a few hundred answers.
    """
    spent = 0
    for thread in Path(f"/proc/{process}/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):  # it has just ended
            spent += int((thread / "schedstat").read_text().split()[0])
    return spent / 1e9


@contextmanager
def running(url: str) -> Iterator[Running]:
    """Serve hello, and a bush in a database, from one process."""
    with Store.open(Settings(database_url=url)) as store:
        map_ = bush()
        write = Write(map=map_.key, operations=operations_of(map_), create=True)
        store.submit(write).result()
    port = free_port()
    process = subprocess.Popen([sys.executable, "-c", SERVER, url, str(port)])
    try:
        ask(port, "/health")
        yield Running(port, process.pid)
    finally:
        process.kill()
        process.wait()


def bush() -> Map:
    """Make a map of a thousand claims, each with ten for or against it."""
    claims = {
        f"c{i}": Claim(key=f"c{i}", text=f"This is what somebody says, number {i}.")
        for i in range(CLAIMS)
    }
    relations = {
        f"r{i}": Relation(
            key=f"r{i}",
            kind="rebut" if i % 3 else "support",
            premises=(f"c{i}",),
            target=Target(claim=f"c{(i - 1) // BRANCHES}"),
        )
        for i in range(1, CLAIMS)
    }
    return Map(key="bush", claims=claims, relations=relations)


def request(path: str, *headers: str) -> bytes:
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", *headers]
    return "\r\n".join([*lines, "", ""]).encode()


def rate(
    server: Served, request: bytes, status: bytes, connections: int = CONNECTIONS
) -> Rate:
    """Ask the same for some seconds, over several connections, in batches."""
    size = answer_size(server.port, request, status)
    spent = server.processor_seconds()
    end = time.monotonic() + SECONDS
    with ThreadPoolExecutor(connections) as threads:
        start = time.monotonic()
        jobs = [
            threads.submit(_ask_until, server.port, request, size, end)
            for _ in range(connections)
        ]
        answers = sum(job.result() for job in jobs)
    took = time.monotonic() - start
    spent = server.processor_seconds() - spent
    return Rate(answers / took, answers / spent, size)


def answer_size(port: int, request: bytes, status: bytes) -> int:
    """Ask twice, and see that answers are as expected and equally long."""
    sizes = set()
    for _ in range(2):
        with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
            connection.sendall(
                request.replace(b"\r\n", b"\r\nConnection: close\r\n", 1)
            )
            answer = b""
            while part := connection.recv(1 << 20):
                answer += part
        assert answer.split(b" ", 2)[1] == status, answer[:200]
        sizes.add(len(answer.replace(b"connection: close\r\n", b"")))
    (size,) = sizes
    return size


def _ask_until(port: int, request: bytes, size: int, end: float) -> int:
    batch, room = request * BATCH, bytearray(1 << 20)
    answers = 0
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        while time.monotonic() < end:
            connection.sendall(batch)
            left = size * BATCH
            while left:
                left -= connection.recv_into(room, min(len(room), left))
            answers += BATCH
    return answers


def writes(server: Running, name: str) -> Rate:
    """Add claims from several connections at once, each waiting for its answers."""

    def addition(editor: int, n: int) -> bytes:
        key = f"{name}-{editor}-{n}"
        body = f'{{"key": "{key}", "text": "What somebody adds, {key}."}}'
        lines = [
            f"POST {server.maps}/bush/claims HTTP/1.1",
            "Host: 127.0.0.1",
            "Content-Type: application/json",
            f"Content-Length: {len(body)}",
        ]
        return "\r\n".join([*lines, "", body]).encode()

    return turns(server, addition, b"201")


def turns(server: Running, asked: Callable[[int, int], bytes], status: bytes) -> Rate:
    """Ask from several connections at once, each waiting for its answers.

    *asked* makes the request of an editor and its number.
    """

    def edit(editor: int) -> None:
        with socket.create_connection(("127.0.0.1", server.port), timeout=30) as to:
            answers = to.makefile("rb")
            for n in range(WRITES // EDITORS):
                to.sendall(asked(editor, n))
                read_answer(answers, status)

    spent, start = server.processor_seconds(), time.monotonic()
    with ThreadPoolExecutor(EDITORS) as threads:
        list(threads.map(edit, range(EDITORS)))
    took, spent = time.monotonic() - start, server.processor_seconds() - spent
    return Rate(WRITES / took, WRITES / spent, 0)


def read_answer(answers: BinaryIO, status: bytes) -> None:
    """Read one answer, and see that it is as expected."""
    head = answers.readline()
    assert head.split()[1] == status, head
    length = 0
    while (line := answers.readline().lower()) != b"\r\n":
        if line.startswith(b"content-length:"):
            length = int(line.partition(b":")[2])
    answers.read(length)
