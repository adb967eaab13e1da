"""Lines and columns of a text."""

import re
from bisect import bisect_right
from functools import cached_property

from argmap.errors import Malformed
from argmap.formats.texts import misplaced
from argmap.plugin import Place


class Places:
    """Lines and columns, both from 1, of a text."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _starts(self) -> list[int]:
        breaks = (found.end() for found in re.finditer("\n", self._text))
        return [0, *breaks]

    def of(self, offset: int) -> tuple[int, int]:
        """Say in which line and column a character stands."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def place(self, offset: int) -> Place:
        """Say the same for a remark."""
        line, column = self.of(offset)
        return Place(line=line, column=column)

    def error(self, offset: int, detail: str) -> Malformed:
        """Make the error that names the place."""
        return misplaced(detail, *self.of(offset))
