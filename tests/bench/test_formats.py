"""How fast formats are read and written, and that twice as much takes twice as long."""

import gc
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from argmap.formats.argdown import read_map, write_map
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
