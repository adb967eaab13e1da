"""Batches and the history."""

from typing import Any

from litestar.testing import TestClient

BATCH: list[dict[str, Any]] = [
    {"op": "add", "claim": {"key": "$noise", "text": "It is noisy."}},
    {
        "op": "add",
        "relation": {
            "key": "$r",
            "kind": "rebut",
            "premises": ["$noise"],
            "target": {"claim": "build"},
        },
    },
    {"op": "replace", "relation": "$r", "set": {"weight": 0.5}},
    {"op": "replace", "claim": "cost", "set": {"base_score": 0.25}, "if": "r1"},
    {"op": "remove", "claim": "loans", "cascade": True, "if": "*"},
    {"op": "move", "claim": "quiet", "before": "build"},
]


def test_a_batch_is_one_revision_and_names_its_items_in_order(
    client: TestClient, tram: str
) -> None:
    answer = client.post(f"{tram}/changes", json={"operations": BATCH, "message": "hi"})

    assert (answer.status_code, answer.headers["argmap-revision"]) == (200, "2")
    items = answer.json()["items"]
    relation = items[1]["key"]
    assert [(i["kind"], i["key"], i["rev"]) for i in items] == [
        ("claim", "it-is-noisy", 2),
        ("relation", relation, 2),
        ("relation", relation, 2),
        ("claim", "cost", 2),
        ("claim", "loans", None),
        ("claim", "quiet", 2),
    ]
    claims = [c["key"] for c in client.get(f"{tram}/claims").json()["items"]]
    assert claims == ["quiet", "build", "cost", "it-is-noisy"]
    added = client.get(f"{tram}/relations/{relation}").json()
    assert (added["premises"], added["weight"]) == (["it-is-noisy"], 0.5)


def test_a_batch_with_one_fault_changes_nothing_and_says_where(
    client: TestClient, tram: str
) -> None:
    wrong = {
        "op": "add",
        "relation": {
            "kind": "support",
            "premises": ["nobody", "quiet"],
            "target": {"claim": "nowhere"},
        },
    }

    answer = client.post(f"{tram}/changes", json={"operations": [*BATCH, wrong]})

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-map")
    assert {fault["pointer"] for fault in answer.json()["faults"]} == {
        "/operations/6/relation/premises/0",
        "/operations/6/relation/target/claim",
    }
    assert client.get(tram).json()["revision"] == 1


def test_what_exists_is_not_changed_in_a_batch_without_if(
    client: TestClient, tram: str
) -> None:
    for operation in (
        {"op": "replace", "claim": "cost", "set": {"base_score": 0.25}},
        {"op": "remove", "relation": "r1"},
        {"op": "replace", "map": tram.rpartition("/")[2], "set": {"title": "x"}},
        {"op": "remove", "passage": {"source": "council", "passage": "p1"}},
    ):
        batch = [{"op": "move", "claim": "cost"}, operation]
        answer = client.post(f"{tram}/changes", json={"operations": batch})
        assert answer.status_code == 428, operation
        assert answer.json()["pointer"] == "/operations/1"
        assert '"if": "r4"' in answer.json()["detail"]

    assert client.get(tram).json()["revision"] == 1


def test_a_stale_if_stops_the_whole_batch(client: TestClient, tram: str) -> None:
    client.patch(f"{tram}/claims/cost", json={"tags": ["x"]}, headers={"If-Match": "*"})

    answer = client.post(f"{tram}/changes", json={"operations": BATCH})

    assert answer.status_code == 412
    assert (answer.json()["key"], answer.json()["current"]) == ("cost", "r2")
    assert BATCH[int(answer.json()["pointer"].split("/")[2])]["claim"] == "cost"
    assert client.get(f"{tram}/claims/loans").status_code == 200


def test_the_history_tells_what_was_done_page_by_page(
    client: TestClient, tram: str
) -> None:
    client.post(f"{tram}/changes", json={"operations": BATCH, "message": "a batch"})
    client.post(f"{tram}/claims", json={"text": "Late."})

    first = client.get(f"{tram}/changes?limit=2")
    second = client.get(first.links["next"]["url"])

    found = first.json()["items"] + second.json()["items"]
    assert [change["revision"] for change in found] == [1, 2, 3]
    assert [change["message"] for change in found] == ["import", "a batch", ""]
    assert found[1]["operations"][0]["claim"]["key"] == "it-is-noisy"
    assert second.json()["next"] is None


def test_a_map_can_be_asked_for_as_of_a_revision(client: TestClient, tram: str) -> None:
    client.post(f"{tram}/changes", json={"operations": BATCH})

    then = client.get(f"{tram}/claims/cost?at=1")
    never = client.get(f"{tram}/claims/cost?at=3")

    assert (then.json()["base_score"], then.headers["etag"]) == (0.75, '"r1"')
    assert never.status_code == 404


def test_of_very_many_faults_a_hundred_are_listed_and_all_are_counted(
    client: TestClient, tram: str
) -> None:
    bad = {"op": "remove", "claim": "nobody"}

    answer = client.post(f"{tram}/changes", json={"operations": [bad] * 250})

    problem = answer.json()
    assert (answer.status_code, problem["fault_count"]) == (422, 250)
    assert [fault["pointer"] for fault in problem["faults"]] == [
        f"/operations/{index}/claim" for index in range(100)
    ]
