"""A disk that is full while editors write: refused whole, and later all goes on.

The processes live on and answer readers meanwhile; whatever was refused is granted when
it is sent again. Planted and found: SQLITE_FULL and SQLITE_IOERR_WRITE that are not
taken for a full disk, each by one of the tests.
"""

import os
import resource
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from argmap.store import Store
from faults.audit import complaints, damages
from faults.editors import API, Editor, make_maps, settle, writing
from faults.forms import forms
from faults.running import Server

MIB = 1024**2
EDITORS = 4
ROOM = MIB  # until there is none


@contextmanager
def mounted(folder: Path, size: int) -> Iterator[Path]:
    """Give a directory on a disk of its own, of *size* bytes."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    try:
        done = subprocess.run(command, capture_output=True, text=True)
    except FileNotFoundError:
        pytest.skip("there is no mount")
    if done.returncode:
        pytest.skip(f"no disk can be mounted: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(server: Server, editors: list[Editor]) -> None:
    """Write until there is no room, and see that reading goes on."""
    with writing(server, editors), server.line() as line:
        deadline = time.monotonic() + 60
        while not all(_is_refused(editor) for editor in editors):
            assert time.monotonic() < deadline, "it has never become full"
            assert line.ask("GET", f"{API}/maps/m0/claims").status == 200
            time.sleep(0.02)
        time.sleep(0.2)
        assert line.ask("GET", f"{API}/maps/m0/claims").status == 200
        assert server.process.poll() is None
    statuses = {answer.status for editor in editors for answer in editor.refusals}
    assert statuses == {507}


def _is_refused(editor: Editor) -> bool:
    return editor.is_waiting and bool(editor.refusals)


def judged(server: Server, editors: list[Editor]) -> list[str]:
    """List what was lost, torn or done twice."""
    promises = [promise for editor in editors for promise in editor.promises]
    wishes = [wish for editor in editors for wish in editor.wishes]
    with Store.open(server.settings, read_only=True) as store:
        return complaints(store, promises, wishes)


@pytest.mark.parametrize("times", forms(ci=1, full=20))
def test_a_full_disk_refuses_and_goes_on_when_there_is_room(
    tmp_path: Path, times: int
) -> None:
    with mounted(tmp_path / "disk", 64 * MIB) as disk:
        server = Server(tmp_path, database=f"sqlite:///{disk / 'argmap.db'}")
        with server:
            make_maps(server, "m0")
            editors = [Editor(f"e{n}", "m0") for n in range(EDITORS)]
            for _ in range(times):
                ballast = disk / "ballast"
                with ballast.open("wb") as file:
                    free = os.statvfs(disk)
                    file.write(bytes(max(0, free.f_bavail * free.f_frsize - ROOM)))
                fill(server, editors)
                ballast.unlink()
                settle(server, editors)
                assert judged(server, editors) == []
                for editor in editors:
                    editor.refusals.clear()
            assert server.stop() == 0
        assert damages(server.settings) == []


@pytest.mark.faults
@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux has prlimit")
def test_a_file_that_may_not_grow_refuses_and_goes_on(tmp_path: Path) -> None:
    server = Server(tmp_path)
    with server:
        make_maps(server, "m0")
        editors = [Editor(f"e{n}", "m0") for n in range(EDITORS)]
        pid = server.process.pid
        soft, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (2 * MIB, hard))
        fill(server, editors)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (soft, hard))
        settle(server, editors)
        assert judged(server, editors) == []
        assert server.stop() == 0
    assert damages(server.settings) == []
