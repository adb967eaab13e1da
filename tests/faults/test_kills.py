"""SIGKILL at any moment: what was acknowledged is there, whole and once.

The last test plants each fault of `PLANTED` in a copy, which has to be found within one
life of 25 kills.
"""

import random
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from argmap.model import Map
from argmap.store import Store
from faults.audit import complaints, damages, undone
from faults.editors import Editor, ask, make_maps, settle, writing
from faults.forms import forms
from faults.running import Server, planted
from faults.warm import WarmServer

EDITORS = 8
JUDGED = 5  # of as many kills it is asked after one what is wrong
LIFE = 25  # kills of one database
PLANTED = {
    "an acknowledgement before the commit": (
        "store/writer.py",
        {
            "                job.future.set_result(result)\n": "                pass\n",
            "                transaction.tell()\n": (
                "                transaction.tell()\n"
                "                for job, (result, refusal) in zip(group, outcomes):\n"
                "                    if refusal is None:\n"
                "                        job.future.set_result(result)\n"
                "                import time\n"
                "                time.sleep(0.01)\n"
            ),
        },
    ),
    "answers that are not kept": (
        "store/receipts.py",
        {"    connection.execute(insert(RECEIPT), row)\n": ""},
    ),
}
REPEATED = 10  # requests of each editor that are sent again at the end of a life


def live(server: Server, kills: int, chance: random.Random) -> list[str]:
    """Kill a server again and again while it writes, and list what was wrong."""
    editors = [Editor(f"e{n}", f"m{n % 2}") for n in range(EDITORS)]
    found: list[str] = []
    server.start()
    make_maps(server, "m0", "m1")
    for kill in range(kills):
        with writing(server, editors):
            time.sleep(chance.uniform(0.02, 0.6))
            server.kill()
        server.start()
        settle(server, editors)
        if kill % JUDGED == 0:  # what is lost or done twice stays so
            found += judged(server, editors)
        if found:
            return found
    found += repeated(server, editors, chance)
    found += judged(server, editors)
    server.stop()
    with Store.open(server.settings, read_only=True) as store:
        for map in ("m0", "m1"):
            if undone(store, map) != Map(key=map):
                found.append(f"torn: the history of {map} does not lead back")
    return found + damages(server.settings)


def judged(server: Server, editors: Sequence[Editor]) -> list[str]:
    """List what a server has lost, torn or done twice."""
    promises = [promise for editor in editors for promise in editor.promises]
    wishes = [wish for editor in editors for wish in editor.wishes]
    refusals = [str(answer) for editor in editors for answer in editor.refusals]
    with Store.open(server.settings, read_only=True) as store:
        return refusals + complaints(store, promises, wishes)


def repeated(
    server: Server, editors: Sequence[Editor], chance: random.Random
) -> list[str]:
    """Send again what has been answered, and list what is answered otherwise."""
    found: list[str] = []
    with server.line() as line:
        for editor in editors:
            size = min(REPEATED, len(editor.promises))
            for wish, answer in chance.sample(editor.promises, size):
                again = ask(line, wish)
                if (again.status, again.body) != (answer.status, answer.body):
                    found.append(f"twice: {wish.key}: {again}")
    return found


@pytest.mark.parametrize("kills", forms(ci=LIFE, full=1000))
def test_no_kill_loses_what_was_acknowledged(tmp_path: Path, kills: int) -> None:
    chance = random.Random(7)
    for life in range(kills // LIFE):
        folder = tmp_path / str(life)
        folder.mkdir()
        server = WarmServer(folder)
        try:
            assert live(server, LIFE, chance) == []
        finally:
            server.end()


@pytest.mark.full
@pytest.mark.parametrize("fault", PLANTED)
def test_a_fault_that_was_planted_is_found(tmp_path: Path, fault: str) -> None:
    module, changes = PLANTED[fault]
    server = Server(tmp_path, code=planted(tmp_path, module, *changes.items()))
    try:
        with pytest.raises(AssertionError, match=r"lost|torn|twice|status=4"):
            assert live(server, LIFE, random.Random(7)) == []
    finally:
        server.end()
