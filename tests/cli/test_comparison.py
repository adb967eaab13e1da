"""`argmap score MAP --rule all`: every rule at a glance."""

import re
from collections.abc import Callable
from pathlib import Path

import click
from click.testing import Result

import argmap
from argmap.cli.comparison import comparison
from argmap.debate.disagreement import disagreement
from argmap.model import Map, write

Run = Callable[..., Result]

MAP = Map.of(
    {"t": 0.9, "a": 0.5, "b": 0.5},
    rebuts=[("a", "t")],
    supports=[("b", "t")],
)


def lines(*rules: str) -> list[str]:
    evaluations = {rule: argmap.evaluate(MAP, rule) for rule in rules}
    found = comparison(MAP, evaluations, disagreement(evaluations))
    return [click.unstyle(line) for line in found]


def test_every_installed_rule_has_a_column(run: Run) -> None:
    Path("m.argmap.json").write_bytes(write(MAP))
    found = run("score", "m.argmap.json", "--rule", "all")

    assert found.exit_code == 0, found.output
    named = re.findall(r"^ *\d+  (\S+)$", found.output, re.MULTILINE)
    assert named == list(argmap.rules())


def test_what_a_disagreement_hangs_on_is_said_below(run: Run) -> None:
    map = Map.of(["t", "a"], rebuts=[("a", "t")])
    Path("m.argmap.json").write_bytes(write(map))
    found = run("score", "m.argmap.json", "--rule", "df-quad", "--rule", "grounded")

    assert found.output.endswith("\na: these rules agree without defaults\n")


def test_claims_on_which_rules_are_opposed_are_marked() -> None:
    # The unanswered attack settles it for grounded; under df-quad the two sides cancel.
    found = lines("df-quad", "grounded")

    assert "t      ! + -" in found
    assert "a      * ? +" in found
    assert "verdicts part on 3 of 3 claims, and are opposed on 1" in found


def test_rules_that_agree_leave_no_mark() -> None:
    found = lines("grounded", "preferred")

    assert "t        - -" in found
    assert "verdicts part on 0 of 3 claims, and are opposed on 0" in found


def test_rank_correlations_stand_in_a_triangle() -> None:
    found = lines("base-score", "df-quad", "grounded")
    triangle = found[found.index("Kendall's tau-b") + 2 :]

    pairs = disagreement(
        {r: argmap.evaluate(MAP, r) for r in ("base-score", "df-quad", "grounded")}
    ).tau_b
    values = [f"{pair.value:.2f}" for pair in pairs if pair.value is not None]
    assert [len(row.split()) for row in triangle] == [1, 2, 3]
    assert sorted(re.findall(r"-?\d\.\d\d", "\n".join(triangle))) == sorted(values)
