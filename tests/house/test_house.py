"""The house is in order: format, lint, types, layers."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]
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
