"""Search over HTTP: any text, every filter, the places of the words."""

import re
from base64 import urlsafe_b64encode
from typing import Any

import pytest
from litestar.testing import TestClient

SEARCH = "/api/v1/search"


def found(client: TestClient, path: str = SEARCH, **query: Any) -> list[dict[str, Any]]:
    answer = client.get(path, params=query)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def test_a_claim_is_found_with_the_places_of_the_words(
    client: TestClient, common: str
) -> None:
    key = common.rpartition("/")[2]

    (hit,) = found(client, q="tram BUI", map=key)

    assert (hit["map"], hit["key"], hit["rev"]) == (key, "build", 1)
    (place,) = hit["highlights"]
    assert place["pointer"] == "/text"
    assert [hit["text"][s["start"] : s["end"]] for s in place["spans"]] == [
        "build",
        "tram",
    ]


def test_markup_in_a_text_comes_back_as_it_is(client: TestClient, tram: str) -> None:
    text = "<b>Trams</b> & <script>alert(1)</script> cost."
    wordings = ["Nothing.", "Trams <i>cost</i>."]
    body = {"key": "markup", "text": text, "wordings": wordings}
    assert client.post(f"{tram}/claims", json=body).status_code == 201

    (hit,) = found(client, q="script trams", map=tram.rpartition("/")[2])

    assert hit["text"] == text
    assert [place["pointer"] for place in hit["highlights"]] == ["/text", "/wordings/1"]


def test_a_source_is_found_by_its_text_with_an_excerpt(
    client: TestClient, tram: str
) -> None:
    text = "The line. " * 900 + "Naïve trolleys are loud. " + "The end. " * 900
    body = {
        "key": "long",
        "title": "Minutes",
        "authors": [{"name": "Öz"}],
        "text": text,
    }
    assert client.post(f"{tram}/sources", json=body).status_code == 201
    key = tram.rpartition("/")[2]

    (hit,) = found(client, f"{SEARCH}/sources", q="oz naive troll", map=key)

    excerpt = hit["excerpt"]
    assert excerpt["text"] == text[excerpt["start"] : excerpt["end"]]
    assert [text[s["start"] : s["end"]] for s in excerpt["spans"]] == [
        "Naïve",
        "trolleys",
    ]
    assert [place["pointer"] for place in hit["highlights"]] == ["/authors/0/name"]
    (council,) = found(client, f"{SEARCH}/sources", q="council", map=key)
    assert council["excerpt"] is None


def test_filters_combine_and_other_maps_stay_out(client: TestClient, tram: str) -> None:
    key = tram.rpartition("/")[2]
    claim = {
        "key": "loud",
        "text": "It is loud.",
        "kind": "fact",
        "tags": ["noise"],
        "speaker": "Ada",
        "passages": [{"source": "council", "passage": "p1"}],
    }
    assert client.post(f"{tram}/claims", json=claim).status_code == 201

    def keys(**query: str) -> list[str]:
        return [hit["key"] for hit in found(client, q="it is", map=key, **query)]

    assert sorted(keys()) == ["loud", "quiet"]
    assert sorted(keys(source="council")) == ["loud", "quiet"]
    for query in ({"kind": "fact"}, {"tag": "noise"}, {"speaker": "Ada"}):
        assert keys(**query) == ["loud"]
    assert keys(kind="fact", tag="none") == []
    assert {hit["map"] for hit in found(client, q="it loud")} == {key}


def test_pages_follow_each_other(client: TestClient, tram: str) -> None:
    key = tram.rpartition("/")[2]
    for n in range(5):
        body = {"key": f"p{n}", "text": f"Page number {n}."}
        assert client.post(f"{tram}/claims", json=body).status_code == 201
    whole = [hit["key"] for hit in found(client, q="page", map=key)]

    first = client.get(SEARCH, params={"q": "page", "map": key, "limit": 2})
    second = client.get(first.headers["Link"].partition(">")[0][1:])
    last = client.get(second.headers["Link"].partition(">")[0][1:])

    pages = [answer.json() for answer in (first, second, last)]
    assert [hit["key"] for page in pages for hit in page["items"]] == whole
    assert len(whole) == 5
    assert pages[-1]["next"] is None


@pytest.mark.parametrize("path", [SEARCH, f"{SEARCH}/sources"])
@pytest.mark.parametrize(
    "text",
    ["", "it's", '"', "foo:bar", "NEAR(", "*", "🚋", "\0", "%", "tram " * 2000],
    ids=ascii,
)
def test_no_text_is_refused(client: TestClient, path: str, text: str) -> None:
    found(client, path, q=text)


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({"q": "x" * 10_001}, "q"),
        ({"q": "a", "cursor": "nonsense"}, "cursor"),
        ({"q": "a", "kind": "nonsense"}, "kind"),
        ({"q": "a", "colour": "red"}, "colour"),
    ],
)
def test_what_is_no_search_is_refused(
    client: TestClient, query: dict[str, str], parameter: str
) -> None:
    answer = client.get(SEARCH, params=query)

    assert answer.status_code == 400, answer.text
    assert answer.json()["parameter"] == parameter


def test_what_no_text_can_have_is_not_found(client: TestClient) -> None:
    for asked in ("search?q=tram&speaker=%00", "search?q=tram&tag=%00"):
        answer = client.get(f"/api/v1/{asked}")

        assert (answer.status_code, answer.json()["items"]) == (200, [])
    forged = urlsafe_b64encode(b'["maps","\\u0000"]').decode()
    answer = client.get("/api/v1/maps", params={"cursor": forged})

    assert answer.status_code == 400, answer.text
    assert "no cursor of this list" in answer.json()["detail"]


def test_a_search_says_what_for(client: TestClient) -> None:
    answer = client.get(SEARCH)

    assert answer.status_code == 400
    assert re.search(r"\bq\b", answer.json()["detail"])


def test_the_list_of_a_map_is_searched_as_it_was(client: TestClient, tram: str) -> None:
    change = {"text": "A tunnel is quiet.", "wordings": ["Röhre statt Bahn."]}
    headers = {"If-Match": "*"}
    client.patch(f"{tram}/claims/cost", json=change, headers=headers)

    def keys(**query: Any) -> list[str]:
        return [claim["key"] for claim in found(client, f"{tram}/claims", **query)]

    assert keys(q="quiet") == ["cost", "quiet"]
    assert keys(q="rohre") == ["cost"]
    assert keys(q="quiet", at=1) == ["quiet"]
    assert keys(q="costs", at=1) == ["cost"]
