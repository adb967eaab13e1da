"""API keys and members over HTTP: what they change, and what must never be told."""

import logging
import sqlite3
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from argmap.api.app import create_app
from argmap.errors import Malformed
from argmap.settings import Settings
from callers import Server, serving
from tram import TRAM

_numbers = count(1)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(f"sqlite:///{tmp_path_factory.mktemp('keys')}/argmap.db") as server:
        yield server


@pytest.fixture
def city(server: Server) -> str:
    """Make a private map, and give its key."""
    key = f"city-{next(_numbers)}"
    server.make(key, TRAM, "private")
    return key


def test_a_key_is_shown_once_and_is_of_256_random_bits(server: Server) -> None:
    answer = server.call("admin", "POST", "/keys", json={"name": "Zoë Ångström"})
    made, there = answer.json(), answer.headers["Location"]
    shown = server.client.get(there, headers=server.by("admin")).json()
    again = server.do("admin", "POST", "/keys", json={"name": "Zoë Ångström"})

    assert answer.headers["Cache-Control"] == "no-store"
    assert made["secret"].startswith("amk_")
    assert len(made["secret"]) == len("amk_") + 43
    assert "secret" not in shown
    assert shown == {name: made[name] for name in shown}
    assert (again["key"], again["secret"] != made["secret"]) == ("zoe-angstrom-2", True)


def test_keys_are_listed_page_by_page(server: Server) -> None:
    first = server.call("admin", "GET", "/keys?limit=4")
    rest = server.client.get(first.links["next"]["url"], headers=server.by("admin"))
    keys = [each["key"] for each in first.json()["items"] + rest.json()["items"]]

    assert keys == sorted(keys)
    assert {"admin", "editor", "owner", "reader", "stranger"} <= set(keys)


def test_a_secret_is_not_kept_for_whoever_asks_again(server: Server) -> None:
    once = {"Idempotency-Key": "k1"}
    answer = server.call("admin", "POST", "/keys", json={"name": "A"}, headers=once)

    assert (answer.status_code, answer.json()["code"]) == (400, "not-supported")


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"name": ""}, "/name"),
        ({"name": " "}, "/name"),
        ({"name": "a\nb"}, "/name"),
        ({"name": "a\n"}, "/name"),
        ({"name": "a\u2028b"}, "/name"),
        ({"name": "\u202eadmin"}, "/name"),
        ({"name": "anna\u2067"}, "/name"),
        ({"name": "A", "key": "No Key"}, "/key"),
        ({"name": "A", "expires_at": "2101-01-01T00:00:00"}, "/expires_at"),
        ({"name": "A", "admin": 1}, "/admin"),
    ],
)
def test_what_is_wrong_with_a_new_key_is_told(
    server: Server, body: dict[str, Any], pointer: str
) -> None:
    answer = server.call("admin", "POST", "/keys", json=body)

    assert (answer.status_code, answer.json()["pointer"]) == (400, pointer)


@pytest.mark.parametrize("when", ["2001-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00"])
def test_a_key_expires_at_a_time_to_come(server: Server, when: str) -> None:
    body = {"name": "A", "expires_at": when}
    answer = server.call("admin", "POST", "/keys", json=body)

    assert (answer.status_code, answer.json()["code"]) == (422, "out-of-range")
    assert answer.json()["pointer"] == "/expires_at"


def test_a_revoked_key_opens_nothing_at_once(server: Server) -> None:
    server.key("guest")
    assert server.call("guest", "GET", "/maps").status_code == 200
    server.do("admin", "DELETE", "/keys/guest")

    assert server.call("guest", "GET", "/maps").status_code == 401
    assert server.call("admin", "DELETE", "/keys/guest").status_code == 404


def test_a_key_expires(server: Server) -> None:
    soon = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 2))
    server.key("brief", expires_at=soon)
    assert server.call("brief", "GET", "/maps").status_code == 200
    time.sleep(2)

    assert server.call("brief", "GET", "/maps").status_code == 401


def test_the_author_is_the_keys_name_and_the_trail_has_the_request(
    server: Server, city: str
) -> None:
    server.do("editor", "POST", f"/maps/{city}/claims", json={"text": "It is green."})
    history = server.do("reader", "GET", f"/maps/{city}/changes")["items"]
    trail = server.do("admin", "GET", "/audit?limit=1")["items"]

    assert [each["author"] for each in history] == ["Owner Cho", "Editor Cho"]
    assert [(e["key"], e["what"], e["map"], e["revision"]) for e in trail] == [
        ("editor", f"POST /api/v1/maps/{city}/claims", city, 2)
    ]


@pytest.mark.usefixtures("city")
def test_the_trail_has_pages(server: Server) -> None:
    numbers: list[int] = []
    path: str | None = "/api/v1/audit?limit=3"
    while path and len(numbers) < 9:
        answer = server.client.get(path, headers=server.by("admin"))
        numbers += [each["number"] for each in answer.json()["items"]]
        path = answer.links.get("next", {}).get("url")

    assert numbers == sorted(set(numbers), reverse=True)


def test_a_member_comes_and_goes(server: Server, city: str) -> None:
    server.join(city, "stranger", "reader")
    listed = server.do("owner", "GET", f"/maps/{city}/members")["items"]
    seen = server.call("stranger", "GET", f"/maps/{city}").status_code
    server.do("owner", "DELETE", f"/maps/{city}/members/stranger")

    assert [(each["key"], each["role"]) for each in listed] == [
        ("editor", "editor"),
        ("owner", "owner"),
        ("reader", "reader"),
        ("stranger", "reader"),
    ]
    assert seen == 200
    assert server.call("stranger", "GET", f"/maps/{city}").status_code == 404
    unknown = {"json": {"role": "reader"}}
    path = f"/maps/{city}/members/nobody"
    assert server.call("owner", "PUT", path, **unknown).status_code == 404


def test_lists_counts_and_searches_have_no_holes(server: Server, city: str) -> None:
    every = server.do("admin", "GET", "/maps?expand=count&limit=500")
    seen = server.do("stranger", "GET", "/maps?expand=count&limit=1")
    for path in (
        "/search?q=tram",
        "/search/sources?q=report",
        f"/search?q=a&map={city}",
    ):
        assert server.call("stranger", "GET", path).json().get("items", []) == []
        assert "Council" not in server.call("anonymous", "GET", path).text

    assert city in {each["key"] for each in every["items"]}
    assert seen == {"items": [], "next": None, "count": 0}
    assert server.do("reader", "GET", "/search?q=tram")["items"]


def test_an_editor_may_not_show_the_map_to_all(server: Server, city: str) -> None:
    star, public = {"If-Match": "*"}, {"visibility": "public"}
    refused = server.call("editor", "PATCH", f"/maps/{city}", json=public, headers=star)
    titled = server.call(
        "editor", "PATCH", f"/maps/{city}", json={"title": "T"}, headers=star
    )
    shown = server.call("owner", "PATCH", f"/maps/{city}", json=public, headers=star)

    assert (refused.status_code, titled.status_code, shown.status_code) == (
        403,
        200,
        200,
    )
    assert server.call("anonymous", "GET", f"/maps/{city}").status_code == 200
    assert server.call("anonymous", "GET", f"//embed/{city}/build").status_code == 200


def test_a_fork_belongs_to_who_made_it(server: Server, city: str) -> None:
    copy = server.do("reader", "POST", f"/maps/{city}/fork", json={})["key"]

    assert server.do("reader", "GET", f"/maps/{copy}/members")["items"] == [
        {"key": "reader", "name": "Reader Cho", "role": "owner"}
    ]
    assert server.call("owner", "GET", f"/maps/{copy}").status_code == 404


def test_a_key_that_is_taken_says_no_more_than_that(server: Server, city: str) -> None:
    put = server.call("stranger", "PUT", f"/maps/{city}", json={})
    only_new = server.call(
        "stranger", "PUT", f"/maps/{city}", json={}, headers={"If-None-Match": "*"}
    )
    taken = server.call("stranger", "POST", f"/imports?key={city}", json=TRAM)

    assert (put.status_code, only_new.status_code) == (404, 404)
    assert taken.status_code == 409
    assert TRAM["map"]["title"] not in taken.text


def test_nobody_gets_the_answer_that_another_was_given(
    server: Server, city: str
) -> None:
    once = {"Idempotency-Key": "the-same"}
    path, body = f"/maps/{city}/claims", {"text": "It is green."}
    first = server.call("owner", "POST", path, json=body, headers=once)
    other = server.call("editor", "POST", path, json=body, headers=once)
    again = server.call("owner", "POST", path, json=body, headers=once)
    refused = server.call("stranger", "POST", path, json=body, headers=once)

    assert first.json()["key"] != other.json()["key"]
    assert first.content == again.content
    assert refused.status_code == 404


def test_a_job_is_of_who_wanted_it_and_wanted_by_somebody(
    server: Server, city: str
) -> None:
    later, asked = {"Prefer": "respond-async"}, {"rules": [{"rule": "df-quad"}]}
    path = f"/maps/{city}/evaluations"
    job = server.do("reader", "POST", path, json=asked, headers=later)["key"]
    server.do(
        "owner",
        "PATCH",
        f"/maps/{city}",
        json={"visibility": "public"},
        headers={"If-Match": "*"},
    )

    assert server.call("reader", "GET", f"/jobs/{job}").status_code == 200
    for who in ("anonymous", "owner", "admin"):
        assert server.call(who, "GET", f"/jobs/{job}").status_code == 404
    assert (
        server.call("anonymous", "POST", path, json=asked, headers=later).status_code
        == 401
    )
    assert server.call("anonymous", "POST", path, json=asked).status_code == 200


def test_two_keys_or_a_key_in_the_query_are_no_key(server: Server) -> None:
    secret = server.secrets["owner"]
    twice = [("Authorization", f"Bearer {secret}")] * 2

    assert server.client.get("/api/v1/maps", headers=twice).status_code == 401
    for name in ("key", "access_token", "token"):
        answer = server.client.get("/api/v1/maps", params={name: secret})
        assert answer.status_code == 400
        assert secret not in answer.text


def test_no_cache_answers_by_itself_what_one_may_read(
    server: Server, city: str
) -> None:
    for path in ("/maps", f"/maps/{city}", f"/maps/{city}/claims", "/search?q=tram"):
        headers = server.call("owner", "GET", path).headers

        assert (headers["cache-control"], headers["vary"]) == (
            "no-cache",
            "Authorization",
        )


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("argmap.example.org", 200),
        ("ARGMAP.example.org:443", 200),
        ("127.0.0.1", 200),
        ("192.0.2.7:8000", 200),
        ("[2001:db8::1]", 200),
        ("evil.example.org", 421),
        ("argmap.example.org.evil.org", 421),
        ("", 421),
    ],
)
def test_names_are_served_that_were_said_to_be_the_servers(
    tmp_path: Path, host: str, status: int
) -> None:
    settings = Settings(
        database_url=f"sqlite:///{tmp_path}/argmap.db",
        auth=True,
        host="0.0.0.0",
        allow_host=("argmap.example.org",),
    )
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as client:
        assert client.get("/health", headers={"Host": host}).status_code == status


def test_other_addresses_than_loopback_need_keys(tmp_path: Path) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path}/a.db", host="0.0.0.0")

    with pytest.raises(Malformed, match="--auth"):
        create_app(settings)


def test_without_auth_whoever_is_here_may_everything(
    client: TestClient[Any],
) -> None:
    made = client.post("/api/v1/keys", json={"name": "Anna"})
    client.put("/api/v1/maps/mine", json={})
    path = "/api/v1/maps/mine/members/anna"

    assert made.status_code == 201
    assert client.put(path, json={"role": "owner"}).json()["role"] == "owner"
    assert client.get("/api/v1/audit").json()["items"][0]["key"] is None


def test_a_secret_is_in_no_log_no_file_and_no_answer(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    file, told = tmp_path / "argmap.db", []
    with serving(f"sqlite:///{file}") as server:
        server.make("city", TRAM, "private")
        later = {"Prefer": "respond-async", "Idempotency-Key": "k"}
        job = server.do("owner", "POST", "/imports?key=b", json=TRAM, headers=later)
        for who in server.secrets:
            for path in (
                "/keys",
                "/audit",
                f"/jobs/{job['key']}",
                "/maps/city/members",
                "/maps/city/export.json",
                "/maps/city/changes",
                "/maps/absent",
                "//maps/city",
                "//openapi.json",
            ):
                answer = server.call(who, "GET", path)
                told += [answer.text, str(answer.headers)]
            told.append(server.call(who, "POST", "/maps/city/claims", json=[]).text)
        secrets = set(server.secrets.values())
        kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    with sqlite3.connect(file) as database:
        dump = "\n".join(database.iterdump())
    database.close()

    for secret in secrets:
        assert secret.encode() not in kept
        assert not any(secret in text for text in (*told, caplog.text, dump))
