"""Whatever the document of the API allows, and more, is asked of a real server.

``SCHEMATHESIS_OPTIONS`` adds options, such as ``--seed=7 --max-examples=200``.
"""

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
from faults.forms import forms
from servers import ARGMAP, ask, free_port, serving

HERE = Path(__file__).parent

SAID = {"speech": "AC", "action": "introduce", "text": "It is quiet."}


def post(port: int, secret: str, path: str, body: Any) -> None:
    """Make something for requests to be about."""
    urllib.request.urlopen(
        urllib.request.Request(
            f"http://127.0.0.1:{port}/api/v1{path}",
            data=dumps(body).encode(),
            headers={
                "Authorization": f"Bearer {secret}",
                "Content-Type": "application/json",
            },
        )
    ).close()


@pytest.mark.skipif(not find_spec("schemathesis"), reason="the extra fuzz is missing")
@pytest.mark.parametrize("examples", forms(50, 5000))
def test_the_api_keeps_what_its_document_promises(
    tmp_path: Path, examples: int
) -> None:
    (tmp_path / "argmap.toml").write_text("auth = true\nmax_rate = 0\n")
    made = [ARGMAP, "keys", "create", "Ada", "--admin"]
    secret = subprocess.check_output(made, cwd=tmp_path, text=True).strip()
    port = free_port()
    with serving("serve", port=port, folder=tmp_path):
        ask(port, "/health")
        for key in ("anna", "gone"):
            post(port, secret, "/keys", {"key": key, "name": "Anna Cho"})
        for key in ("tram", "thrown", "gone"):
            post(port, secret, f"/imports?key={key}", EXAMPLES["File"])
            begun = EXAMPLES["RoundIn"] | {"key": "final"}
            post(port, secret, f"/maps/{key}/rounds", begun)
            post(port, secret, f"/maps/{key}/rounds/final/moves", SAID)
        done = subprocess.run(
            [
                Path(sys.executable).with_name("schemathesis"),
                f"--config-file={HERE / 'schemathesis.toml'}",
                "run",
                f"http://127.0.0.1:{port}/openapi.json",
                "--checks=all",
                f"--max-examples={examples}",
                *os.environ.get("SCHEMATHESIS_OPTIONS", "").split(),
            ],
            cwd=tmp_path,
            env=os.environ
            | {"SCHEMATHESIS_HOOKS": str(HERE / "hooks.py"), "FUZZ_KEY": secret},
            capture_output=True,
            text=True,
        )

    assert done.returncode == 0, done.stdout[-20_000:]
