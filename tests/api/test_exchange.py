"""Whole maps in and out."""

from json import loads
from typing import Any

import pytest
from litestar.testing import TestClient

from argmap.formats import argmap_formats
from argmap.library import seed
from argmap.model import read
from samples import FILES

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


def test_a_foreign_file_is_detected_and_what_it_holds_is_told(
    client: TestClient,
) -> None:
    made = client.post(
        f"{IMPORTS}?key=a-discussion",
        content=FILES["kialo/single-thesis.txt"],
        headers={"Content-Type": "text/plain"},
    )

    assert made.status_code == 201
    back = client.get(f"{made.headers['location']}/export.kialo")
    assert back.headers["content-type"].startswith("text/plain")
    assert back.headers["argmap-losses"] == "0"
    assert back.content == FILES["kialo/single-thesis.txt"].rstrip(b"\n")


def test_a_form_carries_a_file_whose_name_the_map_gets(client: TestClient) -> None:
    file = ("Work from home.aif.json", FILES["aif/monologue.json"])

    made = client.post(IMPORTS, files={"file": file})

    assert (made.status_code, made.json()["map"]) == (201, "work-from-home")


@pytest.mark.parametrize(
    "form",
    [
        {"files": {"a": ("a", b"x"), "b": ("b", b"y")}},
        {"files": {"a": ("a", b"")}},
        {"content": b"x", "headers": {"Content-Type": "multipart/form-data"}},
        {
            "content": b"no form",
            "headers": {"Content-Type": "multipart/form-data; boundary=b"},
        },
    ],
    ids=["two", "empty", "boundary", "broken"],
)
def test_a_form_that_is_no_one_file_is_refused(
    client: TestClient, form: dict[str, Any]
) -> None:
    answer = client.post(IMPORTS, **form)

    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")


def test_options_of_a_format_are_read_and_wrong_ones_refused(
    client: TestClient,
) -> None:
    data = FILES["sadface/v0.5-logical-direction.json"]
    url = f"{IMPORTS}?dry_run=true&format=sadface&option."

    def status(option: str) -> int:
        return int(client.post(url + option, json=loads(data)).status_code)

    assert status("reversed_attacks=true") == 200
    assert status("reversed_attacks=perhaps") == 400
    assert status("colour=red") == 400


def test_strict_refuses_what_would_lose_something(client: TestClient) -> None:
    data = FILES["ova2/remote-work.json"]
    url = f"{IMPORTS}?dry_run=true"

    lax = client.post(url, json=loads(data))
    strict = client.post(f"{url}&strict=true", json=loads(data))

    assert [remark["code"] for remark in lax.json()["report"]] == ["layout"]
    assert (strict.status_code, strict.json()["code"]) == (422, "lossy")
    assert strict.json()["losses"][0]["code"] == "layout"


@pytest.mark.parametrize(
    "format", [f.name for f in argmap_formats() if f.write and f.name != "argmap"]
)
def test_every_format_is_exported_and_its_losses_are_counted_and_listed(
    client: TestClient, common: str, format: str
) -> None:
    answer = client.get(f"{common}/export.{format}")
    told = client.get(f"{common}/exports/{format}").json()
    strict = client.get(f"{common}/export.{format}?strict=true")

    assert answer.status_code == 200
    assert int(answer.headers["argmap-losses"]) == told["losses"]
    losses = [each for each in told["report"] if each["severity"] == "loss"]
    assert len(losses) == told["losses"]
    assert strict.status_code == (422 if losses else 200)


def test_a_format_that_is_not_there_or_is_only_read_is_not_found(
    client: TestClient, common: str
) -> None:
    assert client.get(f"{common}/export.docx").status_code == 404
    assert client.get(f"{common}/exports/docx").status_code == 404
    assert client.get(f"{common}/exports/ova2").status_code == 404


def test_formats_say_what_they_hold(client: TestClient) -> None:
    formats = {
        each["name"]: each for each in client.get("/api/v1/formats").json()["items"]
    }

    assert formats["kialo"]["features"]["undercuts"] == "lost"
    assert formats["aif"]["features"]["base-scores"] == "residue"
    assert not formats["ova2"]["is_writable"]
    assert not formats["dot"]["is_readable"]
