"""The languages that maps and sources state go with their texts, wherever those go."""

from typing import Any

import pytest
from litestar.testing import TestClient

MAP = {
    "format": "argmap/1",
    "map": {"key": "kyoryoku", "title": "協力", "language": "ja", "targets": ["t"]},
    "sources": [
        {
            "key": "bericht",
            "title": "Ein Bericht",
            "language": "de",
            "text": "Die Kosten sind hoch.",
            "passages": [{"key": "p", "spans": [{"start": 4, "end": 10}]}],
        }
    ],
    "claims": [
        {"key": "t", "text": "日本は協力を深めるべきである。"},
        {"key": "c", "text": "費用が大きい。", "base_score": 0.5},
    ],
    "relations": [
        {"key": "r", "kind": "rebut", "premises": ["c"], "target": {"claim": "t"}}
    ],
}


@pytest.fixture(scope="module")
def stated(client: TestClient) -> str:
    assert client.post("/api/v1/imports", json=MAP).status_code == 201
    return "/api/v1/maps/kyoryoku"


@pytest.mark.parametrize("query", ["", "?flat=true", "?fields=text"])
def test_a_tree_states_the_language_of_its_map(
    client: TestClient, stated: str, query: str
) -> None:
    assert client.get(f"{stated}/claims/t/tree{query}").json()["language"] == "ja"


def test_what_is_found_comes_with_its_language(client: TestClient, stated: str) -> None:
    def only(path: str, words: str) -> Any:
        (hit,) = client.get(
            f"/api/v1/search{path}", params={"q": words, "map": "kyoryoku"}
        ).json()["items"]
        return hit["language"]

    assert only("", "費用が大きい") == "ja"
    assert only("/sources", "kosten") == "de"
    quote = client.get(f"{stated}/sources/bericht/passages/p/quote").json()
    assert (quote["quote"], quote["language"]) == ("Kosten", "de")


def test_pages_mark_texts_with_their_language(client: TestClient, stated: str) -> None:
    for path in ("/maps/kyoryoku/claims/t", "/search?q=費用が大きい"):
        assert '<a dir="auto" lang="ja" ' in client.get(path).text
    assert ' lang="de"' in client.get("/maps/kyoryoku/sources/bericht").text

    unclear = {"language": "what people speak"}
    client.patch(stated, json=unclear, headers={"If-Match": "*"})
    assert "what people" not in client.get("/maps/kyoryoku/claims/t").text
    client.patch(stated, json={"language": "ja"}, headers={"If-Match": "*"})
