"""The host's end of the nursery: starts it when first needed, again if it has died."""

import os
import socket
import subprocess
import sys
from contextlib import suppress
from threading import Lock
from typing import Final

from argmap.errors import Unavailable
from argmap.plugin.isolation.nursery import END, KILL, REPLY, REQUEST, START

# Isolated from the environment and the user's own packages; the path is the host's, so
# that both find the same argmap.
_PROGRAM: Final = (
    "import sys; control, *sys.path[:] = sys.argv[1:]; "
    "from argmap.plugin.isolation import work; "
    "from argmap.plugin.isolation.nursery import main; "
    "main(int(control))"
)
_SECONDS: Final = 30  # to import numpy on a busy machine; then milliseconds


class Children:
    """Workers as processes: how they start, and that they end."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._is_closed = False

    def start(self) -> tuple[int, socket.socket]:
        """Start a worker; give its process id, and the socket to it.

        Raises:
            Unavailable: The system does not let processes start.
        """
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        try:
            with theirs:
                return self._ask(START, 0, theirs), ours
        except BaseException:
            ours.close()
            raise

    def end(self, pid: int, *, is_ending: bool = False) -> int | None:
        """End a worker, with all that it has started.

        Args:
            pid: The worker's process.
            is_ending: It ends by itself; it is given a moment, and killed then.

        Returns:
            The exit code if it had ended by itself, or is killed now: −9, as that of
            every process that is killed by a signal is the signal's, negative. None if
            the nursery has ended, and with it all workers.
        """
        try:
            return self._ask(END if is_ending else KILL, pid, None)
        except Unavailable:
            return None

    def close(self) -> None:
        """End everything."""
        with self._lock:
            self._is_closed = True
            self._forget()

    def _ask(self, what: bytes, pid: int, connection: socket.socket | None) -> int:
        with self._lock:
            if self._is_closed:
                raise Unavailable("the server is ending")
            if self._control is None:
                if what != START:
                    raise Unavailable("all workers have ended")
                self._control = self._spawn()
            try:
                return self._asked(self._control, REQUEST.pack(what, pid), connection)
            except OSError as error:
                self._forget()
                detail = "no process for plugins could be started; try again"
                raise Unavailable(detail) from error

    def _asked(
        self, control: socket.socket, request: bytes, connection: socket.socket | None
    ) -> int:
        fds = [connection.fileno()] if connection else []
        socket.send_fds(control, [request], fds)
        reply = control.recv(REPLY.size, socket.MSG_WAITALL)
        if len(reply) < REPLY.size:
            raise ConnectionResetError
        done: int = REPLY.unpack(reply)[0]
        return done

    def _spawn(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        ours.settimeout(_SECONDS)
        path = [os.path.abspath(part) for part in sys.path if part]  # noqa: PTH100
        control = str(theirs.fileno())
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-B", "-c", _PROGRAM, control, *path],
                pass_fds=[theirs.fileno()],
                cwd="/",
                env=_ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is for the host alone
            )
        return ours

    def _forget(self) -> None:
        if self._control is not None:
            self._control.close()  # at that the nursery ends all workers, then itself
        if self._process is not None:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_SECONDS)
        self._control = self._process = None


# Nothing of the host's, such as the address and password of a database. One thread for
# arithmetic: threads do not survive a fork.
_ENVIRONMENT: Final = {
    "PATH": os.defpath,
    "LANG": "C.UTF-8",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}
