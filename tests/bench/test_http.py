"""Answers from the cache against a plain hello of the same server.

One process serves both: a bare Litestar application that says hello, and argmap's. The
client is a few blocking sockets that send requests in batches and count bytes, so that
it is not what is measured. Rates are compared by the processor time that the server
spends on an answer: what it could give on a core of its own, whoever else is busy.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from typing import NamedTuple

import pytest

from argmap.model import Claim, Map, Relation, Target, operations_of
from argmap.settings import Settings
from argmap.store import Store, Write
from figures import Figures
from servers import ask, free_port

CLAIMS = 1000
BRANCHES = 10
CONNECTIONS = 4
BATCH = 16
SECONDS = 0.7
ROUNDS = 8

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


class Running(NamedTuple):
    """A server that runs."""

    port: int
    process: int

    def processor_seconds(self) -> float:
        """Say how long it has been computing, in itself and in the kernel."""
        fields = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2]
        user, system = fields.split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    url = f"sqlite:///{tmp_path_factory.mktemp('bench') / 'argmap.db'}"
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


def rate(server: Running, request: bytes, status: bytes) -> Rate:
    """Ask the same for some seconds, over several connections, in batches."""
    size = _size(server.port, request, status)
    spent = server.processor_seconds()
    end = time.monotonic() + SECONDS
    with ThreadPoolExecutor(CONNECTIONS) as threads:
        start = time.monotonic()
        jobs = [
            threads.submit(_ask_until, server.port, request, size, end)
            for _ in range(CONNECTIONS)
        ]
        answers = sum(job.result() for job in jobs)
    took = time.monotonic() - start
    spent = server.processor_seconds() - spent
    return Rate(answers / took, answers / spent, size)


def _size(port: int, request: bytes, status: bytes) -> int:
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


def test_answers_from_the_cache_keep_up_with_hello(
    server: Running, figures: Figures
) -> None:
    maps = "/api/v1/maps/bush"
    tree = f"{maps}/claims/c0/tree"
    tag = ask_tag(server.port, tree)
    asked = {
        "hello": (request("/hello"), b"200"),
        "GET one claim": (request(f"{maps}/claims/c500"), b"200"),
        "GET tree of 1,000 claims": (request(tree), b"200"),
        "GET tree, by gzip": (request(tree, "Accept-Encoding: gzip"), b"200"),
        "GET tree, 304": (request(tree, f"If-None-Match: {tag}"), b"304"),
        "GET evaluation of 1,000 claims": (request(f"{maps}/evaluations"), b"200"),
    }
    rates: dict[str, list[Rate]] = {name: [] for name in asked}
    for _ in range(ROUNDS):
        for name, (bytes_, status) in asked.items():
            rates[name].append(rate(server, bytes_, status))
    for name, each in rates.items():
        clock = median(rate.by_clock for rate in each)
        processor = median(rate.by_processor for rate in each)
        rates_ = f"{clock:,.0f}/s, {processor:,.0f} a processor second"
        figures.note(f"{name}, {each[0].size:,} bytes", rates_)

    for name in ("GET one claim", "GET tree of 1,000 claims", "GET tree, by gzip"):
        pairs = zip(rates[name], rates["hello"], strict=True)
        ratio = median(rate.by_processor / hello.by_processor for rate, hello in pairs)
        figures.at_least(f"{name} / hello", ratio, 0.30)


def ask_tag(port: int, path: str) -> str:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request(path))
        head = connection.recv(4096).split(b"\r\n\r\n")[0].lower()
    return head.split(b"etag: ")[1].split(b"\r\n")[0].decode()
