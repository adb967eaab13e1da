"""Answers against a plain hello of the same server, and against a peer's.

The peer, beside this file, does the same work with FastAPI, SQLModel and uvicorn.
"""

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import pytest

from bench.asking import (
    BRANCHES,
    CLAIMS,
    Rate,
    Running,
    rate,
    read_answer,
    request,
    running,
    turns,
    writes,
)
from databases import Postgres
from figures import Figures
from servers import ask, free_port

ROUNDS = 8
TREES = 100
PEER = Path(__file__).with_name("peer.py")
TREE = "claims/c0/tree?depth=all&children=500"
THEIRS = "claims/c0/tree"


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
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as to:
        answers = to.makefile("rb")
        for n in range(TREES):  # each under a rule of its own: nothing is known of it
            to.sendall(request(f"{tree}&param.k=1.{n + 1:03}"))
            read_answer(answers, b"200")
    spent = server.processor_seconds() - spent

    figures.at_most("GET tree, not cached", 1000 * spent / TREES, 5, "ms of processor")


def test_durable_writes_of_eight_editors_keep_up_with_hello(
    server: Running, figures: Figures
) -> None:
    plain = request("/hello")
    turns(server, lambda *_: plain, b"200")
    found, hello = [], []
    for n in range(ROUNDS):
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


def test_durable_writes_to_postgresql_keep_up_with_hello(
    on_postgresql: Running, figures: Figures
) -> None:
    plain, ratios = request("/hello"), []
    turns(on_postgresql, lambda *_: plain, b"200")
    for n in range(ROUNDS):
        hello = turns(on_postgresql, lambda *_: plain, b"200")
        ratios.append(writes(on_postgresql, f"w{n}").by_processor / hello.by_processor)

    ratio = median(ratios)
    figures.at_least("POST a claim, 8 editors / hello, PostgreSQL", ratio, 0.10)


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
                read_answer(answers, b"200")
        return times / (of.processor_seconds() - spent)

    def add(of: Running, turn: int) -> float:
        return writes(of, f"p{turn}").by_processor

    asked: dict[str, tuple[Callable[[Running, int], float], float]] = {
        "GET one claim": (lambda of, _: get(of, "claims/c500", 500), 3),
        "POST a claim, 8 editors": (add, 5),
        "GET tree of 1,000 claims": (
            lambda of, _: get(of, *((TREE, 100) if of is server else (THEIRS, 10))),
            10,
        ),
    }
    for what, (rate_of, least) in asked.items():
        ratios = [rate_of(server, n) / rate_of(peer, n) for n in range(ROUNDS)]
        figures.at_least(f"{what} / the peer's", median(ratios), least)


def ask_tag(port: int, path: str) -> str:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request(path))
        head = connection.recv(4096).split(b"\r\n\r\n")[0].lower()
    return head.split(b"etag: ")[1].split(b"\r\n")[0].decode()
