"""A server that starts in a third of the time, to be started a thousand times."""

import os
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path

from argmap.cli import main
from faults.running import Process, Server


class WarmServer(Server):
    """The same server, forked from a process that has its modules already.

    To import them is most of the time that a start takes, and is always the same.
    """

    def _begin(self, arguments: list[str], environment: dict[str, str]) -> Process:
        context = get_context("forkserver")
        context.set_forkserver_preload(["argmap.cli", "argmap.api.app"])
        where = self.folder, self._log
        child = context.Process(target=_serve, args=(*where, arguments, environment))
        child.start()
        return _Forked(child)


def _serve(
    folder: Path, log: Path, arguments: list[str], environment: dict[str, str]
) -> None:
    os.setsid()
    os.chdir(folder)
    os.environ.update(environment)
    file = os.open(log, os.O_WRONLY)
    for said in (1, 2):
        os.dup2(file, said)
    main(arguments)


class _Forked:
    """A process of multiprocessing, as `subprocess.Popen` would show it."""

    def __init__(self, process: BaseProcess) -> None:
        self._process = process
        assert process.pid
        self.pid = process.pid
        self.terminate = process.terminate

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        status = self._process.exitcode
        assert status is not None, f"it has not ended within {timeout} s"
        return status
