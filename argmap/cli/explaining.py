"""Why, what if, and what would turn it: `explain`, `what-if`, `flips`."""

from pathlib import Path
from typing import Any, BinaryIO

import click

from argmap.cli import options
from argmap.cli.given import choice, judged, named, show_json

_RULE = "A rule's name; default: the one of the settings."
_METHODS = ("removal", "intrinsic-removal", "shapley", "gradient")
_VERDICTS = ("accepted", "rejected", "undecided")
_ATOMS = ("mute", "rebut", "base-score")
_PERMUTATIONS = (4, 100_000)
_SEEDS = (0, 2**53 - 1)


@click.command()
@click.argument("map_", metavar="MAP")
@click.argument("claim")
@click.option("--rule", help=_RULE)
@options.judgement
@click.option(
    "--method",
    type=click.Choice(_METHODS),
    default="removal",
    help="What contributing means. Default: removal.",
)
@click.option(
    "--seed",
    type=click.IntRange(*_SEEDS),
    default=0,
    help="Of Shapley values that are sampled. Default: 0.",
)
@click.option(
    "--permutations",
    type=click.IntRange(*_PERMUTATIONS),
    help="How many are drawn for those; default: what takes a few seconds.",
)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@options.database
@options.plugins_dir
def explain(
    map_: str,
    claim: str,
    rule: str | None,
    parameters: dict[str, str],
    rule_options: dict[str, str],
    method: Any,
    seed: int,
    permutations: int | None,
    as_json: bool,
    database: str | None,
    plugins_dir: Path | None,
) -> None:
    """Say why a claim scores as it does.

    Example: `argmap explain japan-nato closer-cooperation --rule df-quad`

    What claims, relations and sources contribute, largest first; under a rule that
    labels also what defends the claim, or what it is not defended from.
    """
    from argmap.cli.reports import explanation
    from argmap.debate.explanation import explain as find

    settings = options.settings(database=database, plugins_dir=plugins_dir)
    map, chosen, evaluation = judged(map_, rule, parameters, rule_options, settings)
    found = find(
        map, chosen, evaluation, claim, method, permutations=permutations, seed=seed
    )
    if as_json:
        show_json(found)
    else:
        explanation(map, found)


@click.command()
@click.argument("map_", metavar="MAP")
@click.argument("claim")
@click.option(
    "--to", type=click.Choice(_VERDICTS), required=True, help="The verdict wanted."
)
@click.option("--rule", help=_RULE)
@options.judgement
@click.option(
    "--allow",
    type=click.Choice(_ATOMS),
    multiple=True,
    default=_ATOMS,
    help="Which changes; default: all. Repeatable.",
)
@click.option(
    "--max-operations",
    type=click.IntRange(1),
    default=2,
    help="The most changes in a set. Default: 2.",
)
@click.option(
    "--seconds",
    type=click.FloatRange(0, min_open=True),
    default=5.0,
    help="How long to search. Default: 5.",
)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@options.database
@options.plugins_dir
def flips(
    map_: str,
    claim: str,
    to: Any,
    rule: str | None,
    parameters: dict[str, str],
    rule_options: dict[str, str],
    allow: Any,
    max_operations: int,
    seconds: float,
    as_json: bool,
    database: str | None,
    plugins_dir: Path | None,
) -> None:
    """Find the smallest sets of changes that turn a verdict.

    Example: `argmap flips japan-nato closer-ties-antagonize-china --to undecided`

    Changes mute a relation, rebut a claim, or move a base score as far as it must. The
    operations of one set, as JSON, are what `argmap what-if` takes.
    """
    from argmap.cli.reports import turns
    from argmap.debate.flips import flips as find

    settings = options.settings(database=database, plugins_dir=plugins_dir)
    map, chosen, evaluation = judged(map_, rule, parameters, rule_options, settings)
    found = find(
        map,
        chosen,
        evaluation,
        claim,
        to,
        allow=allow,
        max_operations=max_operations,
        seconds=seconds,
    )
    if as_json:
        show_json(found)
    else:
        turns(found, to)


@click.command("what-if")
@click.argument("map_", metavar="MAP")
@click.argument("changes", metavar="FILE", type=click.File("rb"))
@click.option("--rule", "rules", multiple=True, help=f"{_RULE} Repeatable.")
@options.judgement
@click.option(
    "--target",
    "targets",
    multiple=True,
    help="A claim to watch, also one that FILE adds; default: the map's targets. "
    "Repeatable.",
)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@options.database
@options.plugins_dir
def what_if(
    map_: str,
    changes: BinaryIO,
    rules: tuple[str, ...],
    parameters: dict[str, str],
    rule_options: dict[str, str],
    targets: tuple[str, ...],
    as_json: bool,
    database: str | None,
    plugins_dir: Path | None,
) -> None:
    """Say what changes would do, without making them.

    Example: `argmap what-if japan-nato changes.json --rule df-quad --rule grounded`

    FILE holds a JSON array of operations, as a change set does; - is standard input.
    """
    from argmap.cli.reports import consequences
    from argmap.debate.what_if import what_if as attempt
    from argmap.model import Operation
    from argmap.model.codec import decode
    from argmap.plugin import Host

    settings = options.settings(database=database, plugins_dir=plugins_dir)
    host = Host.load(settings.plugins_dir)
    names = rules or (settings.default_rule,)
    chosen = [choice(host, name, parameters, rule_options) for name in names]
    map, revision = named(map_, settings, host)
    operations = decode(changes.read(), tuple[Operation, ...])
    found = attempt(map, operations, chosen, targets, revision=revision)
    if as_json:
        show_json(found)
    else:
        consequences(found)
