"""A debate round at the keyboard: `round`."""

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from argmap.cli import options

if TYPE_CHECKING:
    from argmap.cli.keepers import Keeper
    from argmap.debate.flow import Flow
    from argmap.debate.round_formats import RoundFormat
    from argmap.debate.sheet import Round
    from argmap.plugin.choice import Choice

HELP = """\
  introduce RELATION         an argument of the map; : TEXT for one of your own
  answer m1 RELATION         or answer m1: TEXT, or answer m1 @PREMISE: TEXT
  turn m1 RELATION           an answer that speaks for your own side
  extend m1                  carry an argument of yours on; RELATION or : TEXT backs it
  concede m1, kick m1        give in to theirs; take yours back
  next, speech 1NC           the next speech, or this one
  undo, adopt m2             take the last move back; put its text into the map
  flow, help, quit
"""


@click.command("round")
@click.argument("map_", metavar="MAP")
@click.option(
    "--format",
    metavar="FORMAT",
    default="policy",
    help="policy, lincoln-douglas, public-forum, british-parliamentary, world-schools, "
    "or a file of your own. Default: policy.",
)
@click.option(
    "--target",
    "targets",
    multiple=True,
    help="A claim under debate; default: the map's targets. Repeatable.",
)
@click.option("--rule", help="A rule's name; default: the one of the settings.")
@options.judgement
@click.option("--key", help="Keep the round in the database, or go on with that one.")
@click.option(
    "--file",
    type=click.Path(path_type=Path),
    help="Keep the round in this file, or go on with the one in it.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the last flow as JSON.")
@options.database
@options.plugins_dir
def round_(
    map_: str,
    format: str,
    targets: tuple[str, ...],
    rule: str | None,
    parameters: dict[str, str],
    rule_options: dict[str, str],
    key: str | None,
    file: Path | None,
    as_json: bool,
    database: str | None,
    plugins_dir: Path | None,
) -> None:
    """Keep the flow of a debate round, and say what is dropped.

    Example: `argmap round japan-nato --format policy --target closer-cooperation`

    Reads moves from the keyboard, or from standard input; `help` lists them. After
    each the flow is shown. From standard input, the first bad move ends it.
    """
    from argmap.cli.given import choice, show_json
    from argmap.cli.keepers import kept_in
    from argmap.debate.rounds import start
    from argmap.plugin import Host
    from argmap.plugin.trials import require_verdicts

    if key and file:
        raise click.UsageError("keep the round under --key or in --file, not both")
    settings = options.settings(database=database, plugins_dir=plugins_dir)
    host = Host.load(settings.plugins_dir)
    with ExitStack() as open_:
        keeper = open_.enter_context(kept_in(map_, settings, host, key, file))
        if keeper.round is None:
            named = rule or settings.default_rule
            require_verdicts(host.rule(named))
            name = key or (file.stem if file else "round")
            keeper.begin(start(keeper.map, name, _format(format), named, targets))
        assert keeper.round is not None
        chosen = choice(host, rule or keeper.round.rule, parameters, rule_options)
        _Board(keeper, chosen, is_quiet=as_json).run()
        if as_json:
            show_json(_flow(keeper, chosen))


class _Board:
    """Where moves come in, and what is shown of them."""

    def __init__(self, keeper: "Keeper", chosen: "Choice", *, is_quiet: bool) -> None:
        self.keeper, self.chosen, self.is_quiet = keeper, chosen, is_quiet
        moves = self.round.moves
        self.speech = moves[-1].speech if moves else self.round.speeches[0].key

    @property
    def round(self) -> "Round":
        found = self.keeper.round
        assert found is not None
        return found

    def run(self) -> None:
        """Take what comes, line by line, until it ends."""
        from argmap.cli.failures import told
        from argmap.errors import ArgmapError

        self.show()
        is_at_keyboard = sys.stdin.isatty()
        while (line := self._line(is_at_keyboard)) is not None:
            try:
                self._do(line)
            except ArgmapError as error:
                if not is_at_keyboard:
                    raise
                click.echo(told(error), err=True)

    def show(self) -> None:
        """Show the flow as it is now."""
        from argmap.cli.flow_table import flow_table
        from argmap.cli.tables import show

        if not self.is_quiet:
            show(flow_table(_flow(self.keeper, self.chosen)))

    def _line(self, is_at_keyboard: bool) -> str | None:
        """Read a line; None is the end."""
        if is_at_keyboard:
            click.echo(f"{self.speech}> ", nl=False, err=True)
        line = sys.stdin.readline()
        return None if not line or line.strip() == "quit" else line.strip()

    def _do(self, line: str) -> None:
        word, _, rest = line.partition(" ")
        match word:
            case "" | "help":
                if word:
                    click.echo(HELP, nl=False, err=True)
                return
            case "next":
                self._next()
            case "speech":
                self.speech = self.round.speech(rest.strip()).key
            case "undo":
                from argmap.debate.rounds import take_back

                self.keeper.change(lambda round, _: take_back(round))
            case "adopt":
                self.keeper.adopt(rest.strip())
            case "flow":
                pass
            case _:
                self._move(line)
        self.show()

    def _next(self) -> None:
        from argmap.errors import OutOfTurn

        keys = [speech.key for speech in self.round.speeches]
        if self.speech == keys[-1]:
            raise OutOfTurn(f"{self.speech} is the last speech", "/speech")
        self.speech = keys[keys.index(self.speech) + 1]

    def _move(self, line: str) -> None:
        from argmap.debate.rounds import play
        from argmap.model.codec import convert

        move = convert(_parsed(line, self.speech), _move_type())
        self.keeper.change(lambda round, map: play(round, map, move))


def _move_type() -> type[Any]:
    from argmap.debate.sheet import RoundMove

    return RoundMove


def _parsed(line: str, speech: str) -> dict[str, str]:
    """Read a move: an action, then in any order m1, @claim, relation; and a text.

    >>> _parsed("answer m1 @quiet: It squeals.", "NC")["claim"]
    'quiet'
    """
    head, colon, text = line.partition(":")
    action, *words = head.split() or [""]
    move = {"speech": speech, "action": action}
    for word in words:
        if word[:1] == "m" and word[1:].isdigit():
            move["on"] = word
        elif word.startswith("@"):
            move["claim"] = word[1:]
        else:
            move["relation"] = word
    return move | ({"text": text.strip()} if colon else {})


def _format(name: str) -> "RoundFormat":
    """Find a format by name, or in a file.

    Raises:
        NotFound: There is no such format.
        Malformed, OSError: The file holds none, or cannot be read.
    """
    from argmap.debate.round_formats import read_format, round_formats
    from argmap.errors import NotFound
    from argmap.model import is_key

    if not is_key(name):
        return read_format(Path(name).read_bytes())
    if name not in round_formats():
        raise NotFound("round format", name)
    return round_formats()[name]


def _flow(keeper: "Keeper", chosen: "Choice") -> "Flow":
    from argmap.debate.flow import flow

    assert keeper.round is not None
    return flow(
        keeper.round,
        keeper.map,
        chosen.rule,
        chosen.parameters,
        chosen.options,
        revision=keeper.revision,
    )
