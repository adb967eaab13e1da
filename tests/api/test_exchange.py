"""Whole maps in and out."""

import pytest
from litestar.testing import TestClient

from argmap.library import seed
from argmap.model import read

IMPORTS = "/api/v1/imports"
ARGMAP = "application/vnd.argmap+json"


@pytest.mark.parametrize("name", ["japan-nato", "school-phones"])
def test_a_seed_comes_back_as_it_went_in(client: TestClient, name: str) -> None:
    data = seed(name).read_bytes()

    made = client.post(IMPORTS, content=data, headers={"Content-Type": ARGMAP})

    assert (made.status_code, made.json()["report"]) == (201, [])
    back = client.get(f"{made.headers['location']}/export.json")
    assert back.headers["content-type"] == ARGMAP
    assert f"{name}.argmap.json" in back.headers["content-disposition"]
    assert read(back.content) == read(data)


def test_an_export_is_imported_under_another_key(client: TestClient, tram: str) -> None:
    exported = client.get(f"{tram}/export.json")
    key = f"{tram.rpartition('/')[2]}-copy"

    made = client.post(
        f"{IMPORTS}?key={key}&visibility=public",
        content=exported.content,
        headers={"Content-Type": "application/octet-stream"},
    )

    assert made.json() == {"map": key, "revision": 1, "report": []}
    copy = client.get(f"/api/v1/maps/{key}/export.json").json()
    expected = exported.json()
    expected["map"]["key"] = key
    assert copy == expected
    assert client.get(f"/api/v1/maps/{key}").json()["visibility"] == "public"


def test_a_map_that_is_there_is_not_imported_over(
    client: TestClient, tram: str
) -> None:
    exported = client.get(f"{tram}/export.json").json()

    again = client.post(IMPORTS, json=exported)
    tried = client.post(f"{IMPORTS}?dry_run=true", json=exported)

    assert (again.status_code, tried.status_code) == (409, 409)
    assert client.get(tram).json()["revision"] == 1


def test_a_dry_run_imports_nothing(client: TestClient) -> None:
    file = {"format": "argmap/1", "map": {"key": "dry"}}

    tried = client.post(f"{IMPORTS}?dry_run=true&format=argmap", json=file)

    assert (tried.status_code, tried.json()["revision"]) == (200, None)
    assert client.get("/api/v1/maps/dry").status_code == 404


def test_every_fault_of_a_file_is_told_with_its_place(client: TestClient) -> None:
    file = {
        "format": "argmap/1",
        "map": {"key": "faulty", "targets": ["nobody"]},
        "claims": [{"key": "a", "text": "A."}, {"key": "a", "text": "Again A."}],
        "relations": [
            {
                "key": "r",
                "kind": "support",
                "premises": ["a"],
                "target": {"claim": "a"},
            }
        ],
    }

    answer = client.post(IMPORTS, json=file)

    assert answer.status_code == 422
    assert {(f["code"], f["pointer"]) for f in answer.json()["faults"]} == {
        ("unknown-claim", "/map/targets/0"),
        ("duplicate-key", "/claims/1/key"),
        ("self-support", "/relations/0/premises/0"),
    }
    assert client.get("/api/v1/maps/faulty").status_code == 404


def test_an_export_is_told_apart_by_revision(client: TestClient, tram: str) -> None:
    url = f"{tram}/export.json"
    known = {"If-None-Match": client.get(url).headers["etag"]}

    assert client.get(url, headers=known).status_code == 304
    client.post(f"{tram}/claims", json={"text": "Late."})
    assert client.get(url, headers=known).status_code == 200
    assert client.get(f"{url}?at=1", headers=known).status_code == 304
