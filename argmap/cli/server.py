"""The server: granian in this very process, round the API.

One process on purpose: a SQLite file has one writer, and granian's worker processes
outlive a parent that is killed, with the port and the database still in their hands.
Its embedded form calls itself experimental; it answers as fast, and ends as it should.
"""

import asyncio
import errno
import signal
import socket
from typing import Any

import click

from argmap.errors import AddressInUse, Malformed, Unavailable
from argmap.settings import Settings

_TO_STDERR = {"class": "logging.StreamHandler", "formatter": "generic"}


def check_address(settings: Settings) -> None:
    """Make sure, before anything is done, that the server may and can listen.

    Raises:
        Malformed: Others than this machine could reach the address.
        AddressInUse: Another program listens there.
        Unavailable: The system refuses the address.
    """
    from argmap.api.front import is_loopback

    host, port = settings.host, settings.port
    if not is_loopback(host):
        raise Malformed(
            f"host {host!r}: whoever reaches that address could change every map; "
            "listen on 127.0.0.1, behind a proxy that asks who is there"
        )
    # Granian shares a port with whoever else shares it. This probe does not, so that a
    # second server is an error and not half of the answers. A port that a server has
    # just left is free, as it is for granian.
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise AddressInUse(host, port) from error
            raise Unavailable(f"cannot use {host}:{port}: {error.strerror}") from error


def serve(app: Any, settings: Settings) -> None:
    """Serve an ASGI application until SIGINT or SIGTERM, then finish what is under way.

    Raises:
        Unavailable: It ended by itself.
    """
    asyncio.run(_serve(app, settings))


async def _serve(app: Any, settings: Settings) -> None:
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels
    from granian.server.embed import Server

    server = Server(
        app,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        http=HTTPModes.http1,
        websockets=False,
        log_level=LogLevels.error,
        log_dictconfig={"handlers": {"console": _TO_STDERR, "access": _TO_STDERR}},
    )
    server.on_startup(lambda: click.echo(_greeting(settings), err=True))
    loop = asyncio.get_running_loop()
    for stop in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(stop, server.stop)
    await server.serve()
    if server.interrupt_children:
        raise Unavailable("the server ended by itself; the log above says why")


def _greeting(settings: Settings) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"argmap listens on http://{host}:{settings.port}/api/v1; Ctrl-C stops it"
