"""A real database for every test."""

from collections.abc import Iterator

import pytest

from argmap.settings import Settings
from argmap.store import Store


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings(database_url=database_url)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with Store.open(settings) as store:
        yield store
