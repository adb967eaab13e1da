"""`demo`: from nothing to a map with verdicts and a server that answers."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from argmap.cli import options
from argmap.errors import NotFound

if TYPE_CHECKING:
    from argmap.settings import Settings

SEED = "japan-nato"

# As unlike each other as the rules that ship, and a table that fits 80 columns.
RULES = ("quadratic-energy", "df-quad", "euler-based", "grounded")


@click.command()
@click.option("--no-serve", is_flag=True, help="Print the verdicts, and end.")
@options.port
@options.database
@options.plugins_dir
def demo(
    no_serve: bool,
    port: int | None,
    database: str | None,
    plugins_dir: Path | None,
) -> None:
    """Load a map, show its verdicts and serve it.

    Example: `argmap demo --no-serve`
    """
    from argmap.cli.server import prepare

    settings = options.settings(port=port, database=database, plugins_dir=plugins_dir)
    # A port in use is found out before anything is done.
    serve = None if no_serve else prepare(settings)
    _show(settings)
    if serve:
        serve()


def _show(settings: "Settings") -> None:
    from argmap.cli.tables import show, verdicts
    from argmap.library import load, seed
    from argmap.plugin import Host, evaluate
    from argmap.store import Store, Write

    host = Host.load(settings.plugins_dir)
    with Store.open(settings) as store:
        try:
            snapshot = store.snapshot(SEED)
        except NotFound:
            map, _ = load(seed(SEED))
            write = Write(
                map=SEED,
                content=map,
                message="the map that ships with argmap",
                create=True,
            )
            snapshot = store.create(write).snapshot
    map = snapshot.map
    evaluations = {
        name: evaluate(map, host.rule(name), revision=snapshot.revision)
        for name in RULES
    }
    show(verdicts(map, map.targets, evaluations))
