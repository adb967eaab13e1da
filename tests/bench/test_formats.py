"""How fast formats are read, and that twice as much takes twice as long."""

from collections.abc import Callable
from pathlib import Path

import pytest

from argmap.formats.argdown import read_map, write_map
from figures import Figures


def in_halves(folder: Path, name: str, part: str) -> tuple[bytes, bytes]:
    """Give a file, and its first half up to where a block ends."""
    data = (folder / "corpora" / "formats-samples" / "big" / name).read_bytes()
    mark = part.encode()
    return data, data[: data.index(mark, len(data) // 2)]


@pytest.mark.parametrize(
    ("name", "end"),
    [("argdown-5k-tree.argdown", "\n  "), ("argdown-1250-pcs.argdown", "\n\n<")],
)
def test_argdown(shared: Path, figures: Figures, name: str, end: str) -> None:
    whole, half = in_halves(shared, name, end)
    map_, _ = read_map(whole)
    small, _ = read_map(half)

    def timed(what: str, run: Callable[[], object], less: Callable[[], object]) -> None:
        seconds, before = figures.seconds(run), figures.seconds(less)
        title = f"{name}, {len(map_.claims):,} claims, {what}"
        figures.at_most(title, seconds, 1, "s")
        share = len(whole) / len(half)
        figures.at_most("  twice as much", 2 * seconds / before / share, 2.3)

    timed("read", lambda: read_map(whole), lambda: read_map(half))
    timed("written", lambda: write_map(map_), lambda: write_map(small))
