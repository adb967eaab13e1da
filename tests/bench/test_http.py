"""Answers against a plain hello of the same server, and against a peer's.

One process serves both: a bare Litestar application that says hello, and argmap's. The
client is a few blocking sockets that send requests in batches and count bytes, so that
it is not what is measured. Rates are compared by the processor time that the server
spends on an answer: what it could give on a core of its own, whoever else is busy.
The peer, beside this file, does the same work with FastAPI, SQLModel and uvicorn.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import BinaryIO, NamedTuple

import pytest

from argmap.model import Claim, Map, Relation, Target, operations_of
from argmap.settings import Settings
from argmap.store import Store, Write
from databases import Postgres
from figures import Figures
from servers import ask, free_port

CLAIMS = 1000
BRANCHES = 10
CONNECTIONS = 4
BATCH = 16
SECONDS = 0.7
ROUNDS = 8
EDITORS = 8
WRITES = 200
TREES = 100
PEER = Path(__file__).with_name("peer.py")
TREE = "claims/c0/tree?depth=all&children=500"

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
    """A server that runs, and where its maps are."""

    port: int
    process: int
    maps: str = "/api/v1/maps"

    def processor_seconds(self) -> float:
        """Say how long it has been computing, in itself and in the kernel."""
        fields = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2]
        user, system = fields.split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    url = f"sqlite:///{tmp_path_factory.mktemp('bench') / 'argmap.db'}"
    with running(url) as server:
        yield server


@pytest.fixture(scope="module")
def on_postgresql(postgresql: Postgres) -> Iterator[Running]:
    url = postgresql.make()
    with running(url) as server:
        yield server


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


@pytest.fixture(scope="module")
def peer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    pytest.importorskip("fastapi", reason="peers come with the extra bench")
    file, port = tmp_path_factory.mktemp("peer") / "peer.db", free_port()
    arguments = [str(file), str(port), str(CLAIMS), str(BRANCHES)]
    process = subprocess.Popen([sys.executable, str(PEER), *arguments])
    try:
        ask(port, "/maps/bush/claims/c1")
        yield Running(port, process.pid, "/maps")
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

    for name, least in (
        ("GET one claim", 0.40),
        ("GET tree of 1,000 claims", 0.35),
        ("GET tree, by gzip", 0.35),
        ("GET tree, 304", 0.45),
    ):
        pairs = zip(rates[name], rates["hello"], strict=True)
        ratio = median(rate.by_processor / hello.by_processor for rate, hello in pairs)
        figures.at_least(f"{name} / hello", ratio, least)


def test_a_tree_that_is_not_in_the_cache_takes_milliseconds(
    server: Running, figures: Figures
) -> None:
    tree = f"{server.maps}/bush/{TREE}"
    ask(server.port, tree)
    spent = server.processor_seconds()
    for n in range(TREES):  # each under a rule of its own, so nothing is known of it
        ask(server.port, f"{tree}&param.k=1.{n + 1:03}")
    spent = server.processor_seconds() - spent

    figures.at_most("GET tree, not cached", 1000 * spent / TREES, 5, "ms of processor")


def test_durable_writes_of_eight_editors_keep_up_with_hello(
    server: Running, figures: Figures
) -> None:
    plain = request("/hello")
    turns(server, lambda *_: plain, b"200")
    found, hello = [], []
    for n in range(3):
        hello.append(turns(server, lambda *_: plain, b"200"))
        found.append(writes(server, f"w{n}"))

    for name, each in (("hello", hello), ("POST a claim", found)):
        rates = median(rate.by_clock for rate in each)
        figures.note(f"{name}, 8 editors", f"{rates:,.0f}/s")
    pairs = zip(found, hello, strict=True)
    ratio = median(post.by_processor / plain.by_processor for post, plain in pairs)
    figures.at_least("POST a claim, 8 editors / hello", ratio, 0.20)


def test_reads_from_postgresql_keep_up_with_hello(
    on_postgresql: Running, figures: Figures
) -> None:
    claim, ratios = request(f"{on_postgresql.maps}/bush/claims/c500"), []
    for _ in range(ROUNDS):
        hello = rate(on_postgresql, request("/hello"), b"200")
        found = rate(on_postgresql, claim, b"200")
        ratios.append(found.by_processor / hello.by_processor)

    ratio = median(ratios)
    figures.at_least("GET one claim / hello, PostgreSQL", ratio, 0.18)


def test_argmap_leads_a_peer_that_does_the_same_work(
    server: Running, peer: Running, figures: Figures
) -> None:
    def get(of: Running, path: str, times: int) -> float:
        asked = request(f"{of.maps}/bush/{path}")
        spent = of.processor_seconds()
        with socket.create_connection(("127.0.0.1", of.port), timeout=30) as to:
            answers = to.makefile("rb")
            for _ in range(times):
                to.sendall(asked)
                _read(answers, b"200")
        return times / (of.processor_seconds() - spent)

    ours, theirs = ((writes(of, "p"), of) for of in (server, peer))
    figures.note("POST a claim, the peer", f"{theirs[0].by_clock:,.0f}/s")
    post = ours[0].by_processor / theirs[0].by_processor
    for what, ratio, least in (
        (
            "GET one claim",
            get(server, "claims/c500", 1000) / get(peer, "claims/c500", 1000),
            3,
        ),
        ("POST a claim, 8 editors", post, 5),
        (
            "GET tree of 1,000 claims",
            get(server, TREE, 300) / get(peer, "claims/c0/tree", 30),
            10,
        ),
    ):
        figures.at_least(f"{what} / the peer's", ratio, least)


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
                _read(answers, status)

    spent, start = server.processor_seconds(), time.monotonic()
    with ThreadPoolExecutor(EDITORS) as threads:
        list(threads.map(edit, range(EDITORS)))
    took, spent = time.monotonic() - start, server.processor_seconds() - spent
    return Rate(WRITES / took, WRITES / spent, 0)


def _read(answers: BinaryIO, status: bytes) -> None:
    """Read one answer, and see that it is as expected."""
    head = answers.readline()
    assert head.split()[1] == status, head
    length = 0
    while (line := answers.readline().lower()) != b"\r\n":
        if line.startswith(b"content-length:"):
            length = int(line.partition(b":")[2])
    answers.read(length)


def ask_tag(port: int, path: str) -> str:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request(path))
        head = connection.recv(4096).split(b"\r\n\r\n")[0].lower()
    return head.split(b"etag: ")[1].split(b"\r\n")[0].decode()
