"""Maps in the database: `init`, `import`, `export`, `maps`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from argmap.cli import options
from argmap.cli.given import stored, tell

if TYPE_CHECKING:
    from rich.progress import Progress


@click.command()
@options.database
def init(database: str | None) -> None:
    """Create the database, or bring it up to date.

    Example: `argmap init`
    """
    from argmap.store import Store

    settings = options.settings(database=database)
    Store.open(settings).close()
    click.echo(f"{settings.database_url} is ready", err=True)


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@options.database
@options.plugins_dir
def import_(
    files: tuple[Path, ...], database: str | None, plugins_dir: Path | None
) -> None:
    """Read maps from files and keep them.

    Example: `argmap import city-tram.argmap.json`

    Prints the keys of the new maps. A map whose key is taken ends the import; what came
    before it stays.
    """
    from argmap.engine import progress
    from argmap.formats.exchange import read
    from argmap.plugin import Host
    from argmap.store import Store, Write

    settings = options.settings(database=database, plugins_dir=plugins_dir)
    host = Host.load(settings.plugins_dir)
    with Store.open(settings) as store, _bar() as bar:
        for file in files:
            task = bar.add_task(f"reading {file}", total=None)
            map, report = read(host, file.read_bytes())
            tell(str(file), report)
            bar.update(task, description=f"writing {map.key}")
            write = Write(
                map=map.key,
                content=map,
                message=f"import {file.name}",
                create=True,
            )
            with progress(lambda n, of: bar.update(task, completed=n, total=of)):  # noqa: B023
                store.create(write)
            bar.remove_task(task)
            click.echo(map.key)


def _bar() -> "Progress":
    """Make a bar that shows how many items are written; on a terminal alone."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
    )

    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )


@click.command()
@click.argument("map_", metavar="MAP")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@options.database
@options.plugins_dir
def export(
    map_: str, file: Path | None, database: str | None, plugins_dir: Path | None
) -> None:
    """Write a map to a file.

    Example: `argmap export japan-nato copy.argmap.json`

    The file's suffix decides on the format. Without a file the map goes to standard
    output, as argmap/1.
    """
    from argmap.formats.argmap1 import ARGMAP1
    from argmap.formats.exchange import by_suffix, write
    from argmap.plugin import Host

    settings = options.settings(database=database, plugins_dir=plugins_dir)
    host = Host.load(settings.plugins_dir)
    name = by_suffix(host, file.name).name if file else ARGMAP1.name
    data, report = write(host, stored(map_, settings).map, name)
    tell(map_, report)
    if file:
        file.write_bytes(data)
    else:
        sys.stdout.buffer.write(data)


@click.command()
@options.database
def maps(database: str | None) -> None:
    """List the maps in the database, by key.

    Example: `argmap maps`
    """
    from argmap.cli.tables import plain, show
    from argmap.store import MapHeader, Store

    settings = options.settings(database=database)
    found: list[MapHeader] = []
    with Store.open(settings, read_only=True) as store:
        while page := store.list_maps(found[-1].key if found else None, 500):
            found += page
    rows = ((m.key, str(m.revision), m.title, " ".join(m.targets)) for m in found)
    show(plain(("key", "revision", "title", "targets"), rows))
