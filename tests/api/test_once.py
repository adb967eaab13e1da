"""Idempotency-Key: a request that is sent again is carried out once."""

import threading
from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar.testing import TestClient

from argmap.api.app import create_app
from argmap.api.openapi import document
from argmap.settings import Settings
from stored import hold

OPERATIONS: dict[str, dict[str, Any]] = {
    operation["operationId"]: operation
    for methods in msgspec.json.decode(document())["paths"].values()
    for method, operation in methods.items()
    if method == "post"
}

SAVE_NOTHING = {"compareRules", "findFlips", "tryChanges"}
"""What is asked by POST because a query has no room for it."""

SECRET = {"createKey"}
"""What has an answer that nobody may keep."""

WRITES = [
    ("/claims", {"text": "It is green."}),
    (
        "/relations",
        {"kind": "support", "premises": ["cost"], "target": {"claim": "quiet"}},
    ),
    ("/sources", {"title": "A newspaper"}),
    ("/sources/council/passages", {"spans": [{"start": 4, "end": 8}]}),
    ("/changes", {"operations": [{"op": "add", "claim": {"text": "It is green."}}]}),
    ("/changes", {"operations": [{"op": "move", "claim": "build", "before": "cost"}]}),
]


def keyed(key: str) -> dict[str, str]:
    return {"Idempotency-Key": key}


def test_every_post_that_writes_keeps_a_key() -> None:
    keeping = {
        name
        for name, operation in OPERATIONS.items()
        if "Idempotency-Key" in {p["name"] for p in operation.get("parameters", ())}
    }

    assert keeping == OPERATIONS.keys() - SAVE_NOTHING - SECRET


@pytest.mark.parametrize(("path", "body"), WRITES)
def test_the_same_request_again_gets_the_same_answer_and_writes_nothing(
    client: TestClient, tram: str, path: str, body: dict[str, Any]
) -> None:
    headers = keyed(f"{tram}{path}{body}".replace(" ", "").replace('"', ""))

    first = client.post(tram + path, json=body, headers=headers)
    revision = client.get(tram).json()["revision"]
    again = client.post(tram + path, json=body, headers=headers)

    assert first.status_code in (200, 201), first.text
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again.headers["idempotency-replayed"] == "true"
    assert dict(again.headers) == {
        **first.headers,
        "idempotency-replayed": "true",
    }
    assert client.get(tram).json()["revision"] == revision


def test_maps_and_imports_are_made_once_as_well(client: TestClient) -> None:
    file = {"format": "argmap/1", "map": {"key": "any"}}
    for url, body in (
        ("/api/v1/maps", {"title": "Made once"}),
        ("/api/v1/imports?key=imported-once", file),
    ):
        headers = keyed(f"once-{url}")
        answers = [client.post(url, json=body, headers=headers) for _ in range(3)]
        assert {a.status_code for a in answers} == {201}
        assert len({a.content for a in answers}) == 1
        assert len({a.headers["location"] for a in answers}) == 1


def test_a_form_is_the_same_whatever_boundary_its_client_drew(
    client: TestClient,
) -> None:
    def post(data: bytes, name: str = "formed.json") -> tuple[int, str]:
        answer = client.post(
            "/api/v1/imports", files={"file": (name, data)}, headers=keyed("a-form")
        )
        return answer.status_code, answer.json().get("code", answer.json().get("map"))

    file = b'{"format": "argmap/1", "map": {"key": "formed"}}'

    assert (post(file), post(file)) == ((201, "formed"), (201, "formed"))
    assert post(file + b"\n") == (422, "key-reused")
    assert post(file, "other.json") == (422, "key-reused")


def test_the_answer_is_kept_whatever_became_of_the_map(
    client: TestClient, tram: str
) -> None:
    request = {"json": {"text": "Short-lived."}, "headers": keyed(f"{tram}-lost")}
    first = client.post(f"{tram}/claims", **request)
    client.delete(tram, headers={"If-Match": "*"})

    again = client.post(f"{tram}/claims", **request)

    assert (again.status_code, again.json()) == (201, first.json())


def test_a_key_with_quotes_is_the_same_key(client: TestClient, tram: str) -> None:
    key, body = f"{tram}-quoted", {"text": "It is green."}

    first = client.post(f"{tram}/claims", json=body, headers=keyed(key))
    again = client.post(f"{tram}/claims", json=body, headers=keyed(f'"{key}"'))

    assert again.json() == first.json()


def test_a_key_serves_for_one_request_only(client: TestClient, tram: str) -> None:
    headers = keyed(f"{tram}-reused")
    client.post(f"{tram}/claims", json={"text": "One."}, headers=headers)

    others = [
        client.post(f"{tram}/claims", json={"text": "Two."}, headers=headers),
        client.post(f"{tram}/sources", json={"title": "One."}, headers=headers),
    ]

    assert {(a.status_code, a.json()["code"]) for a in others} == {(422, "key-reused")}
    assert client.get(tram).json()["revision"] == 2


def test_a_refused_request_leaves_its_key_free(client: TestClient, tram: str) -> None:
    headers = keyed(f"{tram}-refused")

    refused = client.post(f"{tram}/claims", json={"text": "  "}, headers=headers)
    mended = client.post(f"{tram}/claims", json={"text": "Now."}, headers=headers)

    assert (refused.status_code, mended.status_code) == (400, 201)


def test_while_a_request_is_carried_out_its_key_is_taken(
    client: TestClient, tram: str
) -> None:
    request = {"json": {"text": "Slow."}, "headers": keyed(f"{tram}-slow")}
    url, first = f"{tram}/claims", []
    gate = hold(client.app.state.desk.store)
    sender = threading.Thread(target=lambda: first.append(client.post(url, **request)))
    sender.start()
    try:
        while not client.app.state.desk._under_way:
            pass
        meanwhile = client.post(url, **request)
    finally:
        gate.set()
        sender.join()
    after = client.post(url, **request)

    assert (meanwhile.status_code, meanwhile.json()["code"]) == (409, "under-way")
    assert (first[0].status_code, after.json()) == (201, first[0].json())


def test_a_key_is_known_after_a_restart(tmp_path: Path) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path}/argmap.db")
    answers = []
    for _ in "ab":
        with TestClient(create_app(settings), base_url="http://127.0.0.1") as client:
            body = {"title": "Once"}
            answers.append(client.post("/api/v1/maps", json=body, headers=keyed("k")))

    assert answers[0].content == answers[1].content
    assert "idempotency-replayed" not in answers[0].headers
    assert answers[1].headers["idempotency-replayed"] == "true"
