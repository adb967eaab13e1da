"""Strangers' rules fail in every way that we know, over HTTP, and the server goes on.

Each gets the status of its own fault, the good rule beside it answers right after, and
whoever asks for something else notices nothing. When all is over the server has no more
processes, files and threads than before, and no more memory. Planted and found: a host
that keeps its workers' end of a connection, so that it does not see them go.
"""

import json
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from threading import Event, Thread

import pytest

from faults.editors import API
from faults.faulty import ANSWERS, HANGS, PASSES, RAISES, TAKES, plugin, slug
from faults.forms import forms
from faults.running import Line, Server
from processes import descendants, memory

QUICK = {
    **{name: body for name, (body, _) in (RAISES | ANSWERS).items()},
    **TAKES,
    **PASSES,
}
BODIES = QUICK | HANGS
SECONDS = 3.0  # that a rule may take
BACK = 1.0  # until the next call is answered; 0.3 on a quiet machine
MEMORY = 32.0  # MiB that the server may have more than after the first round
SLACK = {"processes": 0, "files": 4, "threads": 4}  # connections, and who serves them
PATIENCE = 20.0  # seconds until what was left behind is gone

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="what is counted is in /proc"
)


def held(pid: int) -> dict[str, int]:
    """Count what a server has: processes below it, open files, threads."""
    return {
        "processes": len(descendants(pid)),
        "files": entries(f"/proc/{pid}/fd"),
        "threads": entries(f"/proc/{pid}/task"),
    }


def entries(folder: str) -> int:
    """Count what is in a directory."""
    return sum(1 for _ in Path(folder).iterdir())


def more_than(most: dict[str, int], now: dict[str, int]) -> dict[str, int]:
    """Say of what there is too much."""
    return {what: count for what, count in now.items() if count > most[what]}


@contextmanager
def watched(server: Server) -> Iterator[list[float]]:
    """Ask how the server is, all the time, and note how long each answer takes."""
    stop, took = Event(), list[float]()

    def watch() -> None:
        with server.line() as line:
            while not stop.wait(0.02):
                start = time.monotonic()
                assert line.ask("GET", "/health").status == 200
                took.append(time.monotonic() - start)

    thread = Thread(target=watch)
    thread.start()
    try:
        yield took
    finally:
        stop.set()
        thread.join()


def evaluate(line: Line, rule: str, number: int) -> int:
    """Have the map evaluated, as nobody has before, and give the status."""
    what = f"rule={rule}&option.margin={number % 10_000 / 10_000}"
    return line.ask("GET", f"{API}/maps/m/evaluations?{what}").status


def tried(server: Server, fault: str, number: int) -> float:
    """Let a rule fail, and say how long the good one beside it takes right after."""
    with server.line() as line:
        status = evaluate(line, slug(fault), number)
        assert status in expected(fault), (fault, status)
        start = time.monotonic()
        assert evaluate(line, f"good-beside-{slug(fault)}", number) == 200, fault
        return time.monotonic() - start


def expected(fault: str) -> tuple[int, ...]:
    """Say which statuses a fault may have."""
    if fault == "leaves threads":  # in time they take all the memory that there is
        return (200, 502)
    if fault in PASSES:
        return (200,)
    return (504,) if fault in HANGS else (502, 504) if fault in TAKES else (502,)


@pytest.mark.parametrize("rounds", forms(ci=2, full=20))
def test_whatever_a_rule_does_the_server_goes_on(tmp_path: Path, rounds: int) -> None:
    plugins = tmp_path / "plugins"
    plugins.mkdir()
    for name, body in BODIES.items():
        (plugins / f"{slug(name)}.py").write_text(plugin(name, body))
    limits = {
        "ARGMAP_MAX_PLUGIN_SECONDS": str(SECONDS),
        "ARGMAP_MAX_PLUGIN_BYTES": "400000000",
    }
    file = {
        "format": "argmap/1",
        "map": {"key": "m"},
        "claims": [{"key": key, "text": key, "base_score": 0.5} for key in "ab"],
    }
    server = Server(tmp_path, "--plugins-dir", "plugins", environment=limits)
    with server:
        with server.line() as line:
            made = line.ask("POST", f"{API}/imports", json.dumps(file).encode())
        assert made.status == 201
        pid, back = server.process.pid, list[float]()
        with watched(server) as healthy, ThreadPoolExecutor(len(HANGS)) as threads:
            for number in range(rounds):
                waiting = [
                    threads.submit(tried, server, each, number) for each in HANGS
                ]
                back += [each.result() for each in waiting]
                back += [tried(server, each, number) for each in QUICK]
                if number == 0:
                    first, before = held(pid), memory(pid)
        deadline = time.monotonic() + PATIENCE
        most = {what: count + SLACK[what] for what, count in first.items()}
        while more_than(most, last := held(pid)) and time.monotonic() < deadline:
            time.sleep(0.1)
        more = memory(pid) - before
        assert server.stop() == 0
    print(
        f"{rounds * len(BODIES)} faults; /health p99 {p99(healthy):.3f} s of "
        f"{len(healthy)}; back p99 {p99(back):.3f} s; {first} to {last}, {more:.1f} MiB"
    )

    assert not more_than(most, last)
    assert more < MEMORY
    assert max(healthy) < SECONDS
    assert quantiles(back, n=10)[-1] < BACK


def p99(seconds: list[float]) -> float:
    """Give what all but one of a hundred are within."""
    return quantiles(seconds, n=100)[-1]
