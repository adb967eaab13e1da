"""Tables for people: colour on a terminal, plain text everywhere else."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import click

from argmap.model import Map
from argmap.plugin import ClaimEvaluation, Evaluation
from argmap.render.text import one_line

if TYPE_CHECKING:
    from rich.table import Table

_COLOURS = {"accepted": "green", "rejected": "red", "undecided": "yellow"}

# Columns of a table that no terminal limits.
_WIDTH = 120

_CELL = len("0.50 undecided?")


def show(table: "Table") -> None:
    """Print a table on standard output."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else _WIDTH
    Console(highlight=False, width=width).print(table)


def plain(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> "Table":
    """Make a table of texts, which are shown as they are."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(one_line(cell)) for cell in row))
    return table


def verdicts(
    map: Map, claims: Iterable[str], evaluations: Mapping[str, Evaluation]
) -> "Table":
    """Make a table of claims' strengths and verdicts under several rules."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    title = f"{map.title or map.key}: strengths and verdicts"
    table = Table(title=Text(one_line(title)), title_justify="left", box=box.SIMPLE)
    table.add_column("claim", overflow="fold", min_width=26)
    for rule in evaluations:
        table.add_column(rule, overflow="fold", min_width=9)
    for claim in claims:
        cells = [_cell(e.claims[claim]) for e in evaluations.values()]
        name = Text.assemble((claim, "bold"), "\n", one_line(map.claims[claim].text))
        table.add_row(name, *(Text(cell, colour or "") for cell, colour in cells))
    return table


def scores(map: Map, evaluations: Mapping[str, Evaluation]) -> Iterator[str]:
    """Write the strengths and verdicts of all claims, a claim a line.

    However many there are: a table is measured as a whole first, which takes long.
    """
    width = max(len(key) for key in ("claim", *map.claims))
    rules = {rule: max(len(rule), _CELL) for rule in evaluations}
    heads = [rule.ljust(size) for rule, size in rules.items()]
    yield "  ".join(["claim".ljust(width), *heads, "text"])
    for key, claim in map.claims.items():
        cells = [key.ljust(width)]
        for rule, size in rules.items():
            cell, colour = _cell(evaluations[rule].claims[key])
            cells.append(click.style(cell.ljust(size), fg=colour))
        yield "  ".join([*cells, one_line(claim.text)])


def _cell(claim: ClaimEvaluation) -> tuple[str, str | None]:
    if claim.verdict is None:
        return f"rank {claim.rank}", None
    doubt = "" if claim.settled else "?"
    return f"{claim.strength:.2f} {claim.verdict}{doubt}", _COLOURS[claim.verdict]
