"""What changed between revisions of a map, and what caused it: `diff`."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from argmap.cli import options
from argmap.cli.given import choice

if TYPE_CHECKING:
    from argmap.debate.diff import Cause, Diff, Difference
    from argmap.plugin.turning import Standing

# Claims that are named beside one cause; the JSON has them all.
_MOST = 4


@click.command()
@click.argument("map_", metavar="MAP")
@click.option(
    "--from",
    "start",
    type=click.IntRange(0),
    help="The revision before the changes; default: the one before the other.",
)
@click.option(
    "--to",
    type=click.IntRange(1),
    help="The revision after the changes; default: the newest.",
)
@click.option("--rule", help="A rule's name; default: the one of the settings.")
@options.judgement
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@options.database
@options.plugins_dir
def diff(
    map_: str,
    start: int | None,
    to: int | None,
    rule: str | None,
    parameters: dict[str, str],
    rule_options: dict[str, str],
    as_json: bool,
    database: str | None,
    plugins_dir: Path | None,
) -> None:
    """Say what changed between two revisions, and what caused it.

    Example: `argmap diff japan-nato --from 0 --rule df-quad`

    Strengths and verdicts are those under a rule. MAP is a key of the database.
    """
    import msgspec

    from argmap.debate.diff import diff as find
    from argmap.model import Map
    from argmap.plugin import Host
    from argmap.service.diffs import between, state
    from argmap.store import Store

    settings = options.settings(database=database, plugins_dir=plugins_dir)
    host = Host.load(settings.plugins_dir)
    chosen = choice(host, rule or settings.default_rule, parameters, rule_options)
    with Store.open(settings, read_only=True) as store:
        newest = store.snapshot(map_) if to is None else store.snapshot_at(map_, to)
        last = newest.revision
        first = last - 1 if start is None else start
        was = state(store, map_, first, last)
        changes = between(store, map_, first, last)
    before = was.map if was else Map(key=map_)
    found = find(
        before,
        changes,
        chosen.rule,
        chosen.parameters,
        chosen.options,
        revision=first,
    )
    if as_json:
        click.echo(msgspec.json.encode(found).decode())
    else:
        _show(found)


def _show(found: "Diff") -> None:
    from argmap.cli.tables import plain, show

    count = len(found.operations)
    click.echo(
        f"{found.map}: revision {found.from_} to {found.to}, "
        f"{count} operation{'' if count == 1 else 's'}, under {found.rule}"
    )
    claims = ((key, *_words(each)) for key, each in found.claims.items())
    show(plain(("claim", "before", "after", "delta"), claims))
    causes = [
        (str(each.revision), *_cause(each)) for each in found.causes if each.deltas
    ]
    show(plain(("revision", "operations", "deltas"), causes))


def _words(each: "Difference") -> tuple[str, str, str]:
    return _told(each.before), _told(each.after), f"{each.delta:+.3f}"


def _told(standing: "Standing | None") -> str:
    if standing is None:
        return "none"
    return f"{standing.strength:.3f} {standing.verdict or ''}".rstrip()


def _cause(cause: "Cause") -> tuple[str, str]:
    from argmap.model.undo import ref_of

    done = [
        f"{type(each).__name__.lower()} {' '.join(ref_of(each))}"
        for each in cause.operations
    ]
    return _some(done), _some(_largest(cause.deltas))


def _largest(deltas: Mapping[str, float]) -> list[str]:
    keys = sorted(deltas, key=lambda key: -abs(deltas[key]))
    return [f"{key} {deltas[key]:+.3f}" for key in keys]


def _some(words: Iterable[str]) -> str:
    told = list(words)
    more = f" and {len(told) - _MOST} more" if len(told) > _MOST else ""
    return ", ".join(told[:_MOST]) + more
