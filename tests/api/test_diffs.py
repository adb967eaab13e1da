"""Changed since? Operations, strengths before and after, and which did what."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from litestar.testing import TestClient

from argmap.api.app import create_app
from argmap.cli import main
from argmap.settings import Settings

ANY = {"If-Match": "*"}


@pytest.fixture
def edited(client: TestClient, tram: str) -> str:
    """Change a map three times: a text, a weight, and a claim that goes."""
    client.patch(f"{tram}/claims/cost", json={"text": "Too dear."}, headers=ANY)
    client.patch(f"{tram}/relations/r1", json={"weight": 0.5}, headers=ANY)
    client.delete(f"{tram}/claims/loans?cascade=true", headers=ANY)
    return tram


def test_changed_since_says_what_was_done_and_which_did_what(
    client: TestClient, edited: str
) -> None:
    found = client.get(f"{edited}/diff?from=1&to=4&rule=df-quad").json()

    assert (found["from"], found["to"], found["revision"]) == (1, 4, 4)
    assert [op["op"] for op in found["operations"]] == [
        "replace",
        "replace",
        "remove",
        "remove",
    ]
    before = client.get(f"{edited}/evaluations?rule=df-quad&at=1").json()
    after = client.get(f"{edited}/evaluations?rule=df-quad").json()
    assert found["input_hash_before"] == before["input_hash"]
    assert found["input_hash"] == after["input_hash"]
    assert found["rule_digest"] == after["rule_digest"]
    assert found["claims"].keys() == {"build", "loans"}
    build = found["claims"]["build"]
    for when, evaluation in (("before", before), ("after", after)):
        claim = evaluation["claims"]["build"]
        assert build[when] == {
            "strength": claim["strength"],
            "verdict": claim["verdict"],
        }
    assert found["claims"]["loans"]["after"] is None
    deltas = [(c["revision"], sorted(c["deltas"])) for c in found["causes"]]
    assert deltas == [(2, []), (3, ["build"]), (4, ["build"]), (4, ["loans"])]
    total = sum(cause["deltas"].get("build", 0) for cause in found["causes"])
    assert total == build["delta"]


def test_without_revisions_it_is_the_last_change(
    client: TestClient, edited: str
) -> None:
    last = client.get(f"{edited}/diff").json()
    second = client.get(f"{edited}/diff?to=3").json()
    since = client.get(f"{edited}/diff?from=3").json()

    assert (last["from"], last["to"]) == (3, 4)
    assert (second["from"], second["to"]) == (2, 3)
    assert since == last


def test_before_its_first_revision_a_map_is_empty(
    client: TestClient, tram: str
) -> None:
    found = client.get(f"{tram}/diff").json()

    assert (found["from"], found["to"]) == (0, 1)
    assert {each["before"] for each in found["claims"].values()} == {None}
    assert len(found["claims"]) == 4
    same = client.get(f"{tram}/diff?from=1&to=1").json()
    assert (same["operations"], same["claims"], same["causes"]) == ([], {}, [])


def test_a_map_that_is_made_anew_has_no_revisions_but_its_own(
    client: TestClient, tram: str
) -> None:
    key = tram.rpartition("/")[2]
    file = client.get(f"{tram}/export.json").json()
    client.delete(tram, headers={"If-Match": "*"})
    made = client.post(f"/api/v1/imports?key={key}", json=file)

    assert made.headers["Argmap-Revision"] == "2"
    for at in (1, 999):
        gone = client.get(f"{tram}/claims?at={at}").json()
        assert (gone["status"], gone["key"]) == (404, f"{key}@{at}")
    found = client.get(f"{tram}/diff?from=0").json()
    assert (found["from"], found["to"], len(found["claims"])) == (0, 2, 4)
    assert found["operations"] == client.get(f"{tram}/diff?from=1").json()["operations"]


def test_parameters_and_options_are_read_as_everywhere(
    client: TestClient, edited: str
) -> None:
    query = "rule=quadratic-energy&param.k=2&option.default_base_score=0.25"
    found = client.get(f"{edited}/diff?from=1&{query}").json()

    assert found["parameters"] == {"k": 2.0}
    assert "manifest" not in found
    told = client.get(f"{edited}/diff?from=1&{query}&expand=manifest").json()
    assert found["input_hash"] in told.pop("manifest")["citation"]
    assert told == found
    assert found["options"]["default_base_score"] == 0.25
    bad = client.get(f"{edited}/diff?param.q=2")
    assert (bad.status_code, bad.json()["parameter"]) == (422, "param.q")


@pytest.mark.parametrize(
    ("query", "status", "parameter"),
    [
        ("from=3&to=2", 400, "from"),
        ("from=5", 404, None),
        ("to=5", 404, None),
        ("to=0", 400, "to"),
        ("from=-1", 400, "from"),
        ("rule=nobody", 404, None),
        ("at=1", 400, "at"),
    ],
)
def test_what_never_was_cannot_be_compared(
    client: TestClient, edited: str, query: str, status: int, parameter: str | None
) -> None:
    answer = client.get(f"{edited}/diff?{query}")

    problem = answer.json()
    assert (answer.status_code, problem.get("parameter")) == (status, parameter)


def test_a_diff_is_told_once_and_then_unchanged(
    client: TestClient, edited: str
) -> None:
    first = client.get(f"{edited}/diff?from=1")
    known = {"If-None-Match": first.headers["etag"]}

    assert client.get(f"{edited}/diff?from=1", headers=known).status_code == 304
    client.patch(f"{edited}/claims/cost", json={"tags": ["x"]}, headers=ANY)
    assert client.get(f"{edited}/diff?from=1", headers=known).status_code == 200
    old = client.get(f"{edited}/diff?from=1&to=4")
    assert old.content == first.content


@pytest.fixture
def hasty(tmp_path: Path) -> Iterator[TestClient]:
    """Serve with next to no time."""
    settings = Settings(
        database_url=f"sqlite:///{tmp_path}/argmap.db", max_seconds=0.05
    )
    with TestClient(create_app(settings), base_url="http://127.0.0.1:8000") as client:
        yield client


def test_a_diff_of_too_much_says_so(hasty: TestClient) -> None:
    made: list[dict[str, Any]] = [
        {"op": "add", "claim": {"key": f"c{n}", "text": "?"}} for n in range(2000)
    ]
    path = "/api/v1/maps/long"
    hasty.put(path, json={})
    hasty.post(f"{path}/changes", json={"operations": made})

    answer = hasty.get(f"{path}/diff")

    assert (answer.status_code, answer.json()["code"]) == (504, "too-slow")


def test_the_command_prints_the_same_bytes(client: TestClient, edited: str) -> None:
    key = edited.rpartition("/")[2]
    asked = ["diff", key, "--from", "1", "--rule", "df-quad"]
    options = ["--database", client.app.state.desk.settings.database_url]

    as_json = CliRunner().invoke(main, [*asked, "--json", *options])
    table = CliRunner().invoke(main, [*asked, *options])

    answer = client.get(f"{edited}/diff?from=1&rule=df-quad")
    assert as_json.stdout_bytes == answer.content + b"\n"
    assert f"{key}: revision 1 to 4, 4 operations, under df-quad" in table.output
    assert "replace relation r1" in table.output


def test_the_command_takes_what_is_chosen_of_the_rule(
    client: TestClient, edited: str
) -> None:
    chosen = ["--param", "k=2", "--option", "default_base_score=0.25"]
    asked = ["diff", edited.rpartition("/")[2], "--from", "1", *chosen, "--json"]
    query = "from=1&param.k=2&option.default_base_score=0.25"

    database = client.app.state.desk.settings.database_url
    found = CliRunner().invoke(main, [*asked, "--database", database])

    assert found.stdout_bytes == client.get(f"{edited}/diff?{query}").content + b"\n"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["--param", "q=1"], "/parameters/q"),
        (["--to", "9"], "there is no revision"),
        (["--to", "9", "--from", "2"], "there is no revision"),
        (["--to", "2", "--from", "3"], "revision 3 comes after 2"),
        (["--rule", "nobody"], "there is no rule 'nobody'"),
    ],
)
def test_the_command_says_in_a_line_what_cannot_be_compared(
    client: TestClient, edited: str, asked: list[str], told: str
) -> None:
    database = client.app.state.desk.settings.database_url
    arguments = ["diff", edited.rpartition("/")[2], *asked, "--database", database]

    found = CliRunner().invoke(main, arguments)

    assert (found.exit_code, found.stdout) == (1, "")
    assert told in found.stderr
    assert found.stderr.count("\n") == 1
