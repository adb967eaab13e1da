"""Long work as jobs: progress, results, calling off, and time limits without them."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from argmap.api.app import create_app
from argmap.settings import Settings
from jobs import ENDED, JOB, ended, import_job, large


@contextmanager
def serving(tmp_path: Path, **chosen: Any) -> Iterator[TestClient]:
    settings = Settings(database_url=f"sqlite:///{tmp_path}/jobs.db", **chosen)
    with TestClient(create_app(settings), base_url="http://127.0.0.1:8000") as client:
        yield client


def test_others_write_while_a_large_map_is_imported(
    client: TestClient, tram: str
) -> None:
    claims = 20_000
    path = import_job(client, large("large", claims))
    seen, waits = [client.get(path).json()], []
    while seen[-1]["status"] not in ENDED:
        start = time.perf_counter()
        made = client.post(f"{tram}/claims", json={"text": "Meanwhile."})
        waits.append(time.perf_counter() - start)
        assert made.status_code == 201
        if client.get("/api/v1/maps/large").status_code == 200:
            break  # it is there at once, and whole
        seen.append(client.get(path).json())
    last = ended(client, path)

    assert last["result"] == {"map": "large", "revision": 1, "report": []}
    assert last["done"] == last["total"] == 2 * claims - 1
    partly = {job["done"] for job in seen} - {0, last["total"]}
    assert len(partly) > 2
    assert max(waits) < 2
    end = client.get(f"/api/v1/maps/large/claims/c{claims - 1}")
    assert end.json()["rev"] == 1
    found = client.get("/api/v1/maps/large/claims?limit=500").json()
    assert [claim["key"] for claim in found["items"]] == [f"c{n}" for n in range(500)]
    strength = client.get("/api/v1/maps/large/evaluations").status_code
    assert strength == 200


def test_an_import_that_is_called_off_leaves_nothing(client: TestClient) -> None:
    path = import_job(client, large("given-up", 20_000))
    while client.get(path).json()["done"] < 4000:
        time.sleep(0.005)
    asked = client.delete(path)
    last = ended(client, path)

    assert asked.status_code == 200
    assert (last["status"], last["result"]) == ("cancelled", None)
    assert last["problem"]["code"] == "cancelled"
    assert 0 < last["done"] < last["total"]
    assert client.get("/api/v1/maps/given-up").status_code == 404
    keys = [each["key"] for each in client.get("/api/v1/maps").json()["items"]]
    assert all(key[0].isalnum() for key in keys)
    assert "given-up" not in keys
    again = import_job(client, large("given-up", 3000))
    assert ended(client, again)["result"]["revision"] == 1


def test_a_job_that_has_ended_cannot_be_called_off(client: TestClient) -> None:
    path = import_job(client, large("small", 3))
    before = ended(client, path)

    assert before["status"] == "done"
    assert client.delete(path).json() == before
    assert client.get("/api/v1/maps/small").status_code == 200


def test_a_job_fails_with_the_problem_that_the_answer_would_be(
    client: TestClient,
) -> None:
    wrong = large("wrong", 3).replace(b'"claim": "c1"', b'"claim": "nobody"')
    direct = client.post(
        "/api/v1/imports", content=wrong, headers={"Content-Type": "application/json"}
    )
    last = ended(client, import_job(client, wrong))

    assert direct.status_code == 422
    assert (last["status"], last["problem"]) == ("failed", direct.json())


@pytest.mark.parametrize(
    ("path", "body", "done"),
    [
        ("evaluations", {"rules": [{"rule": "df-quad"}, {"rule": "grounded"}]}, 2),
        ("what-if", {"operations": [{"op": "remove", "relation": "r2"}]}, 1),
        ("flips", {"target": "build", "to": "accepted", "max_operations": 1}, None),
    ],
)
def test_a_job_gives_what_the_answer_would_be(
    client: TestClient, common: str, path: str, body: dict[str, Any], done: int | None
) -> None:
    direct = client.post(f"{common}/{path}", json=body)
    later = client.post(f"{common}/{path}", json=body, headers=JOB)
    last = ended(client, later.headers["location"])

    assert (direct.status_code, later.status_code) == (200, 202)
    assert last["result"] == direct.json()
    assert last["done"] == (done or last["result"]["searched"]) > 0


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("fork", {"key": "copied-by-a-job"}),
        ("changes", {"operations": [{"op": "add", "claim": {"text": "By a job."}}]}),
        ("changes/1/revert", None),
    ],
)
def test_what_takes_long_in_a_large_map_may_be_a_job(
    client: TestClient, tram: str, path: str, body: dict[str, Any] | None
) -> None:
    answer = client.post(f"{tram}/{path}", json=body, headers=JOB)

    assert answer.status_code == 202
    last = ended(client, answer.headers["location"])
    assert last["status"] == "done"
    assert last["result"]["revision"] in (1, 2)


def test_what_takes_too_long_says_so_and_offers_a_job(tmp_path: Path) -> None:
    file = large("slow", 3000)
    with serving(tmp_path, max_seconds=0.02) as client:
        headers = {"Content-Type": "application/json"}
        direct = client.post("/api/v1/imports", content=file, headers=headers)
        there = client.get("/api/v1/maps/slow").status_code
        later = ended(client, import_job(client, file))

    assert (direct.status_code, direct.json()["code"]) == (504, "too-slow")
    assert "Prefer: respond-async" in direct.json()["detail"]
    assert there == 404
    assert later["status"] == "done"


def test_jobs_wait_their_turn_and_too_many_are_refused(tmp_path: Path) -> None:
    with serving(tmp_path, max_jobs=3) as client:
        paths = [import_job(client, large(f"m{n}", 4000)) for n in range(3)]
        headers = {"Content-Type": "application/json", **JOB}
        refused = client.post("/api/v1/imports", content=b"{}", headers=headers)
        waiting = client.get(paths[2]).json()
        called_off = client.delete(paths[2]).json()
        outcomes = [ended(client, path)["status"] for path in paths]

    assert refused.status_code == 503
    assert refused.headers["retry-after"]
    assert (waiting["status"], called_off["status"]) == ("queued", "cancelled")
    assert outcomes == ["done", "done", "cancelled"]


def test_a_job_is_forgotten_after_a_while(tmp_path: Path) -> None:
    with serving(tmp_path, job_seconds=0) as client:
        path = import_job(client, large("m", 2))
        deadline = time.monotonic() + 5
        while client.get(path).status_code == 200:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        gone = client.get(path)

    assert (gone.status_code, gone.json()["kind"]) == (404, "job")


def test_a_server_that_ends_calls_its_jobs_off(tmp_path: Path) -> None:
    with serving(tmp_path) as client:
        path = import_job(client, large("cut-off", 20_000))
        while client.get(path).json()["done"] == 0:
            time.sleep(0.005)
    with serving(tmp_path) as client:
        assert client.get("/api/v1/maps").json()["items"] == []
        assert client.get(path).status_code == 404
