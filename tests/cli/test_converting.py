"""Maps from format to format, in files, folders and the database."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

import argmap
from samples import SAMPLES

Run = Callable[..., Result]


def test_a_file_is_converted_by_its_content_and_the_suffix_of_the_other(
    run: Run, folder: Path
) -> None:
    shutil.copy(SAMPLES / "aif" / "monologue.json", folder / "unnamed")

    assert run("convert", "unnamed", "out.sadface.json").exit_code == 0
    again, _ = argmap.load(folder / "out.sadface.json", "sadface")
    assert [relation.kind for relation in again.relations.values()] == [
        "support",
        "rebut",
        "undercut",
        "rephrase",
    ]


def test_what_is_lost_is_told_and_refused_when_strict(run: Run, folder: Path) -> None:
    lax = run("convert", "city-tram.argmap.json", "tram.tgf")
    strict = run("convert", "city-tram.argmap.json", "strict.tgf", "--strict")

    assert "loss: TGF has no words for base scores (tram, cost)" in lax.stderr
    assert (lax.exit_code, strict.exit_code) == (0, 1)
    assert "no words for base scores" in strict.stderr
    assert not (folder / "strict.tgf").exists()


def test_standard_output_takes_a_format_by_name(run: Run) -> None:
    done = run("convert", "city-tram.argmap.json", "-", "--to", "kialo")

    assert done.stdout.startswith("Discussion Title: A tram?\n\n1. The city")
    assert run("convert", "city-tram.argmap.json", "-").exit_code == 1


def test_a_folder_is_converted_as_far_as_it_goes(run: Run, folder: Path) -> None:
    shutil.copytree(SAMPLES / "aif", folder / "in" / "deep")
    shutil.copytree(SAMPLES / "brat", folder / "in" / "pair")
    (folder / "in" / "notes.md").write_text("No map.", encoding="utf-8")

    done = run("convert", "in", "out", "--to", "argmap")

    made = {str(p.relative_to(folder / "out")) for p in (folder / "out").rglob("*.*")}
    assert made == {
        "deep/dialogue.argmap.json",
        "deep/malformed.argmap.json",
        "deep/monologue.argmap.json",
        "pair/remote-work.argmap.json",
    }
    assert done.exit_code == 1
    assert "notes.md: this is in no format" in done.stderr
    map_, _ = argmap.load(folder / "out" / "pair" / "remote-work.argmap.json")
    assert map_.sources


def test_options_go_to_the_format_that_has_them(run: Run) -> None:
    arguments = ("convert", "city-tram.argmap.json", "-", "--to", "af", "--option")

    assert "p af 2 1" in run(*arguments, "old=true").stdout
    assert run(*arguments, "colour=red").exit_code == 1


def test_foreign_files_are_kept_and_given_out_again(run: Run, folder: Path) -> None:
    shutil.copy(SAMPLES / "apx" / "dung.apx", folder / "Three rivals.apx")

    assert run("import", "Three rivals.apx").stdout == "three-rivals\n"
    assert run("import", "Three rivals.apx", "--key", "other").stdout == "other\n"
    assert "att(c,b)." in run("export", "three-rivals", "-", "--format", "apx").stdout
    assert run("export", "three-rivals", "out.dot").exit_code == 0
    assert (folder / "out.dot").read_text("utf-8").startswith("digraph")


@pytest.mark.parametrize("command", ["convert", "import"])
def test_what_is_no_map_is_told_in_a_line(run: Run, folder: Path, command: str) -> None:
    (folder / "broken.apx").write_text("arg(a). att(a).", encoding="utf-8")
    more = ("out.dot", "--from", "apx") if command == "convert" else ("--format", "apx")

    done = run(command, "broken.apx", *more)

    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
    assert "line 1" in done.stderr
