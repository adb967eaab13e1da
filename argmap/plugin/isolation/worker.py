"""A worker as the host sees it: ask, and get an answer or an error in time.

The process starts when it is first asked, and again after it has failed. One call at a
time: those who wait are let in one by one.
"""

import select
import signal
import socket
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Final, TypeVar

import msgspec

from argmap.engine import check_patience
from argmap.errors import PluginFault, PluginTooSlow
from argmap.plugin.isolation import wire
from argmap.plugin.isolation.children import Children
from argmap.plugin.isolation.frames import Ended, Late, exchange
from argmap.plugin.isolation.limits import Limits
from argmap.plugin.sources import Found

M = TypeVar("M", bound=wire.Message)

# An answer may be larger than what was asked: a file in another format, or much that a
# plugin has to say of itself. It is no more than this many times as large, and this.
_TIMES: Final = 64
_BYTES: Final = 4_000_000

_IMPORT: Final = "importing it"

_SLICE: Final = 0.05  # seconds after which it is asked whether anybody still waits


class Refusal(Exception):
    """The worker says that what was sent is wrong."""

    def __init__(self, detail: str, pointer: str) -> None:
        self.detail, self.pointer = detail, pointer
        super().__init__(detail)


class Worker:
    """One process for the plugins of one owner: a distribution, or a file."""

    def __init__(
        self, children: Children, limits: Limits, found: Sequence[Found]
    ) -> None:
        self.owner = found[0].owner
        self._children, self._limits = children, limits
        self._load = wire.Load(
            path=tuple(part for part in sys.path if part),
            plugins=tuple(map(_plugin, found)),
            seconds=limits.seconds,
            memory=limits.memory,
        )
        self._turn = Lock()
        self._pid = 0
        self._connection: socket.socket | None = None
        self._described: tuple[wire.Described, ...] | None = None
        self._is_retired = False

    def describe(self) -> tuple[wire.Described, ...]:
        """Import the plugins in the worker, and say what they offer.

        Raises:
            PluginFault: The worker did not survive it.
            PluginTooSlow: It takes too long.
        """
        with self._mine(self.owner, _IMPORT, self._limits.seconds):
            if self._described is None:
                self._start(self.owner)
            assert self._described is not None
            return self._described

    def ask(
        self,
        plugin: str,
        what: str,
        request: wire.Request,
        reply: type[M],
        seconds: float | None = None,
    ) -> M:
        """Have a request answered.

        Args:
            plugin: Whose, for people.
            what: What is asked, for people: rule 'mine'.
            request: The question.
            reply: The kind of the answer.
            seconds: How long it may take; None: as long as a call may.

        Raises:
            Refusal: What is sent is wrong.
            PluginFault: The plugin failed, its worker ended, or answered nonsense.
            PluginTooSlow: It takes too long, or others do that it has to wait for.
            TooSlow, Cancelled: Whoever asked does not wait any longer.
        """
        limit = seconds or self._limits.seconds
        data = msgspec.msgpack.encode(request)
        with self._mine(plugin, what, limit):
            if not self._is_up():
                self._start(plugin)
            found = self._exchange(plugin, what, data, limit)
            if _has_children(self._pid):
                self._end()
            if isinstance(found, wire.Refused):
                raise Refusal(found.detail, found.pointer)
            if isinstance(found, reply):
                return found
            self._end()
            detail = getattr(found, "detail", "answered another question")
            raise PluginFault(plugin, detail)

    def retire(self) -> None:
        """End the process, or have it ended after the call that is under way."""
        self._is_retired = True
        if self._turn.acquire(blocking=False):
            try:
                self._end()
            finally:
                self._turn.release()

    @contextmanager
    def _mine(self, plugin: str, what: str, seconds: float) -> Iterator[None]:
        check_patience()
        ends = time.monotonic() + seconds
        while not self._turn.acquire(timeout=_SLICE):
            check_patience()
            if time.monotonic() > ends:
                raise PluginTooSlow(plugin, what, seconds)
        try:
            yield
        finally:
            if self._is_retired:
                self._end()
            self._turn.release()

    def _is_up(self) -> bool:
        """Say whether the process is there, and silent; if not, it ends."""
        if self._connection is None:
            return False
        poll = select.poll()
        poll.register(self._connection, select.POLLIN)
        if not poll.poll(0):
            return True
        self._end()
        return False

    def _start(self, plugin: str) -> None:
        self._pid, self._connection = self._children.start()
        data = msgspec.msgpack.encode(self._load)
        found = self._exchange(plugin, _IMPORT, data, self._limits.seconds)
        if not isinstance(found, wire.Loaded):
            self._end()
            raise PluginFault(plugin, "does not say what it offers")
        if self._described not in (None, found.plugins):
            self._end()
            detail = "offers something else than when the server started; restart that"
            raise PluginFault(plugin, detail)
        self._described = found.plugins

    def _exchange(
        self, plugin: str, what: str, data: bytes, seconds: float
    ) -> wire.Reply:
        assert self._connection is not None
        try:
            answer = exchange(
                self._connection,
                data,
                most=_BYTES + _TIMES * len(data),
                seconds=seconds,
                still=check_patience,
            )
            reply: wire.Reply = _DECODER.decode(answer)
            return reply
        except Late:
            self._end()
            raise PluginTooSlow(plugin, what, seconds) from None
        except Ended as error:
            code = self._end(is_ending=True)
            how = str(error) or _ending(code)
            raise PluginFault(plugin, f"{what} {how}") from None
        except (msgspec.DecodeError, ValueError, RecursionError) as error:
            self._end()
            raise PluginFault(plugin, f"{what} answers nonsense: {error}") from None
        except BaseException:  # nobody waits for the answer, which is still to come
            self._end()
            raise

    def _end(self, *, is_ending: bool = False) -> int | None:
        if self._connection is None:
            return None
        self._connection.close()
        self._connection = None
        return self._children.end(self._pid, is_ending=is_ending)


_DECODER: Final = msgspec.msgpack.Decoder(wire.Reply)


def _plugin(found: Found) -> wire.Plugin:
    is_file = isinstance(found.origin, Path)
    return wire.Plugin(
        name=found.name,
        distribution=found.distribution,
        version=found.version,
        entry=None if isinstance(found.origin, Path) else found.origin.value,
        file=str(Path(str(found.origin)).absolute()) if is_file else None,
    )


def _ending(code: int | None) -> str:
    if code is None:
        return "lost its process"
    if code < 0:
        return f"ended its process: killed by {signal.Signals(-code).name}"
    return f"ended its process, with exit code {code}"


def _has_children(pid: int) -> bool:
    """Say whether a process has started others, in whatever thread; Linux knows."""
    try:
        tasks = Path(f"/proc/{pid}/task").iterdir()
        return any((task / "children").read_bytes() for task in tasks)
    except OSError:
        return False
