"""What was done can be undone, however long ago."""

from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from argmap.api.app import create_app
from argmap.settings import Settings

ANY = {"If-Match": "*"}


def file_of(client: TestClient, path: str, at: int | None = None) -> bytes:
    answer = client.get(f"{path}/export.json", params={"at": at} if at else {})
    return answer.content


def test_the_undoing_of_a_removal_brings_back_keys_and_order(
    client: TestClient, tram: str
) -> None:
    gone = client.delete(f"{tram}/claims/loans?cascade=true", headers=ANY)
    client.delete(f"{tram}/claims/cost?cascade=true", headers=ANY)
    client.post(f"{tram}/claims", json={"key": "late", "text": "Late."})

    answer = client.post(f"{tram}/changes/3/revert")
    assert (answer.status_code, answer.headers["argmap-revision"]) == (200, "5")
    assert {i["key"]: i["rev"] for i in answer.json()["items"]} == {"cost": 5, "r1": 5}
    answer = client.post(f"{tram}/changes/{gone.headers['argmap-revision']}/revert")

    assert answer.json()["revision"] == 6
    claims = [c["key"] for c in client.get(f"{tram}/claims").json()["items"]]
    assert claims == ["build", "cost", "quiet", "loans", "late"]
    relations = client.get(f"{tram}/relations").json()["items"]
    assert [r["key"] for r in relations] == ["r1", "r2", "r3"]
    last = client.get(f"{tram}/changes?limit=500").json()["items"][-1]
    assert last["message"] == "revert of revision 2"


def test_a_revert_that_is_reverted_redoes(client: TestClient, tram: str) -> None:
    client.delete(f"{tram}/sources/council?cascade=true", headers=ANY)
    without = file_of(client, tram)

    for revision, same in ((2, 1), (3, 2), (4, 1), (5, 2)):
        assert client.post(f"{tram}/changes/{revision}/revert").status_code == 200
        assert file_of(client, tram) == file_of(client, tram, at=same)

    assert file_of(client, tram) == without


def test_even_the_making_of_a_map_can_be_undone(client: TestClient, tram: str) -> None:
    full = file_of(client, tram)

    emptied = client.post(f"{tram}/changes/1/revert")

    assert emptied.status_code == 200
    header = client.get(tram).json()
    assert (header["title"], header["targets"]) == ("", [])
    assert client.get(f"{tram}/claims").json()["items"] == []
    client.post(f"{tram}/changes/2/revert")
    assert file_of(client, tram) == full


def test_a_map_made_anew_is_undone_no_further_than_it_goes(client: TestClient) -> None:
    path = "/api/v1/maps/anew"
    for _ in range(2):
        client.put(path, json={"title": "One"})
        client.patch(path, json={"title": "Two"}, headers=ANY)
        client.delete(path, headers=ANY)
    client.put(path, json={"title": "One"})

    assert client.post(f"{path}/changes/4/revert").status_code == 404
    assert client.post(f"{path}/changes/6/revert").status_code == 404
    assert client.post(f"{path}/changes/5/revert").json()["revision"] == 6
    assert client.get(path).json()["title"] == ""


def test_what_is_undone_already_makes_no_revision(
    client: TestClient, tram: str
) -> None:
    client.patch(f"{tram}/claims/cost", json={"tags": ["x"]}, headers=ANY)
    client.post(f"{tram}/changes/2/revert")

    again = client.post(f"{tram}/changes/2/revert")

    assert (again.status_code, again.json()) == (200, {"revision": 3, "items": []})


def test_what_stands_in_the_way_of_a_revert_is_told_with_its_revisions(
    client: TestClient, tram: str
) -> None:
    client.post(f"{tram}/claims", json={"key": "e", "text": "E."})
    client.post(f"{tram}/claims", json={"key": "f", "text": "F."})
    link = {"key": "r9", "kind": "support", "premises": ["e"]}
    client.post(f"{tram}/relations", json={**link, "target": {"claim": "f"}})
    client.patch(f"{tram}/relations/r9", json={"weight": 0.5}, headers=ANY)

    answer = client.post(f"{tram}/changes/2/revert")

    assert answer.status_code == 409
    problem = answer.json()
    assert (problem["code"], problem["revision"]) == ("revert-blocked", 2)
    assert problem["obstacle_count"] == 1
    assert problem["obstacles"] == [
        {
            "kind": "claim",
            "key": "e",
            "why": "used",
            "members": [],
            "others": ["relations/r9"],
            "revisions": [4, 5],
        }
    ]
    assert client.get(tram).json()["revision"] == 5

    # Undone in reverse, nothing is in the way.
    for revision in (5, 4, 3, 2):
        assert client.post(f"{tram}/changes/{revision}/revert").status_code == 200
    assert file_of(client, tram) == file_of(client, tram, at=1)


def test_the_history_says_when_and_by_whom(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/argmap.db"
    for author in (None, "Ada"):
        app = create_app(Settings(database_url=url, author=author))
        with TestClient(app, base_url="http://127.0.0.1:8000") as client:
            path = "/api/v1/maps/tram"
            client.put(path, json={})
            client.post(f"{path}/claims", json={"text": "A tram."})
            found = client.get(f"{path}/changes?limit=500").json()["items"]

    assert [(c["revision"], c["author"]) for c in found] == [
        (1, None),
        (2, None),
        (3, "Ada"),
    ]
    assert [c["at"] for c in found] == sorted(c["at"] for c in found)
    assert found[0]["at"].endswith("Z")


@pytest.mark.parametrize("revision", ["0", "2", "99999999999999999999", "x"])
def test_a_revision_that_never_was_is_no_revert(
    client: TestClient, tram: str, revision: str
) -> None:
    answer = client.post(f"{tram}/changes/{revision}/revert")

    assert answer.status_code in (400, 404)
    assert client.get(tram).json()["revision"] == 1


def test_a_revert_sent_twice_under_one_key_is_done_once(
    client: TestClient, tram: str
) -> None:
    client.patch(f"{tram}/claims/cost", json={"tags": ["x"]}, headers=ANY)
    key = {"Idempotency-Key": f"{tram}-revert"}

    answers: list[Any] = [
        client.post(f"{tram}/changes/2/revert", headers=key) for _ in range(2)
    ]

    assert answers[0].json() == answers[1].json()
    assert answers[1].json()["revision"] == 3
