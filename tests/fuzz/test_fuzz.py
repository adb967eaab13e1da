"""Whatever the document of the API allows, and more, is asked of a real server."""

import os
import subprocess
import sys
import urllib.request
from importlib.util import find_spec
from json import dumps
from pathlib import Path
from typing import Any

import pytest

from argmap.api.examples import EXAMPLES
from servers import ask, free_port, serving

HERE = Path(__file__).parent

pytestmark = pytest.mark.full

SAID = {"speech": "AC", "action": "introduce", "text": "It is quiet."}


def post(port: int, path: str, body: Any) -> None:
    """Make something for requests to be about."""
    urllib.request.urlopen(
        urllib.request.Request(
            f"http://127.0.0.1:{port}/api/v1{path}",
            data=dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
    ).close()


@pytest.mark.skipif(not find_spec("schemathesis"), reason="the extra fuzz is missing")
def test_the_api_keeps_what_its_document_promises(tmp_path: Path) -> None:
    port = free_port()
    with serving("serve", port=port, folder=tmp_path):
        ask(port, "/health")
        for key in ("tram", "thrown", "gone"):
            post(port, f"/imports?key={key}", EXAMPLES["File"])
            post(port, f"/maps/{key}/rounds", EXAMPLES["RoundIn"] | {"key": "final"})
            post(port, f"/maps/{key}/rounds/final/moves", SAID)
        done = subprocess.run(
            [
                Path(sys.executable).with_name("schemathesis"),
                f"--config-file={HERE / 'schemathesis.toml'}",
                "run",
                f"http://127.0.0.1:{port}/openapi.json",
                "--checks=all",
            ],
            cwd=tmp_path,
            env=os.environ | {"SCHEMATHESIS_HOOKS": str(HERE / "hooks.py")},
            capture_output=True,
            text=True,
        )

    assert done.returncode == 0, done.stdout[-20_000:]
