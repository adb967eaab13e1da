"""`explain`, `flips` and `what-if`: what the library says, and in words."""

import json
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

import argmap
from argmap.cli import main
from argmap.cli.explaining import _PERMUTATIONS, _SEEDS
from argmap.model import Replace
from argmap.plugin.contributions import PERMUTATIONS, SEEDS

Run = Callable[..., Result]
MUTE = '[{"op": "replace", "relation": "r1", "set": {"weight": 0}}]'
TRAM = "city-tram.argmap.json"


@pytest.fixture
def tram(folder: Path) -> argmap.Map:
    return argmap.load(folder / TRAM)[0]


def test_the_json_is_that_of_the_library(
    run: Run, tram: argmap.Map, folder: Path
) -> None:
    (folder / "mute.json").write_text(MUTE)
    rule = ["--rule", "df-quad", "--json"]
    expected = {
        ("explain", TRAM, "tram"): argmap.explain(tram, "tram", "df-quad"),
        ("explain", TRAM, "tram", "--method", "gradient"): argmap.explain(
            tram, "tram", "df-quad", method="gradient"
        ),
        ("flips", TRAM, "tram", "--to", "accepted"): argmap.flips(
            tram, "tram", to="accepted", rule="df-quad"
        ),
        ("what-if", TRAM, "mute.json"): argmap.what_if(
            tram, [Replace(relation="r1", set={"weight": 0})], ["df-quad"]
        ),
    }

    for arguments, answer in expected.items():
        shown = run(*arguments, *rule).stdout_bytes
        assert shown == msgspec.json.encode(answer) + b"\n"


def test_an_explanation_is_told(run: Run) -> None:
    shown = run("explain", TRAM, "tram", "--rule", "grounded").stdout

    assert shown.startswith("tram: 0.000 rejected under grounded\n")
    assert "cost rebuts tram" in shown
    assert "not defended from relation r1 (cost)" in shown
    defended = run("explain", TRAM, "cost", "--rule", "grounded").stdout
    assert "defended by nothing: nothing is needed" in defended


def test_what_would_turn_a_verdict_is_told(run: Run) -> None:
    asked = ["flips", TRAM, "tram", "--rule", "df-quad", "--to"]
    shown = run(*asked, "undecided").stdout

    assert shown.startswith("now 0.125 rejected under df-quad\n")
    assert "mute r1" in shown
    assert "rebut cost" in shown
    assert "move the base score of cost to 0.1" in shown
    assert shown.endswith("sets tried; all there are\n")
    only = run(*asked, "undecided", "--allow", "mute").stdout
    assert "rebut" not in only
    assert "base score" not in only
    assert run(*asked, "rejected").stdout.endswith("there is nothing to turn\n")


def test_a_flip_can_be_piped_into_a_what_if(run: Run, folder: Path) -> None:
    assert folder
    asked = ["flips", TRAM, "tram", "--to", "undecided", "--rule", "df-quad", "--json"]
    for flip in json.loads(run(*asked).stdout)["flips"]:
        tried = CliRunner().invoke(
            main,
            ["what-if", TRAM, "-", "--rule", "df-quad", "--json"],
            input=json.dumps(flip["operations"]),
            catch_exceptions=False,
        )
        effect = json.loads(tried.stdout)["results"][0]["targets"]["tram"]
        assert effect["after"] == flip["after"]


def test_what_changes_would_do_is_told(run: Run, folder: Path) -> None:
    (folder / "remove.json").write_text(
        '[{"op": "remove", "claim": "cost", "cascade": true}]'
    )
    shown = run(
        "what-if",
        TRAM,
        "remove.json",
        "--rule=df-quad",
        "--target=tram",
        "--target=cost",
    ).stdout

    *_, tram, cost = (" ".join(line.split()) for line in shown.rstrip().splitlines())
    assert tram == "df-quad tram 0.125 rejected 0.500 undecided"
    assert cost == "df-quad cost 0.750 accepted removed"


def test_mistakes_are_told_in_a_line(run: Run, folder: Path) -> None:
    (folder / "wrong.json").write_text('[{"op": "remove", "claim": "gone"}]')
    for arguments in (
        ["explain", TRAM, "gone"],
        ["flips", TRAM, "gone", "--to", "rejected"],
        ["what-if", TRAM, "wrong.json"],
        ["what-if", TRAM, TRAM],
        ["what-if", TRAM, "wrong.json", "--target", "gone"],
    ):
        result = run(*arguments)
        assert result.exit_code == 1, result.output
        assert result.stderr.startswith("Error: ")
        assert result.stderr.count("\n") == 1
    for arguments in (
        ["flips", TRAM, "tram"],
        ["flips", TRAM, "tram", "--to", "maybe"],
        ["explain", TRAM, "tram", "--method", "guess"],
        ["what-if", TRAM, "nothing.json"],
    ):
        assert run(*arguments).exit_code == 2


def test_the_bounds_of_a_sample_are_those_of_the_library() -> None:
    assert (_PERMUTATIONS, _SEEDS) == (PERMUTATIONS, SEEDS)


def test_a_sample_says_what_it_is_drawn_from(run: Run) -> None:
    asked = ["explain", "japan-nato", "closer-ties-raise-conflict-risk"]
    more = ["--rule", "df-quad", "--method", "shapley", "--permutations", "9"]
    shown = [run(*asked, *more, "--seed", seed).stdout for seed in ("5", "5", "6")]

    assert "sampled: 8 permutations, seed 5" in shown[0]
    assert shown[0] == shown[1] != shown[2]
