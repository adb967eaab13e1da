"""The Japan–NATO map, served; nobody here changes it."""

from collections.abc import Iterator

import pytest
from litestar.testing import TestClient

import argmap
from argmap.api.app import create_app
from argmap.settings import Settings


@pytest.fixture(scope="session")
def japan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Serve it."""
    path = tmp_path_factory.mktemp("japan") / "argmap.db"
    settings = Settings(database_url=f"sqlite:///{path}")
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as client:
        made = client.post(
            "/api/v1/imports", content=argmap.seed("japan-nato").read_bytes(),
            headers={"Content-Type": "application/vnd.argmap+json"},
        )  # fmt: skip
        assert made.status_code == 201, made.text
        yield client
