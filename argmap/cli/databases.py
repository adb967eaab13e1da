"""The database as a whole: `db`, `copy-to`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from argmap.cli import options
from argmap.cli.files import bar


@contextmanager
def _told(what: str) -> Iterator[Callable[[int, int | None], None]]:
    """Show how far it is."""
    with bar() as shown:
        task = shown.add_task(what, total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)


@click.group()
def db() -> None:
    """Look after the database: upgrade, backup, restore, check."""


@db.command()
@options.database
def upgrade(database: str | None) -> None:
    """Bring the database to the schema of this argmap.

    Example: `argmap db upgrade`

    The server does so whenever it starts. Nothing is half done if this is stopped.
    """
    from argmap.store.database import shown
    from argmap.store.migrate import SCHEMA, upgrade

    settings = options.settings(database=database)
    upgrade(settings)
    click.echo(f"{shown(settings.database_url)} has schema {SCHEMA}", err=True)


@db.command()
@click.argument("file", type=click.Path(path_type=Path))
@options.database
def backup(file: Path, database: str | None) -> None:
    """Write all there is to a new file, while others write.

    Example: `argmap db backup today.db`

    Everything that the server had acknowledged is in it. Copying the database's own
    file instead would miss what is still in its log.
    """
    from argmap.store.database import database_at

    database_at(options.settings(database=database).database_url).backup(file)
    click.echo(f"{file} is written", err=True)


@db.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Also where there is a database.")
@options.database
def restore(file: Path, replace: bool, database: str | None) -> None:
    """Begin again from a backup, which stays as it is.

    Example: `argmap db restore argmap-backup.db --database restored.db`

    Not while a server runs, and only what `db check` finds to be argmap's. A database
    that was there is kept beside it with the ending `.before`, the next `.before.2`.
    """
    from argmap.store.database import database_at, shown

    settings = options.settings(database=database)
    database_at(settings.database_url).restore(file, replace=replace)
    click.echo(f"{shown(settings.database_url)} is what {file} holds", err=True)


@db.command()
@options.database
def check(database: str | None) -> None:
    """Look for damage in pages, rows, histories and the index.

    Example: `argmap db check`

    Says what is wrong, a line for each fault, and then exits with 1.
    """
    from argmap.engine import progress
    from argmap.store.checking import check
    from argmap.store.database import shown

    settings = options.settings(database=database)
    with _told("checking") as advance, progress(advance):
        faults = check(settings)
    name = shown(settings.database_url)
    for fault in faults:
        click.echo(fault)
    if faults:
        raise click.ClickException(
            f"{name} is not sound, see {len(faults)} lines above"
        )
    click.echo(f"{name} is sound", err=True)


@click.command("copy-to")
@click.argument("url")
@options.database
def copy_to(url: str, database: str | None) -> None:
    """Copy the database into another one, which is empty.

    Example: `argmap copy-to copy.db`

    URL is postgresql://USER@HOST/NAME, or a file. All rows are read again and compared
    before anything is kept; what is written meanwhile is not in the copy.
    """
    from argmap.engine import progress
    from argmap.store.copying import copy
    from argmap.store.database import shown

    source, target = options.settings(database=database), options.settings(database=url)
    with _told("copying") as advance, progress(advance):
        counts = copy(source, target)
    rows = ", ".join(f"{table} {n}" for table, n in counts.items()) or "none"
    click.echo(f"{shown(target.database_url)} has the same rows: {rows}", err=True)
