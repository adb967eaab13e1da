"""What only a real process shows: servers, signals, pipes and terminals."""

import os
import pty
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from servers import ARGMAP, ask, free_port, serving


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_server_says_where_it_listens_and_ends_when_told(
    folder: Path, stop: signal.Signals
) -> None:
    port = free_port()
    with serving("serve", port=port, folder=folder) as server:
        assert ask(port, "/api/v1/maps/japan-nato")["key"] == "japan-nato"
        server.send_signal(stop)

        assert server.wait(timeout=20) == 0


HALF_SENT = (
    b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n",
    b"POST /api/v1/maps HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    b"Content-Type: application/json\r\nContent-Length: 99\r\n\r\n{",
)


@pytest.mark.parametrize("sent", HALF_SENT, ids=["head", "body"])
@pytest.mark.parametrize(
    ("grace", "signals"), [("0.5", 1), ("600", 2)], ids=["grace over", "told again"]
)
def test_a_request_half_sent_does_not_keep_a_server_from_ending(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    sent: bytes,
    grace: str,
    signals: int,
) -> None:
    monkeypatch.setenv("ARGMAP_GRACE_SECONDS", grace)
    port = free_port()
    with serving("serve", port=port, folder=tmp_path) as server:
        ask(port, "/health")
        with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
            client.sendall(sent)
            time.sleep(0.3)
            for _ in range(signals):
                server.send_signal(signal.SIGINT)
                time.sleep(0.3)

            assert server.wait(timeout=20) == 0


def test_the_demo_serves_what_it_showed(tmp_path: Path) -> None:
    port = free_port()
    with serving("demo", port=port, folder=tmp_path) as server:
        tree = ask(port, "/api/v1/maps/japan-nato/claims/closer-cooperation/tree")
        server.send_signal(signal.SIGINT)
        out, _ = server.communicate(timeout=20)

    assert tree["root"]["claim"] == "closer-cooperation"
    assert "closer-cooperation" in out
    assert server.returncode == 0


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_port_in_use_is_an_error_in_one_line(folder: Path, command: str) -> None:
    port = free_port()
    with serving("serve", port=port, folder=folder):
        second = argmap(command, "--port", str(port), "--database", "other.db")

    assert (second.returncode, second.stdout) == (1, "")
    assert second.stderr.count("\n") == 1
    assert f"--port {port + 1}" in second.stderr


def test_a_plugin_left_out_costs_a_line_or_under_strict_the_start(
    tmp_path: Path,
) -> None:
    plugins = tmp_path / "plugins"
    plugins.mkdir()
    (plugins / "broken.py").write_text("import nothing_of_that_name\n")
    database = str(tmp_path / "argmap.db")
    where = ("--plugins-dir", str(plugins), "--database", database)

    lenient = argmap("demo", "--no-serve", *where)
    strict = argmap("serve", "--strict", "--port", str(free_port()), *where)

    assert (lenient.returncode, strict.returncode) == (0, 1)
    for told in (lenient.stderr, strict.stderr):
        assert told.count("\n") == 1
        assert "broken" in told
        assert "nothing_of_that_name" in told


def test_while_a_server_writes_a_database_others_read_it_and_may_not_write(
    folder: Path,
) -> None:
    with serving("serve", port=free_port(), folder=folder):
        reading = argmap("score", "japan-nato", "--rule", "df-quad")
        writing = argmap("import", "city-tram.argmap.json")
        serving_too = argmap("serve", "--port", str(free_port()))

    assert reading.returncode == 0
    for refused in (writing, serving_too):
        assert (refused.returncode, refused.stdout) == (1, "")
        assert refused.stderr.count("\n") == 1


@pytest.mark.usefixtures("folder")
def test_a_reader_who_has_had_enough_is_no_error() -> None:
    with subprocess.Popen(
        [ARGMAP, "export", "japan-nato"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as export:
        assert export.stdout
        assert export.stderr
        export.stdout.read(1)
        export.stdout.close()

        assert export.stderr.read() == b""


@pytest.mark.usefixtures("folder")
def test_no_room_for_the_output_is_an_error_in_one_line() -> None:
    tree = [ARGMAP, "tree", "japan-nato", "closer-cooperation"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(tree, stdout=full, stderr=subprocess.PIPE, text=True)

    assert done.returncode == 1
    assert done.stderr == "Error: the output: No space left on device\n"


@pytest.mark.parametrize("column", ["title = CAST(x'ff' AS TEXT)", "data = '{'"])
@pytest.mark.parametrize("command", [["maps"], ["score", "japan-nato"]])
def test_a_damaged_database_is_an_error_in_one_line(
    folder: Path, command: list[str], column: str
) -> None:
    with closing(sqlite3.connect(folder / "argmap.db")) as shell:
        shell.execute(f"UPDATE map SET {column}")
        shell.commit()

    done = argmap(*command)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: the database ")
    assert done.stderr.count("\n") == 1


def test_colour_and_progress_are_for_terminals_only(run: Callable[..., Result]) -> None:
    scores = ["score", "japan-nato", "--rule", "df-quad"]
    imports = ["import", "city-tram.argmap.json", "--database"]

    assert "\x1b" not in run(*scores).stdout
    assert "\x1b[32m" in on_terminal(*scores)
    assert run(*imports, "one.db").stderr == ""
    assert "reading city-tram" in on_terminal(*imports, "two.db")


def argmap(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command, its output in pipes."""
    return subprocess.run([ARGMAP, *arguments], capture_output=True, text=True)


def on_terminal(*arguments: str) -> str:
    """Run a command in a terminal, and give all that it shows."""
    pid, terminal = pty.fork()
    if pid == 0:
        environment = {"PATH": os.environ["PATH"], "TERM": "xterm", "COLUMNS": "120"}
        os.execve(ARGMAP, [str(ARGMAP), *arguments], environment)
    shown = b""
    try:
        while piece := os.read(terminal, 4096):
            shown += piece
    except OSError:
        pass  # Linux says so when the other end is closed
    os.close(terminal)
    _, status = os.waitpid(pid, 0)
    assert status == 0, shown
    return shown.decode()
