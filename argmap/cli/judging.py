"""What follows from a map: `score`, `tree`, `rules`."""

from pathlib import Path

import click

from argmap.cli import options
from argmap.cli.given import named

_RULE = "A rule's name; default: the one of the settings."


@click.command()
@click.argument("map_", metavar="MAP")
@click.option("--rule", "chosen", multiple=True, help=f"{_RULE} Repeatable.")
@click.option("--json", "as_json", is_flag=True, help="Print the evaluations as JSON.")
@options.database
@options.plugins_dir
def score(
    map_: str,
    chosen: tuple[str, ...],
    as_json: bool,
    database: str | None,
    plugins_dir: Path | None,
) -> None:
    """Score a map's claims.

    Example: `argmap score japan-nato --rule df-quad --rule grounded`

    MAP is a key of the database or a file; a file named like a key is `./name`.
    """
    import msgspec

    from argmap.cli.tables import scores
    from argmap.plugin import Host, evaluate

    settings = options.settings(database=database, plugins_dir=plugins_dir)
    host = Host.load(settings.plugins_dir)
    installed = [host.rule(name) for name in chosen or (settings.default_rule,)]
    map, revision = named(map_, settings, host)
    evaluations = {
        rule.name: evaluate(map, rule, revision=revision) for rule in installed
    }
    if as_json:
        click.echo(msgspec.json.encode(evaluations).decode())
    else:
        for line in scores(map, evaluations):
            click.echo(line)


@click.command()
@click.argument("map_", metavar="MAP")
@click.argument("claim")
@click.option(
    "--depth", type=click.IntRange(0, 248), default=3, help="Levels. Default: 3."
)
@click.option("--rule", help=_RULE)
@options.database
@options.plugins_dir
def tree(
    map_: str,
    claim: str,
    depth: int,
    rule: str | None,
    database: str | None,
    plugins_dir: Path | None,
) -> None:
    """Draw what speaks for and against a claim.

    Example: `argmap tree japan-nato closer-cooperation`

    MAP is a key of the database or a file. + supports, - rebuts, x undercuts, = says
    the same; ^ stands before a claim that is drawn elsewhere.
    """
    from argmap.plugin import Host, evaluate
    from argmap.render import text
    from argmap.render.tree import tree as unfold

    settings = options.settings(database=database, plugins_dir=plugins_dir)
    host = Host.load(settings.plugins_dir)
    installed = host.rule(rule or settings.default_rule)
    map, revision = named(map_, settings, host)
    unfolded = unfold(
        map,
        claim,
        evaluation=evaluate(map, installed, revision=revision),
        depth=depth,
        children=None,
    )
    click.echo(text.text(unfolded), nl=False)


@click.command()
@options.plugins_dir
def rules(plugins_dir: Path | None) -> None:
    """List the installed rules, by name.

    Example: `argmap rules`
    """
    from argmap.cli.tables import plain, show
    from argmap.plugin import Host

    host = Host.load(options.settings(plugins_dir=plugins_dir).plugins_dir)
    rows = (
        (name, found.rule.title, found.rule.scale, found.plugin, found.rule.source)
        for name, found in host.rules.items()
    )
    show(plain(("name", "title", "scale", "plugin", "source"), rows))
    for problem in host.problems:
        click.echo(f"left out: {problem.detail}", err=True)
