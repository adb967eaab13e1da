"""Text made safe for what it is written into: one function for each target."""

import csv as writing
import re
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Final

from argmap.render.text import one_line

_MARKS: Final = re.compile(r"[\\`*_{}\[\]<>|~$&]|\A[-+=#:]")
_NUMBER: Final = re.compile(r"\A(\d+)([.)])")


def markdown(text: str) -> str:
    r"""Make a text show as it is, in one line of Markdown.

    Every character that CommonMark or its common extensions could read as a mark is
    preceded by a backslash, which shows as nothing before punctuation. Some are marks
    at the beginning only.

    >>> print(markdown("1. [x](javascript:y) *b* - c"))
    1\. \[x\](javascript:y) \*b\* - c
    """
    return _NUMBER.sub(r"\1\\\2", _MARKS.sub(r"\\\g<0>", one_line(text)))


_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def csv(rows: Iterable[Sequence[object]]) -> str:
    r"""Write a table as CSV (RFC 4180) that no spreadsheet takes for formulas.

    A text that begins like a formula gets an apostrophe before it. Numbers are as
    Python writes them, true and false in lower case; null is empty.

    >>> csv([["claim", "strength"], ["=1+1", 0.5], ["a, b", None]])
    "claim,strength\r\n'=1+1,0.5\r\n\"a, b\",\r\n"
    """
    out = StringIO()
    writing.writer(out).writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case str():
            return f"'{value}" if value.startswith(_FORMULA) else value
    return repr(value)
