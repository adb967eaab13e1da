"""Plugins of one's own: `plugin new` writes one to begin with."""

from pathlib import Path

import click


@click.group()
def plugin() -> None:
    """Write plugins."""


@plugin.command()
@click.argument("name")
@click.option(
    "--single-file", is_flag=True, help="Write one file for a --plugins-dir instead."
)
def new(name: str, single_file: bool) -> None:
    """Write a new plugin, with a rule that works.

    Example: `argmap plugin new fair-share`

    A whole package with tests, in a new directory NAME that pip can install; with
    --single-file one file, here. Nothing is overwritten.
    """
    from argmap.errors import AlreadyExists
    from argmap.plugin import scaffold

    if single_file:
        files, folder = scaffold.single_file(name), Path()
    else:
        files, folder = scaffold.package(name), Path(name)
        if folder.exists():
            raise AlreadyExists("file", str(folder))
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            with file.open("x", encoding="utf-8") as opened:
                opened.write(text)
        except FileExistsError:
            raise AlreadyExists("file", str(file)) from None
        click.echo(file)
