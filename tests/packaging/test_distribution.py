"""What is built holds what is needed, and nothing but that is in the house."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import entry_points, packages_distributions, version
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PLUGINS = {path.parent.name for path in ROOT.glob("plugins/*/__init__.py")}
SEEDS = {path.name for path in ROOT.glob("seeds/*")}


def build(kind: str, root: Path, out: Path) -> Path:
    """Build a wheel or an sdist without a network."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(out)]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    (built,) = out.iterdir()
    return built


def modules(root: Path) -> set[str]:
    """List the modules in a directory, as paths."""
    return {path.relative_to(root).as_posix() for path in root.rglob("*.py")}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site-packages")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def test_the_wheel_holds_argmap_the_plugins_and_nothing_else(unpacked: Path) -> None:
    info = f"argmap-{PROJECT['version']}.dist-info"
    assert {path.name for path in unpacked.iterdir()} == {"argmap", info, *PLUGINS}
    assert modules(unpacked) == {
        *(f"argmap/{name}" for name in modules(ROOT / "argmap")),
        *(name for name in modules(ROOT / "plugins")),
    }


def test_the_wheel_holds_every_seed(unpacked: Path) -> None:
    assert {path.name for path in (unpacked / "argmap" / "seeds").iterdir()} == SEEDS


def test_the_wheel_holds_what_browsers_are_given(unpacked: Path) -> None:
    files = {path.name for path in (ROOT / "argmap/viewer/static").iterdir()}

    kept = {path.name for path in (unpacked / "argmap/viewer/static").iterdir()}
    assert kept == files
    assert "docs.css" in kept


def test_every_plugin_folder_is_registered_and_installed() -> None:
    declared = {entry.name for entry in entry_points(group="argmap")}
    registered = PROJECT["entry-points"]["argmap"]

    assert {*PLUGINS, "argmap_formats"} == set(registered)
    assert set(registered) <= declared
    assert version("argmap") == PROJECT["version"]


def test_rules_and_seeds_are_found_in_an_installed_wheel(
    unpacked: Path, tmp_path: Path
) -> None:
    program = (
        "import argmap, argmap.library as library\n"
        "print(argmap.__file__, library.seed('japan-nato'), *library.rules())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={"PYTHONPATH": str(unpacked)},
        check=True,
        capture_output=True,
        text=True,
    )
    code, seed, *rules = done.stdout.split()

    assert Path(code) == unpacked / "argmap" / "__init__.py"
    assert Path(seed) == unpacked / "argmap" / "seeds" / "japan-nato.argmap.json"
    assert {"quadratic-energy", "df-quad", "grounded"} <= set(rules)


def test_the_source_distribution_builds_the_same_wheel(
    wheel: Path, tmp_path: Path
) -> None:
    sdist = build("sdist", ROOT, tmp_path / "sdist")
    shutil.unpack_archive(sdist, tmp_path / "unpacked", filter="data")
    (source,) = (tmp_path / "unpacked").iterdir()
    again = build("wheel", source, tmp_path / "wheel")

    with zipfile.ZipFile(wheel) as first, zipfile.ZipFile(again) as second:
        assert set(first.namelist()) == set(second.namelist())


def test_every_dependency_is_imported_somewhere() -> None:
    imported = set[str]()
    for path in (*ROOT.glob("argmap/**/*.py"), *ROOT.glob("plugins/**/*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {name.name.partition(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.partition(".")[0])
    providers = packages_distributions()
    found = {name for module in imported for name in providers.get(module, ())}
    used = {name.replace("_", "-") for name in found}
    named = {re.split(r"[<>=!~\[; ]", line)[0] for line in PROJECT["dependencies"]}

    assert named - used == set()


def test_the_top_level_is_what_was_agreed() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("no git checkout: what is tracked cannot be told from what is not")
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    top = {line.partition("/")[0] for line in tracked.stdout.splitlines()}

    assert {name for name in top if not name.startswith(".")} == {
        "LICENSE",
        "README.md",
        "argmap",
        "openapi",
        "plugins",
        "pyproject.toml",
        "seeds",
        "tests",
    }
