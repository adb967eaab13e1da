"""Sources and their texts: `sources attach`, `sources verify`."""

import asyncio
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from argmap.cli import options
from argmap.cli.given import stored
from argmap.errors import Malformed

if TYPE_CHECKING:
    from argmap.model import Source
    from argmap.model.anchors import Anchor


@click.group()
def sources() -> None:
    """Give sources their texts, and see what their passages say."""


@sources.command()
@click.argument("map_", metavar="MAP")
@click.argument("source")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--new-edition",
    is_flag=True,
    help="It is another text than the one before; passages follow their words.",
)
@options.database
def attach(
    map_: str, source: str, file: Path, new_edition: bool, database: str | None
) -> None:
    """Store the text of a source, and show its passages.

    Example: `argmap sources attach school-phones minutes minutes.txt`

    Length, sha256 and every passage must be as the map has them; offsets count the
    characters of the file as it is. The text stays in the database: `argmap export`
    writes it out, so do not hand on what you may not publish.
    """
    from argmap.service import anchors
    from argmap.service.desk import Desk

    settings = options.settings(database=database)
    text = _text(file)
    with closing(Desk.open(settings)) as desk:
        done = asyncio.run(
            anchors.attach(desk, map_, source, text, is_edition=new_edition)
        )
        found = desk.store.snapshot(map_).map.sources[source]
    _show(found, text)
    counts = Counter(anchor.status for anchor in done.anchors)
    told = ", ".join(f"{count} {status}" for status, count in counts.items())
    click.echo(f"{source}: {len(text)} characters; {told or 'no passages'}", err=True)


@sources.command()
@click.argument("map_", metavar="MAP")
@click.argument("source", required=False)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@options.database
@click.pass_context
def verify(
    ctx: click.Context,
    map_: str,
    source: str | None,
    file: Path | None,
    database: str | None,
) -> None:
    """Say whether passages are still in their place.

    Example: `argmap sources verify school-phones`

    exact: a passage's words are there; moved: they are in exactly one other place;
    orphaned: nowhere, or in several; unverified: there is no text. With a FILE,
    another text of the source is asked and nothing is stored. Ends with status 1 if a
    passage has moved or is orphaned.
    """
    from argmap.cli.tables import plain, show
    from argmap.model.anchors import anchors_of

    snapshot = stored(map_, options.settings(database=database))
    text = None if file is None else _text(file)
    found = anchors_of(snapshot.map, source, text)
    show(plain(("source", "passage", "status", "characters"), map(_row, found)))
    counts = Counter(anchor.status for anchor in found)
    told = ", ".join(f"{count} {status}" for status, count in counts.items())
    click.echo(f"{map_}: {told or 'no passages'}", err=True)
    ctx.exit(1 if counts["moved"] or counts["orphaned"] else 0)


def _text(file: Path) -> str:
    """Read a file as it is: its line ends count."""
    try:
        return file.read_bytes().decode()
    except UnicodeDecodeError as error:
        raise Malformed(f"{file}: byte {error.start} is not UTF-8") from None


def _show(source: "Source", text: str) -> None:
    from argmap.render.quote import Quoter
    from argmap.render.text import one_line

    quoter = Quoter(text)
    for passage in source.passages:
        if passage.orphaned:
            click.echo(f"{passage.key}: orphaned")
            continue
        found = quoter.excerpt(passage.spans)
        line = f"{found.before}«{found.quote}»{found.after}"
        click.echo(f"{passage.key}: {one_line(line)}")


def _row(anchor: "Anchor") -> Iterable[str]:
    where = ", ".join(f"{span.start}–{span.end}" for span in anchor.spans)
    return anchor.source, anchor.passage, anchor.status, where
