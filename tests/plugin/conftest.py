"""Throw-away distributions: real metadata and a real module on the path."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent

import pytest

Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Give a function that installs a one-module distribution, for this test alone."""
    monkeypatch.syspath_prepend(str(tmp_path))
    names: list[str] = []

    def install(
        name: str, code: str, *, distribution: str = "", version: str = "1.2"
    ) -> None:
        (tmp_path / f"{name}.py").write_text(dedent(code))
        info = tmp_path / f"{distribution or name}-{version}.dist-info"
        info.mkdir(exist_ok=True)
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {distribution or name}\nVersion: {version}\n"
        )
        entries = info / "entry_points.txt"
        before = entries.read_text() if entries.exists() else "[argmap]\n"
        entries.write_text(f"{before}{name} = {name}\n")
        names.append(name)

    yield install
    for name in names:
        sys.modules.pop(name, None)
