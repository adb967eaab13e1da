"""Maps of one's own made of others, and claims that say the same made one."""

import pytest
from litestar.testing import TestClient

ANY = {"If-Match": "*"}


def test_a_fork_has_what_the_map_had_and_a_history_of_its_own(
    client: TestClient, tram: str
) -> None:
    client.delete(f"{tram}/claims/loans?cascade=true", headers=ANY)
    of = tram.rpartition("/")[2]

    answer = client.post(f"{tram}/fork", json={"key": f"{of}-mine", "at": 1})

    assert answer.status_code == 201, answer.text
    path = answer.headers["location"]
    assert path == f"/api/v1/maps/{of}-mine"
    assert (answer.headers["argmap-revision"], answer.headers["etag"]) == ("1", '"r1"')
    made = answer.json()
    assert (made["title"], made["visibility"]) == ("A tram?", "private")
    assert made["data"] == {"forked_from": {"map": of, "revision": 1}}
    theirs, mine = (client.get(f"{p}/export.json").json() for p in (f"{tram}", path))
    assert len(theirs["claims"]) == 3
    original = client.get(f"{tram}/export.json?at=1").json()
    for kind in ("sources", "claims", "relations"):
        assert mine[kind] == original[kind]
    (change,) = client.get(f"{path}/changes").json()["items"]
    assert (change["revision"], change["message"]) == (1, f"fork of {of} at revision 1")

    client.patch(f"{path}/claims/cost", json={"tags": ["x"]}, headers=ANY)
    assert client.get(f"{tram}/claims/cost").json()["tags"] == []


def test_a_fork_without_a_key_gets_one(client: TestClient, tram: str) -> None:
    titled = client.post(f"{tram}/fork", json={"title": "A tram, or two?"})
    plain = client.post(f"{tram}/fork", json={})

    assert titled.json()["key"] == "a-tram-or-two"
    assert titled.json()["title"] == "A tram, or two?"
    assert plain.json()["key"] == f"{tram.rpartition('/')[2]}-2"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"at": 2}, 404, "not-found"),
        ({"at": 0}, 404, "not-found"),
        ({"key": "Mine!"}, 400, "malformed"),
        ({"title": "a\u0000"}, 400, "malformed"),
        ({"revision": 1}, 400, "malformed"),
    ],
)
def test_a_fork_that_cannot_be_is_refused(
    client: TestClient, common: str, body: object, status: int, code: str
) -> None:
    answer = client.post(f"{common}/fork", json=body)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_no_fork_takes_the_place_of_a_map(client: TestClient, common: str) -> None:
    answer = client.post(f"{common}/fork", json={"key": common.rpartition("/")[2]})

    assert (answer.status_code, answer.json()["code"]) == (409, "already-exists")


@pytest.fixture
def twice(client: TestClient, tram: str) -> str:
    """Give the map a second claim that says what `cost` says."""
    client.post(
        f"{tram}/changes",
        json={
            "operations": [
                {"op": "add", "claim": {"key": "dear", "text": "Dear!", "tags": ["x"]}},
                {
                    "op": "add",
                    "relation": {
                        "key": "r4",
                        "kind": "rebut",
                        "premises": ["dear"],
                        "target": {"claim": "build"},
                    },
                },
                {
                    "op": "add",
                    "relation": {
                        "key": "r5",
                        "kind": "rebut",
                        "premises": ["loans"],
                        "target": {"claim": "dear"},
                    },
                },
            ]
        },
    )
    return tram


def test_a_merge_joins_two_claims_in_one_revision(
    client: TestClient, twice: str
) -> None:
    answer = client.post(
        f"{twice}/claims/dear/merge",
        json={"into": "cost"},
        headers={"If-Match": '"r2"'},
    )

    assert answer.status_code == 200, answer.text
    assert (answer.headers["argmap-revision"], answer.headers["etag"]) == ("3", '"r3"')
    claim = answer.json()["claim"]
    assert (claim["key"], claim["wordings"], claim["tags"]) == (
        "cost",
        ["Dear!"],
        ["x"],
    )
    assert claim["base_score"] == 0.75
    assert answer.json()["dropped"] == [{"relation": "r4", "same_as": "r1"}]
    relations = client.get(f"{twice}/relations").json()["items"]
    assert [(r["key"], r["premises"]) for r in relations] == [
        ("r1", ["cost"]),
        ("r2", ["quiet"]),
        ("r3", ["loans"]),
        ("r5", ["loans"]),
    ]
    assert client.get(f"{twice}/claims/dear").status_code == 404
    assert client.get(f"{twice}/relations/r5").json()["target"] == {"claim": "cost"}


def test_a_merge_can_be_reverted(client: TestClient, twice: str) -> None:
    before = client.get(f"{twice}/export.json").content
    client.post(f"{twice}/claims/dear/merge", json={"into": "cost"}, headers=ANY)

    assert client.post(f"{twice}/changes/3/revert").status_code == 200

    assert client.get(f"{twice}/export.json").content == before


@pytest.mark.parametrize(
    ("claim", "body", "headers", "status", "code"),
    [
        ("dear", {"into": "cost"}, {}, 428, "precondition-required"),
        ("dear", {"into": "cost"}, {"If-Match": '"r1"'}, 412, "stale"),
        ("dear", {"into": "nobody"}, ANY, 422, "unknown-claim"),
        ("dear", {"into": "dear"}, ANY, 400, "malformed"),
        ("dear", {"into": "loans"}, ANY, 422, "self-support"),
        ("nobody", {"into": "cost"}, ANY, 404, "not-found"),
    ],
)
def test_a_merge_that_cannot_be_changes_nothing(
    client: TestClient,
    twice: str,
    claim: str,
    body: object,
    headers: dict[str, str],
    status: int,
    code: str,
) -> None:
    answer = client.post(f"{twice}/claims/{claim}/merge", json=body, headers=headers)

    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (status, code), problem
    if status in (400, 422):
        assert problem["pointer"] == "/into"
    assert client.get(twice).json()["revision"] == 2
