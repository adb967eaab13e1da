"""Rounds over HTTP, on the Japan–NATO map: what is dropped, adopted, taken back."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from litestar.testing import TestClient

import argmap
from argmap.api.app import create_app
from argmap.settings import Settings

MAP = "/api/v1/maps/japan-nato"
TARGET = "institutionalise-ties"
WEB, ALBANIA = "web-objection", "albania-answers-web"
_names = count(1)


@pytest.fixture(scope="module")
def japan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Serve the seed map."""
    path = tmp_path_factory.mktemp("rounds") / "argmap.db"
    settings = Settings(database_url=f"sqlite:///{path}")
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as client:
        body = argmap.seed("japan-nato").read_bytes()
        headers = {"Content-Type": "application/vnd.argmap+json"}
        made = client.post("/api/v1/imports", content=body, headers=headers)
        assert made.status_code == 201, made.text
        yield client


def begin(japan: TestClient, **values: Any) -> str:
    """Begin a round, and give its path."""
    body = {
        "key": f"final-{next(_names)}",
        "format": "policy",
        "targets": [TARGET],
        "rule": "df-quad",
    }
    made = japan.post(f"{MAP}/rounds", json=body | values)
    assert made.status_code == 201, made.text
    assert japan.get(made.headers["Location"]).json() == made.json()
    return str(made.headers["Location"])


def play(japan: TestClient, round: str, speech: str, action: str, **move: str) -> Any:
    body = {"speech": speech, "action": action, **move}
    made = japan.post(f"{round}/moves", json=body)
    assert made.status_code == 201, made.text
    return made.json()


def flow(japan: TestClient, round: str, after: str | None = None) -> Any:
    answer = japan.get(f"{round}/flow", params={"after": after} if after else None)
    assert answer.status_code == 200, answer.text
    return answer.json()


def statuses(found: Any) -> dict[str, str]:
    return {each["move"]: each["status"] for each in found["arguments"]}


def strength(found: Any) -> float:
    return float(found["targets"][TARGET]["strength"])


@pytest.fixture
def round(japan: TestClient) -> str:
    """Play three speeches of a policy round."""
    round = begin(japan)
    play(japan, round, "1AC", "introduce", relation="programme-gives-form")
    play(japan, round, "1AC", "introduce", relation="moment-calls-for-form")
    play(japan, round, "1NC", "introduce", relation=WEB)
    play(japan, round, "1NC", "introduce", relation="case-by-case-will-do")
    undercut = play(japan, round, "1NC", "answer", on="m1", text="It has no money.")
    assert undercut["key"] == "m5"
    play(japan, round, "2AC", "answer", relation=ALBANIA)
    return round


def test_dropped_are_attacks_without_reply_once_the_answering_speech_is_over(
    japan: TestClient, round: str
) -> None:
    constructive = statuses(flow(japan, round, "1NC"))
    assert constructive == {
        "m1": "answered",
        "m2": "dropped",
        "m3": "standing",
        "m4": "standing",
        "m5": "standing",
    }

    found = flow(japan, round, "2AC")
    assert statuses(found) == {
        "m1": "answered",
        "m2": "dropped",
        "m3": "answered",
        "m4": "dropped",
        "m5": "dropped",
        "m6": "standing",
    }
    answered = {each["move"]: each["answered_by"] for each in found["arguments"]}
    assert answered["m3"] == ["m6"]
    attacks = [each for each in found["arguments"] if each["side"] == "con"]
    for attack in attacks:
        is_over = attack["must_answer_in"] == "2AC"
        assert is_over
        assert (attack["status"] == "dropped") is (not attack["answered_by"])
    assert [(one["move"], one["must_answer_in"]) for one in found["next"]] == [
        ("m6", "1NR")
    ]


def test_the_targets_are_judged_after_each_speech(
    japan: TestClient, round: str
) -> None:
    found = flow(japan, round)

    course = {each["speech"]: each["targets"][TARGET] for each in found["course"]}
    assert list(course) == [None, "1AC", "1NC", "2AC"]
    assert course["1AC"]["strength"] > course[None]["strength"]
    assert course["1NC"]["strength"] < course["1AC"]["strength"]
    assert course["2AC"]["strength"] > course["1NC"]["strength"]
    assert found["targets"][TARGET] == course["2AC"]
    other = japan.get(f"{round}/flow?rule=quadratic-energy&option.margin=0.1").json()
    assert other["rule"] == "quadratic-energy"
    assert other["options"]["margin"] == 0.1


def test_what_to_answer_next_is_ranked_by_what_it_does(
    japan: TestClient, round: str
) -> None:
    found = flow(japan, round)["next"]

    assert {one["move"] for one in found} == {"m4", "m5", "m6"}
    effects = [one["effect"] for one in found]
    assert effects == sorted(effects, reverse=True)


def test_a_text_is_adopted_into_the_map_and_changes_no_strength(
    japan: TestClient,
) -> None:
    made = japan.post(f"{MAP}/fork", json={"key": f"copy-{next(_names)}"})
    copy = f"/api/v1/maps/{made.json()['key']}"
    body = {"format": "policy", "targets": [TARGET], "rule": "df-quad"}
    round = japan.post(f"{copy}/rounds", json=body).headers["Location"]
    assert round.endswith("/policy")
    play(japan, round, "1AC", "introduce", relation="programme-gives-form")
    play(japan, round, "1NC", "turn", on="m1", text="Its form is its weakness.")
    before = flow(japan, round)
    revision = japan.get(copy).json()["revision"]

    done = japan.post(f"{round}/moves/m2/adopt")

    assert done.status_code == 200, done.text
    assert done.headers["Argmap-Revision"] == str(revision + 1)
    move = done.json()
    relation = japan.get(f"{copy}/relations/{move['relation']}").json()
    assert relation["target"] == {"relation": "programme-gives-form"}
    (premise,) = relation["premises"]
    claim = japan.get(f"{copy}/claims/{premise}").json()
    assert claim["text"] == "Its form is its weakness."
    counter = japan.get(f"{copy}/relations/{move['counter']}").json()
    assert (counter["kind"], counter["target"]) == ("rebut", {"claim": TARGET})
    after = flow(japan, round)
    assert strength(after) == pytest.approx(strength(before), abs=1e-12)
    assert statuses(after) == statuses(before)
    message = japan.get(f"{copy}/changes").json()["items"][-1]["message"]
    assert message == "adopted from round policy: m2"
    again = japan.post(f"{round}/moves/m2/adopt")
    assert (again.status_code, again.json()["code"]) == (422, "already-said")

    japan.delete(
        f"{copy}/relations/{move['relation']}", headers={"If-Match": "*"}
    ).raise_for_status()
    assert statuses(flow(japan, round)) == {"m1": "standing", "m2": "gone"}


def test_the_last_move_is_taken_back_by_who_has_seen_it(
    japan: TestClient, round: str
) -> None:
    whole = japan.get(round)

    bare = japan.delete(f"{round}/moves")
    stale = japan.delete(f"{round}/moves", headers={"If-Match": '"r2"'})
    tag = {"If-Match": whole.headers["ETag"]}
    done = japan.delete(f"{round}/moves", headers=tag)

    assert (bare.status_code, stale.status_code) == (428, 412)
    assert stale.json()["current"] == whole.headers["ETag"].strip('"')
    assert done.status_code == 200
    assert done.json()["moves"] == whole.json()["moves"][:-1]
    assert done.json()["revision"] == whole.json()["revision"] + 1
    empty = begin(japan)
    nothing = japan.delete(f"{empty}/moves", headers={"If-Match": "*"})
    assert nothing.status_code == 404


def test_a_move_sent_twice_under_one_key_is_made_once(japan: TestClient) -> None:
    round = begin(japan)
    headers = {"Idempotency-Key": f"move-{round}"}
    body = {"speech": "1AC", "action": "introduce", "relation": "moment-calls-for-form"}

    one, two = (
        japan.post(f"{round}/moves", json=body, headers=headers) for _ in range(2)
    )

    assert (one.status_code, one.content) == (two.status_code, two.content)
    assert two.headers["Idempotency-Replayed"] == "true"
    assert one.headers["Location"] == f"{round}/moves/m1"
    assert japan.get(one.headers["Location"]).json() == one.json()
    assert japan.get(f"{round}/moves").json()["items"] == [one.json()]


def test_a_flow_that_the_client_has_is_304_until_someone_moves(
    japan: TestClient,
) -> None:
    round = begin(japan)
    one = japan.get(f"{round}/flow")
    have = {"If-None-Match": one.headers["ETag"]}

    again = japan.get(f"{round}/flow", headers=have)
    play(japan, round, "1AC", "introduce", relation="moment-calls-for-form")
    moved = japan.get(f"{round}/flow", headers=have)

    assert (again.status_code, moved.status_code) == (304, 200)


def test_a_flow_in_markdown_says_the_same(japan: TestClient, round: str) -> None:
    found = japan.get(f"{round}/flow.md?after=2AC")

    assert found.headers["content-type"] == "text/markdown; charset=utf-8"
    assert ", after 2AC\n" in found.text
    assert "- m3 1NC con, introduce: " in found.text
    assert (
        "\n  - m5 1NC con, answer: It has no money. — **dropped in 2AC**" in found.text
    )
    assert "1. m6, by con in 1NR" in found.text


def test_rounds_are_listed_by_key_and_go_with_their_map(japan: TestClient) -> None:
    key = japan.post(f"{MAP}/fork", json={"key": f"copy-{next(_names)}"}).json()["key"]
    copy = f"/api/v1/maps/{key}"
    revision = japan.get(copy).json()["revision"]
    for each in ("b", "a", "c"):
        body = {"key": each, "format": "lincoln-douglas"}
        assert japan.post(f"{copy}/rounds", json=body).status_code == 201

    page = japan.get(f"{copy}/rounds?limit=2&expand=count").json()
    rest = japan.get(f"{copy}/rounds?cursor={page['next']}").json()

    assert [each["key"] for each in (*page["items"], *rest["items"])] == ["a", "b", "c"]
    assert (page["count"], rest["next"]) == (3, None)
    assert japan.get(copy).json()["revision"] == revision
    assert japan.delete(f"{copy}/rounds/a").status_code == 428
    star = {"If-Match": "*"}
    assert japan.delete(f"{copy}/rounds/a", headers=star).status_code == 204
    assert japan.get(f"{copy}/rounds/a").status_code == 404
    assert japan.delete(copy, headers=star).status_code == 204
    assert japan.post("/api/v1/maps", json={"key": key}).status_code == 201
    assert japan.get(f"{copy}/rounds").json()["items"] == []


def test_formats_are_data_and_a_round_may_have_its_own(japan: TestClient) -> None:
    known = japan.get("/api/v1/round-formats").json()["items"]
    assert [each["name"] for each in known] == [
        "policy",
        "lincoln-douglas",
        "public-forum",
        "british-parliamentary",
        "world-schools",
    ]

    speeches = [
        {"key": "for", "side": "pro", "seconds": 60},
        {"key": "against", "side": "con", "seconds": 60},
    ]
    round = begin(japan, format="tea", speeches=speeches)
    play(japan, round, "for", "introduce", relation="moment-calls-for-form")
    assert statuses(flow(japan, round, "against")) == {"m1": "dropped"}


FIRST = {"speech": "1AC", "action": "introduce"}


@pytest.mark.parametrize(
    ("move", "status", "code", "pointer"),
    [
        (FIRST | {"relation": "none-such"}, 422, "unknown-relation", "/relation"),
        (FIRST | {"speech": "9AC", "text": "x"}, 422, "unknown-speech", "/speech"),
        (FIRST | {"relation": WEB}, 422, "wrong-side", "/relation"),
        (FIRST | {"relation": ALBANIA}, 422, "wrong-side", "/relation"),
        (FIRST | {"on": "m9", "text": "x"}, 422, "not-said", "/on"),
        (FIRST, 422, "bad-move", ""),
        (FIRST | {"action": "shout"}, 400, "malformed", "/action"),
        (FIRST | {"relation": 7}, 400, "malformed", "/relation"),
        (FIRST | {"key": "m7"}, 400, "malformed", "/key"),
    ],
)
def test_a_bad_move_is_a_problem_with_its_place(
    japan: TestClient, move: Any, status: int, code: str, pointer: str
) -> None:
    round = begin(japan)

    answer = japan.post(f"{round}/moves", json=move)

    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, problem["code"]) == (status, code)
    assert problem["pointer"] == pointer
    assert japan.get(f"{round}/moves").json()["items"] == []


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"format": "none-such"}, 404, "not-found"),
        ({"format": "policy", "rule": "none-such"}, 404, "not-found"),
        ({"format": "policy", "rule": "counting"}, 422, "invalid-parameters"),
        ({"format": "policy", "targets": ["nobody"]}, 422, "unknown-claim"),
        ({"format": "own", "speeches": []}, 400, "malformed"),
        ({}, 400, "malformed"),
    ],
)
def test_a_round_that_cannot_be_is_refused(
    japan: TestClient, body: Any, status: int, code: str
) -> None:
    answer = japan.post(f"{MAP}/rounds", json=body)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_what_is_not_there_is_404(japan: TestClient) -> None:
    round = begin(japan)

    assert japan.get(f"{MAP}/rounds/nobody").status_code == 404
    assert japan.get(f"{MAP}/rounds/nobody/flow").status_code == 404
    assert japan.get("/api/v1/maps/nobody/rounds").status_code == 404
    assert japan.get(f"{round}/moves/m1").status_code == 404
    assert japan.post(f"{round}/moves/m1/adopt").status_code == 404
    assert japan.get(f"{round}/flow?rule=counting").status_code == 422
    wrong = japan.get(f"{round}/flow?after=9AC")
    assert (wrong.status_code, wrong.json()["parameter"]) == (422, "after")
    taken = round.rpartition("/")[2]
    again = japan.post(f"{MAP}/rounds", json={"key": taken, "format": "policy"})
    assert again.status_code == 409
