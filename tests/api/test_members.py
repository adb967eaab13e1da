"""Members of maps: whose say it is, and what is left when a role is gone."""

import time
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

from callers import ROLES, Server, serving
from jobs import ENDED
from tram import TRAM

_numbers = count(1)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('members')}/argmap.db"
    else:
        url = request.getfixturevalue("postgresql").make()
    with serving(url) as server:
        yield server


@pytest.fixture
def city(server: Server) -> str:
    """Make a private map, and give its key."""
    key = f"city-{next(_numbers)}"
    server.make(key, TRAM, "private")
    return key


def finished(server: Server, who: str, job: str) -> dict[str, Any]:
    """Ask for somebody's job until it has ended."""
    while (told := server.do(who, "GET", f"/jobs/{job}"))["status"] not in ENDED:
        time.sleep(0.01)
    return dict(told)


def roles(server: Server, map: str) -> dict[str, str]:
    listed = server.do("admin", "GET", f"/maps/{map}/members")["items"]
    return {each["key"]: each["role"] for each in listed}


def test_members_are_read_one_by_one_and_page_by_page(
    server: Server, city: str
) -> None:
    path = f"/maps/{city}/members"
    first = server.call("owner", "GET", f"{path}?limit=2")
    rest = server.client.get(first.links["next"]["url"], headers=server.by("owner"))
    listed = first.json()["items"] + rest.json()["items"]

    assert [each["key"] for each in listed] == ["editor", "owner", "reader"]
    assert rest.json()["next"] is None
    for each in listed:
        assert server.do("owner", "GET", f"{path}/{each['key']}") == each


@pytest.mark.parametrize("who", ["owner", "admin"])
def test_the_last_owner_stays_until_there_is_another(
    server: Server, city: str, who: str
) -> None:
    path, before = f"/maps/{city}/members/owner", roles(server, city)
    less = {"json": {"role": "editor"}}
    for refused in (
        server.call(who, "PUT", path, **less),
        server.call(who, "DELETE", path),
    ):
        problem = refused.json()
        assert (refused.status_code, problem["code"]) == (409, "last-owner")
        assert "make somebody else an owner first" in problem["detail"]
    assert roles(server, city) == before
    assert server.do(who, "PUT", path, json={"role": "owner"})["role"] == "owner"

    server.join(city, "editor", "owner")
    server.do(who, "PUT", path, **less)
    assert roles(server, city) == {
        "editor": "owner",
        "owner": "editor",
        "reader": "reader",
    }


@pytest.mark.parametrize("who", ["reader", "editor"])
def test_a_member_may_leave_and_take_nobody_along(
    server: Server, city: str, who: str
) -> None:
    other = "editor" if who == "reader" else "reader"
    refused = server.call(who, "DELETE", f"/maps/{city}/members/{other}")
    server.do(who, "DELETE", f"/maps/{city}/members/{who}")
    trail = server.do("admin", "GET", "/audit?limit=1")["items"]

    assert refused.status_code == 403
    assert who not in roles(server, city)
    assert server.call(who, "GET", f"/maps/{city}").status_code == 404
    assert server.call(who, "DELETE", f"/maps/{city}/members/{who}").status_code == 404
    assert (trail[0]["key"], trail[0]["map"]) == (who, city)


def test_who_is_no_member_has_nothing_to_leave(server: Server, city: str) -> None:
    hidden = server.call("stranger", "DELETE", f"/maps/{city}/members/stranger")
    star, public = {"If-Match": "*"}, {"visibility": "public"}
    server.do("owner", "PATCH", f"/maps/{city}", json=public, headers=star)
    shown = server.call("stranger", "DELETE", f"/maps/{city}/members/stranger")

    assert (hidden.status_code, hidden.json()["kind"]) == (404, "map")
    assert (shown.status_code, shown.json()["kind"]) == (404, "member")


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_who_is_no_owner_is_not_told_which_keys_there_are(
    server: Server, city: str, method: str
) -> None:
    body: dict[str, Any] = {"json": {"role": "reader"}} if method == "PUT" else {}

    def told(who: str, key: str) -> tuple[int, str]:
        answer = server.call(who, method, f"/maps/{city}/members/{key}", **body)
        return answer.status_code, answer.text.replace(key, "KEY")

    for who in set(ROLES) - {"owner", "admin"}:
        assert told(who, "stranger") == told(who, "nobody-at-all"), who
        assert told(who, "stranger")[0] in (403, 404)
    if method != "PUT":  # who gives a role has to know to whom
        assert told("owner", "stranger") == told("owner", "nobody-at-all")


def test_what_came_of_a_job_goes_with_the_right_to_read_the_map(
    server: Server, city: str
) -> None:
    later, asked = {"Prefer": "respond-async"}, {"rules": [{"rule": "df-quad"}]}
    path = f"/maps/{city}/evaluations"
    server.join(city, "stranger", "reader")
    job = server.do("stranger", "POST", path, json=asked, headers=later)["key"]
    assert finished(server, "stranger", job)["result"]["results"]

    server.do("owner", "DELETE", f"/maps/{city}/members/stranger")
    absent = server.call("stranger", "GET", "/jobs/absent").text
    for method in ("GET", "DELETE"):
        gone = server.call("stranger", method, f"/jobs/{job}")
        assert gone.status_code == 404
        assert gone.text.replace(job, "absent") == absent
    server.join(city, "stranger", "reader")
    assert server.do("stranger", "GET", f"/jobs/{job}")["status"] == "done"
