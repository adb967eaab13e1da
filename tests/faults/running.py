"""A real server that tests break, and start again on the database that is left."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Protocol, Self

import pytest

import argmap
from argmap.settings import Settings
from servers import ARGMAP, free_port

PATIENCE = 60.0  # seconds that a busy machine may take to answer


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


class Line:
    """A connection to a server, kept open from one request to the next."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def ask(
        self, method: str, path: str, body: bytes | None = None, **headers: str
    ) -> Answer:
        """Send a request and read the answer.

        Raises:
            OSError, HTTPException: The server has gone before it answered.
        """
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if body is not None:
            sent.setdefault("Content-Type", "application/json")
        self._connection.request(method, path, body, sent)
        response = self._connection.getresponse()
        told = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, told, response.read())

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class Process(Protocol):
    """A child, as `subprocess.Popen` has it."""

    @property
    def pid(self) -> int:
        """Its number, and that of its group."""

    def poll(self) -> int | None:
        """Say with which status it has ended, if it has."""

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it ends, and say with which status."""

    def terminate(self) -> None:
        """Ask it to end."""


class Server:
    """`argmap serve` in a process group of its own, on one database and one port.

    *settings* go into its environment, as ``ARGMAP_…``; *code* is a directory whose
    argmap runs in place of the one that is tested.
    """

    def __init__(
        self,
        folder: Path,
        *arguments: str,
        database: str | None = None,
        environment: dict[str, str] | None = None,
        code: Path | None = None,
    ) -> None:
        self.folder, self.port = folder, free_port()
        self.database = database or f"sqlite:///{folder / 'argmap.db'}"
        self._arguments = arguments
        self._environment = environment or {}
        if code:
            self._environment["PYTHONPATH"] = str(code)
        self._log = folder / "server.log"
        self._process: Process | None = None

    @property
    def settings(self) -> Settings:
        """What opens the same database here."""
        return Settings(database_url=self.database)

    @property
    def process(self) -> Process:
        """The process that runs, or has run last."""
        assert self._process
        return self._process

    @property
    def said(self) -> str:
        """What the server has said since it was started, on either of its outputs."""
        return self._log.read_text("utf-8", "replace")

    def start(self) -> None:
        """Start, and wait until it listens."""
        self._log.write_bytes(b"")
        self._process = self._begin(
            ["serve", "--port", str(self.port), *self._arguments],
            {"ARGMAP_DATABASE_URL": self.database, **self._environment},
        )
        deadline = time.monotonic() + PATIENCE
        while not self._listens():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"it did not start:\n{self.said}")
            time.sleep(0.005)

    def _begin(self, arguments: list[str], environment: dict[str, str]) -> Process:
        with self._log.open("wb") as log:
            return subprocess.Popen(
                [ARGMAP, *arguments],
                cwd=self.folder,
                env={**os.environ, **environment},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _listens(self) -> bool:
        if f":{self.port}/api/v1" not in self.said:
            return False
        try:
            socket.create_connection(("127.0.0.1", self.port)).close()
        except ConnectionRefusedError:  # it says so a moment before it does
            return False
        return True

    def kill(self) -> None:
        """Kill it with everything that it has started, as a crash would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        """Ask it to end, and say with which status it did."""
        self.process.terminate()
        return self.process.wait(PATIENCE)

    def end(self) -> None:
        """Leave nothing of it behind, whether it runs or not."""
        if self._process and self._process.poll() is None:
            self.kill()

    def line(self) -> Line:
        """Open a connection."""
        return Line(self.port)

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:  # then there is no block to end
            self.end()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.end()


def planted(folder: Path, module: str, *changes: tuple[str, str]) -> Path:
    """Copy argmap with passages of one module replaced, and say where it is.

    The copy is for the ``code`` of a server: what is tested stays as it is. That each
    passage is there once is checked, so that no fault goes unplanted.
    """
    source = Path(argmap.__file__).parent
    copied = folder / "planted" / source.name
    shutil.copytree(source, copied, ignore=shutil.ignore_patterns("__pycache__"))
    file = copied / module
    text = file.read_text("utf-8")
    for right, wrong in changes:
        assert text.count(right) == 1, f"{module} has {right!r} {text.count(right)} ×"
        text = text.replace(right, wrong)
    file.write_text(text, "utf-8")
    return copied.parent


def preloaded(folder: Path, source: Path) -> Path:
    """Compile a C file to what LD_PRELOAD takes; skip the test where that cannot be."""
    if sys.platform != "linux" or not shutil.which("cc"):
        pytest.skip("what is loaded before libc needs Linux and a C compiler")
    library = folder / f"{source.stem}.so"
    options = ("-O2", "-Wall", "-Werror", "-shared", "-fPIC", "-o", str(library))
    subprocess.run(["cc", *options, str(source), "-ldl"], check=True)
    return library
