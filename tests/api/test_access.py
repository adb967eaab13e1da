"""Who may call what: every route of the server, as everybody.

Planted and found: roles, admins or what is hidden that are not asked about; lists and
searches that show all maps; a question that is asked of hidden maps alone.
"""

from collections.abc import Iterator
from typing import Any, Final

import msgspec
import pytest
from litestar.handlers import HTTPRouteHandler
from sqlalchemy import Engine, event

from argmap.api.openapi import document
from argmap.store.prepared import Prepared
from callers import ROLES, Server, attempt, routes, serving
from tram import TRAM

ANYONE: Final = {
    "GET /",
    "GET /api/v1/formats",
    "GET /api/v1/maps",
    "GET /api/v1/round-formats",
    "GET /api/v1/rules",
    "GET /api/v1/rules/{rule}",
    "GET /api/v1/schemes",
    "GET /api/v1/schemes/{scheme}",
    "GET /api/v1/search",
    "GET /api/v1/search/sources",
    "GET /docs",
    "GET /health",
    "GET /openapi.json",
    "GET /ready",
    "GET /search",
    "GET /static/{name}",
}
"""What is the same for all, or shows each what they may see."""

READER: Final = {
    "GET /api/v1/maps/{map}",
    "GET /api/v1/maps/{map}/changes",
    "GET /api/v1/maps/{map}/claims",
    "GET /api/v1/maps/{map}/claims/{claim}",
    "GET /api/v1/maps/{map}/claims/{claim}/brief",
    "GET /api/v1/maps/{map}/claims/{claim}/brief.md",
    "GET /api/v1/maps/{map}/claims/{claim}/crux",
    "GET /api/v1/maps/{map}/claims/{claim}/explanation",
    "GET /api/v1/maps/{map}/claims/{claim}/tree",
    "GET /api/v1/maps/{map}/claims/{claim}/tree.dot",
    "GET /api/v1/maps/{map}/claims/{claim}/tree.json",
    "GET /api/v1/maps/{map}/claims/{claim}/tree.md",
    "GET /api/v1/maps/{map}/claims/{claim}/tree.mmd",
    "GET /api/v1/maps/{map}/claims/{claim}/tree.png",
    "GET /api/v1/maps/{map}/claims/{claim}/tree.svg",
    "GET /api/v1/maps/{map}/claims/{claim}/tree.txt",
    "GET /api/v1/maps/{map}/dependence",
    "GET /api/v1/maps/{map}/diff",
    "GET /api/v1/maps/{map}/evaluations",
    "GET /api/v1/maps/{map}/evaluations.csv",
    "GET /api/v1/maps/{map}/events",
    "GET /api/v1/maps/{map}/export.af",
    "GET /api/v1/maps/{map}/export.aif",
    "GET /api/v1/maps/{map}/export.apx",
    "GET /api/v1/maps/{map}/export.argdown",
    "GET /api/v1/maps/{map}/export.arguebuf",
    "GET /api/v1/maps/{map}/export.bag",
    "GET /api/v1/maps/{map}/export.csv",
    "GET /api/v1/maps/{map}/export.cytoscape",
    "GET /api/v1/maps/{map}/export.d3",
    "GET /api/v1/maps/{map}/export.dot",
    "GET /api/v1/maps/{map}/export.graphml",
    "GET /api/v1/maps/{map}/export.json",
    "GET /api/v1/maps/{map}/export.kialo",
    "GET /api/v1/maps/{map}/export.markdown",
    "GET /api/v1/maps/{map}/export.mermaid",
    "GET /api/v1/maps/{map}/export.qbaf",
    "GET /api/v1/maps/{map}/export.sadface",
    "GET /api/v1/maps/{map}/export.tgf",
    "GET /api/v1/maps/{map}/export.xaif",
    "GET /api/v1/maps/{map}/exports/{format}",
    "GET /api/v1/maps/{map}/graph",
    "GET /api/v1/maps/{map}/graph.graphml",
    "GET /api/v1/maps/{map}/gaps",
    "GET /api/v1/maps/{map}/lines",
    "GET /api/v1/maps/{map}/relations",
    "GET /api/v1/maps/{map}/relations/{relation}",
    "GET /api/v1/maps/{map}/rounds",
    "GET /api/v1/maps/{map}/rounds/{round}",
    "GET /api/v1/maps/{map}/rounds/{round}/flow",
    "GET /api/v1/maps/{map}/rounds/{round}/flow.json",
    "GET /api/v1/maps/{map}/rounds/{round}/flow.md",
    "GET /api/v1/maps/{map}/rounds/{round}/moves",
    "GET /api/v1/maps/{map}/rounds/{round}/moves/{move}",
    "GET /api/v1/maps/{map}/sources",
    "GET /api/v1/maps/{map}/sources/{source}",
    "GET /api/v1/maps/{map}/sources/{source}/passages",
    "GET /api/v1/maps/{map}/sources/{source}/passages/{passage}",
    "GET /api/v1/maps/{map}/sources/{source}/passages/{passage}/quote",
    "GET /api/v1/maps/{map}/sources/{source}/text",
    "GET /maps/{map}",
    "GET /maps/{map}/claims/{claim}",
    "GET /maps/{map}/history",
    "GET /maps/{map}/sources",
    "GET /maps/{map}/sources/{source}",
    "POST /api/v1/maps/{map}/evaluations",
    "POST /api/v1/maps/{map}/flips",
    "POST /api/v1/maps/{map}/what-if",
}
"""What shows a map: a public one to all."""

EDITOR: Final = {
    "DELETE /api/v1/maps/{map}/claims/{claim}",
    "DELETE /api/v1/maps/{map}/relations/{relation}",
    "DELETE /api/v1/maps/{map}/rounds/{round}",
    "DELETE /api/v1/maps/{map}/rounds/{round}/moves",
    "DELETE /api/v1/maps/{map}/sources/{source}",
    "DELETE /api/v1/maps/{map}/sources/{source}/passages/{passage}",
    "DELETE /api/v1/maps/{map}/sources/{source}/text",
    "PATCH /api/v1/maps/{map}",
    "PATCH /api/v1/maps/{map}/claims/{claim}",
    "PATCH /api/v1/maps/{map}/relations/{relation}",
    "PATCH /api/v1/maps/{map}/sources/{source}",
    "PATCH /api/v1/maps/{map}/sources/{source}/passages/{passage}",
    "POST /api/v1/maps/{map}/changes",
    "POST /api/v1/maps/{map}/changes/{revision}/revert",
    "POST /api/v1/maps/{map}/claims",
    "POST /api/v1/maps/{map}/claims/{claim}/merge",
    "POST /api/v1/maps/{map}/relations",
    "POST /api/v1/maps/{map}/rounds",
    "POST /api/v1/maps/{map}/rounds/{round}/moves",
    "POST /api/v1/maps/{map}/rounds/{round}/moves/{move}/adopt",
    "POST /api/v1/maps/{map}/sources",
    "POST /api/v1/maps/{map}/sources/{source}/passages",
    "PUT /api/v1/maps/{map}/claims/{claim}",
    "PUT /api/v1/maps/{map}/relations/{relation}",
    "PUT /api/v1/maps/{map}/sources/{source}",
    "PUT /api/v1/maps/{map}/sources/{source}/passages/{passage}",
    "PUT /api/v1/maps/{map}/sources/{source}/text",
}

OWNER: Final = {
    "DELETE /api/v1/maps/{map}",
    "DELETE /api/v1/maps/{map}/members/{key}",
    "GET /api/v1/maps/{map}/members",
    "GET /api/v1/maps/{map}/members/{key}",
    "PUT /api/v1/maps/{map}/members/{key}",
}

ADMIN: Final = {
    "DELETE /api/v1/keys/{key}",
    "GET /api/v1/audit",
    "GET /api/v1/keys",
    "GET /api/v1/keys/{key}",
    "GET /metrics",
    "POST /api/v1/keys",
}

OTHER: Final[dict[str, dict[str, tuple[Any, ...]]]] = {
    # As ROLES has them; a map is private or public.
    "DELETE /api/v1/jobs/{job}": {
        "hidden": (401, 404, 404, 404, "may", 404),
        "public": (401, 404, 404, 404, "may", 404),
    },
    "GET /api/v1/jobs/{job}": {
        "hidden": (404, 404, 404, 404, "may", 404),
        "public": (404, 404, 404, 404, "may", 404),
    },
    "GET /embed/{map}/{claim}": {
        "hidden": (404, 404, 404, 404, 404, 404),
        "public": ("may", "may", "may", "may", "may", "may"),
    },
    "POST /api/v1/imports": {
        "hidden": (401, "may", "may", "may", "may", "may"),
        "public": (401, "may", "may", "may", "may", "may"),
    },
    "POST /api/v1/maps": {
        "hidden": (401, "may", "may", "may", "may", "may"),
        "public": (401, "may", "may", "may", "may", "may"),
    },
    "POST /api/v1/maps/{map}/fork": {
        "hidden": (404, 404, "may", "may", "may", "may"),
        "public": (401, "may", "may", "may", "may", "may"),
    },
    "PUT /api/v1/maps/{map}": {
        "hidden": (401, 404, 403, "may", "may", "may"),
        # It would be private again, and that is not for editors to say.
        "public": (401, 403, 403, 403, "may", "may"),
    },
}

_TABLES: Final = {
    "hidden": (
        (ANYONE, ("may", "may", "may", "may", "may", "may")),
        (READER, (404, 404, "may", "may", "may", "may")),
        (EDITOR, (404, 404, 403, "may", "may", "may")),
        (OWNER, (404, 404, 403, 403, "may", "may")),
        (ADMIN, (401, 403, 403, 403, 403, "may")),
    ),
    "public": (
        (ANYONE, ("may", "may", "may", "may", "may", "may")),
        (READER, ("may", "may", "may", "may", "may", "may")),
        (EDITOR, (401, 403, 403, "may", "may", "may")),
        (OWNER, (401, 403, 403, 403, "may", "may")),
        (ADMIN, (401, 403, 403, 403, 403, "may")),
    ),
}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """Serve a private and a public map that are alike, with a round and a job."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('access') / 'argmap.db'}"
    else:
        url = request.getfixturevalue("postgresql").make()
    with serving(url) as server:
        for key, visibility in (("hidden", "private"), ("public", "public")):
            server.make(key, TRAM, visibility)
            begun = {"key": "final", "format": "policy", "targets": ["build"]}
            server.do("owner", "POST", f"/maps/{key}/rounds", json=begun)
        yield server


@pytest.fixture(scope="module")
def job(server: Server) -> str:
    later = {"Prefer": "respond-async"}
    path = "/imports?key=later"
    started = server.do("owner", "POST", path, json=TRAM, headers=later)
    key: str = started["key"]
    return key


def outcome(answer: Any) -> Any:
    """Say that somebody may do something, or the status that says otherwise.

    What is refused because something else is missing, or the body is, may be done.
    """
    if answer.status_code == 404 and "json" in answer.headers.get("content-type", ""):
        kind = answer.json().get("kind", "map") if answer.content else "map"
        return 404 if kind in ("map", "job") else "may"
    if answer.status_code in (401, 403, 404, 429) or answer.status_code >= 500:
        return answer.status_code
    return "may"


def expected(who: str, map: str) -> dict[str, Any]:
    place = ROLES.index(who)
    told = {name: rows[map][place] for name, rows in OTHER.items()}
    for names, row in _TABLES[map]:
        told |= dict.fromkeys(names, row[place])
    return told


def test_the_document_says_what_no_server_does_without_a_key() -> None:
    paths = msgspec.json.decode(document())["paths"]
    secured = {
        f"{method.upper()} {path}": operation["security"]
        for path, methods in paths.items()
        for method, operation in methods.items()
    }

    assert {name for name, each in secured.items() if {} not in each} == ADMIN
    assert all({"key": []} in each for each in secured.values())


def test_every_route_is_placed_once(server: Server) -> None:
    placed = [*ANYONE, *READER, *EDITOR, *OWNER, *ADMIN, *OTHER]

    assert sorted(placed) == sorted(name for name, _ in routes(server))


@pytest.mark.parametrize("map", ["hidden", "public"])
@pytest.mark.parametrize("who", ROLES)
def test_everybody_may_do_what_their_role_says_and_no_more(
    server: Server, job: str, who: str, map: str
) -> None:
    before = server.do("owner", "GET", f"/maps/{map}")["revision"]
    got = {
        name: outcome(attempt(server, who, name, handler, map, job))
        for name, handler in routes(server)
    }

    assert got == expected(who, map)
    if who in ("anonymous", "stranger", "reader"):
        assert server.do("owner", "GET", f"/maps/{map}")["revision"] == before


@pytest.mark.parametrize("who", ["anonymous", "stranger"])
def test_what_one_may_not_see_is_as_if_it_were_not_there(
    server: Server, who: str
) -> None:
    for name, handler in routes(server):
        if "{map}" not in name or name == "PUT /api/v1/maps/{map}":
            continue
        hidden = attempt(server, who, name, handler, "hidden", "job")
        absent = attempt(server, who, name, handler, "absent", "job")

        assert hidden.status_code == absent.status_code, name
        assert hidden.headers == absent.headers, name
        assert hidden.content.replace(b"hidden", b"absent") == absent.content, name


@pytest.mark.parametrize("who", ["anonymous", "stranger"])
def test_what_one_may_not_see_takes_as_long_as_what_is_not_there(
    server: Server, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        said.append(statement)

    def asked(name: str, handler: HTTPRouteHandler, map: str) -> list[str]:
        said.clear()
        attempt(server, who, name, handler, map, "job")
        return said.copy()

    run = Prepared.run

    def noting(self: Prepared, *args: Any) -> Any:
        said.append(f"prepared {id(self)}")
        return run(self, *args)

    monkeypatch.setattr(Prepared, "run", noting)
    event.listen(Engine, "before_cursor_execute", note)
    haste = [
        name
        for name, handler in routes(server)
        if "{map}" in name and name != "PUT /api/v1/maps/{map}"
        if asked(name, handler, "hidden") != asked(name, handler, "absent")
    ]
    event.remove(Engine, "before_cursor_execute", note)

    assert haste == []


def test_that_there_is_a_hidden_map_changes_no_answer(server: Server) -> None:
    def answers() -> dict[tuple[str, str], tuple[int, bytes, str | None]]:
        found = {}
        for who in ("anonymous", "stranger"):
            for name, handler in routes(server):
                if name.startswith("GET"):
                    told = attempt(server, who, name, handler, "public", "job")
                    tag = told.headers.get("etag")
                    found[who, name] = told.status_code, told.content, tag
        return found

    before = answers()
    server.do("owner", "POST", "/imports?key=another&visibility=private", json=TRAM)

    assert [each for each, told in answers().items() if told != before[each]] == []


def test_a_key_that_is_no_good_opens_nothing(server: Server) -> None:
    server.secrets["spoilt"] = "amk_unknown"
    for name, handler in routes(server):
        answer = attempt(server, "spoilt", name, handler, "public", "job")

        assert answer.status_code == 401, name
        assert answer.headers["www-authenticate"] == "Bearer", name


@pytest.mark.parametrize(
    "sent", ["", "Bearer", "Bearer x", "Basic YTpi", "Bearer amk_" + "a" * 200, "amk_x"]
)
def test_what_is_no_key_is_refused_even_where_none_is_needed(
    server: Server, sent: str
) -> None:
    for path in ("/health", "/api/v1/maps/public", "/api/v1/maps/absent"):
        answer = server.client.get(path, headers={"Authorization": sent})

        assert (answer.status_code, answer.json()["code"]) == (401, "unauthorized")
