"""What somebody who prepares a debate does, on the Japan–NATO map over HTTP."""

import pytest
from litestar.testing import TestClient

MAP = "/api/v1/maps/japan-nato"
TARGET = "nato-ties-insure-against-us-doubt"
RULES = ("quadratic-energy", "df-quad", "grounded", "preponderance")


def test_compare_rules(japan: TestClient) -> None:
    asked = {"rules": [{"rule": rule} for rule in RULES]}
    found = japan.post(f"{MAP}/evaluations", json=asked).json()
    results = {each["rule"]: each["evaluation"]["claims"] for each in found["results"]}
    parted = {each["claim"] for each in found["disagreement"]["claims"]}

    assert tuple(results) == RULES
    for claim in results["df-quad"]:
        verdicts = {results[rule][claim]["verdict"] for rule in RULES}
        assert (len(verdicts) > 1) is (claim in parted)
    assert len(found["disagreement"]["tau_b"]) == 6
    assert all(-1 <= pair["value"] <= 1 for pair in found["disagreement"]["tau_b"])


def test_what_if_changes_nothing(japan: TestClient) -> None:
    before = japan.get(MAP).headers["Argmap-Revision"]
    asked = {
        "operations": [{"op": "remove", "relation": "doubt-calls-for-insurance",
                        "cascade": True}],
        "rules": [{"rule": "quadratic-energy"}],
        "targets": [TARGET],
    }  # fmt: skip
    answer = japan.post(f"{MAP}/what-if", json=asked)
    (result,) = answer.json()["results"]
    one = result["targets"][TARGET]

    change = one["after"]["strength"] - one["before"]["strength"]
    assert one["delta"] == pytest.approx(change)
    assert one["delta"] < 0
    assert japan.get(MAP).headers["Argmap-Revision"] == before


def test_each_flip_turns_the_verdict_and_no_part_of_it_does(japan: TestClient) -> None:
    rule = {"rule": "quadratic-energy"}
    asked = {"target": TARGET, "to": "undecided", "allow": ["mute"],
             "max_operations": 3, "seconds": 20, **rule}  # fmt: skip
    found = japan.post(f"{MAP}/flips", json=asked).json()

    def verdict(operations: list[object]) -> str:
        body = {"operations": operations, "rules": [rule], "targets": [TARGET]}
        (result,) = japan.post(f"{MAP}/what-if", json=body).json()["results"]
        said: str = result["targets"][TARGET]["after"]["verdict"]
        return said

    assert found["flips"]
    for flip in found["flips"][:5]:
        operations = flip["operations"]
        assert verdict(operations) == "undecided"
        for out in range(len(operations)):
            assert verdict(operations[:out] + operations[out + 1 :]) == "accepted"


def test_why_down_to_the_articles(japan: TestClient) -> None:
    url = f"{MAP}/claims/{TARGET}/explanation?rule=quadratic-energy&method=removal"
    explained = japan.get(url).json()
    by_source = {s["key"]: s["value"] for s in explained["contributions"]["sources"]}
    lost = japan.get(f"{MAP}/dependence?by=source&target={TARGET}").json()["groups"]

    assert len(by_source) == 4
    for group in lost:
        delta = group["claims"][TARGET]["delta"]
        assert by_source[group["key"]] == pytest.approx(-delta, abs=1e-9)
    relation = explained["contributions"]["relations"][0]
    mute = {"op": "replace", "relation": relation["key"], "set": {"weight": 0}}
    body = {"operations": [mute], "rules": [{"rule": "quadratic-energy"}],
            "targets": [TARGET]}  # fmt: skip
    (result,) = japan.post(f"{MAP}/what-if", json=body).json()["results"]
    assert relation["value"] == pytest.approx(-result["targets"][TARGET]["delta"])


def test_changed_since(japan: TestClient) -> None:
    assert japan.post(f"{MAP}/fork", json={"key": "changed"}).status_code == 201
    copy = "/api/v1/maps/changed"
    first = japan.get(copy).headers["Argmap-Revision"]
    cut = {"op": "replace", "relation": "gaps-call-for-nato", "set": {"weight": 0},
           "if": "*"}  # fmt: skip
    made = japan.post(f"{copy}/changes", json={"operations": [cut]})
    last = made.headers["Argmap-Revision"]

    query = f"from={first}&to={last}&rule=quadratic-energy"
    diff = japan.get(f"{copy}/diff?{query}").json()
    moved = diff["claims"][TARGET]
    change = moved["after"]["strength"] - moved["before"]["strength"]
    (cause,) = diff["causes"]
    assert cause["deltas"][TARGET] == pytest.approx(change)
    assert change < 0


def test_every_gap_says_where_why_and_how_to_close_it(japan: TestClient) -> None:
    gaps = japan.get(f"{MAP}/gaps").json()["gaps"]

    for gap in gaps:
        assert gap["claim"] or gap["relation"] or gap["source"]
        assert gap["why"]
        assert gap["close"]["path"].startswith("/maps/japan-nato/")
        assert gap["close"]["method"] in ("POST", "PATCH")
    questions = {gap["question"] for gap in gaps if gap["kind"] == "unasked"}
    assert {"alternatives", "difference", "agreed"} <= questions
