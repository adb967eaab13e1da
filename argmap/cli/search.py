"""Finding claims and sources in the database: `search`."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast, get_args

import click

from argmap.cli import options

if TYPE_CHECKING:
    from argmap.store import Found


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--sources", is_flag=True, help="Look for sources, not for claims.")
@click.option("--map", "map_", metavar="MAP", help="In this map only.")
@click.option("--kind", help="Claims of this kind.")
@click.option("--tag", help="Claims with this tag.")
@click.option("--speaker", help="Claims of this speaker.")
@click.option("--source", help="Claims that rest on a source of this key.")
@click.option(
    "--limit", type=click.IntRange(1, 500), default=20, help="How many. Default: 20."
)
@options.database
def search(
    words: tuple[str, ...],
    sources: bool,
    map_: str | None,
    kind: str | None,
    tag: str | None,
    speaker: str | None,
    source: str | None,
    limit: int,
    database: str | None,
) -> None:
    """Find claims by their words, in all maps, the best first.

    Example: `argmap search school marks`

    All words have to be there, in any order and any of a claim's wordings; the last may
    go on. Case, accents and punctuation do not count; '"two words"' are a phrase.
    Sources are found by title, authors, publisher and text.
    """
    from argmap.cli.tables import plain, show
    from argmap.model import ClaimKind
    from argmap.model.words import query
    from argmap.store import Store, Wanted

    kinds = get_args(ClaimKind)
    if kind not in (None, *kinds):
        there = ", ".join(kinds)
        raise click.UsageError(f"no claim is of kind {kind!r}; there are {there}")
    wanted = Wanted(
        query=query(" ".join(words)),
        map=map_,
        kind=cast("ClaimKind | None", kind),
        tag=tag,
        speaker=speaker,
        source=source,
    )
    with Store.open(options.settings(database=database), read_only=True) as store:
        look = store.search_sources if sources else store.search_claims
        found = look(wanted, 0, limit + 1)
    name = "source" if sources else "claim"
    show(plain(("map", name, "title" if sources else "text"), map(_row, found[:limit])))
    more = "; more with a larger --limit" if len(found) > limit else ""
    click.echo(f"{len(found[:limit])} found{more}", err=True)


def _row(found: "Found") -> Iterable[str]:
    item = found.item
    return found.map, item.key, getattr(item, "title", None) or item.text
