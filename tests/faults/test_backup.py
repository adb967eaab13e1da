"""A backup that is made under load holds all that was acknowledged before it.

The last test copies the database's own file in place of a backup, which is found
to miss something (5 of 5 copies, 6 to 161 complaints each).
"""

import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from argmap.settings import Settings
from argmap.store import Store
from argmap.store.checking import check
from faults.audit import complaints
from faults.editors import Editor, make_maps, settle, writing
from faults.forms import forms
from faults.running import Server
from servers import ARGMAP

EDITORS = 8
COPIED = 5  # times, at most, that one database is: each looks at all there is by then


def missed(
    folder: Path, copies: int, copy: Callable[[Server, Path], None]
) -> list[list[str]]:
    """Copy a database again and again while it is written, and list what is missing."""
    found = []
    with Server(folder) as server:
        make_maps(server, "m0", "m1")
        editors = [Editor(f"e{n}", f"m{n % 2}") for n in range(EDITORS)]
        for number in range(copies):
            file = folder / f"copy{number}.db"
            with writing(server, editors):
                time.sleep(0.3)
                before = [promise for each in editors for promise in each.promises]
                copy(server, file)
            settle(server, editors)
            wishes = [wish for editor in editors for wish in editor.wishes]
            settings = Settings(database_url=f"sqlite:///{file}")
            with Store.open(settings) as store:
                found.append(complaints(store, before, wishes))
            found[-1] += check(settings)
    return found


def back_up(server: Server, file: Path) -> None:
    """Make a backup, as whoever runs a server would."""
    what = ("db", "backup", str(file), "--database", server.database)
    subprocess.run([ARGMAP, *what], check=True, capture_output=True)


def copy_file(server: Server, file: Path) -> None:
    """Make what is no backup."""
    shutil.copyfile(server.folder / "argmap.db", file)


@pytest.mark.parametrize("copies", forms(ci=3, full=40))
def test_a_backup_under_load_misses_nothing(tmp_path: Path, copies: int) -> None:
    for begun in range(0, copies, COPIED):
        folder = tmp_path / str(begun)
        folder.mkdir()

        found = missed(folder, min(copies, COPIED), back_up)

        assert [each for each in found if each] == []


@pytest.mark.full
def test_a_copy_of_the_file_is_found_to_miss_something(tmp_path: Path) -> None:
    assert any(missed(tmp_path, 5, copy_file))
