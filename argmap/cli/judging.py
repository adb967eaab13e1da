"""What follows from a map: `score`, `tree`."""

from pathlib import Path

import click

from argmap.cli import options
from argmap.cli.given import choice, evaluated, named

_RULE = "A rule's name; default: the one of the settings."


@click.command()
@click.argument("map_", metavar="MAP")
@click.option(
    "--rule", "chosen", multiple=True, help=f"{_RULE} Repeatable; `all` compares all."
)
@options.judgement
@click.option("--json", "as_json", is_flag=True, help="Print the evaluations as JSON.")
@options.database
@options.plugins_dir
def score(
    map_: str,
    chosen: tuple[str, ...],
    parameters: dict[str, str],
    rule_options: dict[str, str],
    as_json: bool,
    database: str | None,
    plugins_dir: Path | None,
) -> None:
    """Score a map's claims.

    Example: `argmap score japan-nato --rule quadratic-energy --param k=2`

    MAP is a key of the database or a file; a file named like a key is `./name`. With
    `--rule all`, verdicts stand side by side, and how far the rules agree below.
    """
    import msgspec

    from argmap.cli.comparison import comparison
    from argmap.cli.tables import scores
    from argmap.debate.disagreement import disagreement
    from argmap.plugin import Host

    settings = options.settings(database=database, plugins_dir=plugins_dir)
    host = Host.load(settings.plugins_dir)
    is_all = "all" in chosen
    names = list(host.rules) if is_all else chosen or (settings.default_rule,)
    choices = [choice(host, name, parameters, rule_options) for name in names]
    map, revision = named(map_, settings, host)
    evaluations = {each.rule.name: evaluated(map, each, revision) for each in choices}
    if as_json:
        click.echo(msgspec.json.encode(evaluations).decode())
        return
    lines = (
        comparison(map, evaluations, disagreement(evaluations))
        if is_all
        else scores(map, evaluations)
    )
    for line in lines:
        click.echo(line)


@click.command()
@click.argument("map_", metavar="MAP")
@click.argument("claim")
@click.option(
    "--depth", type=click.IntRange(0, 248), default=3, help="Levels. Default: 3."
)
@click.option("--rule", help=_RULE)
@options.judgement
@options.database
@options.plugins_dir
def tree(
    map_: str,
    claim: str,
    depth: int,
    rule: str | None,
    parameters: dict[str, str],
    rule_options: dict[str, str],
    database: str | None,
    plugins_dir: Path | None,
) -> None:
    """Draw what speaks for and against a claim.

    Example: `argmap tree japan-nato closer-cooperation`

    MAP is a key of the database or a file. + supports, - rebuts, x undercuts, = says
    the same; ^ stands before a claim that is drawn elsewhere.
    """
    from argmap.plugin import Host
    from argmap.render import text
    from argmap.render.tree import tree as unfold

    settings = options.settings(database=database, plugins_dir=plugins_dir)
    host = Host.load(settings.plugins_dir)
    name = rule or settings.default_rule
    chosen = choice(host, name, parameters, rule_options)
    map, revision = named(map_, settings, host)
    unfolded = unfold(
        map,
        claim,
        evaluation=evaluated(map, chosen, revision),
        depth=depth,
        children=None,
    )
    click.echo(text.text(unfolded), nl=False)
