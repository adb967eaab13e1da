"""Every path says rightly what it knows: OPTIONS, 405 and HEAD, off the document."""

from typing import Any

import msgspec
import pytest
from litestar.testing import TestClient

from argmap.api.openapi import document

PATHS: dict[str, dict[str, Any]] = msgspec.json.decode(document())["paths"]
METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}
PLACES = {
    "map": "tram",
    "claim": "build",
    "relation": "r1",
    "source": "council",
    "passage": "p1",
    "rule": "df-quad",
    "revision": "1",
}
READABLE = [path for path, methods in PATHS.items() if "get" in methods]
ENDLESS, NEVER_THE_SAME = "/events", "/metrics"


def place(path: str) -> str:
    parts = path.split("/")
    return "/".join(PLACES.get(p[1:-1], "x") if p[:1] == "{" else p for p in parts)


@pytest.mark.parametrize("path", PATHS)
def test_options_and_refusals_name_the_methods_of_the_document(
    client: TestClient, path: str
) -> None:
    methods = {method.upper() for method in PATHS[path]} & METHODS
    known = methods | {"OPTIONS"} | ({"HEAD"} if "GET" in methods else set())

    asked = client.options(place(path))
    refused = [client.request(each, place(path)) for each in METHODS - methods]

    assert (asked.status_code, asked.content) == (204, b"")
    assert asked.headers["allow"].split(", ") == sorted(known)
    for answer in refused:
        assert (answer.status_code, answer.headers["allow"]) == (
            405,
            asked.headers["allow"],
        )


@pytest.mark.parametrize(
    "path", [p for p in READABLE if not p.endswith((ENDLESS, NEVER_THE_SAME))]
)
def test_head_answers_as_get_does(client: TestClient, common: str, path: str) -> None:
    url = place(path).replace("/maps/tram", "/maps/" + common.rpartition("/")[2])

    got, head = client.get(url), client.head(url)

    assert (head.status_code, head.content) == (got.status_code, b"")
    assert {**head.headers} == {**got.headers}
