"""The maps that ship, and the articles behind one of them where somebody has them."""

from hashlib import sha256
from pathlib import Path

import pytest

import argmap
from argmap.model import Map, read


def seed(name: str) -> Map:
    """Read a map that ships."""
    return read(argmap.seed(name).read_bytes())


@pytest.fixture(scope="session")
def japan() -> Map:
    """Give the map of four published articles."""
    return seed("japan-nato")


@pytest.fixture(scope="session")
def phones() -> Map:
    """Give the invented one, which brings its texts along."""
    return seed("school-phones")


@pytest.fixture(scope="session", params=["japan-nato", "school-phones"])
def either(request: pytest.FixtureRequest) -> Map:
    """Give each of them in turn."""
    return seed(request.param)


@pytest.fixture(scope="session")
def readme() -> str:
    """Give the note on the maps."""
    return (argmap.seed("japan-nato").parent / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def articles(japan: Map, shared: Path) -> dict[str, str]:
    """Give the articles' texts by source: ``seeds/*.txt``, which may not be shipped."""
    files = (file.read_bytes() for file in sorted(shared.glob("seeds/*.txt")))
    by_hash = {sha256(data).hexdigest(): data.decode() for data in files}
    if not by_hash:
        pytest.skip(f"no text in {shared}/seeds: the articles are not shipped")
    return {key: by_hash[s.sha256 or ""] for key, s in japan.sources.items()}
