"""Several processes serve one port, and none is left behind."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from databases import Postgres
from servers import ARGMAP, ask, free_port

PATIENCE = 30.0


class Serving:
    """`argmap serve --workers 2`, and what it says."""

    def __init__(self, url: str, log: Path) -> None:
        self.port, self._log = free_port(), log
        command = [ARGMAP, "serve", "--workers", "2", "--port", str(self.port)]
        with log.open("wb") as out:
            self.process = subprocess.Popen(
                [*command, "--database", url],
                stdout=out,
                stderr=out,
                start_new_session=True,
            )

    def workers(self) -> list[int]:
        """List the processes that have said that they listen, in their order."""
        return [int(n) for n in re.findall(r"in process (\d+)", self._log.read_text())]

    def end(self) -> None:
        """Leave nothing behind."""
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        self.process.wait()


@pytest.fixture
def serving(postgresql: Postgres, tmp_path: Path) -> Iterator[Serving]:
    url = postgresql.make()
    serving = Serving(url, tmp_path / "log")
    until(lambda: len(serving.workers()) == 2)
    yield serving
    serving.end()
    postgresql.drop(url)


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_worker_that_dies_is_started_again_and_all_end_together(
    serving: Serving,
) -> None:
    first = serving.workers()
    os.kill(first[0], signal.SIGKILL)
    until(lambda: len(serving.workers()) == 3)
    for _ in range(20):
        assert ask(serving.port, "/health")["database"].startswith("PostgreSQL")

    serving.process.terminate()

    assert serving.process.wait(PATIENCE) == 0
    assert not any(map(is_there, serving.workers()))


def test_no_worker_outlives_the_first_process(serving: Serving) -> None:
    serving.process.kill()
    serving.process.wait()

    until(lambda: not any(map(is_there, serving.workers())))


def test_several_cannot_share_a_file(tmp_path: Path) -> None:
    port = str(free_port())
    told = subprocess.run(
        [ARGMAP, "serve", "--workers", "2", "--port", port],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )

    assert told.returncode == 1
    assert told.stderr.startswith("Error: workers: 2 processes cannot share")
    assert told.stderr.count("\n") == 1
