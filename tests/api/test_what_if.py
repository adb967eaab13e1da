"""What-ifs tell of claims that are not there yet."""

from litestar.testing import TestClient


def test_a_what_if_tells_of_claims_that_it_adds_by_the_names_that_they_have_there(
    client: TestClient, common: str
) -> None:
    def rebut(key: str) -> list[object]:
        claim = {"key": key, "text": "Trams are late.", "base_score": 1}
        relation = {"kind": "rebut", "premises": [key], "target": {"claim": "build"}}
        return [{"op": "add", "claim": claim}, {"op": "add", "relation": relation}]

    body = {
        "operations": [*rebut("$late"), *rebut("late")],
        "rules": [{"rule": "df-quad"}],
        "targets": ["$late", "build", "late"],
    }
    answer = client.post(f"{common}/what-if", json=body).json()
    found = answer["results"][0]["targets"]
    gone = {"op": "remove", "claim": "late", "cascade": True}
    body["operations"] = [*rebut("late"), gone]
    without = client.post(f"{common}/what-if", json=body)
    flips = client.post(f"{common}/flips", json={"target": "$late", "to": "accepted"})

    assert list(found) == body["targets"]
    for name in ("$late", "late"):
        assert (found[name]["before"], found[name]["delta"]) == (None, None)
        assert found[name]["after"] == {"strength": 1.0, "verdict": "accepted"}
    assert found["build"]["delta"] < 0
    assert without.status_code == 422
    faults = [fault["pointer"] for fault in without.json()["faults"]]
    assert faults == ["/targets/0", "/targets/2"]
    assert (flips.status_code, flips.json()["pointer"]) == (400, "/target")
