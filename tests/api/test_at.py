"""Whatever can be read below a map can be read as of any of its revisions."""

from typing import Any

import msgspec
import pytest
from litestar.testing import TestClient

from argmap.api.openapi import document

BELOW = "/api/v1/maps/{map}"

PRESENT = {
    f"{BELOW}/changes": "it is the history: its entries name their revisions",
    f"{BELOW}/members": "who may do what is decided now",
    f"{BELOW}/members/{{key}}": "who may do what is decided now",
    f"{BELOW}/events": "it tells what becomes of the map from now on",
    f"{BELOW}/diff": "it has two revisions, from and to",
    **dict.fromkeys(
        (
            f"{BELOW}/rounds{rest}"
            for rest in (
                "",
                "/{round}",
                "/{round}/moves",
                "/{round}/moves/{move}",
                "/{round}/flow",
                "/{round}/flow.json",
                "/{round}/flow.md",
            )
        ),
        "rounds go on beside the map, and have revisions of their own",
    ),
}
"""What is not asked as of a revision, and why."""

PARAMETERS = {
    "claim": "build",
    "relation": "r1",
    "source": "council",
    "passage": "p1",
    "format": "argmap",
}
NEEDED = {"side": "con", "by": "source"}
"""What else must be asked of endpoints that take it."""

READ: dict[str, dict[str, Any]] = {
    path: methods["get"]
    for path, methods in msgspec.json.decode(document())["paths"].items()
    if path.startswith(BELOW) and "get" in methods
}

each_path = pytest.mark.parametrize("path", sorted(READ.keys() - PRESENT.keys()))


def test_all_but_what_is_about_the_history_takes_a_revision() -> None:
    without = {
        path
        for path, operation in READ.items()
        if not any(p["name"] == "at" for p in operation.get("parameters", ()))
    }

    assert without == PRESENT.keys()


@pytest.fixture
def emptied(client: TestClient, tram: str) -> str:
    """Take all out of a map: nothing can be answered but from before."""
    client.post(f"{tram}/changes/1/revert")
    assert client.get(f"{tram}/claims").json()["items"] == []
    return tram


@each_path
def test_what_was_then_is_told_as_it_was(
    client: TestClient, emptied: str, path: str
) -> None:
    url = emptied + path.removeprefix(BELOW).format_map(PARAMETERS)

    taken = {parameter["name"] for parameter in READ[path]["parameters"]}
    query = {name: value for name, value in NEEDED.items() if name in taken}
    then = client.get(url, params={"at": "1", **query})
    never = client.get(url, params={"at": "3", **query})

    assert then.status_code == 200, then.text
    assert then.headers["argmap-revision"] == "1"
    assert then.content != client.get(url, params=query).content
    assert never.status_code == 404
    assert never.json()["kind"] == "revision"
