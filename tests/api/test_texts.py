"""Sources and their texts over HTTP: nothing is quoted that is not there."""

from hashlib import sha256
from typing import Any

import pytest
from litestar.testing import TestClient

TEXT = "The tram is quiet. Buses are loud. The tram is dear."
NEW = "Préface. The tram is quiet. Buses are even louder. The tram is dear."
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}


def hash_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def put(
    client: TestClient, path: str, text: str, if_match: str | None = None, **query: str
) -> Any:
    headers = PLAIN | ({"If-Match": if_match} if if_match else {})
    return client.put(path, content=text.encode(), headers=headers, params=query)


@pytest.fixture
def source(client: TestClient, tram: str) -> str:
    """Make a source without a text, and give its path."""
    body = {"key": "minutes", "title": "Minutes"}
    assert client.post(f"{tram}/sources", json=body).status_code == 201
    return f"{tram}/sources/minutes"


@pytest.fixture
def told(client: TestClient, source: str) -> str:
    """Make a source with a text and three passages, and give its path."""
    assert put(client, f"{source}/text", TEXT).status_code == 201
    for key, spans in {
        "quiet": [(4, 17)],
        "tram": [(0, 8)],
        "gapped": [(35, 38), (44, 51)],
    }.items():
        given = [{"start": a, "end": b} for a, b in spans]
        exact = [TEXT[a:b] for a, b in spans]
        body = {"key": key, "spans": given, "exact": exact}
        made = client.post(f"{source}/passages", json=body)
        assert made.status_code == 201, made.text
    return source


def test_sources_are_ingested_honestly(client: TestClient, tram: str) -> None:
    body = {"key": "minutes", "title": "Minutes", "text": TEXT}
    made = client.post(f"{tram}/sources", json=body)
    passages = f"{tram}/sources/minutes/passages"
    right = {"spans": [{"start": 4, "end": 17}], "exact": "tram is quiet"}
    wrong = {"spans": [{"start": 4, "end": 17}], "exact": "tram is quick"}
    revision = client.get(tram).json()["revision"]
    refused = client.post(passages, json=wrong)

    assert made.status_code == 201
    assert made.json()["sha256"] == hash_of(TEXT)
    assert made.json()["length"] == len(TEXT)
    assert refused.status_code == 422
    problem = refused.json()
    assert (problem["code"], problem["pointer"]) == ("wrong-exact", "/exact")
    (fault,) = problem["faults"]
    assert (fault["expected"], fault["there"]) == ("tram is quick", "tram is quiet")
    assert fault["at"] == 15
    assert client.get(tram).json()["revision"] == revision
    kept = client.post(passages, json=right)
    assert kept.status_code == 201
    assert kept.json()["sha256"] == hash_of("tram is quiet")


def test_a_text_comes_back_as_it_was_given(client: TestClient, source: str) -> None:
    text = "Zeile 1\r\nZeile\u00a02 — e\u0301 \u202e日本🚋\n"
    first = put(client, f"{source}/text", text)
    again = put(client, f"{source}/text", text)
    read = client.get(f"{source}/text")
    same = client.get(f"{source}/text", headers={"If-None-Match": read.headers["ETag"]})

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.headers["Location"] == f"{source}/text"
    assert (first.json()["sha256"], first.json()["length"]) == (
        hash_of(text),
        len(text),
    )
    assert again.headers["Argmap-Revision"] == first.headers["Argmap-Revision"]
    assert read.content == text.encode()
    assert read.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert read.headers["ETag"] == client.get(source).headers["ETag"]
    assert same.status_code == 304


def test_a_known_hash_lets_no_other_text_in(client: TestClient, tram: str) -> None:
    body = {"key": "known", "title": "Known", "sha256": hash_of(TEXT)}
    client.post(f"{tram}/sources", json=body)
    path = f"{tram}/sources/known/text"
    refused = put(client, path, NEW, "*")
    missing = client.get(path)
    taken = put(client, path, TEXT)
    other = put(client, path, NEW, "*")

    assert missing.status_code == 404
    assert taken.status_code == 201
    for answer in (refused, other):
        assert (answer.status_code, answer.json()["code"]) == (422, "wrong-text")
        assert "new edition" in answer.json()["detail"]
    assert client.get(path).text == TEXT


def test_a_text_that_a_passage_is_not_in_is_refused_by_the_name_of_the_passage(
    client: TestClient, tram: str, told: str
) -> None:
    client.post(f"{tram}/sources", json={"key": "unread", "title": "Unread"})
    span = {"key": "late", "spans": [{"start": 0, "end": 5000}]}
    client.post(f"{tram}/sources/unread/passages", json=span)
    first = put(client, f"{tram}/sources/unread/text", TEXT).json()
    body, held = {"text": "Another."}, {"If-Match": "*"}
    another = client.patch(told.removesuffix("/text"), json=body, headers=held).json()

    assert (first["code"], first["pointer"]) == ("invalid-span", "")
    assert first["detail"].startswith("passage 'late', characters 0 to 5000: ")
    assert another["status"] == 422
    assert another["faults"]
    for fault in another["faults"]:
        assert fault["pointer"] == "/text"
        assert fault["detail"].startswith("passage '")
        assert "PUT …/text?edition=new" in fault["detail"]


def test_passages_follow_a_new_edition_or_are_orphaned(
    client: TestClient, told: str
) -> None:
    before = client.get(told)
    unsaid = put(client, f"{told}/text", NEW, edition="new")
    stale = put(client, f"{told}/text", NEW, '"r1"', edition="new")
    done = put(client, f"{told}/text", NEW, before.headers["ETag"], edition="new")
    revision = int(before.headers["Argmap-Revision"])
    passages = {p["key"]: p for p in client.get(f"{told}/passages").json()["items"]}

    assert (unsaid.status_code, stale.status_code) == (428, 412)
    assert done.status_code == 200
    assert int(done.headers["Argmap-Revision"]) == revision + 1
    assert {p["passage"]: p["state"] for p in done.json()["passages"]} == {
        "quiet": "moved",
        "tram": "orphaned",
        "gapped": "moved",
    }
    assert passages["quiet"]["spans"] == [{"start": 13, "end": 26}]
    assert passages["tram"]["orphaned"]
    assert client.get(f"{told}/text", params={"at": revision}).text == TEXT
    quoted = {
        key: client.get(f"{told}/passages/{key}/quote").json() for key in passages
    }
    assert {key: each["state"] for key, each in quoted.items()} == {
        "quiet": "exact",
        "tram": "orphaned",
        "gapped": "exact",
    }
    assert quoted["gapped"]["quote"] == "The […] is dear"
    assert quoted["tram"]["quote"] is None
    was = client.get(f"{told}/passages/tram/quote", params={"at": revision}).json()
    assert (was["state"], was["quote"]) == ("exact", "The tram")


def test_an_orphan_stays_in_exports_and_finds_a_home(
    client: TestClient, told: str
) -> None:
    map_ = told.partition("/sources")[0]
    put(client, f"{told}/text", NEW, "*", edition="new")
    exported = client.get(f"{map_}/export.json").json()
    again = client.post("/api/v1/imports", params={"key": "orphans"}, json=exported)
    words = "Buses are even louder"
    start = NEW.index(words)
    body = {"spans": [{"start": start, "end": start + len(words)}], "exact": words}
    home = client.put(
        f"{told}/passages/tram", json=body, headers={"If-Match": "*"}
    ).json()
    client.delete("/api/v1/maps/orphans", headers={"If-Match": "*"})

    assert again.status_code == 201, again.text
    assert (home["orphaned"], home["sha256"]) == (False, hash_of(words))


def test_a_new_edition_can_be_reverted(client: TestClient, told: str) -> None:
    map_ = told.partition("/sources")[0]
    before = client.get(f"{map_}/export.json").json()
    done = put(client, f"{told}/text", NEW, "*", edition="new")
    revision = done.headers["Argmap-Revision"]
    reverted = client.post(f"{map_}/changes/{revision}/revert")

    assert reverted.status_code in (200, 201), reverted.text
    assert client.get(f"{map_}/export.json").json() == before


def test_a_text_is_taken_away_and_its_hash_stays(client: TestClient, told: str) -> None:
    without = client.delete(f"{told}/text")
    gone = client.delete(f"{told}/text", headers={"If-Match": "*"})
    quote = client.get(f"{told}/passages/quiet/quote").json()

    assert (without.status_code, gone.status_code) == (428, 204)
    assert client.get(f"{told}/text").status_code == 404
    assert client.get(told).json()["sha256"] == hash_of(TEXT)
    assert (quote["state"], quote["quote"]) == ("unverified", None)
    assert put(client, f"{told}/text", TEXT).status_code == 201


def test_a_passage_is_read_in_its_context(client: TestClient, told: str) -> None:
    path = f"{told}/passages/quiet/quote"
    found = client.get(path, params={"before": 4, "after": 8}).json()
    bare = client.get(path, params={"before": 0, "after": 0}).json()

    assert (found["before"], found["quote"]) == ("The ", "tram is quiet")
    assert found["after"] == ". Buses…" or found["after"].startswith(".")
    assert found["exact"] == ["tram is quiet"]
    assert bare["quote"] == "tram is quiet"
    assert client.get(path, params={"before": 5001}).status_code == 400
    assert client.get(f"{told}/passages/nobody/quote").status_code == 404


def test_words_without_a_text_are_hashed_and_hold_when_it_comes(
    client: TestClient, source: str
) -> None:
    spans = [{"start": 4, "end": 8}, {"start": 12, "end": 17}]
    body = {"key": "p", "spans": spans, "exact": ["tram", "quiet"]}
    short = {"spans": spans, "exact": ["tram", "loud"]}
    made = client.post(f"{source}/passages", json=body)
    refused = client.post(f"{source}/passages", json=short)

    assert made.json()["sha256"] == hash_of("tram\0quiet")
    assert (refused.status_code, refused.json()["pointer"]) == (422, "/exact/1")
    assert put(client, f"{source}/text", NEW).status_code == 422
    assert put(client, f"{source}/text", TEXT).status_code == 201
    quote = client.get(f"{source}/passages/p/quote").json()
    assert (quote["state"], quote["quote"]) == ("exact", "tram […] quiet")


def test_exact_words_and_another_hash_are_refused(
    client: TestClient, told: str
) -> None:
    body = {"exact": "tram is quiet", "sha256": hash_of("x")}
    answer = client.patch(
        f"{told}/passages/quiet", json=body, headers={"If-Match": "*"}
    )
    same = client.patch(
        f"{told}/passages/quiet",
        json={"exact": "tram is quiet"},
        headers={"If-Match": "*"},
    )

    assert (answer.status_code, answer.json()["pointer"]) == (422, "/sha256")
    assert same.status_code == 200
    assert same.json()["rev"] == client.get(f"{told}/passages/quiet").json()["rev"]


@pytest.mark.parametrize(
    ("content", "media_type", "status"),
    [
        (b"\xff", "text/plain", 400),
        (b"", "text/plain", 400),
        (b"a\0b", "text/plain", 400),
        (b"{}", "application/json", 415),
        ("é".encode("latin-1"), "text/plain; charset=latin-1", 415),
    ],
)
def test_what_is_no_text_is_refused(
    client: TestClient, source: str, content: bytes, media_type: str, status: int
) -> None:
    headers = {"Content-Type": media_type}
    answer = client.put(f"{source}/text", content=content, headers=headers)

    assert answer.status_code == status, answer.text
    assert client.get(f"{source}/text").status_code == 404
