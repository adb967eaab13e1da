"""What each command gives, and that none lacks its help and its example."""

import importlib
import inspect
import json
import pkgutil
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import msgspec
import pytest
from click.testing import Result

import argmap
from argmap import cli
from argmap.cli import main
from argmap.model import read, write

Run = Callable[..., Result]

EXAMPLE = re.compile(r"^Example: `argmap (.+)`$", re.MULTILINE)


def commands_of(group: click.Group) -> dict[str, click.Command]:
    """Find the commands of a group, those of its groups by two words."""
    found: dict[str, click.Command] = {}
    for name, command in group.commands.items():
        if is_command(command):
            found[name] = command
        if isinstance(command, click.Group):
            inner = commands_of(command)
            found |= {f"{name} {part}": each for part, each in inner.items()}
    return found


def is_command(value: object) -> bool:
    """Tell commands from groups; a group that does something by itself is one."""
    if isinstance(value, click.Group):
        return value.invoke_without_command
    return isinstance(value, click.Command)


BY_NAME = commands_of(main)
COMMANDS = sorted(BY_NAME)
SERVING = ("mcp", "serve")


def help_of(name: str) -> str:
    """Give a command's help as it is shown."""
    return inspect.cleandoc(BY_NAME[name].help or "")


def example(name: str) -> list[str]:
    """Find the arguments of a command's example."""
    (found,) = EXAMPLE.findall(help_of(name))
    return shlex.split(found)


def test_every_command_that_is_written_is_registered() -> None:
    written = {
        value
        for module in pkgutil.iter_modules(cli.__path__)
        for value in vars(importlib.import_module(f"argmap.cli.{module.name}")).values()
        if is_command(value)
    }

    assert written == set(BY_NAME.values())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_sentence_one_example_and_help_for_each_option(
    name: str,
) -> None:
    sentence, _, _ = help_of(name).partition("\n\n")
    options = [p for p in BY_NAME[name].params if isinstance(p, click.Option)]

    assert re.fullmatch(r"[A-Z][^.]{1,60}\.", sentence)
    assert example(name)[: len(name.split())] == name.split()
    assert all(option.help for option in options)


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in SERVING])
def test_every_example_runs(name: str, run: Run, folder: Path) -> None:
    before = set(folder.iterdir())
    result = run(*example(name))

    assert result.exit_code == 0, result.output
    assert result.output or set(folder.iterdir()) > before


def test_the_demo_shows_the_targets_under_four_rules_and_can_be_repeated(
    run: Run,
) -> None:
    fresh = run("demo", "--no-serve", "--database", "fresh.db")
    again = run("demo", "--no-serve", "--database", "fresh.db")
    targets = argmap.load(argmap.seed("japan-nato"))[0].targets

    assert fresh.exit_code == again.exit_code == 0
    assert fresh.stdout == again.stdout
    assert all(target in fresh.stdout for target in targets)
    header = next(line for line in fresh.stdout.splitlines() if "df-quad" in line)
    assert set(header.split()) & set(argmap.rules()) >= {"quadratic-energy", "grounded"}
    assert len(set(header.split()) & set(argmap.rules())) >= 4
    for verdict in ("accepted", "rejected"):
        assert verdict in fresh.stdout


def test_the_demo_leaves_a_map_that_somebody_changed_as_it_is(run: Run) -> None:
    before = run("maps").stdout
    run("demo", "--no-serve")

    assert run("maps").stdout == before


def test_a_map_comes_in_and_goes_out_again(run: Run, folder: Path) -> None:
    assert run("import", "city-tram.argmap.json").stdout == "city-tram\n"
    assert run("export", "city-tram", "copy.json").exit_code == 0

    expected = write(read((folder / "city-tram.argmap.json").read_bytes()))
    assert (folder / "copy.json").read_bytes() == expected
    assert run("export", "city-tram").stdout_bytes == expected
    assert "city-tram" in run("maps").stdout


def test_scores_are_those_of_the_library_from_a_file_or_from_the_database(
    run: Run, folder: Path
) -> None:
    run("import", "city-tram.argmap.json")
    rules = ["--rule", "df-quad", "--rule", "grounded", "--json"]
    by_key = json.loads(run("score", "city-tram", *rules).stdout)
    by_file = json.loads(run("score", "city-tram.argmap.json", *rules).stdout)
    map, _ = argmap.load(folder / "city-tram.argmap.json")

    for rule in ("df-quad", "grounded"):
        expected = json.loads(msgspec.json.encode(argmap.evaluate(map, rule)))
        assert by_file[rule] == expected
        assert by_key[rule] == expected | {"revision": 1}


def test_scores_are_a_claim_a_line(run: Run) -> None:
    shown = run("score", "city-tram.argmap.json", "--rule", "df-quad").stdout

    assert re.sub(" +", " ", shown) == (
        "claim df-quad text\n"
        "tram 0.12 rejected The city should build a tram.\n"
        "cost 0.75 accepted It costs too much.\n"
    )


def test_a_tree_is_drawn_with_strengths_down_to_a_depth(run: Run) -> None:
    whole = run("tree", "city-tram.argmap.json", "tram", "--rule", "df-quad")
    cut = run("tree", "./city-tram.argmap.json", "tram", "--depth", "0")

    assert whole.stdout == (
        "0.12 rejected tram: The city should build a tram.\n"
        "└─ - 0.75 accepted cost: It costs too much.\n"
    )
    assert cut.stdout.endswith(" tram: The city should build a tram. [1 more]\n")


def test_a_rule_in_a_directory_counts_and_a_broken_one_is_named(
    run: Run, folder: Path
) -> None:
    plugins = folder / "mine"
    plugins.mkdir()
    (plugins / "broken.py").write_text("import nothing_of_that_name\n")
    (plugins / "half.py").write_text(
        "from argmap.plugin import Rule, hookimpl\n\n\n"
        "@hookimpl\n"
        "def argmap_rules():\n"
        "    yield Rule('half', 'Half', lambda graph: graph.base_scores / 2)\n"
    )
    result = run("rules", "--plugins-dir", "mine")
    scores = run(
        "score",
        "city-tram.argmap.json",
        "--rule=half",
        "--plugins-dir=mine",
        "--json",
    )

    assert "half" in result.stdout
    assert "nothing_of_that_name" in result.stderr
    assert "Traceback" not in result.stderr
    assert json.loads(scores.stdout)["half"]["claims"]["tram"]["strength"] == 0.25


MISTAKES = {
    "a map that is not there": ["score", "nobody"],
    "a rule that is not there": ["score", "japan-nato", "--rule", "nothing"],
    "a claim that is not there": ["tree", "japan-nato", "nobody"],
    "a file that is not there": ["import", "nothing.json"],
    "a file that is a directory": ["import", "."],
    "a file that is no map": ["import", "argmap.db"],
    "a suffix of no format": ["export", "japan-nato", "map.doc"],
    "a file that cannot be written": ["export", "japan-nato", "no/such/folder.json"],
    "a map that is there already": ["import", "again.argmap.json"],
    "a database that is not there": ["maps", "--database", "nothing.db"],
    "a database that is none": ["init", "--database", "city-tram.argmap.json"],
    "a database in no directory": ["init", "--database", "no/such/folder.db"],
    "a database of another kind": ["init", "--database", "mysql://localhost/x"],
    "a server that is not there": ["init", "--database", "postgresql://localhost:1/x"],
    "a backup that is not there": ["db", "restore", "nothing.db", "--replace"],
    "a backup that is no database": ["db", "restore", "changes.json", "--replace"],
    "a backup over a file": ["db", "backup", "changes.json"],
    "a restore of a file that is empty": ["db", "restore", "empty.db", "--replace"],
    "a name of two lines": ["keys", "create", "Anna\nadmin"],
    "a copy over maps": ["copy-to", "argmap-backup.db"],
    "a check of nothing": ["db", "check", "--database", "nothing.db"],
    "plugins that are not there": ["rules", "--plugins-dir", "nothing"],
    "an address that others reach": ["serve", "--host", "0.0.0.0"],
    "an origin that is none": ["serve", "--allow-origin", "https://a.example/"],
    "an address that is none": ["serve", "--host", "nowhere.invalid"],
}


def told(result: Result) -> str:
    """Check that a failure is told in one line, and give it."""
    assert result.exit_code == 1, result.output
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
    return result.stderr


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_in_one_line(mistake: str, run: Run, folder: Path) -> None:
    (folder / "again.argmap.json").write_bytes(argmap.seed("japan-nato").read_bytes())
    (folder / "empty.db").touch()

    told(run(*MISTAKES[mistake]))


def test_a_setting_that_is_wrong_is_told_in_one_line(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGMAP_PORT", "eighty")

    assert "ARGMAP_PORT" in told(run("maps"))


def test_each_fault_of_a_map_is_told_in_a_line(run: Run, folder: Path) -> None:
    good = (folder / "city-tram.argmap.json").read_text("utf-8")
    bad = good.replace('"cost"]', '"gost"]').replace('["tram"]', '["train"]')
    (folder / "bad.argmap.json").write_text(bad)
    result = run("import", "bad.argmap.json")

    assert (result.exit_code, result.stdout) == (1, "")
    assert "gost" in result.stderr
    assert "train" in result.stderr
    assert len(result.stderr.splitlines()) == 2


def test_misuse_ends_with_status_2(run: Run) -> None:
    for arguments in (
        ["nothing"],
        ["score"],
        ["maps", "--nothing"],
        ["tree", "x", "y", "--depth=-1"],
    ):
        assert run(*arguments).exit_code == 2


def test_help_comes_without_what_takes_long_to_import() -> None:
    program = (
        "import sys, argmap.cli\n"
        "slow = {'granian', 'litestar', 'numpy', 'rich', 'sqlalchemy'}\n"
        "print(slow & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )

    assert done.stdout == "set()\n"
