"""`argmap sources`: the right texts are taken in, and passages are found in others."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from msgspec.structs import replace

import argmap
from argmap.model import read, write

Run = Callable[..., Result]


@pytest.fixture
def bare(run: Run, folder: Path) -> str:
    """Keep the invented map without its texts, under another key."""
    map = read(argmap.seed("school-phones").read_bytes())
    bare = {key: replace(s, text=None) for key, s in map.sources.items()}
    file = folder / "bare.argmap.json"
    file.write_bytes(write(replace(map, key="bare", sources=bare)))
    assert run("import", str(file)).stdout == "bare\n"
    return "bare"


def statuses(result: Result) -> dict[str, str]:
    """Read the table of passages."""
    rows = re.findall(r"^  (\S+) +(p\d\w+) +(\w+)", result.stdout, re.MULTILINE)
    return {f"{source}/{passage}": status for source, passage, status in rows}


def test_a_text_that_is_the_right_one_is_stored_and_its_passages_are_shown(
    run: Run, bare: str
) -> None:
    before = run("sources", "verify", bare)
    result = run("sources", "attach", bare, "minutes", "minutes.txt")
    after = run("sources", "verify", bare)

    assert before.exit_code == result.exit_code == after.exit_code == 0
    assert set(statuses(before).values()) == {"unverified"}
    assert (
        " in the same term. Ms Okafor answered that «the marks had begun to rise a "
        "month before the second teacher came». Mr Lindqvist conceded that "
    ) in result.stdout
    assert "1056 characters; 17 exact" in result.stderr
    found = statuses(after)
    assert {k.split("/")[0] for k, status in found.items() if status == "exact"} == {
        "minutes"
    }
    assert len(found) == 25


def test_an_attached_text_is_kept_and_comes_out_again(run: Run, bare: str) -> None:
    run("sources", "attach", bare, "minutes", "minutes.txt")
    again = run("sources", "attach", bare, "minutes", "minutes.txt")
    map = read(run("export", bare).stdout_bytes)
    original = read(argmap.seed("school-phones").read_bytes())

    assert again.exit_code == 0
    assert map.sources["minutes"] == original.sources["minutes"]
    assert map.sources["echo"].text is None
    assert re.search(rf"{bare} +2 ", run("maps").stdout)


TWICE = "The lockers, said the head, are open again after the last bell."


def changed(folder: Path) -> str:
    """Write a text in which something was put in, taken out and said twice."""
    text = (folder / "minutes.txt").read_text("utf-8")
    for old, new in (
        ("Hill Road School.", "Hill Road School, 11 March."),  # all of it moves
        ("even when it makes no sound", "silent or not"),  # p2b has gone
        ("home.", f"home. {TWICE}"),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    (folder / "changed.txt").write_text(text, encoding="utf-8")
    return "changed.txt"


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("map", ["bare", "school-phones"])
def test_in_a_changed_text_passages_have_moved_or_are_orphaned_and_never_guessed(
    run: Run, folder: Path, map: str
) -> None:
    """With the old text beside it as without, where only hashes can be compared."""
    result = run("sources", "verify", map, "minutes", changed(folder))
    found = statuses(result)

    assert result.exit_code == 1
    assert found.pop("minutes/p2b") == "orphaned", "it is nowhere"
    assert found.pop("minutes/p4b") == "orphaned", "it is in two places"
    assert set(found.values()) == {"moved"}
    assert "97–151" in result.stdout, "p2a began at 87"
    assert result.stderr == f"{map}: 15 moved, 2 orphaned\n"


def test_a_text_that_is_not_the_right_one_is_refused_in_a_line_and_nothing_is_stored(
    run: Run, folder: Path, bare: str
) -> None:
    (folder / "same-length.txt").write_text(
        (folder / "minutes.txt").read_text("utf-8").replace("eye", "ear"), "utf-8"
    )
    (folder / "latin.txt").write_bytes("Übung".encode("latin-1"))
    for mistake, told in {
        ("minutes", changed(folder)): "characters, not 1056",
        ("minutes", "same-length.txt"): "sha256",
        ("minutes", "latin.txt"): "latin.txt: byte 0 is not UTF-8",
        ("minutes", "nothing.txt"): "nothing.txt",
        ("nobody", "minutes.txt"): "nobody",
    }.items():
        result = run("sources", "attach", bare, *mistake)
        assert (result.exit_code, result.stdout) == (1, ""), mistake
        assert result.stderr.startswith("Error: ")
        assert result.stderr.count("\n") == 1
        assert told in result.stderr
    assert run("sources", "attach", "nobody", "x", "minutes.txt").exit_code == 1
    assert run("sources", "verify", "nobody").exit_code == 1
    assert run("sources", "verify", bare, "nobody").exit_code == 1
    assert set(statuses(run("sources", "verify", bare)).values()) == {"unverified"}
