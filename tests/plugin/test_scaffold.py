"""What `argmap plugin new` writes is a plugin that works at once."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from argmap.cli import main
from argmap.plugin import Host


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, arguments)
    return result.exit_code, result.output


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_new_package_passes_its_own_tests_and_ours(folder: Path) -> None:
    assert run("plugin", "new", "fair-share")[0] == 0
    own = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=folder / "fair-share",
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
    )
    tools = Path(sys.executable).parent
    lint = subprocess.run(
        [tools / "ruff", "check", "--isolated", "--select", "E,F,I,UP", "."],
        cwd=folder / "fair-share",
        capture_output=True,
        text=True,
    )

    assert own.returncode == 0, own.stdout
    assert "4 passed" in own.stdout
    assert lint.returncode == 0, lint.stdout


def test_a_new_package_is_found_once_it_is_installed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("plugin", "new", "fair-share")
    project = tomllib.loads((folder / "fair-share" / "pyproject.toml").read_text())
    name, version = (project["project"][key] for key in ("name", "version"))
    info = folder / "site" / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    )
    entries = project["project"]["entry-points"]["argmap"].items()
    lines = ["[argmap]", *(f"{key} = {value}" for key, value in entries)]
    (info / "entry_points.txt").write_text("\n".join(lines))
    monkeypatch.syspath_prepend(str(folder / "site"))
    monkeypatch.syspath_prepend(str(folder / "fair-share"))

    try:
        installed = Host.load(strict=True).rules["fair-share"]
        code, output = run("rules", "check", "fair-share", "--cases", "5", "--json")
        (folder / "fair-share" / "argmap_fair_share" / "laws.json").write_text(output)
        recorded = Host.load(strict=True).rules["fair-share"]
    finally:
        for module in [key for key in sys.modules if key.startswith("argmap_fair_")]:
            del sys.modules[module]

    assert (installed.distribution, installed.rule.findings) == (name, None)
    assert code == 0, output
    assert recorded.rule.findings is not None
    assert recorded.rule.findings.faults == []
    assert recorded.rule.digest == installed.rule.digest


def test_a_single_file_is_checked_in_a_plugins_directory(folder: Path) -> None:
    rules = folder / "rules"
    rules.mkdir()
    os.chdir(rules)  # the fixture goes back
    assert run("plugin", "new", "fair-share", "--single-file")[0] == 0

    checked = run(
        *("rules", "check", "fair-share", "--cases", "5", "--plugins-dir", str(rules))
    )

    assert checked[0] == 0, checked[1]
    assert [path.name for path in rules.glob("*.py")] == ["fair_share.py"]


def test_a_broken_promise_is_exit_1(folder: Path) -> None:
    run("plugin", "new", "mine", "--single-file")
    file = folder / "mine.py"
    promised = file.read_text().replace('"balance",', '"balance", "open-mindedness",')
    file.write_text(promised)

    code, output = run(
        *("rules", "--plugins-dir", ".", "check", "mine", "--law", "open-mindedness")
    )

    assert code == 1
    assert "mine promises open-mindedness, and breaks it: 1000 claims" in output


def test_nothing_is_overwritten_and_no_odd_name_is_taken(folder: Path) -> None:
    for arguments in (["mine"], ["mine", "--single-file"]):
        assert run("plugin", "new", *arguments)[0] == 0
        code, output = run("plugin", "new", *arguments)

        assert (code, "already" in output) == (1, True)
    for name in ("../mine", "Mine", "1st", "a--b", "x" * 60):
        assert run("plugin", "new", name)[0] == 1
    assert len(list(folder.iterdir())) == 2
