"""A server on a real database for each file, and a map for each test."""

from collections.abc import Iterator
from itertools import count

import pytest
from litestar.testing import TestClient

from argmap.api.app import create_app
from argmap.settings import Settings
from tram import TRAM

_numbers = count(1)


CORE = {
    "test_changes",
    "test_conditions",
    "test_forks_and_merges",
    "test_history",
    "test_items",
    "test_lists",
    "test_maps",
    "test_once",
    "test_rounds",
    "test_search",
}
"""What is tried on both databases, also without ``--both``."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what needs a server on SQLite, or on both databases."""
    if "client" in metafunc.fixturenames:
        name = metafunc.module.__name__.rpartition(".")[2]
        both = name in CORE or metafunc.config.getoption("--both")
        databases = ["sqlite", "postgresql"] if both else ["sqlite"]
        metafunc.parametrize("client", databases, indirect=True, scope="module")


@pytest.fixture(scope="module")
def client(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TestClient]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('api') / 'argmap.db'}"
    else:
        url = request.getfixturevalue("postgresql").make()
    app = create_app(Settings(database_url=url))
    with TestClient(app, base_url="http://127.0.0.1:8000") as client:
        yield client


def make_tram(client: TestClient) -> str:
    """Make a map, and give its path."""
    key = f"tram-{next(_numbers)}"
    made = client.post(f"/api/v1/imports?key={key}", json=TRAM)
    assert made.status_code == 201, made.text
    return f"/api/v1/maps/{key}"


@pytest.fixture
def tram(client: TestClient) -> str:
    """Make a map that one test may change."""
    return make_tram(client)


@pytest.fixture(scope="module")
def common(client: TestClient) -> str:
    """Make a map that no test changes."""
    return make_tram(client)
