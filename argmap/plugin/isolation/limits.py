"""What a worker may take, and how its process is confined before it imports anything.

Without Linux there is no call that ends a worker with its parent; the limits hold all
the same.
"""

import ctypes
import os
import resource
import signal
import sys
from math import ceil
from pathlib import Path
from typing import Final

from msgspec import Struct

_PR_SET_PDEATHSIG: Final = 1
_PR_SET_CHILD_SUBREAPER: Final = 36
_PR_SET_NO_NEW_PRIVS: Final = 38

_FILES: Final = 64  # that may be open at a time


class Limits(Struct, frozen=True, kw_only=True):
    """What one call may take.

    Attributes:
        seconds: By the clock, for a call, and for importing the plugins.
        memory: Bytes of address space, over and above what argmap itself takes.
    """

    seconds: float = 10.0
    memory: int = 2_000_000_000


def adopt_orphans() -> None:
    """Become the parent of whatever a child leaves behind."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def confine(parent: int) -> None:
    """Cut this process off: a group of its own, no output, no files, no core.

    It ends when *parent* does.
    """
    os.setsid()
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # that has ended before it could be said
        os._exit(1)
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(nowhere, standard)
    os.close(nowhere)
    for kind, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _FILES),
    ):
        _limit(kind, most)


def limit_memory(memory: int) -> None:
    """Let this process take so many bytes more than it has."""
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        _limit(resource.RLIMIT_AS, pages * resource.getpagesize() + memory)


def limit_time(seconds: float) -> None:
    """Let this process compute for so long from now on, and a little more.

    The host's clock is what counts; this is for when the host is stopped.
    """
    usage = resource.getrusage(resource.RUSAGE_SELF)
    most = ceil(usage.ru_utime + usage.ru_stime + seconds) + 1
    _limit(resource.RLIMIT_CPU, most, for_good=False)


def _limit(kind: int, most: int, *, for_good: bool = True) -> None:
    """Set a limit, within what whoever started the server has left of it."""
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(kind, (most, most if for_good else hard))


def _prctl(option: int, value: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)
