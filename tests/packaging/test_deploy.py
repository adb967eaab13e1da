"""The examples of how to run a server say what argmap, and systemd, understand."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from argmap.api.front import require_loopback
from argmap.settings import Settings

DEPLOY = Path(__file__).parents[2] / "openapi" / "examples" / "deploy"
SET = re.compile(r"\b(ARGMAP_[A-Z_]+)(?:=|: )\"?([^\s\"\\`]+)")


@pytest.mark.parametrize(
    "name", ["argmap.service", "Dockerfile", "compose.yaml", "README.md"]
)
def test_what_the_examples_set_are_settings(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = (DEPLOY / name).read_text(encoding="utf-8").splitlines()
    found = SET.findall("\n".join(line for line in lines if line[:1] != "#"))
    settings = Settings.load(dict(found), tmp_path)

    require_loopback(settings)
    assert settings != Settings()
    assert "is no setting" not in capsys.readouterr().err


def test_the_unit_is_one_that_systemd_takes(tmp_path: Path) -> None:
    check = shutil.which("systemd-analyze")
    if check is None:
        pytest.skip("systemd-analyze is not on the path")
    unit = (DEPLOY / "argmap.service").read_text(encoding="utf-8")
    here = tmp_path / "argmap.service"
    here.write_text(unit.replace("/opt/argmap/bin/argmap", sys.executable))

    done = subprocess.run([check, "verify", here], capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (0, "")
