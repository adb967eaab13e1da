"""Many rules on one map, side by side, in lines that fit a page."""

from collections.abc import Iterable, Iterator, Mapping

import click

from argmap.debate.disagreement import Disagreement
from argmap.model import Map
from argmap.plugin import Evaluation

_SIGNS = {"accepted": "+", "rejected": "-", "undecided": "?", None: "."}
_COLOURS = {"+": "green", "-": "red", "?": "yellow", ".": None}


def comparison(
    map: Map, evaluations: Mapping[str, Evaluation], disagreement: Disagreement
) -> Iterator[str]:
    """Write what rules make of every claim, and how far they agree.

    A column for each rule, by number; claims on which verdicts part are marked, ``!``
    if one rule accepts what another rejects. Then Kendall's tau-b of every pair of
    rules, as far as their strengths order claims.
    """
    numbers = {rule: str(i) for i, rule in enumerate(evaluations, start=1)}
    size = len(str(len(numbers)))
    for rule, number in numbers.items():
        yield f"{number.rjust(size)}  {rule}"
    yield ""
    yield "+ accepted   - rejected   ? undecided   . no verdict"
    yield "* verdicts part   ! accepted by one rule, rejected by another"
    yield ""
    marks = {
        disputed.claim: "!" if _is_opposed(disputed.verdicts.values()) else "*"
        for disputed in disagreement.claims
    }
    width = max(len(key) for key in ("claim", *map.claims))
    heads = " ".join(number.rjust(size) for number in numbers.values())
    yield f"{'claim'.ljust(width)}    {heads}"
    for key in map.claims:
        signs = [_SIGNS[e.claims[key].verdict] for e in evaluations.values()]
        cells = " ".join(_coloured(sign, size) for sign in signs)
        yield f"{key.ljust(width)}  {marks.get(key, ' ')} {cells}"
    yield ""
    opposed = sum(mark == "!" for mark in marks.values())
    yield (
        f"verdicts part on {len(marks)} of {len(map.claims)} claims, "
        f"and are opposed on {opposed}"
    )
    yield from hinges(disagreement)
    yield ""
    yield "Kendall's tau-b"
    values = {(pair.a, pair.b): pair.value for pair in disagreement.tau_b}
    yield " ".join([" " * size, *(number.rjust(5) for number in numbers.values())])
    for row, number in numbers.items():
        cells = " ".join(_tau(values, row, column) for column in numbers)
        yield f"{number.rjust(size)} {cells}".rstrip()


def hinges(disagreement: Disagreement) -> Iterator[str]:
    """Write what each disagreement hangs on, where one feature alone decides."""
    for disputed in disagreement.claims:
        if hangs := disputed.hangs_on and " or ".join(disputed.hangs_on.features):
            yield f"{disputed.claim}: these rules agree without {hangs}"


def _is_opposed(verdicts: Iterable[str | None]) -> bool:
    return {"accepted", "rejected"} <= set(verdicts)


def _coloured(sign: str, size: int) -> str:
    return click.style(sign.rjust(size), fg=_COLOURS[sign])


def _tau(values: Mapping[tuple[str, str], float | None], row: str, column: str) -> str:
    if (column, row) not in values:  # each pair once: the lower triangle
        return ""
    value = values[column, row]
    return "    –" if value is None else f"{value:5.2f}"
