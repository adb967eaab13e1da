"""Maps in the database: `init`, `import`, `export`, `maps`."""

from pathlib import Path

import click

from argmap.cli import options
from argmap.cli.files import bar, contents, put
from argmap.cli.given import stored, tell


@click.command()
@options.database
def init(database: str | None) -> None:
    """Create the database, or bring it up to date.

    Example: `argmap init`
    """
    from argmap.store import Store
    from argmap.store.database import shown

    settings = options.settings(database=database)
    Store.open(settings).close()
    click.echo(f"{shown(settings.database_url)} is ready", err=True)


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--format", metavar="FORMAT", help="Default: by the content.")
@click.option("--key", help="Keep the map under this key; for one file.")
@options.strict
@options.format_options
@options.database
@options.plugins_dir
def import_(
    files: tuple[Path, ...],
    format: str | None,
    key: str | None,
    strict: bool,
    format_options: dict[str, str],
    database: str | None,
    plugins_dir: Path | None,
) -> None:
    """Read maps from files, of any format, and keep them.

    Example: `argmap import city-tram.argmap.json`

    Prints the keys of the new maps; a map that its file gives none gets the file's
    name. A map whose key is taken ends the import; what came before it stays.
    """
    from msgspec.structs import replace

    from argmap.engine import progress
    from argmap.formats.exchange import named, read
    from argmap.plugin import Host
    from argmap.store import Store, Write

    if key and len(files) > 1:
        raise click.UsageError("--key names one map, and there are several files")

    settings = options.settings(database=database, plugins_dir=plugins_dir)
    host = Host.load(settings.plugins_dir)
    with Store.open(settings) as store, bar() as shown:
        for file in files:
            task = shown.add_task(f"reading {file}", total=None)
            data = contents(file)
            map, report = read(
                host, data, format, options=format_options, strict=strict
            )
            map = replace(map, key=key) if key else named(map, file.name)
            tell(str(file), report)
            shown.update(task, description=f"writing {map.key}")
            write = Write(
                map=map.key,
                content=map,
                message=f"import {file.name}",
                create=True,
            )
            # What binds the loop's task is called in this round of the loop only.
            with progress(lambda n, of: shown.update(task, completed=n, total=of)):  # noqa: B023
                store.create(write)
            shown.remove_task(task)
            click.echo(map.key)


@click.command()
@click.argument("map_", metavar="MAP")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--format", metavar="FORMAT", help="Default: by the suffix of FILE.")
@options.strict
@options.format_options
@options.database
@options.plugins_dir
def export(
    map_: str,
    file: Path | None,
    format: str | None,
    strict: bool,
    format_options: dict[str, str],
    database: str | None,
    plugins_dir: Path | None,
) -> None:
    """Write a map to a file, in any format.

    Example: `argmap export japan-nato copy.argmap.json`

    Without a file, or to `-`, the map goes to standard output, as argmap/1 unless a
    format is named. What is lost is told on standard error.
    """
    from argmap.formats.argmap1 import ARGMAP1
    from argmap.formats.exchange import by_suffix, write
    from argmap.plugin import Host

    settings = options.settings(database=database, plugins_dir=plugins_dir)
    host = Host.load(settings.plugins_dir)
    path = file or Path("-")
    usual = ARGMAP1 if str(path) == "-" else None
    name = format or (usual or by_suffix(host, path.name)).name
    data, report = write(
        host, stored(map_, settings).map, name, options=format_options, strict=strict
    )
    tell(map_, report)
    put(data, path)


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
