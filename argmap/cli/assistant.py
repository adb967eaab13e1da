"""Tools for assistants, by the Model Context Protocol: `mcp`."""

from pathlib import Path

import click

from argmap.cli import options


@click.command()
@click.option(
    "--allow-writes", is_flag=True, help="Also offer the tool that adds to a map."
)
@options.database
@options.plugins_dir
def mcp(allow_writes: bool, database: str | None, plugins_dir: Path | None) -> None:
    """Serve tools for an assistant over standard input and output.

    Example: `argmap mcp --database argmap.db`

    The assistant's program starts this command itself. Needs `argmap[mcp]`. What only
    reads may run beside a server of the same database.
    """
    try:
        from argmap.cli.tools import serve
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "mcp":
            raise
        told = "the official SDK is not installed: pip install 'argmap[mcp]'"
        raise click.ClickException(told) from error
    settings = options.settings(database=database, plugins_dir=plugins_dir)
    serve(settings, allow_writes=allow_writes)
