"""Frames: a length of 8 bytes and as many bytes, over a socket.

The worker reads and writes as a plain program does. The host never waits longer than
it wants to, and never takes more than it asked for.
"""

import select
import socket
import struct
import time
from collections.abc import Callable
from typing import Final

_LENGTH: Final = struct.Struct("<Q")
_PIECE: Final = 1 << 20

_SLICE: Final = 0.05  # seconds after which it is asked whether anybody still waits


class Ended(Exception):
    """The other side is gone, or does not keep to the form."""


class Late(Exception):
    """The other side took too long."""


def receive(connection: socket.socket) -> bytes | None:
    """Read a frame, however long that takes; None at the end."""
    head = _exactly(connection, _LENGTH.size)
    return head and _exactly(connection, _LENGTH.unpack(head)[0])


def send(connection: socket.socket, data: bytes) -> None:
    """Write a frame, however long that takes."""
    connection.sendall(_LENGTH.pack(len(data)))
    connection.sendall(data)


def _exactly(connection: socket.socket, size: int) -> bytes | None:
    found = bytearray()
    while len(found) < size:
        piece = connection.recv(min(size - len(found), _PIECE))
        if not piece:
            return None
        found += piece
    return bytes(found)


def exchange(
    connection: socket.socket,
    data: bytes,
    *,
    most: int,
    seconds: float,
    still: Callable[[], None],
) -> bytes:
    """Write a frame and read the one that answers it.

    Args:
        connection: Not blocking.
        data: What to write.
        most: The largest answer that is taken, in bytes.
        seconds: How long all of it may take.
        still: Raises if nobody waits any longer; called every 50 ms.

    Raises:
        Ended: The other side is gone, or answers with more than *most*.
        Late: The time is over.
    """
    call = _Call(connection, time.monotonic() + seconds, still)
    try:
        call.send(memoryview(_LENGTH.pack(len(data)) + data))
        size: int = _LENGTH.unpack(call.receive(_LENGTH.size))[0]
        if size > most:
            raise Ended(f"answers with {size} bytes; {most} are allowed")
        return call.receive(size)
    except OSError as error:
        raise Ended from error


class _Call:
    def __init__(
        self, connection: socket.socket, ends: float, still: Callable[[], None]
    ) -> None:
        self.connection, self.ends, self.still = connection, ends, still
        self.poll = select.poll()

    def send(self, data: memoryview) -> None:
        while data:
            try:
                data = data[self.connection.send(data) :]
            except BlockingIOError:
                self.wait(select.POLLOUT)

    def receive(self, size: int) -> bytes:
        found = bytearray()
        while len(found) < size:
            try:
                piece = self.connection.recv(min(size - len(found), _PIECE))
            except BlockingIOError:
                self.wait(select.POLLIN)
                continue
            if not piece:
                raise Ended
            found += piece
        return bytes(found)

    def wait(self, event: int) -> None:
        self.poll.register(self.connection, event)
        while True:
            left = self.ends - time.monotonic()
            if left <= 0:
                raise Late
            if self.poll.poll(min(left, _SLICE) * 1000):
                return
            self.still()
