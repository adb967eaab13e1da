"""Many edit the same few claims over HTTP: who comes late is told, nothing is lost.

The last test plants a store that does not compare ``If-Match``, which has to be found.
"""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from databases import Postgres
from faults.editors import API
from faults.forms import forms
from faults.running import Server, planted

CLAIMS = 3


def summed(server: Server, editors: int, edits: int) -> int:
    """Let each editor add to the claims, and say what they have come to together."""
    with server.line() as line:
        claims = [{"key": f"c{n}", "text": "How many?"} for n in range(CLAIMS)]
        body = {"format": "argmap/1", "map": {"key": "m"}, "claims": claims}
        made = line.ask("POST", f"{API}/imports", json.dumps(body).encode())
        assert made.status == 201, made
    with ThreadPoolExecutor(editors) as pool:
        turns: Sequence[None] = list(
            pool.map(lambda n: edit(server, n, edits), range(editors))
        )
    assert len(turns) == editors
    with server.line() as line:
        paths = [f"{API}/maps/m/claims/c{n}" for n in range(CLAIMS)]
        bodies = [json.loads(line.ask("GET", path).body) for path in paths]
    return sum(body["data"].get("count", 0) for body in bodies)


def edit(server: Server, editor: int, edits: int) -> None:
    """Add one to a claim again and again, anew whenever another was faster."""
    with server.line() as line:
        for turn in range(edits):
            path, done = f"{API}/maps/m/claims/c{(editor + turn) % CLAIMS}", 0
            while done != 200:
                seen = line.ask("GET", path)
                assert seen.status == 200, seen
                count = json.loads(seen.body)["data"].get("count", 0)
                patch = json.dumps({"data": {"count": count + 1}}).encode()
                tag = seen.headers["etag"]
                answer = line.ask("PATCH", path, patch, If_Match=tag)
                done = answer.status
                assert done in (200, 412), answer


@pytest.mark.parametrize(("editors", "edits"), forms(ci=(16, 20), full=(64, 100)))
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_no_edit_is_lost(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    kind: str,
    editors: int,
    edits: int,
) -> None:
    database: str | None = None
    if kind == "postgresql":
        postgres: Postgres = request.getfixturevalue("postgresql")
        database = postgres.make()
    with Server(tmp_path, database=database) as server:
        assert summed(server, editors, edits) == editors * edits


@pytest.mark.full
def test_edits_that_are_not_compared_are_found(tmp_path: Path) -> None:
    right = '    if sent != f"r{revs[item]}":\n'
    code = planted(tmp_path, "store/writing.py", (right, "    if False:\n"))

    with Server(tmp_path, code=code) as server:
        assert summed(server, 16, 20) < 16 * 20
