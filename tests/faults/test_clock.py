"""The time of day jumps while a server works: nothing depends on that it goes on.

Revisions order the history, not times; a request under a key is known for a day by
the clock, so no jump here is longer. Planted and found: receipts of one hour.
"""

import json
import random
import struct
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from argmap.store import Store
from faults.audit import complaints, damages
from faults.editors import API, Editor, ask, make_maps, settle, writing
from faults.forms import forms
from faults.running import Line, Server, preloaded

CLOCK = Path(__file__).with_name("clock.c")
HOUR = 3600


def shifted(folder: Path) -> tuple[Server, Path]:
    """Make a server whose time of day is what a file says."""
    offset = folder / "offset"
    offset.write_bytes(struct.pack("=q", 0))
    clock = {"LD_PRELOAD": str(preloaded(folder, CLOCK)), "CLOCK_OFFSET": str(offset)}
    return Server(folder, environment=clock), offset


def shift(offset: Path, seconds: int) -> None:
    """Let the server's time of day jump."""
    with offset.open("r+b") as file:
        file.write(struct.pack("=q", seconds))


def pages(line: Line, path: str, after: int) -> list[dict[str, Any]]:
    """List all items page by page, waiting a little before the next each time."""
    found: list[dict[str, Any]] = []
    cursor = ""
    while True:
        answer = line.ask("GET", f"{path}?limit={after}{cursor}")
        assert answer.status == 200, answer
        page = json.loads(answer.body)
        found += page["items"]
        if not page.get("next"):
            return found
        cursor = f"&cursor={page['next']}"


@pytest.mark.parametrize("jumps", forms(ci=4, full=40))
def test_a_clock_that_jumps_changes_nothing(tmp_path: Path, jumps: int) -> None:
    server, offset = shifted(tmp_path)
    chance = random.Random(3)
    with server, server.line() as line:
        make_maps(server, "m0", "m1", "other")
        editors = [Editor(f"e{n}", f"m{n % 2}") for n in range(4)]
        for n in range(jumps):
            with writing(server, editors):
                time.sleep(0.3)
                shift(offset, (-HOUR, HOUR, -10 * HOUR, 10 * HOUR)[n % 4])
                time.sleep(0.3)
            settle(server, editors)
            for editor in editors:  # within a day a request under its key is known
                wish, answer = chance.choice(editor.promises)
                again = ask(line, wish)
                assert (again.status, again.body) == (answer.status, answer.body)
            patch = json.dumps({"title": f"Jump {n}"}).encode()
            tag = line.ask("GET", f"{API}/maps/other").headers["etag"]
            done = line.ask("PATCH", f"{API}/maps/other", patch, If_Match=tag)
            assert done.status == 200, done
        history = pages(line, f"{API}/maps/m0/changes", 50)
        revisions = [entry["revision"] for entry in history]
        assert sorted(map(int, revisions)) == [*range(1, len(revisions) + 1)]
        assert revisions in (sorted(revisions), sorted(revisions, reverse=True))
        times = [datetime.fromisoformat(str(entry["at"])) for entry in history]
        assert times not in (sorted(times), sorted(times, reverse=True))  # it jumped
        promises = [promise for editor in editors for promise in editor.promises]
        wishes = [wish for editor in editors for wish in editor.wishes]
        with Store.open(server.settings, read_only=True) as store:
            assert complaints(store, promises, wishes) == []
        assert server.stop() == 0
    assert damages(server.settings) == []
