"""A round at the keyboard: moves from standard input, the flow after each."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from argmap.cli import main

MAP, TARGET = "japan-nato", "institutionalise-ties"
OPENING = """\
introduce programme-gives-form
introduce moment-calls-for-form
next
answer m1: It has no money.
introduce web-objection
"""


@pytest.fixture(autouse=True)
def inside(folder: Path) -> Path:
    return folder


def round_(text: str, *arguments: str, map: str = MAP) -> Result:
    command = ["round", map, "--target", TARGET, "--rule", "df-quad", *arguments]
    return CliRunner().invoke(main, command, input=text, catch_exceptions=False)


def flow(text: str, *arguments: str) -> Any:
    shown = round_(text, "--json", *arguments)
    assert shown.exit_code == 0, shown.stderr
    return json.loads(shown.stdout)


def statuses(found: Any) -> dict[str, str]:
    return {each["move"]: each["status"] for each in found["arguments"]}


def test_the_flow_is_shown_after_each_move() -> None:
    shown = round_(OPENING).stdout

    assert shown.count("move   speech   side") == 1 + OPENING.count("\n")
    last = shown[shown.rindex("move   speech   side") :]
    assert "answer: It has no money." in last
    assert "pro must answer m4 in 2AC" in last
    assert "1NC" in last


def test_what_has_passed_without_an_answer_is_dropped() -> None:
    found = flow(OPENING + "next\nanswer albania-answers-web\n")

    assert statuses(found) == {
        "m1": "answered",
        "m2": "dropped",
        "m3": "standing",
        "m4": "answered",
        "m5": "standing",
    }


def test_a_move_is_taken_back(folder: Path) -> None:
    assert folder.exists()
    whole, less = flow(OPENING), flow(OPENING + "undo\nundo\n")

    assert less["arguments"] == [
        each | ({"status": "standing", "answered_by": []} if each["on"] is None else {})
        for each in whole["arguments"][:2]
    ]


def test_a_round_is_kept_in_a_file_and_goes_on(folder: Path) -> None:
    file = folder / "final.json"
    whole = flow(OPENING, "--file", str(file))

    again = flow("", "--file", str(file))

    assert again == whole
    assert json.loads(file.read_text("utf-8"))["format"] == "policy"


def test_a_round_is_kept_in_the_database_and_adopted_into_the_map() -> None:
    whole = flow(OPENING, "--key", "final")
    adopted = flow("adopt m3\n", "--key", "final")

    assert statuses(adopted) == statuses(whole)
    assert adopted["revision"] == whole["revision"] + 1
    texts = [each["relation"] for each in adopted["arguments"] if each["move"] == "m3"]
    assert texts[0] is not None
    exported = CliRunner().invoke(main, ["export", MAP]).stdout
    assert "It has no money." in exported


def test_a_format_of_ones_own_is_a_file(folder: Path) -> None:
    own = {
        "name": "tea",
        "speeches": [
            {"key": "for", "side": "pro", "seconds": 60},
            {"key": "against", "side": "con", "seconds": 60},
        ],
    }
    (folder / "tea.json").write_text(json.dumps(own), "utf-8")

    found = flow("introduce programme-gives-form\n", "--format", "tea.json")

    assert found["arguments"][0]["must_answer_in"] == "against"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("introduce none-such\n", "none-such"),
        ("introduce web-objection\n", "not for pro"),
        ("shout\n", "/action"),
        ("speech 9AC\n", "9AC"),
        ("next\n" * 8, "the last speech"),
        ("undo\n", "no move"),
        ("introduce: A text.\nadopt m1\n", "--key"),
        ("answer : x\n", "/on"),
        (":\n", "/action"),
    ],
)
def test_a_bad_move_is_told_in_a_line_and_ends_what_is_not_typed(
    text: str, said: str
) -> None:
    shown = round_(text)

    assert shown.exit_code == 1
    assert said in shown.stderr
    assert shown.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "none-such"], "none-such"),
        (["--format", "city-tram.argmap.json"], "format"),
        (["--file", "city-tram.argmap.json"], "key"),
        (["--key", "Not A Key"], "Not A Key"),
        (["--rule", "counting"], "verdicts"),
        (["--target", "nobody"], "nobody"),
    ],
)
def test_a_round_that_cannot_be_is_told_in_a_line(
    arguments: list[str], said: str
) -> None:
    shown = round_("", *arguments)

    assert shown.exit_code == 1
    assert said in shown.stderr
    assert shown.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("speech", "9AC"),
        ("on", "m7"),
        ("key", "mx"),
        ("key", "m1"),
    ],
)
def test_a_file_that_someone_has_spoilt_is_refused(
    folder: Path, member: str, value: str
) -> None:
    file = folder / "final.json"
    flow(OPENING, "--file", str(file))
    kept = json.loads(file.read_text("utf-8"))
    kept["moves"][2][member] = value
    file.write_text(json.dumps(kept), "utf-8")

    shown = round_("", "--file", str(file))

    assert shown.exit_code == 1
    assert f"/moves/2/{member}" in shown.stderr
