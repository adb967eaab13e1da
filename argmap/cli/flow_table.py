"""The flow of a round as a table for people."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from argmap.debate.flow import ArgumentFlow, Flow
from argmap.debate.flow_markdown import threads, told
from argmap.render.text import one_line

if TYPE_CHECKING:
    from rich.table import Table

_COLOURS: Final = {
    "standing": "yellow",
    "answered": "blue",
    "dropped": "red",
    "conceded": "green",
}


def flow_table(flow: Flow) -> "Table":
    """Make a table of what was said, answers below what they answer."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE, caption=Text("\n".join(_below(flow))))
    table.caption_justify = "left"
    for column in ("move", "speech", "side", "says", "status", "answer in"):
        table.add_column(column, overflow="fold")
    for depth, argument in threads(flow.arguments):
        table.add_row(
            *map(Text, (argument.move, argument.speech, argument.side)),
            Text("  " * min(depth, 8) + _says(argument)),
            Text(argument.status, _COLOURS.get(argument.status, "dim")),
            Text(argument.must_answer_in or ""),
        )
    return table


def _below(flow: Flow) -> Iterator[str]:
    for target, standing in flow.targets.items():
        yield f"{target}: {told(standing)} under {flow.rule}"
    for one in flow.next:
        yield (
            f"{one.side} must answer {one.move} in {one.must_answer_in} "
            f"(it moves the targets by {one.effect:.3f})"
        )


def _says(argument: ArgumentFlow) -> str:
    action = "" if argument.action == "introduce" else f"{argument.action}: "
    named = f" [{argument.relation}]" if argument.relation else ""
    return one_line(f"{action}{argument.text}{named}")
