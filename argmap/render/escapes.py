"""Text made safe for what it is written into: one function for each target."""

import re
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
