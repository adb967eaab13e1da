"""What follows from a map: `score`, `tree`."""

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from argmap.cli import options
from argmap.cli.given import choice, evaluated, named

if TYPE_CHECKING:
    from argmap.render.pictures import Suffix

_FORMS = ("txt", "svg", "png", "md", "mmd", "dot")
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
    `--rule all`, verdicts stand side by side, and how far the rules agree below. What
    several rules' disagreement hangs on is said at the end, where it is one thing.
    """
    import msgspec

    from argmap.cli.comparison import comparison, hinges
    from argmap.cli.tables import scores
    from argmap.debate.disagreement import disagreement
    from argmap.debate.hinges import without_each
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
    again = {
        hinge: {each.rule.name: evaluated(other, each, None) for each in choices}
        for hinge, other in (without_each(map) if len(choices) > 1 else {}).items()
    }
    found = disagreement(evaluations, map, again)
    lines = (
        comparison(map, evaluations, found)
        if is_all
        else chain(scores(map, evaluations), hinges(found))
    )
    for line in lines:
        click.echo(line)


@click.command()
@click.argument("map_", metavar="MAP")
@click.argument("claim")
@click.option("--depth", type=click.IntRange(0, 248), help="Levels. Default: 3.")
@click.option(
    "--nodes",
    type=click.IntRange(1),
    help="At most so many claims: those that matter most, however deep.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice([*_FORMS]),
    default="txt",
    help="What to draw it as. Default: txt, lines of text.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default="-",
    help="The file to write. Default: standard output.",
)
@click.option("--rule", help=_RULE)
@options.judgement
@options.database
@options.plugins_dir
def tree(
    map_: str,
    claim: str,
    depth: int | None,
    nodes: int | None,
    form: "Suffix | Literal['png']",
    output: Path,
    rule: str | None,
    parameters: dict[str, str],
    rule_options: dict[str, str],
    database: str | None,
    plugins_dir: Path | None,
) -> None:
    """Draw what speaks for and against a claim.

    Example: `argmap tree japan-nato closer-cooperation`

    MAP is a key of the database or a file. In text + supports, - rebuts, x undercuts,
    = says the same; ^ stands before a claim that is drawn elsewhere. md is an outline
    in Markdown, mmd a flowchart for Mermaid, dot a graph for Graphviz.
    """
    from argmap.cli.files import put
    from argmap.cli.given import judged
    from argmap.render.pictures import PICTURES
    from argmap.render.png import png
    from argmap.render.tree import flat_tree

    settings = options.settings(database=database, plugins_dir=plugins_dir)
    map, _, evaluation = judged(map_, rule, parameters, rule_options, settings)
    if depth is None and nodes is None:
        depth = 3
    unfolded = flat_tree(
        map, claim, evaluation=evaluation, depth=depth, nodes=nodes, children=None
    )
    if form == "png":
        put(png(unfolded), output)
    else:
        put(PICTURES[form].draw(unfolded).encode(), output)
