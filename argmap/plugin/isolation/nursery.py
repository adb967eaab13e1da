"""The nursery: a process that has argmap imported, and forks workers from that.

Starting Python and importing numpy takes half a second; forking takes milliseconds, and
workers share the memory. No stranger's code ever runs here. The nursery is the parent
of all workers and of whatever they leave behind, so it is also what ends them: as a
process group, and orphan by orphan.

The host asks over a socket: `START`, with a worker's end of a socket, is answered by
its process id; `END` and `KILL` with an id, by how it ended. At the end of that socket,
however the host ended, everything ends.
"""

import gc
import os
import select
import signal
import socket
import struct
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Final, NoReturn

import argmap.engine
import argmap.plugin
from argmap.plugin.digest import code_digest
from argmap.plugin.isolation.limits import adopt_orphans, confine

REQUEST: Final = struct.Struct("<cq")
REPLY: Final = struct.Struct("<q")
START: Final = b"s"
END: Final = b"e"  # it has ended, or is about to: how?
KILL: Final = b"k"

_TICK: Final = 1.0  # seconds between looks for orphans
_GRACE: Final = 0.1  # seconds that one may take to end by itself, to say how
_ROUNDS: Final = 100  # of killing orphans, whose children become orphans by that


def main(control_fd: int) -> NoReturn:
    """Serve the host at the other end of a socket until that closes."""
    adopt_orphans()
    code_digest(argmap.engine, argmap.plugin)  # workers know the code that they run
    gc.collect()
    gc.freeze()  # what is here is shared with all workers: leave it where it is
    with socket.socket(fileno=control_fd) as control:
        nursery = _Nursery(control)
        while nursery.serve():
            pass
    nursery.end_all()
    os._exit(0)


class _Nursery:
    def __init__(self, control: socket.socket) -> None:
        self.control = control
        self.workers: set[int] = set()

    def serve(self) -> bool:
        """Answer one request, or look after orphans; false at the end."""
        timeout = _TICK if self.workers else None
        if not select.select([self.control], [], [], timeout)[0]:
            self.end_orphans()
            return True
        data, fds, _, _ = socket.recv_fds(self.control, REQUEST.size, 1)
        if len(data) < REQUEST.size:
            return False
        what, pid = REQUEST.unpack(data)
        if what == START:
            done = self.start(fds[0])
        else:
            done = self.end(pid, grace=_GRACE if what == END else 0)
        try:
            self.control.sendall(REPLY.pack(done))
        except OSError:
            return False
        return True

    def start(self, connection_fd: int) -> int:
        nursery = os.getpid()
        pid = os.fork()
        if pid == 0:
            with suppress(BaseException):
                self.control.close()
                confine(nursery)
                from argmap.plugin.isolation.work import work

                work(socket.socket(fileno=connection_fd))
            os._exit(0)
        os.close(connection_fd)
        self.workers.add(pid)
        return pid

    def end(self, pid: int, grace: float) -> int:
        """End a worker and its group; give the status with which it ended."""
        if pid not in self.workers:
            return 0
        ends = time.monotonic() + grace
        while not _has_ended(pid) and time.monotonic() < ends:
            time.sleep(0.002)
        return self.kill(pid)

    def kill(self, pid: int) -> int:
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        self.workers.discard(pid)
        self.end_orphans()
        return os.waitstatus_to_exitcode(status)

    def end_all(self) -> None:
        for pid in list(self.workers):
            self.kill(pid)

    def end_orphans(self) -> None:
        for _ in range(_ROUNDS):
            orphans = set(_children()) - self.workers
            if not orphans:
                return
            for orphan in orphans:
                with suppress(ProcessLookupError):
                    os.kill(orphan, signal.SIGKILL)
                with suppress(ChildProcessError):
                    os.waitpid(orphan, 0)


def _has_ended(pid: int) -> bool:
    """Look whether a child has ended, and leave its number taken."""
    if sys.platform == "darwin":  # has no call that only looks
        return False
    flags = os.WEXITED | os.WNOHANG | os.WNOWAIT
    return os.waitid(os.P_PID, pid, flags) is not None


def _children() -> list[int]:
    if sys.platform != "linux":
        return []
    own = os.getpid()
    return list(map(int, Path(f"/proc/{own}/task/{own}/children").read_text().split()))
