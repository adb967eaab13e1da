"""What holds for every test: the same on every machine, whatever is set on it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from databases import Postgres, postgres

settings.register_profile(
    "argmap",
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("argmap")

# What is set for argmap here must not reach what is tested, least of all a variable
# that is there for the tests and no setting at all.
_SET = {
    name: os.environ.pop(name)
    for name in list(os.environ)
    if name.startswith("ARGMAP_")
}


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the directory ``ARGMAP_SHARED``: what tests may see and nobody may ship."""
    if "ARGMAP_SHARED" not in _SET:
        pytest.skip("ARGMAP_SHARED is not set: what it holds may not be shipped")
    return Path(_SET["ARGMAP_SHARED"])


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Postgres]:
    """Start a PostgreSQL server, which is gone after the tests."""
    with postgres(_SET.get("ARGMAP_TEST_POSTGRES")) as server:
        yield server


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Name a database that one test has for itself, of either kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/argmap.db"
        return
    server: Postgres = request.getfixturevalue("postgresql")
    url = server.make()
    yield url
    server.drop(url)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Try what needs a database on both kinds, but for what is about the file."""
    if "database_url" in metafunc.fixturenames:
        is_of_file = metafunc.definition.get_closest_marker("only_sqlite")
        kinds = ["sqlite"] if is_of_file else ["sqlite", "postgresql"]
        metafunc.parametrize("database_url", kinds, indirect=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let all tests of the API be run on PostgreSQL as well."""
    parser.addoption("--both", action="store_true", help="all of the API on PostgreSQL")
