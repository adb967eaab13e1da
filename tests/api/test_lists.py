"""Lists: which items, in which order, with what in them."""

from typing import Any

import pytest
from litestar.testing import TestClient

MAPS = "/api/v1/maps"


@pytest.fixture(scope="module")
def many(client: TestClient) -> str:
    url = f"{MAPS}/many"
    client.put(url, json={})
    source = {"key": "paper", "title": "A newspaper", "text": "So it is."}
    client.post(f"{url}/sources", json=source)
    span = {"key": "p1", "spans": [{"start": 0, "end": 2}]}
    client.post(f"{url}/sources/paper/passages", json=span)
    for n in range(12):
        claim: dict[str, Any] = {
            "key": f"c{n}",
            "text": f"Number {n}.",
            "kind": "fact" if n % 2 else "value",
            "tags": [f"mod-{n % 3}"],
            "speaker": "Ada" if n < 6 else None,
            "base_score": (n * 5 % 12) / 12,
        }
        if n % 4 == 0:
            claim["passages"] = [{"source": "paper", "passage": "p1"}]
        made = client.put(f"{url}/claims/c{n}", json=claim)
        assert made.status_code == 201, made.text
    return url


def keys(client: TestClient, url: str) -> list[str]:
    answer = client.get(url)
    assert answer.status_code == 200, answer.text
    return [claim["key"] for claim in answer.json()["items"]]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("kind=fact", [1, 3, 5, 7, 9, 11]),
        ("tag=mod-2", [2, 5, 8, 11]),
        ("speaker=Ada", [0, 1, 2, 3, 4, 5]),
        ("source=paper", [0, 4, 8]),
        ("kind=value&tag=mod-2&speaker=Ada", [2]),
        ("source=paper&kind=fact", []),
        ("tag=mod-3", []),
        ("q=number+1", [1]),
        ("q=NUMB&kind=value&tag=mod-2", [2, 8]),
        ("q=%22NEAR(", []),
    ],
)
def test_claims_are_listed_that_are_as_they_have_to_be(
    client: TestClient, many: str, query: str, numbers: list[int]
) -> None:
    answer = client.get(f"{many}/claims?{query}&expand=count").json()

    assert [claim["key"] for claim in answer["items"]] == [f"c{n}" for n in numbers]
    assert answer["count"] == len(numbers)


def test_claims_are_sorted_by_strength_under_a_rule(
    client: TestClient, many: str
) -> None:
    strongest = keys(client, f"{many}/claims?sort=-strength&rule=df-quad")
    weakest = keys(client, f"{many}/claims?sort=strength")

    by_base = sorted(range(12), key=lambda n: n * 5 % 12)
    assert weakest == [f"c{n}" for n in by_base]
    assert strongest == weakest[::-1]


def test_pages_of_a_choice_make_up_the_whole_of_it(
    client: TestClient, many: str
) -> None:
    chosen = f"{many}/claims?kind=fact&sort=-strength"
    whole, found, next_ = keys(client, chosen), list[str](), f"{chosen}&limit=4"
    while next_:
        page = client.get(next_)
        found += [claim["key"] for claim in page.json()["items"]]
        next_ = page.links.get("next", {}).get("url")

    assert found == whole
    assert len(whole) == 6


def test_a_cursor_is_of_one_revision_of_one_map(
    client: TestClient, tram: str, common: str
) -> None:
    client.post(f"{tram}/claims", json={"text": "Late."})
    for path in ("claims", "evaluations", "gaps", "claims/build/tree"):
        size = "children" if "tree" in path else "limit"
        first = client.get(f"{tram}/{path}?{size}=1")
        on = first.json().get("next") or first.json()["root"]["next"]
        again = f"{path}?{size}=1&cursor={on}"

        earlier = client.get(f"{tram}/{again}&at=1")
        foreign = client.get(f"{common}/{again}")

        assert client.get(f"{tram}/{again}&at=2").status_code == 200, path
        for answer in (earlier, foreign):
            assert (answer.status_code, answer.json()["parameter"]) == (400, "cursor")
        assert "of revision 1, but of 2" in earlier.json()["detail"]


@pytest.mark.parametrize("path", ["changes", "rounds"])
def test_a_cursor_of_what_is_beside_a_map_is_of_that_map(
    client: TestClient, tram: str, common: str, path: str
) -> None:
    for number in (1, 2):
        client.post(f"{tram}/claims", json={"text": f"Number {number}."})
        made = {
            "key": f"round-{number}",
            "format": "public-forum",
            "targets": ["build"],
        }
        client.post(f"{tram}/rounds", json=made)
    on = client.get(f"{tram}/{path}?limit=1").json()["next"]

    assert client.get(f"{tram}/{path}?cursor={on}").status_code == 200
    foreign = client.get(f"{common}/{path}?cursor={on}")

    assert (foreign.status_code, foreign.json()["parameter"]) == (400, "cursor")


def test_a_cursor_is_of_the_choice_that_it_was_made_for(
    client: TestClient, many: str
) -> None:
    first = client.get(f"{many}/claims?kind=fact&limit=2").json()

    others = [
        client.get(f"{many}/claims?limit=2&cursor={first['next']}"),
        client.get(f"{many}/claims?kind=value&limit=2&cursor={first['next']}"),
        client.get(f"{many}/claims?kind=fact&sort=strength&cursor={first['next']}"),
    ]

    assert {(a.status_code, a.json()["parameter"]) for a in others} == {(400, "cursor")}


def test_under_a_rule_claims_say_what_they_are_worth(
    client: TestClient, common: str
) -> None:
    url = f"{common}/claims?rule=df-quad"
    claims = client.get(url).json()["items"]
    evaluation = client.get(f"{common}/evaluations?rule=df-quad").json()["claims"]
    plain = client.get(f"{common}/claims").json()["items"]
    strict = client.get(f"{url}&option.threshold=0.9&option.margin=0").json()["items"]

    for claim in claims:
        expected = evaluation[claim["key"]]
        for name in ("strength", "rank", "verdict"):
            assert claim[name] == expected[name]
    assert not {"strength", "rank", "verdict"} & plain[0].keys()
    assert {claim["verdict"] for claim in strict} == {"rejected"}


def test_a_rule_that_is_not_there_or_gives_no_answer_is_told(
    client: TestClient, common: str
) -> None:
    nobody = client.get(f"{common}/claims?rule=nobody")
    wrong = client.get(f"{common}/claims?rule=df-quad&param.k=x")

    assert (nobody.status_code, wrong.status_code) == (404, 422)
    assert wrong.json()["parameter"] == "param.k"


@pytest.mark.parametrize(
    "path",
    [
        "claims",
        "claims/build",
        "relations",
        "relations/r1",
        "sources",
        "sources/council",
        "sources/council/passages",
        "sources/council/passages/p1",
        "",
        "changes",
    ],
)
def test_only_the_members_that_are_asked_for_are_given(
    client: TestClient, common: str, path: str
) -> None:
    url = f"{common}/{path}".rstrip("/")
    whole = client.get(url).json()
    whole = whole.get("items", [whole])
    name = next(name for name in whole[0] if name not in ("key", "revision"))
    first = "revision" if path == "changes" else "key"

    some = client.get(f"{url}?fields={name},{first}").json()
    wrong = client.get(f"{url}?fields={first},colour")

    some = some.get("items", [some])
    assert some == [{name: each[name], first: each[first]} for each in whole]
    assert (wrong.status_code, wrong.json()["parameter"]) == (400, "fields")
    assert "colour" in wrong.json()["detail"]


def test_a_list_is_counted_when_asked(client: TestClient, common: str) -> None:
    counts = {
        path: client.get(f"{common}/{path}?expand=count&limit=1").json()["count"]
        for path in ("claims", "relations", "sources", "sources/council/passages")
    }
    lists = [client.get(f"{url}?limit=1").json() for url in (MAPS, f"{common}/claims")]
    maps = client.get(f"{MAPS}?expand=count&limit=1").json()["count"]
    changes = client.get(f"{common}/changes?expand=count").json()["count"]

    assert list(counts.values()) == [4, 3, 1, 1]
    assert not any("count" in each for each in lists)
    assert maps == len(client.get(f"{MAPS}?limit=500").json()["items"])
    assert changes == 1
