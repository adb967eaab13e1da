"""A real server in a process of its own, for tests that need one."""

import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from typing import Any

ARGMAP = Path(sys.executable).with_name("argmap")


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


@contextmanager
def serving(
    *arguments: str,
    port: int,
    folder: Path,
    program: Sequence[str | Path] = (ARGMAP,),
) -> Iterator[subprocess.Popen[str]]:
    """Run a command that serves, wait until it listens, and leave none behind."""
    process = subprocess.Popen(
        [*program, *arguments, "--port", str(port)],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr
        told = process.stderr.readline()
        assert f"http://127.0.0.1:{port}/api/v1" in told, told + process.stderr.read()
        yield process
    finally:
        process.kill()
        process.communicate()


def ask(port: int, path: str) -> Any:
    """GET JSON from a server, trying again while it starts."""
    deadline = time.monotonic() + 60  # where all are busy
    while True:
        try:
            url = f"http://127.0.0.1:{port}{path}"
            with urllib.request.urlopen(url, timeout=10) as answer:
                return json.load(answer)
        except (OSError, HTTPException):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
