"""What holds for every request: hosts, origins, methods and headers."""

from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from litestar.testing import TestClient

from argmap.api.app import create_app
from argmap.errors import Malformed
from argmap.settings import Settings
from servers import ask, free_port, serving

MAPS = "/api/v1/maps"
FRIEND = "https://map.example.org"


@pytest.fixture(scope="module")
def befriended(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    database = tmp_path_factory.mktemp("front") / "argmap.db"
    url = f"sqlite:///{database}"
    app = create_app(Settings(database_url=url, allow_origin=(FRIEND,)))
    with TestClient(app, base_url="http://127.0.0.1:8000") as client:
        yield client


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1:8000",
        "127.0.0.1",
        "localhost:8000",
        "[::1]:8000",
        "127.1.2.3",
        "LocalHost",
    ],
)
def test_a_loopback_name_is_served(client: TestClient, host: str) -> None:
    assert client.get(MAPS, headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example.org",
        "localhost.evil.example.org",
        "127.0.0.1.evil.example.org",
        "evil.example.org:8000",
        "127.0.0.1@evil.example.org",
        "192.168.1.5",
        "0.0.0.0:8000",
        "[::2]",
        "[::1",
        "",
        "localhost:http",
    ],
)
def test_any_other_host_is_refused(client: TestClient, host: str) -> None:
    answer = client.get(MAPS, headers={"Host": host})

    assert (answer.status_code, answer.json()["code"]) == (421, "foreign-host")


def test_the_server_does_not_start_where_others_can_reach_it(tmp_path: Path) -> None:
    for host in ("0.0.0.0", "192.168.1.5", "example.org", "::"):
        with pytest.raises(Malformed, match=host):
            create_app(Settings(database_url=f"sqlite:///{tmp_path}/a.db", host=host))


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example.org"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:8001"},
        {"Origin": "http://localhost:8000"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://127.0.0.1:8000", "Sec-Fetch-Site": "cross-site"},
        {"Origin": f"{FRIEND}.evil.example.org"},
    ],
)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_foreign_page_cannot_write(
    befriended: TestClient, method: str, headers: dict[str, str]
) -> None:
    answer = befriended.request(method, f"{MAPS}/page", json={}, headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (403, "foreign-origin")
    assert befriended.get(f"{MAPS}/page").status_code == 404


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://127.0.0.1:8000", "Sec-Fetch-Site": "same-origin"},
        {"Origin": FRIEND, "Sec-Fetch-Site": "cross-site"},
        {"Origin": FRIEND.upper()},
    ],
)
def test_a_script_its_own_page_and_a_friend_can(
    befriended: TestClient, headers: dict[str, str]
) -> None:
    assert befriended.post(MAPS, json={}, headers=headers).status_code == 201


def test_a_friend_can_read_what_it_needs(befriended: TestClient) -> None:
    answer = befriended.get(MAPS, headers={"Origin": FRIEND})

    assert answer.headers["access-control-allow-origin"] == FRIEND
    assert (
        "ETag, Argmap-Revision, Link" in answer.headers["access-control-expose-headers"]
    )
    assert answer.headers["vary"] == "Origin"


def test_a_friend_and_an_encoding_are_both_named_where_they_count(
    befriended: TestClient,
) -> None:
    befriended.post(
        f"{MAPS[:-5]}/imports", json={"format": "argmap/1", "map": {"key": "v"}}
    )

    answer = befriended.get(f"{MAPS}/v/export.json", headers={"Origin": FRIEND})

    assert set(answer.headers.get_list("vary")) == {"Accept-Encoding", "Origin"}


def test_an_error_is_readable_to_a_friend_too(befriended: TestClient) -> None:
    answer = befriended.get(f"{MAPS}/nobody", headers={"Origin": FRIEND})

    assert answer.status_code == 404
    assert answer.headers["access-control-allow-origin"] == FRIEND


def test_a_stranger_is_told_nothing(befriended: TestClient, client: TestClient) -> None:
    asked = {"Origin": "https://evil.example.org"}

    for server in (befriended, client):
        answer = server.get(MAPS, headers=asked)
        assert not [name for name in answer.headers if name.startswith("access-")]
    assert befriended.get(MAPS).headers["vary"] == "Origin"


def test_a_preflight_of_a_friend_is_granted_and_no_other(
    befriended: TestClient,
) -> None:
    def preflight(origin: str) -> dict[str, str]:
        asked = {"Origin": origin, "Access-Control-Request-Method": "PATCH"}
        return dict(befriended.options(f"{MAPS}/any", headers=asked).headers)

    granted = preflight(FRIEND)
    assert "PATCH" in granted["access-control-allow-methods"]
    assert "If-Match" in granted["access-control-allow-headers"]
    assert granted["access-control-allow-origin"] == FRIEND
    refused = preflight("https://evil.example.org")
    assert not [name for name in refused if name.startswith("access-")]


def test_the_command_lets_in_the_origins_that_it_is_told_of(tmp_path: Path) -> None:
    port = free_port()
    origins = [FRIEND, "http://localhost:5173"]
    options = [part for origin in origins for part in ("--allow-origin", origin)]
    with serving("serve", *options, port=port, folder=tmp_path):
        ask(port, "/health")  # when it is there
        for origin in origins:
            asked = Request(
                f"http://127.0.0.1:{port}{MAPS}", headers={"Origin": origin}
            )
            with urlopen(asked, timeout=60) as answer:
                assert answer.headers["Access-Control-Allow-Origin"] == origin


def test_every_answer_has_its_guards(client: TestClient, tram: str) -> None:
    answers = [
        client.get(tram),
        client.get("/nowhere"),
        client.get(MAPS, headers={"Host": "evil.example.org"}),
        client.options(MAPS),
        client.get("/openapi.json"),
        client.delete(f"{tram}/claims/cost"),
    ]

    for answer in answers:
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        # Nor does a foreign page measure a picture: nobody has to have a key for it.
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize(
    "chosen", [{"auth": True}, {"allow_origin": ("http://front.example",)}]
)
def test_where_there_are_keys_or_friends_a_picture_is_for_other_pages(
    tmp_path: Path, chosen: dict[str, Any]
) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path}/argmap.db", **chosen)
    with TestClient(create_app(settings), base_url="http://127.0.0.1:8000") as client:
        headers = client.get(MAPS).headers

    assert "cross-origin-resource-policy" not in headers


def test_head_is_get_without_its_body(client: TestClient, tram: str) -> None:
    for url in (tram, f"{tram}/claims/build/tree", "/health", f"{tram}/nowhere"):
        got, head = client.get(url), client.head(url)
        assert (head.status_code, head.content) == (got.status_code, b"")
        for name in ("etag", "content-length", "content-type"):
            assert head.headers.get(name) == got.headers.get(name)


@pytest.mark.parametrize(
    ("url", "methods"),
    [
        (MAPS, "GET, HEAD, OPTIONS, POST"),
        (f"{MAPS}/tram", "DELETE, GET, HEAD, OPTIONS, PATCH, PUT"),
        (f"{MAPS}/tram/evaluations", "GET, HEAD, OPTIONS, POST"),
        ("/api/v1/imports", "OPTIONS, POST"),
        ("/health", "GET, HEAD, OPTIONS"),
    ],
)
def test_what_a_path_knows_is_said_when_asked_and_when_refused(
    client: TestClient, url: str, methods: str
) -> None:
    asked = client.options(f"{url}?whatever=1")
    refused = client.request("DELETE" if "DELETE" not in methods else "POST", url)

    assert (asked.status_code, asked.headers["allow"]) == (204, methods)
    assert (refused.status_code, refused.headers["allow"]) == (405, methods)
    assert refused.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", [MAPS, "/api/v1/rules", "/api/v1/formats", "/health"])
def test_a_client_gets_json_that_accepts_it(client: TestClient, path: str) -> None:
    for accept in ("application/json", "application/*;q=0.5, text/html", "*/*"):
        answer = client.get(path, headers={"Accept": accept})
        assert answer.headers["content-type"] == "application/json"
        assert answer.status_code == 200


def test_health_names_the_versions(client: TestClient) -> None:
    health = client.get("/health").json()

    assert set(health) == {"version", "database"}
    assert health["database"].split()[0] in ("SQLite", "PostgreSQL")


@pytest.mark.parametrize("path", ["/api/v1%2Fmaps", "/api%2fv1/maps", "/%2F"])
def test_what_only_looks_like_a_slash_is_none(client: TestClient, path: str) -> None:
    answer = client.get(path)

    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    assert client.get(f"{MAPS}?cursor=a%2Fb").json()["parameter"] == "cursor"
