"""Preconditions, and what is the same however it is written."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from litestar.testing import TestClient

from argmap.api.answers import holds, tags
from argmap.api.errors import Refusal, title
from argmap.errors import ArgmapError

EDITORS = 32
INCREMENTS = 20
SHARED = 16

NEW = {
    "": {"title": "Another"},
    "/claims/new": {"text": "It is green."},
    "/relations/new": {
        "kind": "support",
        "premises": ["cost"],
        "target": {"claim": "quiet"},
    },
    "/sources/new": {"title": "A newspaper"},
    "/sources/council/passages/new": {"spans": [{"start": 4, "end": 8}]},
}
ABSENT = {"If-None-Match": "*"}


OTHER = {
    "": {"title": "Yet another"},
    "/claims/new": {"text": "It is green.", "data": {"n": True}},
    "/relations/new": {**NEW["/relations/new"], "weight": 0.5},
    "/sources/new": {"title": "A newspaper", "url": "https://example.org"},
    "/sources/council/passages/new": {"spans": [{"start": 4, "end": 9}]},
}


@pytest.mark.parametrize("path", NEW)
def test_what_must_be_new_is_created_and_never_replaced(
    client: TestClient, tram: str, path: str
) -> None:
    url = tram + (path or "-new")

    made = client.put(url, json=NEW[path], headers=ABSENT)
    again = client.put(url, json=NEW[path], headers=ABSENT)
    other = client.put(url, json=OTHER[path], headers=ABSENT)
    both = client.put(url, json=OTHER[path], headers={**ABSENT, "If-Match": "*"})
    tagged = client.put(url, json=NEW[path], headers={"If-None-Match": '"r1"'})

    assert made.status_code == 201
    assert (again.status_code, again.json()) == (200, made.json())
    assert again.headers["argmap-revision"] == made.headers["argmap-revision"]
    for refused in (other, both):
        assert (refused.status_code, refused.json()["code"]) == (412, "exists")
    assert (tagged.status_code, tagged.json()["parameter"]) == (400, "If-None-Match")
    assert client.get(url).json() == made.json()


@pytest.mark.parametrize("path", NEW)
def test_a_put_whose_answer_was_lost_is_sent_again_with_its_tag(
    client: TestClient, tram: str, path: str
) -> None:
    url = tram + (path or "-lost")
    first = client.put(url, json=OTHER[path]).headers["etag"]

    done, again = (
        client.put(url, json=NEW[path], headers={"If-Match": first}) for _ in range(2)
    )
    other = client.put(url, json=OTHER[path], headers={"If-Match": first})
    wrong = client.put(
        url, json={**NEW[path], "key": "elsewhere"}, headers={"If-Match": first}
    )

    assert done.headers["etag"] != first
    assert (again.status_code, again.content) == (200, done.content)
    for name in ("etag", "argmap-revision"):
        assert again.headers[name] == done.headers[name]
    assert (other.status_code, other.json()["code"]) == (412, "stale")
    assert wrong.status_code == 400
    assert client.get(url).json() == done.json()


def test_like_is_not_the_same(client: TestClient, tram: str) -> None:
    """Python takes true for 1; and who may see a map is no part of its history."""
    claim, body = f"{tram}/claims/new", {"text": "It is green."}
    client.put(claim, json=body)
    stale = {"If-Match": '"r0"'}

    client.put(claim, json={**body, "data": {"n": 1}}, headers={"If-Match": "*"})
    truth = client.put(claim, json={**body, "data": {"n": True}}, headers=stale)
    dangling = {**body, "passages": [{"source": "council", "passage": "gone"}]}
    invalid = client.put(claim, json=dangling, headers=stale)
    client.put(f"{tram}-seen", json={"title": "Seen"})
    shown = {"title": "Seen", "visibility": "public"}
    public = client.put(f"{tram}-seen", json=shown, headers=stale)

    assert [each.status_code for each in (truth, invalid, public)] == [412, 412, 412]


def test_a_post_that_writes_refuses_conditions_that_it_would_not_heed(
    client: TestClient, common: str
) -> None:
    add = {"operations": [{"op": "add", "claim": NEW["/claims/new"]}]}
    bodies = {"/claims": NEW["/claims/new"], "/changes": add, "/fork": {}}
    before = client.get(f"{common}/export.json").content

    for name in ("If-Match", "If-None-Match"):
        for path in (*bodies, "/changes/1/revert"):
            body, headers = bodies.get(path), {name: '"r1"'}
            refused = client.post(f"{common}{path}", json=body, headers=headers)

            assert (refused.status_code, refused.json()["code"]) == (
                400,
                "not-supported",
            ), path
            assert "the member `if`" in refused.json()["detail"]
    tried = client.post(f"{common}/what-if", json=add, headers={"If-Match": '"r0"'})
    assert tried.status_code == 200
    assert client.get(f"{common}/export.json").content == before


def test_tags_are_read_as_they_are_quoted() -> None:
    assert tags('"r4","a, b", W/"r5"') == ("r4", "a, b", 'W/"r5"')
    assert tags("*") == ("*",)
    assert tags(None) is None
    assert holds('"x, y", W/"r4"', '"r4"')
    assert holds('"r1" , "r4"', '"r4"')
    assert not holds('"r1, r4"', '"r4"')
    assert not holds("r4", '"r4"')


def test_minus_nought_is_nought(client: TestClient, tram: str) -> None:
    client.put(
        f"{tram}/claims/zero",
        content=b'{"text": "0", "base_score": -0.0}',
        headers={"Content-Type": "application/json"},
    )
    client.patch(
        f"{tram}/relations/r1",
        content=b'{"weight": -0.0}',
        headers={"Content-Type": "application/json", "If-Match": "*"},
    )
    nought = {"key": "a", "text": "a", "base_score": -0.0}
    file = {"format": "argmap/1", "map": {"key": "nought"}, "claims": [nought]}
    client.post("/api/v1/imports", json=file)

    texts = [
        client.get(f"{tram}/claims/zero").text,
        client.get(f"{tram}/relations/r1").text,
        client.get("/api/v1/maps/nought/claims/a").text,
    ]

    assert all(":0.0" in text and "-0" not in text for text in texts), texts


@pytest.mark.parametrize("charset", ["utf-16", "latin-1", "cp1252"])
def test_a_body_is_in_utf_8(client: TestClient, tram: str, charset: str) -> None:
    def post(name: str) -> int:
        headers = {"Content-Type": f"application/json; charset={name}"}
        body = b'{"text": "It is green."}'
        return client.post(f"{tram}/claims", content=body, headers=headers).status_code

    assert (post(charset), post("UTF-8"), post('"utf-8"')) == (415, 201, 201)


def test_a_body_is_not_compressed(client: TestClient, tram: str) -> None:
    def post(coding: str) -> int:
        headers = {"Content-Type": "application/json", "Content-Encoding": coding}
        body = b'{"text": "It is green."}'
        return client.post(f"{tram}/claims", content=body, headers=headers).status_code

    assert [post("gzip"), post("br"), post("Identity")] == [415, 415, 201]


def test_several_accept_lines_count_as_one(client: TestClient, tram: str) -> None:
    accept = [("Accept", "application/json"), ("Accept", "text/html")]

    answers = [client.get(tram, headers=lines) for lines in (accept, accept[::-1])]

    assert [answer.status_code for answer in answers] == [200, 200]


def test_a_title_is_not_blank(client: TestClient, tram: str) -> None:
    answer = client.patch(tram, json={"title": " \n"}, headers={"If-Match": "*"})
    operation = {
        "op": "replace",
        "map": tram.rpartition("/")[2],
        "set": {"title": "  "},
        "if": "*",
    }
    batch = client.post(f"{tram}/changes", json={"operations": [operation]})
    made = client.post("/api/v1/maps", json={"title": " "})

    assert (answer.status_code, answer.json()["pointer"]) == (400, "/title")
    assert batch.status_code == made.status_code == 400


def test_what_comes_and_goes_in_one_batch_makes_no_revision(
    client: TestClient, tram: str
) -> None:
    operations = [
        {"op": "add", "claim": {"key": "brief", "text": "Brief."}},
        {"op": "add", "source": {"key": "brief", "title": "Brief."}},
        {"op": "remove", "claim": "brief"},
        {"op": "remove", "source": "brief"},
    ]

    answer = client.post(f"{tram}/changes", json={"operations": operations})

    assert (answer.status_code, answer.json()["revision"]) == (200, 1)
    assert [item["rev"] for item in answer.json()["items"]] == [None] * 4
    assert len(client.get(f"{tram}/changes").json()["items"]) == 1


@pytest.mark.parametrize("path", ["/maps//claims", "/maps/tram//claims", "//maps"])
def test_an_empty_part_of_a_path_names_nothing(client: TestClient, path: str) -> None:
    client.put("/api/v1/maps/claims", json={})

    answer = client.get(f"/api/v1{path}")

    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


def test_a_code_has_one_title() -> None:
    titles: dict[str, set[str]] = {}

    def walk(kind: type[ArgmapError] | type[Refusal]) -> None:
        for each in kind.__subclasses__():
            titles.setdefault(each.code, set()).add(title(each))
            walk(each)

    walk(ArgmapError)
    walk(Refusal)

    assert {code: each for code, each in titles.items() if len(each) > 1} == {}


def test_problems_of_one_type_have_one_title(client: TestClient, common: str) -> None:
    answers = [
        client.get(f"{common}/claims?limit=many"),
        client.get(f"{common}/claims?cursor=x"),
        client.get(f"{common}/claims/Not%20A%20Key"),
        client.post(f"{common}/claims", json={"text": 7}),
    ]
    missing = [client.get("/nowhere"), client.get(f"{common}/claims/nobody")]

    for group, code in ((answers, "malformed"), (missing, "not-found")):
        problems = [answer.json() for answer in group]
        assert {problem["code"] for problem in problems} == {code}
        assert len({problem["title"] for problem in problems}) == 1


def test_no_increment_of_many_editors_is_lost(client: TestClient, tram: str) -> None:
    urls = [f"{tram}/claims/shared-{n}" for n in range(SHARED)]
    for url in urls:
        client.put(url, json={"text": "So many.", "data": {"n": 0}})

    def increment(editor: int) -> int:
        conflicts, url = 0, urls[editor % SHARED]
        for _ in range(INCREMENTS):
            while True:
                read = client.get(url)
                body = {"data": {"n": read.json()["data"]["n"] + 1}}
                tag = {"If-Match": read.headers["etag"]}
                status = client.patch(url, json=body, headers=tag).status_code
                if status == 200:
                    break
                assert status == 412
                conflicts += 1
        return conflicts

    with ThreadPoolExecutor(EDITORS) as editors:
        conflicts = sum(editors.map(increment, range(EDITORS)))

    counts = [client.get(url).json()["data"]["n"] for url in urls]
    assert counts == [EDITORS // SHARED * INCREMENTS] * SHARED
    assert client.get(tram).json()["revision"] == 1 + SHARED + EDITORS * INCREMENTS
    assert conflicts > 0
