"""The types in the repository are those of the document, and clients can use them."""

import shutil
import subprocess
from json import dumps
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from argmap.api.examples import EXAMPLES
from argmap.api.openapi import document
from argmap.api.typescript import typescript
from servers import ask, free_port, serving

OPENAPI = Path(__file__).parents[2] / "openapi"
CLIENT = OPENAPI / "examples" / "client"

needs_tsc = pytest.mark.skipif(
    not (shutil.which("tsc") and shutil.which("node")),
    reason="tsc and node are not on the path: npm install typescript",
)


def test_the_types_in_the_repository_are_those_of_the_document() -> None:
    assert (OPENAPI / "argmap.d.ts").read_bytes() == typescript(document()), (
        "argmap openapi --typescript openapi/argmap.d.ts"
    )


def test_exactly_one_of_several_members_is_a_union() -> None:
    types = typescript(document()).decode()

    target = types[types.index("  Target: {") :]
    target = target[: target.index("};")]
    assert "claim: string;" in target
    assert "relation?: null;" in target
    assert "} | {" in target


@needs_tsc
def test_the_example_is_well_typed_and_does_what_it_says(tmp_path: Path) -> None:
    compiler, node = shutil.which("tsc"), shutil.which("node")
    assert compiler
    assert node
    done = subprocess.run(
        [compiler, "-p", CLIENT, "--outDir", tmp_path], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout
    (tmp_path / "package.json").write_text('{"type": "module"}')
    port = free_port()
    (tmp_path / "run.js").write_text(
        'import { example } from "./client.js";\n'
        f'console.log(await example("http://127.0.0.1:{port}"));\n'
    )

    with serving("serve", port=port, folder=tmp_path):
        ask(port, "/health")
        imports = f"http://127.0.0.1:{port}/api/v1/imports"
        body, headers = dumps(EXAMPLES["File"]), {"Content-Type": "application/json"}
        urlopen(Request(imports, body.encode(), headers)).close()
        ran = subprocess.run(
            [node, tmp_path / "run.js"], capture_output=True, text=True, timeout=60
        )

    assert ran.stderr == ""
    assert ran.stdout == "A tram?: Stops will be far apart. 0.4 access, elderly\n"
