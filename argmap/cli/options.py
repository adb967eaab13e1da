"""Options that several commands share, and the settings that come of them."""

from pathlib import Path
from typing import Any

import click
from msgspec.structs import replace

from argmap.settings import Settings

database = click.option(
    "--database",
    metavar="FILE",
    help="The SQLite database, or a database URL. Default: argmap.db here.",
)
plugins_dir = click.option(
    "--plugins-dir",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Also load the plugins in this directory, one file each.",
)
host = click.option("--host", help="The address to listen on. Default: 127.0.0.1.")
port = click.option(
    "--port", type=click.IntRange(1, 65_535), help="The port. Default: 8000."
)


def settings(**chosen: Any) -> Settings:
    """Read the settings; what was chosen on the command line counts most.

    Raises:
        Malformed: The environment or ``argmap.toml`` holds what is no setting.
    """
    given = {name: value for name, value in chosen.items() if value is not None}
    if "database" in given:
        file = given.pop("database")
        given["database_url"] = file if "://" in file else f"sqlite:///{file}"
    return replace(Settings.load(), **given)
