"""What a command was given: a map, by key or in a file, and a rule with choices."""

from pathlib import Path
from typing import TYPE_CHECKING

from argmap.settings import Settings

if TYPE_CHECKING:
    from argmap.model import Map
    from argmap.plugin import Evaluation, Host, Report, Rule
    from argmap.plugin.choice import Choice
    from argmap.store import Snapshot


def stored(key: str, settings: Settings, revision: int | None = None) -> "Snapshot":
    """Read a map from the database, also while a server has it open.

    Raises:
        NotFound: There is no such map or revision, or no database.
    """
    from argmap.store import Store

    with Store.open(settings, read_only=True) as store:
        if revision is None:
            return store.snapshot(key)
        return store.snapshot_at(key, revision)


def named(name: str, settings: Settings, host: "Host") -> "tuple[Map, int | None]":
    """Find a map by its key or in a file, with its revision if it has one.

    What could be a key is one; a file of such a name is named ``./name``.

    Raises:
        NotFound: There is no such map, or no database.
        OSError: The file cannot be read.
        Malformed, InvalidMap: The file holds no map.
    """
    from argmap.formats.exchange import read
    from argmap.model.keys import is_key

    if is_key(name):
        snapshot = stored(name, settings)
        return snapshot.map, snapshot.revision
    map, report = read(host, Path(name).read_bytes())
    tell(name, report)
    return map, None


def choice(
    host: "Host", rule: str, parameters: dict[str, str], rule_options: dict[str, str]
) -> "Choice":
    """Find a rule, and read what is chosen of it.

    Raises:
        NotFound: No rule of that name is installed.
        InvalidParameters: The rule does not take these parameters or options.
    """
    from argmap.plugin.choice import choose

    return choose(host.rule(rule), parameters, rule_options, is_text=True)


def evaluated(map: "Map", choice: "Choice", revision: int | None) -> "Evaluation":
    """Run a rule as it was chosen."""
    from argmap.plugin import evaluate

    return evaluate(
        map, choice.rule, choice.parameters, choice.options, revision=revision
    )


def tell(what: str, report: "Report") -> None:
    """Say on standard error what reading or writing a file has cost."""
    import click

    for remark in report:
        place = remark.place
        at = ""
        if place and place.line:
            at = f"line {place.line}: "
        elif place and place.pointer:
            at = f"{place.pointer}: "
        told = f"{remark.severity}: {at}{remark.what}: {remark.done}"
        click.echo(f"{what}: {told}", err=True)


def judged(
    name: str,
    rule: str | None,
    parameters: dict[str, str],
    rule_options: dict[str, str],
    settings: Settings,
) -> "tuple[Map, Rule, Evaluation]":
    """Find a map and a rule, and evaluate."""
    from argmap.plugin import Host

    host = Host.load(settings.plugins_dir)
    of_rule = rule or settings.default_rule
    chosen = choice(host, of_rule, parameters, rule_options)
    map, revision = named(name, settings, host)
    return map, chosen.rule, evaluated(map, chosen, revision)


def show_json(found: object) -> None:
    """Print an answer as the API gives it."""
    import click
    import msgspec

    click.echo(msgspec.json.encode(found).decode())
