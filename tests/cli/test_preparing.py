"""What who prepares a debate asks on the command line: what the library says."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from click.testing import Result

import argmap

Run = Callable[..., Result]
TRAM = "city-tram.argmap.json"
RULE = "df-quad"


@pytest.fixture
def tram(folder: Path) -> argmap.Map:
    return argmap.load(folder / TRAM)[0]


def test_the_json_is_that_of_the_library(run: Run, tram: argmap.Map) -> None:
    expected = {
        ("brief", TRAM, "tram", "--side", "pro"): argmap.brief(
            tram, "tram", side="pro", rule=RULE
        ),
        ("gaps", TRAM): argmap.gaps(tram, RULE),
        ("lines", TRAM): argmap.lines(tram, RULE),
        ("crux", TRAM, "tram"): argmap.crux(tram, "tram", RULE),
        ("dependence", TRAM, "--by", "tag"): argmap.dependence(tram, "tag", RULE),
    }
    for arguments, answer in expected.items():
        shown = run(*arguments, "--rule", RULE, "--json").stdout_bytes
        assert shown == msgspec.json.encode(answer) + b"\n"


def test_a_brief_is_told_as_markdown(run: Run) -> None:
    shown = run("brief", TRAM, "tram", "--side", "pro", "--rule", RULE).stdout

    assert shown.startswith("# The case for: The city should build a tram.\n")
    assert "   - **unanswered**\n" in shown
    assert "\n- grounded: 0.000, rejected\n" in shown


def test_the_rest_is_told_in_tables(run: Run) -> None:
    assert "cost rebuts tram; nothing answers it" in run("gaps", TRAM).stdout
    assert "con" in run("lines", TRAM, "--rule", RULE).stdout
    map = "japan-nato"
    assert "room-to-grow" in run("dependence", map).stdout
    assert "+0." in run("crux", map, "closer-cooperation").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["brief", TRAM, "nobody", "--side", "pro"], "nobody"),
        (["brief", TRAM, "tram", "--side", "pro", "--rule", "counting"], "verdicts"),
        (["lines", TRAM, "--target", "nobody"], "nobody"),
    ],
)
def test_what_cannot_be_is_said_in_a_line(
    run: Run, arguments: list[str], said: str
) -> None:
    shown = run(*arguments)

    assert shown.exit_code == 1
    assert said in shown.stderr
    assert shown.stderr.count("\n") == 1
