"""Saved evaluations, computed again."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from litestar.testing import TestClient

from argmap.api.app import create_app
from argmap.settings import Settings

Run = Callable[..., Result]

TRAM = "city-tram.argmap.json"
SAVED = "evaluation.json"


def change(folder: Path, **members: Any) -> None:
    file = folder / SAVED
    file.write_text(json.dumps(json.loads(file.read_text()) | members))


def test_what_the_command_line_and_the_library_saved_holds(
    run: Run, folder: Path
) -> None:
    scored = run("score", f"./{TRAM}", "--json", "--rule", "all")
    (folder / "all.json").write_text(scored.stdout)

    one = run("verify", SAVED, "--map", TRAM)
    all_ = run("verify", "all.json", "--map", TRAM)

    assert (one.exit_code, all_.exit_code) == (0, 0), all_.output
    assert one.stdout == "df-quad: the map, the rule and 2 claims agree\n"
    assert len(all_.stdout.splitlines()) > 10


def test_what_the_api_gave_is_compared_with_the_map_as_it_was_then(
    run: Run, folder: Path
) -> None:
    settings = Settings(database_url=f"sqlite:///{folder}/argmap.db")
    url = "/api/v1/maps/japan-nato"
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as client:
        rules = {"rules": [{"rule": "df-quad", "parameters": {"k": 2}}]}
        answers = [
            client.get(f"{url}/evaluations?rule=grounded&expand=manifest"),
            client.get(f"{url}/evaluations?limit=3"),
            client.post(f"{url}/evaluations", json=rules),
        ]
        client.post(f"{url}/claims", json={"text": "Late."})
        late = client.get(f"{url}/evaluations")
    for answer in (*answers, late):
        (folder / "answer.json").write_bytes(answer.content)
        verified = run("verify", "answer.json")
        assert verified.exit_code == 0, verified.output

    (folder / "answer.json").write_bytes(
        late.content.replace(b'"revision":2', b'"revision":1')
    )
    other = run("verify", "answer.json")
    assert (other.exit_code, len(other.stderr.splitlines())) == (1, 1)
    assert "the map is another" in other.stderr


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"rule_digest": "0" * 64}, "rule's code is another"),
        ({"converged": False}, "converged was False, is True"),
        ({"relations": {"r1": 0.7500001}}, "strength of relation 'r1' was 0.7500001"),
        ({"relations": {}}, "relation 'r1' is not in what was saved"),
        ({"claims": {}}, "claim 'tram' is not in what was saved (and 1 more)"),
        ({"rule": "nobody"}, "there is no rule 'nobody'"),
        ({"parameters": {"x": 1}}, "df-quad"),
        ({"claims": 7}, "holds no evaluation"),
        ({"input_hash": None}, "holds no evaluation"),
    ],
)
def test_what_does_not_hold_is_told_in_a_line(
    run: Run, folder: Path, members: dict[str, Any], said: str
) -> None:
    change(folder, **members)

    result = run("verify", SAVED, "--map", TRAM)

    assert result.exit_code == 1
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", ["explain", "diff", "brief"])
def test_what_is_saved_of_other_commands_is_told_to_be_no_evaluation(
    run: Run, folder: Path, command: str
) -> None:
    claim = [] if command == "diff" else ["closer-ties-antagonize-china"]
    more = ["--side", "pro"] if command == "brief" else []
    shown = run(command, "japan-nato", *claim, *more, "--json")
    assert shown.exit_code == 0, shown.output
    (folder / "other.json").write_text(shown.stdout)

    result = run("verify", "other.json")

    assert result.exit_code == 1
    assert "other.json holds no evaluation, and only saved evaluations" in result.stderr
    assert "$." not in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_strength_that_was_made_up_is_found(run: Run, folder: Path) -> None:
    file = folder / SAVED
    saved = json.loads(file.read_text())
    saved["claims"]["tram"]["strength"] += 1e-9
    file.write_text(json.dumps(saved))

    assert "strength of claim 'tram'" in run("verify", SAVED, "--map", TRAM).stderr


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"results": []}', '{"a": 7}'])
def test_what_is_no_evaluation_is_told_in_a_line(
    run: Run, folder: Path, content: str
) -> None:
    (folder / SAVED).write_text(content)

    result = run("verify", SAVED, "--map", TRAM)

    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)
