"""A directory to run commands in, with a database and a file, and a way to run them."""

import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

import argmap
from argmap.cli import main
from argmap.model import read

PHONES = argmap.seed("school-phones")
Run = Callable[..., Result]

CHANGES = """[
  {"op": "replace", "relation": "order-needs-cooperation", "set": {"weight": 0.0}}
]"""

TRAM = """{
  "format": "argmap/1",
  "map": {"key": "city-tram", "title": "A tram?", "targets": ["tram"]},
  "claims": [
    {"key": "tram", "text": "The city should build a tram.", "base_score": 0.5},
    {"key": "cost", "text": "It costs too much.", "base_score": 0.75}
  ],
  "relations": [
    {"key": "r1", "kind": "rebut", "premises": ["cost"], "target": {"claim": "tram"}}
  ]
}"""


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a database with the maps that ship."""
    file = tmp_path_factory.mktemp("database") / "argmap.db"
    for command in (
        ["demo", "--no-serve"],
        ["import", str(PHONES)],
        ["keys", "create", "Bert"],
        ["members", "set", "japan-nato", "bert", "reader"],
    ):
        arguments = [*command, "--database", str(file)]
        CliRunner().invoke(main, arguments, catch_exceptions=False)
    return file


@pytest.fixture
def folder(database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a directory that has a copy of it, a map and a source as files."""
    shutil.copy(database, tmp_path)
    shutil.copy(database, tmp_path / "argmap-backup.db")
    text = read(PHONES.read_bytes()).sources["minutes"].text or ""
    (tmp_path / "minutes.txt").write_bytes(text.encode())
    (tmp_path / "city-tram.argmap.json").write_text(TRAM, encoding="utf-8")
    tram = argmap.load(tmp_path / "city-tram.argmap.json")[0]
    saved = msgspec.json.encode(argmap.evaluate(tram, "df-quad"))
    (tmp_path / "evaluation.json").write_bytes(saved)
    (tmp_path / "changes.json").write_text(CHANGES, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(folder: Path) -> Run:
    """Run a command there."""
    assert folder == Path.cwd()

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, arguments, catch_exceptions=False)

    return run
