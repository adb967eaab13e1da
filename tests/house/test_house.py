"""The house is in order: format, lint, types, layers."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from argmap import errors

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
TOOLS = PROJECT["tool"]
PLUGINS = {path.parent.name for path in ROOT.glob("plugins/*/__init__.py")}

CHECKS = {
    "format": ["ruff", "format", "--check"],
    "lint": ["ruff", "check"],
    "types": ["mypy"],
    "layers": ["lint-imports"],
}


@pytest.mark.parametrize("check", CHECKS)
def test_the_code_keeps_its(check: str) -> None:
    tool, *arguments = CHECKS[check]
    command = [Path(sys.executable).with_name(tool), *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout + done.stderr


def test_contracts_cover_every_package() -> None:
    contracts = TOOLS["importlinter"]["contracts"]
    (door,) = (c for c in contracts if c["name"].startswith("Plugins see"))
    (order,) = (c for c in contracts if c["name"].startswith("The core"))
    parts = {
        f"argmap.{path.stem}"
        for path in (ROOT / "argmap").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }

    assert {*door["forbidden_modules"], "argmap.plugin", "argmap.__init__"} == parts
    assert set(door["source_modules"]) == PLUGINS
    assert set(TOOLS["importlinter"]["root_packages"]) == {"argmap", *PLUGINS}
    assert set(order["layers"][0].split(" | ")) == PLUGINS


def test_every_plugin_folder_is_an_entry_point_and_typed() -> None:
    registered = PROJECT["project"]["entry-points"]["argmap"]

    assert {name: name for name in PLUGINS}.items() <= registered.items()
    assert set(TOOLS["mypy"]["packages"]) == {"argmap", "faults", *PLUGINS}
    assert all((ROOT / "plugins" / name / "py.typed").exists() for name in PLUGINS)


def test_every_error_is_drawn_where_it_stands_in_the_tree() -> None:
    """A row's name stands four columns further in than its parent's."""
    drawn: dict[str, str] = {}
    above: list[str] = []
    for row in re.findall(r"^    ([│├└─ ]*\w+)", errors.__doc__ or "", re.MULTILINE):
        name = re.sub(r"\W", "", row)
        depth = (len(row) - len(name)) // 4
        above[depth:] = [name]
        drawn[name] = above[depth - 1] if depth else ""

    assert drawn == {
        name: "" if kind is errors.ArgmapError else kind.__bases__[0].__name__
        for name, kind in vars(errors).items()
        if isinstance(kind, type) and issubclass(kind, errors.ArgmapError)
    }


def test_files_can_be_read_in_one_sitting() -> None:
    files = [
        path
        for folder in ("argmap", "plugins", "tests")
        for path in (ROOT / folder).rglob("*.py")
    ]
    lines = {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines())
        for path in files
    }

    assert {file: count for file, count in lines.items() if count >= 400} == {}
    assert sorted(lines.values())[len(lines) // 2] <= 120
