"""For who prepares a debate: `brief`, `gaps`, `lines`, `crux`, `dependence`."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from argmap.cli import options
from argmap.cli.given import judged, show_json

if TYPE_CHECKING:
    from argmap.plugin import Host
    from argmap.plugin.trials import Trials
    from argmap.plugin.turning import Standing

_RULE = "A rule's name; default: the one of the settings."
_BY = ("source", "speaker", "tag")


def _of_a_rule(command: Callable[..., None]) -> Callable[..., None]:
    """Let a command take a map and a rule, and print JSON."""
    for option in reversed(
        (
            click.argument("map_", metavar="MAP"),
            click.option("--rule", help=_RULE),
            options.judgement,
            click.option("--json", "as_json", is_flag=True, help="Print JSON."),
            options.database,
            options.plugins_dir,
        )
    ):
        command = option(command)
    return command


@click.command()
@_of_a_rule
@click.argument("claim")
@click.option(
    "--side", type=click.Choice(("pro", "con")), required=True, help="For or against."
)
@click.option(
    "--minutes",
    type=click.FloatRange(0, 600, min_open=True),
    default=8.0,
    help="How long the speech may be. Default: 8.",
)
@click.option(
    "--words-per-minute",
    type=click.IntRange(1, 1000),
    default=150,
    help="How fast it is read. Default: 150.",
)
@click.option(
    "--known",
    multiple=True,
    help="A claim that the other side is known to use. Repeatable.",
)
def brief(
    claim: str,
    side: Any,
    minutes: float,
    words_per_minute: int,
    known: tuple[str, ...],
    as_json: bool,
    **given: Any,
) -> None:
    """Prepare one side: what to say, to expect and to answer.

    Example: `argmap brief japan-nato institutionalise-ties --side con --minutes 4`

    As Markdown, to be read or printed, or everything as JSON.
    """
    from argmap.debate.brief import brief as make
    from argmap.debate.brief_markdown import brief_markdown
    from argmap.debate.disagreement import verdicts_on

    trials, host = _trials(**given)
    trials.standing(claim)
    rules = (installed.rule for installed in host.rules.values())
    found = make(
        trials,
        claim,
        side,
        others=verdicts_on(claim, trials.compiled, rules),
        schemes=host.schemes_by_name,
        minutes=minutes,
        words_per_minute=words_per_minute,
        known=known,
    )
    if as_json:
        show_json(found)
    else:
        click.echo(brief_markdown(found), nl=False)


@click.command()
@_of_a_rule
def gaps(as_json: bool, **given: Any) -> None:
    """Say what a map lacks, and what would close each gap.

    Example: `argmap gaps japan-nato --rule grounded`

    The JSON has the call to the API that closes each gap.
    """
    from argmap.debate.gaps import gaps as find

    trials, host = _trials(**given)
    found = find(trials, host.schemes_by_name)
    if as_json:
        show_json(found)
        return
    _table(
        ("gap", "where", "why"),
        [
            (
                gap.kind,
                gap.relation or gap.claim or f"{gap.source}/{gap.passage}",
                gap.why,
            )
            for gap in found.gaps
        ],
    )


@click.command()
@_of_a_rule
@click.option(
    "--target",
    "targets",
    multiple=True,
    help="A claim; default: the map's targets. Repeatable.",
)
@click.option(
    "--most", type=click.IntRange(1, 100), default=3, help="Lines a side. Default: 3."
)
def lines(targets: tuple[str, ...], most: int, as_json: bool, **given: Any) -> None:
    """Find the strongest chains from evidence to claims.

    Example: `argmap lines japan-nato --target closer-cooperation --most 1`
    """
    from argmap.debate.lines import lines as find
    from argmap.debate.what_if import watched

    trials, _ = _trials(**given)
    found = find(trials, watched(trials.map, targets), most=most)
    if as_json:
        show_json(found)
        return
    _table(
        ("claim", "side", "strength", "line", "weakest link"),
        [
            (
                each.claim,
                side,
                f"{line.strength:.3f}",
                " > ".join(link.claim or "that" for link in line.links),
                line.weakest,
            )
            for each in found.claims
            for side, some in (("pro", each.pro), ("con", each.con))
            for line in some
        ],
    )


@click.command()
@_of_a_rule
@click.argument("claim")
def crux(claim: str, as_json: bool, **given: Any) -> None:
    """Find the claims on which both sides' cases turn.

    Example: `argmap crux japan-nato closer-cooperation`
    """
    from argmap.debate.crux import crux as find

    trials, _ = _trials(**given)
    found = find(trials, claim)
    if as_json:
        show_json(found)
        return
    _table(
        ("claim", "for pro", "for con", "text"),
        [
            (
                each.claim,
                f"{each.pro:+.3f}",
                f"{each.con:+.3f}",
                trials.map.claims[each.claim].text,
            )
            for each in found.cruxes
        ],
    )


@click.command()
@_of_a_rule
@click.option("--by", type=click.Choice(_BY), default="source", help="Default: source.")
@click.option(
    "--target",
    "targets",
    multiple=True,
    help="A claim; default: the map's targets. Repeatable.",
)
def dependence(by: Any, targets: tuple[str, ...], as_json: bool, **given: Any) -> None:
    """Say what verdicts hang on: sources, speakers or tags.

    Example: `argmap dependence japan-nato --by source --rule df-quad`
    """
    from argmap.debate.dependence import dependence as find
    from argmap.debate.what_if import watched

    trials, _ = _trials(**given)
    found = find(trials, by, watched(trials.map, targets))
    if as_json:
        show_json(found)
        return
    _table(
        (f"without {by}", "claim", "before", "after"),
        [
            (
                group.key,
                claim,
                _told(found.before[claim]),
                _told(loss.after) + (" !" if loss.turns else ""),
            )
            for group in found.groups
            for claim, loss in group.claims.items()
        ],
    )


def _trials(
    map_: str,
    rule: str | None,
    parameters: dict[str, str],
    rule_options: dict[str, str],
    database: str | None,
    plugins_dir: Path | None,
) -> "tuple[Trials, Host]":
    from argmap.plugin import Host
    from argmap.plugin.trials import Trials

    settings = options.settings(database=database, plugins_dir=plugins_dir)
    map, chosen, evaluation = judged(map_, rule, parameters, rule_options, settings)
    return Trials(map, chosen, evaluation), Host.load(settings.plugins_dir)


def _table(columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    from argmap.cli.tables import plain, show

    show(plain(columns, rows))


def _told(standing: "Standing") -> str:
    return f"{standing.strength:.3f} {standing.verdict or ''}".rstrip()
