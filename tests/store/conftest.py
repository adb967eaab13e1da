"""A real database for every test."""

from collections.abc import Iterator

import pytest

from argmap.model import Map
from argmap.settings import Settings
from argmap.store import Caller, Store, Write
from stored import key, seen

PLAN = Map.of({"build": 0.5, "cost": 0.75}, rebuts=[("cost", "build")], key="plan")


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings(database_url=database_url)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with Store.open(settings) as store:
        yield store


@pytest.fixture
def anna(store: Store) -> Caller:
    """Give the owner of a private map."""
    caller = key(store, "anna")
    seen(store, caller).create(Write(map="plan", content=PLAN, create=True))
    return caller
