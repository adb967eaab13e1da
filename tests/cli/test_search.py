"""Search from the command line."""

from collections.abc import Callable

from click.testing import Result

Run = Callable[..., Result]


def test_claims_of_all_maps_are_found(run: Run) -> None:
    found = run("search", "phones", "lesson")
    one = run("search", "phones", "--limit", "1")

    assert found.exit_code == one.exit_code == 0
    assert "school-phones" in found.stdout
    assert "1 found; more" in one.stderr


def test_sources_are_found_and_other_maps_left_out(run: Run) -> None:
    found = run("search", "okafor", "--sources")
    none = run("search", "okafor", "--sources", "--map", "nobody")

    assert "minutes" in found.stdout
    assert none.exit_code == 0
    assert "0 found" in none.stderr


def test_whatever_is_asked_is_no_error(run: Run) -> None:
    for words in (["it's"], ['"'], ["NEAR("], ["*"], ["--", "-x"]):
        assert run("search", *words).exit_code == 0
    assert run("search", "x", "--kind", "nonsense").exit_code == 2
