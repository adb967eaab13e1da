"""What `schemes` shows."""

import json
from collections.abc import Callable

from click.testing import Result

from argmap.plugin import Host

Run = Callable[..., Result]


def test_a_scheme_is_shown_with_what_its_questions_do(run: Run) -> None:
    shown = run("schemes", "Argument From Expert Opinion").stdout

    assert shown.startswith("Argument from expert opinion (expert-opinion)\n")
    assert "How much of an expert is the speaker? (undermines expertise)" in shown


def test_all_schemes_are_listed(run: Run) -> None:
    keys = list(Host.load().schemes)

    assert all(key in run("schemes").stdout for key in keys)
    assert [s["key"] for s in json.loads(run("schemes", "--json").stdout)] == keys


def test_an_unknown_scheme_is_told(run: Run) -> None:
    result = run("schemes", "nobody")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Error: there is no scheme 'nobody'\n"
