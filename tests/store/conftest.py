"""A real database for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from argmap.settings import Settings
from argmap.store import Store


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(database_url=f"sqlite:///{tmp_path}/argmap.db")


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with Store.open(settings) as store:
        yield store
