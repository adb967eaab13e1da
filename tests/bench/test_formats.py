"""How fast formats are read and written, and that twice as much takes twice as long."""

import gc
import importlib.util
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from argmap.formats.argdown import read_map, write_map
from argmap.formats.exchange import read
from argmap.plugin import Host
from figures import Figures


def best(run: Callable[[], object], times: int = 5) -> float:
    """Give the shortest of some runs, in seconds of the processor.

    What others do on the machine only adds; collecting garbage waits, as in ``timeit``.
    """
    taken = []
    for _ in range(times):
        gc.collect()
        gc.disable()
        start = time.process_time()
        run()
        taken.append(time.process_time() - start)
        gc.enable()
    return min(taken)


def twice(data: bytes) -> bytes:
    """Put a document of Argdown after itself, under other titles."""
    other = data
    for sign in (b"[S", b"[P", b"[C", b"<A"):
        other = other.replace(sign, sign + b"x")
    return data + b"\n\n" + other


@pytest.mark.parametrize("name", ["argdown-5k-tree", "argdown-1250-pcs"])
def test_argdown(shared: Path, figures: Figures, name: str) -> None:
    folder = shared / "corpora" / "formats-samples" / "big"
    one = (folder / f"{name}.argdown").read_bytes()
    two = twice(one)
    map_, large = read_map(one)[0], read_map(two)[0]
    assert len(large.claims) == 2 * len(map_.claims)

    runs: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "read": (lambda: read_map(one), lambda: read_map(two)),
        "written": (lambda: write_map(map_), lambda: write_map(large)),
    }
    for what, (small, double) in runs.items():
        seconds = best(small)
        title = f"{name}, {len(map_.claims):,} claims, {what}"
        figures.at_most(title, seconds, 1, "s")
        figures.at_most("  twice as much", best(double) / seconds, 2.3)


def doubled_aif(data: bytes) -> bytes:
    """Put the nodes and edges of a file beside themselves, under other ids."""
    file = json.loads(data)
    for shelf, names in (
        ("nodes", ["nodeID"]),
        ("edges", ["edgeID", "fromID", "toID"]),
    ):
        other = [
            {**each, **{name: f"{each[name]}x" for name in names}}
            for each in file[shelf]
        ]
        file[shelf] += other
    return json.dumps(file).encode()


def doubled_kialo(data: bytes) -> bytes:
    """Put all claims below the thesis twice, the second time in other words."""
    head, _, claims = data.partition(b"\n\n")
    thesis, *lines = claims.splitlines()
    both = [thesis]
    for number in (b"1.1.", b"1.2."):
        words = b" Pro: " + number + thesis.partition(b" ")[2]
        both.append(number + words)
        for line in lines:
            other = line.replace(b"See 1.", b"See " + number)
            if b"-> See" not in line:
                other = other.replace(b": ", b": " + number, 1)
            both.append(number + other.removeprefix(b"1."))
    return head + b"\n\n" + b"\n".join(both)


PEER = """
import gc, json, pathlib, sys, time, arguebuf
taken = []
for _ in range(5):
    gc.collect(); gc.disable(); start = time.process_time()
    arguebuf.load.file(pathlib.Path(sys.argv[1]))
    taken.append(time.process_time() - start); gc.enable()
print(min(taken))
"""


@pytest.mark.parametrize(
    ("name", "file", "limit", "double"),
    [
        ("aif", "aif-10k-nodes.json", 0.15, doubled_aif),
        ("kialo", "kialo-5k-claims.txt", 0.1, doubled_kialo),
    ],
)
def test_foreign_formats(
    shared: Path,
    figures: Figures,
    name: str,
    file: str,
    limit: float,
    double: Callable[[bytes], bytes],
) -> None:
    """Time what an import does with a file, against arguebuf, which checks less."""
    host = Host.load(strict=True)
    path = shared / "corpora" / "formats-samples" / "big" / file
    data = path.read_bytes()
    more = double(data)
    assert len(read(host, more, name)[0].claims) >= 1.9 * len(
        read(host, data, name)[0].claims
    )

    seconds = best(lambda: read(host, data, name))
    figures.at_most(f"{file} read", seconds, limit, "s")
    twice_as_much = best(lambda: read(host, more, name))
    figures.at_most("  twice as much", twice_as_much / seconds, 2.3)
    if importlib.util.find_spec("arguebuf") is None:
        pytest.skip("arguebuf comes with the extra bench")
    peer = subprocess.run(
        [sys.executable, "-c", PEER, str(path)],
        capture_output=True,
        check=True,
        text=True,
    )
    figures.at_least("  faster than arguebuf", float(peer.stdout) / seconds, 4)
