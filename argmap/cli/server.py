"""The server: granian in this very process, round the API.

One process on purpose: a SQLite file has one writer. Granian's own worker processes
outlive a parent that is killed, with the port and the database still in their hands;
its embedded form has none, and answers as fast. Where there may be several, `workers`
has each run this.
"""

import asyncio
import errno
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Coroutine
from importlib.metadata import version
from math import ceil
from typing import Any, NoReturn

import click

from argmap.cli import memory, workers
from argmap.errors import AddressInUse, ArgmapError, Unavailable
from argmap.settings import Settings

_STOPS = (signal.SIGINT, signal.SIGTERM)
BACKLOG = 1024
"""Connections that wait to be taken."""

logger = logging.getLogger("argmap.server")


def prepare(settings: Settings) -> Callable[[], NoReturn]:
    """Make the application, once it is sure that it may and can listen.

    Returns:
        What serves until SIGINT or SIGTERM, then finishes what is under way and ends
        the process: after ``grace_seconds`` or at a second signal in any case. It
        raises an `ArgmapError` if the store cannot be opened, or the server fails.

    Raises:
        Malformed: Others than this machine could reach the address.
        AddressInUse: Another program listens there.
        Unavailable: The system refuses the address.
    """
    from argmap.api.app import create_app
    from argmap.cli import logs

    app = create_app(settings)
    _probe(settings.host, settings.port)

    async def serve() -> None:
        memory.give_back()
        finish_log = logs.configure(settings)
        try:
            # Granian would log what goes wrong at the start; like this it is raised.
            async with app.lifespan():
                await _serve(app, settings)
            logger.info("stopped")
        finally:
            finish_log()

    if settings.workers == 1:
        return lambda: _run(serve())
    workers.check(settings)
    return lambda: workers.supervise(settings.workers, lambda: _run(serve()))


def _run(serving: Coroutine[Any, Any, None]) -> NoReturn:
    try:
        asyncio.run(serving)
    except ExceptionGroup as group:  # Litestar starts what it starts in a task group
        known, _ = group.split(ArgmapError)
        if known is None:
            raise
        raise _first(known) from group
    # A thread of granian's may still be on its way out. If it wants the interpreter
    # back while that is being taken down, Rust aborts the process; so it is not taken
    # down. All that is ours is closed by now.
    _end()


def _end() -> NoReturn:
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _first(error: Exception) -> Exception:
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    return error


async def _serve(app: Any, settings: Settings) -> None:
    from granian.constants import HTTPModes, Interfaces
    from granian.http import HTTP1Settings
    from granian.log import LogLevels
    from granian.server.embed import Server

    server = Server(
        app,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGINL,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(
            header_read_timeout=round(settings.max_head_seconds * 1000)
        ),
        backlog=BACKLOG,
        backpressure=settings.max_connections,
        websockets=False,
        log_level=LogLevels.error,
        log_dictconfig={"loggers": {"_granian": {"propagate": True}}},
    )
    server.on_startup(lambda: _limit_unread(server, settings.max_unread_seconds))
    server.on_startup(lambda: _greet(settings))
    loop = asyncio.get_running_loop()

    def stop() -> None:
        # From here on neither needs the event loop, which blocks while the store waits
        # for its threads. What is cut off is a request that nobody has an answer to.
        for sign in _STOPS:
            loop.remove_signal_handler(sign)
            signal.signal(sign, lambda *_: _end())
        last = threading.Timer(settings.drain_seconds + settings.grace_seconds, _end)
        last.daemon = True
        last.start()
        logger.info("stopping", extra={"drain_seconds": settings.drain_seconds})
        app.state.desk.drain()
        loop.call_later(settings.drain_seconds, server.stop)

    for sign in _STOPS:
        loop.add_signal_handler(sign, stop)
    await server.serve()
    if server.interrupt_children:
        raise Unavailable("the server ended by itself; the log above says why")


def _limit_unread(server: Any, seconds: float) -> None:
    """Have the system hang up on who does not read: granian waits as long as it takes.

    What a socket accepts inherits the option, which also ends a connection whose other
    end is there and has no room.
    """
    if not hasattr(socket, "TCP_USER_TIMEOUT"):
        return
    # On Linux granian has its worker make the socket, unless there is one already.
    held = server._shd or server._ssp.build()
    server._ssp, server._shd = None, held
    with socket.socket(fileno=os.dup(held.get_fd())) as listening:
        longest = ceil(seconds * 1000)
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, longest)


def _probe(host: str, port: int) -> None:
    # Granian shares a port with whoever else shares it. This probe does not, so that a
    # second server is an error and not half of the answers. A port that a server has
    # just left is free, as it is for granian.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise AddressInUse(host, port) from error
            raise Unavailable(f"cannot use {host}:{port}: {error.strerror}") from error


def _greet(settings: Settings) -> None:
    click.echo(_greeting(settings), err=True)
    facts = {"host": settings.host, "port": settings.port, "auth": settings.auth}
    logger.info("started", extra={**facts, "version": version("argmap")})


def _greeting(settings: Settings) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    process = f" in process {os.getpid()}" if settings.workers > 1 else ""
    url = f"http://{host}:{settings.port}/api/v1"
    return f"argmap listens on {url}{process}; Ctrl-C stops it"
