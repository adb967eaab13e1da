"""Debate answers over HTTP: what who prepares a debate asks of the Japan–NATO map."""

from typing import Any

import pytest
from litestar.testing import TestClient

import argmap
from argmap.api.app import create_app
from argmap.settings import Settings

MAP = "/api/v1/maps/japan-nato"
TARGET = "institutionalise-ties"
RULES = ("quadratic-energy", "df-quad", "grounded")


@pytest.fixture(scope="module")
def japan(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    """Serve the seed map; nobody here changes it."""
    path = tmp_path_factory.mktemp("japan") / "argmap.db"
    settings = Settings(database_url=f"sqlite:///{path}")
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as client:
        made = client.post(
            "/api/v1/imports", content=argmap.seed("japan-nato").read_bytes(),
            headers={"Content-Type": "application/vnd.argmap+json"},
        )  # fmt: skip
        assert made.status_code == 201, made.text
        yield client


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("side", ["pro", "con"])
def test_brief_me(japan: TestClient, side: str, rule: str) -> None:
    url = f"{MAP}/claims/{TARGET}/brief?side={side}&rule={rule}&minutes=8"
    answer = japan.get(url)
    brief = answer.json()

    assert answer.status_code == 200
    assert (brief["map"], brief["rule"], brief["side"]) == ("japan-nato", rule, side)
    added = [round(argument["contribution"], 12) for argument in brief["case"]]
    assert added == sorted(added, reverse=True)
    assert side == "con" or all(argument["citations"] for argument in brief["case"])
    for argument in brief["case"]:
        assert {c["stance"] for c in argument["citations"]} <= {"asserts", "concedes"}
        assert {c["stance"] for c in argument["not_cited"]} <= {"reports", "rejects"}
    for attack in brief["expected"]:
        stands = any(a["status"] == "standing" for a in attack["answered_by"])
        assert attack["unanswered"] is not stands
    assert brief["plan"]["seconds"] <= 8 * 60
    named = {one["rule"] for one in brief["disagreement"]}
    assert {"df-quad", "grounded", "corroboration", "preferred"} <= named


def test_asking_again_gives_the_same_bytes_and_304_to_who_has_them(
    japan: TestClient,
) -> None:
    url = f"{MAP}/claims/{TARGET}/brief?side=con"
    once = japan.get(url)

    assert japan.get(url).content == once.content
    again = japan.get(url, headers={"If-None-Match": once.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_brief_in_markdown_says_the_same(japan: TestClient) -> None:
    url = f"{MAP}/claims/closer-ties-antagonize-china/brief"
    brief = japan.get(f"{url}?side=con").json()
    text = japan.get(f"{url}.md?side=con")

    assert text.headers["content-type"] == "text/markdown; charset=utf-8"
    assert text.text.startswith(f"# The case against: {brief['text']}")
    for attack in brief["expected"]:
        assert attack["relation"] in text.text


@pytest.mark.parametrize(
    ("query", "status", "parameter"),
    [
        ("", 400, "side"),
        ("side=both", 400, "side"),
        ("side=pro&minutes=0", 400, "minutes"),
        ("side=pro&rule=counting", 422, "rule"),
        ("side=pro&rule=none-such", 404, None),
        ("side=pro&rules=none-such", 404, None),
    ],
)
def test_a_brief_that_cannot_be_is_refused(
    japan: TestClient, query: str, status: int, parameter: str | None
) -> None:
    answer = japan.get(f"{MAP}/claims/{TARGET}/brief?{query}")

    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json().get("parameter") == parameter


def test_no_such_claim_is_404(japan: TestClient) -> None:
    for path in ("brief?side=pro", "crux"):
        assert japan.get(f"{MAP}/claims/nobody/{path}").status_code == 404


def test_gaps_come_in_parts_that_make_the_whole(japan: TestClient) -> None:
    url = f"{MAP}/gaps?rule=quadratic-energy"
    whole = japan.get(url)
    parts, more = list[Any](), f"{url}&limit=300"
    while more:
        answer = japan.get(more)
        parts.append(answer.json())
        more = answer.links["next"]["url"] if answer.links else ""

    assert "next" not in whole.json()
    assert not whole.links
    assert [gap for part in parts for gap in part["gaps"]] == whole.json()["gaps"]
    assert [len(part["gaps"]) for part in parts[:-1]] == [300] * (len(parts) - 1)
    assert parts[-1]["next"] is None
    assert len(parts) > 2


def test_gaps_come_with_the_call_that_closes_them(japan: TestClient) -> None:
    gaps = japan.get(f"{MAP}/gaps?rule=quadratic-energy").json()["gaps"]

    assert {"unanswered", "unsourced", "one-sided"} <= {gap["kind"] for gap in gaps}
    one = next(gap for gap in gaps if gap["kind"] == "unanswered")
    body = one["close"]["body"]
    body["operations"][0]["claim"]["text"] = "That is not so."
    fork = japan.post(f"{MAP}/fork", json={"key": "copy"})
    assert fork.status_code == 201, fork.text
    path = one["close"]["path"].replace("japan-nato", "copy")
    assert japan.post(f"/api/v1{path}", json=body).status_code == 200
    left = japan.get("/api/v1/maps/copy/gaps?rule=quadratic-energy").json()["gaps"]
    assert (one["kind"], one["relation"]) not in {
        (gap["kind"], gap["relation"]) for gap in left
    }


@pytest.mark.parametrize("path", ["lines", "dependence"])
def test_a_target_that_cannot_be_watched_is_blamed_on_its_parameter(
    client: TestClient, tram: str, path: str
) -> None:
    client.post("/api/v1/maps", json={"key": "aimless", "title": "Of no target"})

    unknown = client.get(f"{tram}/{path}?target=nobody").json()
    none = client.get(f"/api/v1/maps/aimless/{path}").json()

    assert (unknown["code"], unknown["parameter"]) == ("unknown-claim", "target")
    assert (none["code"], none["parameter"]) == ("malformed", "target")


def test_lines_lead_from_evidence_to_every_target(japan: TestClient) -> None:
    found = japan.get(f"{MAP}/lines").json()["claims"]
    targets = japan.get(MAP).json()["targets"]

    assert [each["claim"] for each in found] == targets
    for each in found:
        for line in (*each["pro"], *each["con"]):
            assert line["links"][0]["claim"] == line["evidence"]
            assert line["weakest"] in {link["relation"] for link in line["links"]}


def test_cruxes_help_one_side_and_hurt_the_other(japan: TestClient) -> None:
    cruxes = japan.get(f"{MAP}/claims/closer-cooperation/crux").json()["cruxes"]

    assert cruxes
    assert all(each["pro"] * each["con"] < 0 for each in cruxes)
    sizes = [each["size"] for each in cruxes]
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize(("by", "count"), [("source", 4), ("speaker", 1), ("tag", 5)])
def test_dependence_says_what_each_verdict_would_be_without(
    japan: TestClient, by: str, count: int
) -> None:
    answer = japan.get(f"{MAP}/dependence?by={by}").json()

    assert len(answer["groups"]) >= count
    for group in answer["groups"]:
        for claim, loss in group["claims"].items():
            before = answer["before"][claim]
            assert loss["delta"] == pytest.approx(
                loss["after"]["strength"] - before["strength"]
            )
            assert loss["turns"] is (loss["after"]["verdict"] != before["verdict"])
