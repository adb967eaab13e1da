"""The API: `serve`, and `openapi`, which writes what it promises."""

import sys
from pathlib import Path

import click

from argmap.cli import options


@click.command()
@options.host
@options.port
@options.database
@options.plugins_dir
@click.option(
    "--trust",
    metavar="NAME",
    multiple=True,
    help="Run the plugins of this distribution, or of this file of the plugins "
    "directory, in the server's own process. Repeatable.",
)
@click.option(
    "--auth/--no-auth",
    default=None,
    help="Ask for API keys, which any address but loopback needs. See `argmap keys`.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    help="Processes that serve, with PostgreSQL. Default: 1.",
)
@click.option(
    "--allow-host",
    metavar="NAME",
    multiple=True,
    help="Clients reach the server by this name. Repeatable.",
)
@click.option(
    "--allow-origin",
    metavar="URL",
    multiple=True,
    help="Let pages of this origin, such as https://maps.example.org, call the API, "
    "and write. Repeatable.",
)
@click.option(
    "--reload",
    is_flag=True,
    default=None,
    help="Load the plugins directory again when a file of it changes.",
)
@click.option(
    "--strict",
    is_flag=True,
    default=None,
    help="Do not start if a plugin has to be left out.",
)
def serve(
    host: str | None,
    port: int | None,
    database: str | None,
    plugins_dir: Path | None,
    trust: tuple[str, ...],
    auth: bool | None,
    workers: int | None,
    allow_host: tuple[str, ...],
    allow_origin: tuple[str, ...],
    reload: bool | None,
    strict: bool | None,
) -> None:
    """Serve the API until Ctrl-C.

    Example: `argmap serve --port 8080`
    """
    from argmap.cli.server import prepare

    settings = options.settings(
        host=host,
        port=port,
        database=database,
        plugins_dir=plugins_dir,
        trust=trust or None,
        auth=auth,
        workers=workers,
        allow_host=allow_host or None,
        allow_origin=allow_origin or None,
        reload=reload,
        strict=strict,
    )
    prepare(settings)()


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--typescript", is_flag=True, help="Write the types of TypeScript.")
def openapi(file: Path | None, typescript: bool) -> None:
    """Write the OpenAPI document of the API, or its types.

    Example: `argmap openapi openapi.json`

    Without a file it goes to standard output.
    """
    from argmap.api.openapi import document
    from argmap.api.typescript import typescript as types

    data = types(document()) if typescript else document()
    if file:
        file.write_bytes(data)
    else:
        sys.stdout.buffer.write(data)
