"""Who calls, as the server sees it: how often each may, and what pages offer them."""

from pathlib import Path
from typing import Any

from litestar import Request
from litestar.testing import TestClient

from argmap.api.callers import _address
from callers import serving


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
        assert ask("[2001:db9::1]:40001") == 200


def test_each_proxy_may_have_a_header_of_its_own() -> None:
    # A client of tests would make one of them.
    sent = [(b"x-forwarded-for", one) for one in (b"192.0.2.1", b"203.0.113.7")]
    scope = {"type": "http", "client": ("10.0.0.1", 80), "headers": sent}
    request: Request[Any, Any, Any] = Request(scope)  # type: ignore[arg-type]

    assert _address(request, ["10.0.0.1"]) == "203.0.113.7"


def test_pages_let_one_sign_in_where_there_are_keys(
    tmp_path: Path, client: TestClient[Any]
) -> None:
    with serving(f"sqlite:///{tmp_path}/argmap.db") as server:
        assert 'data-auth=""' in server.call("anonymous", "GET", "//").text
    assert "data-auth" not in client.get("/").text
