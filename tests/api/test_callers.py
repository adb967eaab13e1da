"""Who calls, as the server sees it: how often each may, and what pages offer them."""

import asyncio
import logging
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import pytest
from litestar import Request
from litestar.testing import TestClient

from argmap.api.callers import _address
from argmap.service import keys
from callers import serving
from tram import TRAM


def test_who_asks_too_often_waits_and_others_do_not(tmp_path: Path) -> None:
    limits: dict[str, Any] = {"max_rate": 0.5, "max_burst": 9}
    with serving(f"sqlite:///{tmp_path}/argmap.db", **limits) as server:
        statuses = [server.call("owner", "GET", "/maps").status_code for _ in range(12)]
        refused = server.call("owner", "GET", "/maps")
        forged = [
            server.call(
                "anonymous", "GET", "/maps", headers={"X-Forwarded-For": f"192.0.2.{n}"}
            ).status_code
            for n in range(12)
        ]

        assert statuses == [200] * 9 + [429] * 3
        assert refused.json()["code"] == "too-many-requests"
        assert 1 <= int(refused.headers["Retry-After"]) <= 2
        assert server.call("reader", "GET", "/maps").status_code == 200
        assert forged == [200] * 9 + [429] * 3


def test_who_tries_many_keys_tries_no_more(tmp_path: Path) -> None:
    limits: dict[str, Any] = {"max_rate": 0.1, "max_burst": 9}
    with serving(f"sqlite:///{tmp_path}/argmap.db", **limits) as server:
        server.secrets["thief"] = "amk_guess"
        tried = [server.call("thief", "GET", "/maps").status_code for _ in range(12)]

        assert tried == [401] * 9 + [429] * 3
        assert server.call("anonymous", "GET", "/maps").status_code == 200
        # Nor one that is right, which a thief could not tell from the others.
        assert server.call("reader", "GET", "/maps").status_code == 429


def test_what_cannot_be_a_key_counts_as_one_that_is_bad(tmp_path: Path) -> None:
    limits: dict[str, Any] = {"max_rate": 0.1, "max_burst": 6}
    with serving(f"sqlite:///{tmp_path}/argmap.db", **limits) as server:
        tried = [
            server.client.get(
                "/api/v1/maps", headers=[("Authorization", each) for each in sent]
            ).status_code
            for _ in range(3)
            for sent in (("Basic x",), ("Bearer ",), ("Bearer a", "Bearer b"))
        ]

        assert tried == [401] * 6 + [429] * 3
        assert server.call("anonymous", "GET", "/maps").status_code == 200


def test_a_key_comes_as_a_bearer_and_once(tmp_path: Path) -> None:
    with serving(f"sqlite:///{tmp_path}/argmap.db") as server:
        secret = server.secrets["reader"]

        def ask(*sent: str) -> int:
            headers = [("Authorization", each) for each in sent]
            return server.client.get("/api/v1/maps", headers=headers).status_code

        assert ask(f"bearer {secret}") == 200
        assert ask(f"Basic {secret}") == 401
        assert ask(secret) == 401
        assert ask(f"Bearer {secret}", f"Bearer {secret}") == 401


def test_a_proxy_says_who_asks_and_its_clients_may_lie(tmp_path: Path) -> None:
    limits: dict[str, Any] = {"max_rate": 0.1, "max_burst": 6}
    chosen = {**limits, "proxy": ("testclient", "10.0.0.1")}
    with serving(f"sqlite:///{tmp_path}/argmap.db", **chosen) as server:

        def ask(forwarded: str) -> int:
            headers = {"X-Forwarded-For": forwarded}
            answer = server.call("anonymous", "GET", "/maps", headers=headers)
            return int(answer.status_code)

        one = [ask(f"192.0.2.{n}, 203.0.113.7, 10.0.0.1") for n in range(8)]

        assert one == [200] * 6 + [429] * 2
        assert ask("203.0.113.8") == 200
        # As a socket for both kinds of addresses writes them.
        assert ask("::ffff:203.0.113.7, ::ffff:10.0.0.1") == 429
        assert ask("::ffff:203.0.113.8") == 200
        # As some proxies do, with a port, which is another for each connection.
        assert ask("203.0.113.7:40001, 10.0.0.1:40002") == 429
        assert [ask(f"[2001:db8::{n}]:4000{n}") for n in range(7)] == [200] * 6 + [429]
        # Behind a proxy are others, too.
        assert ask("203.0.113.9, 10.0.0.1") == 200
        assert ask("[2001:db9::1]:40001") == 200


def test_each_proxy_may_have_a_header_of_its_own() -> None:
    # A client of tests would make one of them.
    sent = [(b"x-forwarded-for", one) for one in (b"192.0.2.1", b"203.0.113.7")]
    scope = {"type": "http", "client": ("10.0.0.1", 80), "headers": sent}
    request: Request[Any, Any, Any] = Request(scope)  # type: ignore[arg-type]

    assert _address(request, ["10.0.0.1"]) == "203.0.113.7"


def test_of_one_party_no_more_listen_than_may(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/argmap.db"
    with serving(url, max_listeners_each=1) as server:
        server.make("tram", TRAM, "public")
        desk = server.client.app.state.desk

        async def statuses_beside(party: Hashable) -> list[int]:
            with desk.listeners.listen("tram", party):
                return [
                    server.call(who, "HEAD", "/maps/tram/events").status_code
                    for who in ("reader", "editor", "anonymous")
                ]

        assert asyncio.run(statuses_beside(None)) == [200, 200, 200]
        reader = keys.known(desk, server.secrets["reader"])
        assert reader is not None
        assert asyncio.run(statuses_beside(reader.id)) == [429, 200, 200]
        assert asyncio.run(statuses_beside("testclient")) == [200, 200, 429]


def test_a_request_is_logged_with_the_key_that_it_came_with(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    with serving(f"sqlite:///{tmp_path}/argmap.db", log_requests="all") as server:
        caplog.clear()
        for who in ("reader", "anonymous"):
            server.call(who, "GET", "/maps")
    told = [each for each in caplog.records if each.getMessage() == "request"]

    assert [getattr(each, "key", None) for each in told] == ["reader", None]


def test_pages_let_one_sign_in_where_there_are_keys(
    tmp_path: Path, client: TestClient[Any]
) -> None:
    with serving(f"sqlite:///{tmp_path}/argmap.db") as server:
        assert 'data-auth=""' in server.call("anonymous", "GET", "//").text
    assert "data-auth" not in client.get("/").text
