"""The server: granian in this very process, round the API.

One process on purpose: a SQLite file has one writer, and granian's worker processes
outlive a parent that is killed, with the port and the database still in their hands.
Its embedded form calls itself experimental; it answers as fast, and ends as it should.
"""

import asyncio
import errno
import signal
import socket
from typing import TYPE_CHECKING

import click

from argmap.errors import AddressInUse, Unavailable
from argmap.settings import Settings

if TYPE_CHECKING:
    from litestar import Litestar

_TO_STDERR = {"class": "logging.StreamHandler", "formatter": "generic"}


def prepare(settings: Settings) -> "Litestar":
    """Make the application, once it is sure that it may and can listen.

    Raises:
        Malformed: Others than this machine could reach the address.
        AddressInUse: Another program listens there.
        Unavailable: The system refuses the address.
    """
    from argmap.api.app import create_app

    app = create_app(settings)
    host, port = settings.host, settings.port
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
    return app


def serve(app: "Litestar", settings: Settings) -> None:
    """Serve until SIGINT or SIGTERM, then finish what is under way.

    Raises:
        ArgmapError: The application did not start, or the server ended by itself.
    """
    asyncio.run(_serve(app, settings))


async def _serve(app: "Litestar", settings: Settings) -> None:
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels
    from granian.server.embed import Server

    # Granian would log what goes wrong at the start; like this it is raised.
    async with app.lifespan():
        server = Server(
            app,
            address=settings.host,
            port=settings.port,
            interface=Interfaces.ASGINL,
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
