"""Why, what if and what would turn it: the same answers as in Python, nothing saved."""

import json
from typing import Any

import msgspec
import pytest
from litestar.testing import TestClient

import argmap
from argmap.model import Map

JAPAN = "/api/v1/maps/japan-nato"
ANTAGONIZE = f"{JAPAN}/claims/closer-ties-antagonize-china/explanation"


@pytest.fixture(scope="module")
def japan(client: TestClient) -> Map:
    data = argmap.seed("japan-nato").read_bytes()
    assert (
        client.post(
            "/api/v1/imports?key=japan-nato",
            content=data,
            headers={"Content-Type": "application/json"},
        ).status_code
        == 201
    )
    return argmap.load(data)[0]


def as_json(answer: object, **other: Any) -> dict[str, Any]:
    return {**msgspec.json.decode(msgspec.json.encode(answer)), **other}


def test_story_8_contributions_go_down_to_passages_and_are_what_a_what_if_says(
    client: TestClient, japan: Map
) -> None:
    found = client.get(f"{ANTAGONIZE}?rule=df-quad&method=removal").json()

    for each in found["contributions"]["relations"]:
        if abs(each["value"]) < 1e-3:
            continue
        mute = {"op": "replace", "relation": each["key"], "set": {"weight": 0}}
        answer = client.post(
            f"{JAPAN}/what-if",
            json={
                "operations": [mute],
                "rules": [{"rule": "df-quad"}],
                "targets": ["closer-ties-antagonize-china"],
            },
        ).json()
        delta = answer["results"][0]["targets"]["closer-ties-antagonize-china"]["delta"]
        assert each["value"] == pytest.approx(-delta, abs=1e-12)
    assert {s["key"] for s in found["contributions"]["sources"]} == {*japan.sources}
    assert max(abs(s["value"]) for s in found["contributions"]["sources"]) > 0.01
    direct = {r["relation"]: r for r in found["relations"]}
    assert {*direct} == {
        r.key
        for r in japan.relations.values()
        if r.target.claim == "closer-ties-antagonize-china"
    }
    assert direct["wariness-feeds-antagonism"] == {
        "relation": "wariness-feeds-antagonism",
        "kind": "support",
        "strength": 0.25,
        "premises": [{"claim": "china-wary-of-nato-next-door", "strength": 0.5}],
        "undercut_by": [
            {
                "relation": "past-cooperation-tempers-wariness",
                "strength": 0.5,
            }
        ],
        "passages": [
            {
                "source": "time-looks-ripe",
                "passage": "p18b",
                "stance": "asserts",
                "attributed_to": None,
            }
        ],
    }


@pytest.mark.parametrize(
    ("rule", "method"),
    [
        ("df-quad", "gradient"),
        ("df-quad", "removal"),
        ("df-quad", "intrinsic-removal"),
        ("preponderance", "gradient"),
    ],
)
def test_an_explanation_is_that_of_the_library(
    client: TestClient, japan: Map, rule: str, method: Any
) -> None:
    claim = "closer-ties-antagonize-china"
    found = client.get(f"{ANTAGONIZE}?rule={rule}&method={method}&option.margin=0.1")

    expected = argmap.explain(
        japan, claim, rule, method=method, options={"margin": 0.1}
    )
    assert found.json() == as_json(expected, revision=1)
    assert found.headers["Argmap-Revision"] == "1"
    again = client.get(
        f"{ANTAGONIZE}?rule={rule}&method={method}&option.margin=0.1",
        headers={"If-None-Match": found.headers["ETag"]},
    )
    assert (again.status_code, again.content) == (304, b"")


def test_an_explanation_says_what_it_follows_from(
    client: TestClient, japan: Map
) -> None:
    found = client.get(f"{ANTAGONIZE}?rule=quadratic-energy&param.k=2").json()
    evaluation = client.get(
        f"{JAPAN}/evaluations?rule=quadratic-energy&param.k=2"
    ).json()

    for name in (
        "map",
        "revision",
        "rule",
        "rule_version",
        "rule_digest",
        "parameters",
    ):
        assert found[name] == evaluation[name]
    assert found["options"] == evaluation["options"]
    assert found["input_hash"] == evaluation["input_hash"]
    claim = evaluation["claims"]["closer-ties-antagonize-china"]
    assert {name: found[name] for name in ("strength", "verdict", "base")} == {
        name: claim[name] for name in ("strength", "verdict", "base")
    }
    assert japan.key == found["map"]


def test_a_label_is_explained_by_what_stands_against_it(
    client: TestClient, japan: Map
) -> None:
    assert japan
    found = client.get(f"{ANTAGONIZE}?rule=grounded").json()

    assert found["defence"] is None
    assert found["unanswered"] == {
        "relation": "open-tasks-answer-antagonism",
        "claims": ["modest-tasks-build-trust"],
        "defence": {
            "claims": ["nato-and-china-have-cooperated"],
            "relations": ["piracy-shows-trust-grows"],
        },
    }


def test_story_4_a_what_if_gives_before_after_and_delta_and_saves_nothing(
    client: TestClient, common: str
) -> None:
    before = client.get(common).json()
    answer = client.post(
        f"{common}/what-if",
        json={
            "operations": [
                {"op": "remove", "relation": "r1", "cascade": True},
                {"op": "remove", "claim": "cost"},
            ],
            "rules": [{"rule": "df-quad"}, {"rule": "grounded"}],
            "targets": ["build", "cost"],
        },
    )

    assert answer.status_code == 200, answer.text
    assert answer.headers["Argmap-Revision"] == "1"
    quad, grounded = answer.json()["results"]
    assert quad["targets"]["cost"] == {
        "before": {"strength": 0.75, "verdict": "accepted"},
        "after": None,
        "delta": None,
    }
    build = quad["targets"]["build"]
    assert build["after"] == {"strength": 0.75, "verdict": "accepted"}
    assert build["delta"] == pytest.approx(0.75 - build["before"]["strength"])
    assert grounded["targets"]["build"]["after"]["verdict"] == "accepted"
    assert (
        quad["input_hash"]
        == client.get(f"{common}/evaluations?rule=df-quad").json()["input_hash"]
    )
    assert client.get(common).json() == before


def test_a_rule_that_fails_in_a_what_if_fails_alone(
    client: TestClient, common: str
) -> None:
    answer = client.post(
        f"{common}/what-if",
        json={
            "operations": [{"op": "replace", "relation": "r1", "set": {"weight": 0}}],
            "rules": [
                {"rule": "nothing"},
                {"rule": "df-quad", "parameters": {"k": "1"}},
                {"rule": "df-quad"},
            ],
        },
    ).json()
    nothing, wrong, good = answer["results"]

    assert (nothing["rule"], nothing["targets"]) == ("nothing", None)
    assert (nothing["problem"]["code"], nothing["problem"]["status"]) == (
        "not-found",
        404,
    )
    assert wrong["problem"]["pointer"] == "/rules/1/parameters/k"
    assert good["problem"] is None
    assert list(good["targets"]) == ["build"]


@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        ({"operations": []}, 400, "/operations"),
        (
            {"operations": [{"op": "remove", "claim": "gone"}]},
            422,
            "/operations/0/claim",
        ),
        (
            {
                "operations": [{"op": "remove", "relation": "r1", "cascade": True}],
                "targets": ["build", "gone"],
            },
            422,
            "/targets/1",
        ),
        (
            {"operations": [{"op": "replace", "claim": "cost", "set": {"text": 1}}]},
            400,
            "/operations/0/set/text",
        ),
    ],
)
def test_a_what_if_that_cannot_be_is_refused_with_its_place(
    client: TestClient, common: str, body: object, status: int, pointer: str
) -> None:
    answer = client.post(f"{common}/what-if", json=body)

    assert answer.status_code == status, answer.text
    assert answer.json()["pointer"] == pointer


def atomic(operations: list[Any]) -> list[list[Any]]:
    """Take operations apart; a rebuttal is a claim and a relation."""
    changes: list[list[Any]] = []
    for operation in operations:
        if operation["op"] == "add" and "relation" in operation:
            changes[-1].append(operation)
        else:
            changes.append([operation])
    return changes


def test_story_5_each_flip_turns_the_verdict_and_no_part_of_it_does(
    client: TestClient, common: str
) -> None:
    def verdict(operations: list[Any]) -> str:
        answer = client.post(
            f"{common}/what-if",
            json={
                "operations": operations,
                "rules": [{"rule": "df-quad"}],
                "targets": ["build"],
            },
        )
        assert answer.status_code == 200, answer.text
        after = answer.json()["results"][0]["targets"]["build"]["after"]
        return str(after["verdict"])

    asked = {"target": "build", "to": "rejected", "rule": "df-quad"}
    answer = client.post(f"{common}/flips", json=asked)
    assert answer.status_code == 200, answer.text
    found = answer.json()

    assert found["before"]["verdict"] == "accepted"
    assert found["complete"]
    assert found["flips"]
    assert found["searched"] > len(found["flips"])
    for flip in found["flips"]:
        assert flip["after"]["verdict"] == "rejected"
        assert verdict(flip["operations"]) == "rejected"
        changes = atomic(flip["operations"])
        for left_out in changes if len(changes) > 1 else []:
            part = [o for each in changes if each is not left_out for o in each]
            assert verdict(part) != "rejected"
    assert client.get(common).json()["revision"] == 1


def test_flips_are_those_of_the_library(client: TestClient, japan: Map) -> None:
    target = "closer-ties-antagonize-china"
    answer = client.post(
        f"{JAPAN}/flips",
        json={
            "target": target,
            "to": "undecided",
            "rule": "df-quad",
            "allow": ["mute", "base-score"],
            "max_operations": 1,
        },
    )

    expected = argmap.flips(
        japan,
        target,
        to="undecided",
        rule="df-quad",
        allow=["mute", "base-score"],
        max_operations=1,
    )
    assert answer.json() == as_json(expected, revision=1)


@pytest.mark.parametrize(
    ("more", "status", "pointer"),
    [
        ({"to": "maybe"}, 400, "/to"),
        ({"allow": []}, 400, "/allow"),
        ({"seconds": 0}, 400, "/seconds"),
        ({"seconds": 1000}, 400, "/seconds"),
        ({"max_operations": 1000}, 400, "/max_operations"),
        ({"parameters": {"k": 0.5}}, 422, "/parameters/k"),
        ({"rule": "counting"}, 422, "/rule"),
    ],
)
def test_what_cannot_be_searched_is_refused_with_its_place(
    client: TestClient, common: str, more: dict[str, Any], status: int, pointer: str
) -> None:
    body = {"target": "build", "to": "rejected", "rule": "df-quad", **more}
    answer = client.post(f"{common}/flips", json=body)

    assert answer.status_code == status, answer.text
    assert answer.json()["pointer"] == pointer


def test_what_is_not_there_is_not_found(client: TestClient, common: str) -> None:
    flips = {"target": "gone", "to": "rejected"}
    assert client.post(f"{common}/flips", json=flips).status_code == 404
    for path in ("claims/gone/explanation", "claims/build/explanation?rule=nothing"):
        assert client.get(f"{common}/{path}").status_code == 404
    wrong = client.get(f"{common}/claims/build/explanation?method=guess")
    assert (wrong.status_code, wrong.json()["parameter"]) == (400, "method")
    earlier = client.get(f"{common}/claims/build/explanation?at=1")
    assert json.loads(earlier.content)["revision"] == 1


def test_a_sample_is_drawn_as_it_is_asked_for(client: TestClient, japan: Map) -> None:
    claim = "closer-ties-raise-conflict-risk"
    path = f"{JAPAN}/claims/{claim}/explanation?rule=df-quad&method=shapley"
    first, again, other, more = (
        client.get(f"{path}&seed={seed}&permutations={count}")
        for seed, count in ((7, 8), (7, 8), (8, 8), (7, 10))
    )
    drawn = [(a.json()["seed"], a.json()["permutations"]) for a in (first, other, more)]
    values = {a.text.partition('"contributions"')[2] for a in (first, other, more)}

    assert first.content == again.content
    assert drawn == [(7, 8), (8, 8), (7, 10)]
    assert len(values) == 3
    assert first.json() == as_json(
        argmap.explain(
            japan, claim, "df-quad", method="shapley", seed=7, permutations=8
        ),
        revision=1,
    )
    removal = client.get(f"{JAPAN}/claims/{claim}/explanation?seed=7").json()
    assert (removal["seed"], removal["permutations"]) == (None, None)


@pytest.mark.parametrize(
    "query", ["seed=-1", "seed=9007199254740992", "permutations=3", "permutations=1e3"]
)
def test_a_sample_has_its_bounds(client: TestClient, common: str, query: str) -> None:
    answer = client.get(f"{common}/claims/build/explanation?method=shapley&{query}")

    assert answer.status_code == 400
    assert answer.json()["parameter"] == query.partition("=")[0]
