"""Jobs where several processes share a database: any of them answers for all."""

import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from litestar.testing import TestClient

from argmap.api.app import create_app
from argmap.settings import Settings
from argmap.store import jobs as shared
from databases import Postgres
from jobs import JOB, ended, import_job, large
from servers import ask, free_port, serving

Two = tuple[TestClient, TestClient]


@pytest.fixture(scope="module")
def url(postgresql: Postgres) -> str:
    return postgresql.make()


@pytest.fixture(scope="module")
def two(url: str) -> Iterator[Two]:
    """Open two servers on one database."""
    with ExitStack() as stack:
        apps = [create_app(Settings(database_url=url)) for _ in range(2)]
        first, second = (
            stack.enter_context(TestClient(app, base_url="http://127.0.0.1:8000"))
            for app in apps
        )
        yield first, second


@pytest.mark.parametrize("turn", [1, -1])
def test_either_answers_for_a_job_of_the_other(two: Two, turn: int) -> None:
    here, there = two[::turn]
    path = import_job(here, large(f"both-{turn}", 3000))
    asked = there.get(path)
    last = ended(there, path)

    assert asked.status_code == 200
    assert asked.json()["status"] in ("queued", "running")
    assert last == here.get(path).json()
    assert last["status"] == "done"
    assert last["result"]["map"] == f"both-{turn}"
    assert last["done"] == last["total"] == 5999


@pytest.mark.parametrize("turn", [1, -1])
def test_either_calls_off_a_job_of_the_other(two: Two, turn: int) -> None:
    here, there = two[::turn]
    path = import_job(here, large(f"off{turn}", 20_000))
    asked = there.delete(path)
    last = ended(there, path)

    assert asked.status_code == 200
    assert (last["status"], last["result"]) == ("cancelled", None)
    assert last["problem"] == here.get(path).json()["problem"]
    assert last["problem"]["code"] == "cancelled"
    assert there.get(f"/api/v1/maps/off{turn}").status_code == 404
    assert there.delete(path).json() == last


def test_a_problem_is_the_same_at_either(two: Two) -> None:
    here, there = two
    wrong = large("wrong", 3).replace(b'"claim": "c1"', b'"claim": "nobody"')
    path = import_job(here, wrong)

    assert ended(there, path) == here.get(path).json()
    assert there.get(path).json()["problem"]["code"] == "unknown-claim"


def test_what_nobody_has_asked_for_is_not_there(two: Two) -> None:
    for each in two:
        assert each.get("/api/v1/jobs/nothing").status_code == 404
        assert each.delete("/api/v1/jobs/nothing").status_code == 404


def test_a_job_whose_process_has_died_has_failed(
    url: str, two: Two, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, _ = two
    port = free_port()
    headers = {"Content-Type": "application/json", **JOB}
    post = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/v1/imports", large("died", 20_000), headers
    )
    with serving("serve", "--database", url, port=port, folder=tmp_path):
        ask(port, "/health")
        with urllib.request.urlopen(post, timeout=20) as answer:
            path = answer.headers["location"]
        while here.get(path).json()["status"] != "running":
            time.sleep(0.05)
    monkeypatch.setattr(shared, "SILENT", timedelta(seconds=2))
    last = ended(here, path)

    assert (last["status"], last["problem"]["code"]) == ("failed", "unavailable")
    assert here.get("/api/v1/maps/died").status_code == 404
    assert here.delete(path).json() == last
