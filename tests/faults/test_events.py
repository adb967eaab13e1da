"""Many listeners hear each revision of many writes once, in order, and soon.

Planted and found: a writer that wakes nobody.
"""

import time
from pathlib import Path
from statistics import quantiles
from threading import Thread

import pytest

from listening import Listener, send
from servers import ask, free_port, serving

pytestmark = pytest.mark.faults

LISTENERS = 200
WRITES = 50
MAP = "/api/v1/maps/city"


def test_two_hundred_listeners_hear_each_of_fifty_writes_once_and_in_order(
    tmp_path: Path,
) -> None:
    port = free_port()
    heard: dict[int, list[int]] = {}
    moments: list[float] = []

    def listen(number: int, listener: Listener) -> None:
        heard[number] = listener.revisions(WRITES)
        moments.append(time.monotonic())

    with serving("serve", port=port, folder=tmp_path):
        ask(port, "/health")
        assert send(port, "POST", "/api/v1/maps", {"key": "city"})[0] == 201
        listeners = [Listener(port, f"{MAP}/events?since=1") for _ in range(LISTENERS)]
        threads = [
            Thread(target=listen, args=(number, listener))
            for number, listener in enumerate(listeners)
        ]
        for thread in threads:
            thread.start()
        took = []
        for number in range(WRITES):
            start = time.monotonic()
            claim = {"key": f"c{number}", "text": "A claim."}
            assert send(port, "POST", f"{MAP}/claims", claim)[0] == 201
            took.append(time.monotonic() - start)
        written = time.monotonic()
        for thread in threads:
            thread.join()
        for listener in listeners:
            listener.close()
    slowest, last = quantiles(took, n=20)[-1], max(moments) - written
    print(f"writes: p95 {slowest * 1000:.0f} ms; all heard {last:.2f} s after the last")

    assert heard == {n: list(range(2, 2 + WRITES)) for n in range(LISTENERS)}
    assert slowest < 1
    assert last < 5
