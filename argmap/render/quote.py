"""Passages as quotes that fit in one line, with what stands before and after them.

Spans are joined by […]. A word that a line's end breaks is mended, and ¦ marks where it
was broken: a hyphen stays, for nobody can tell whether it belongs to the word.
"""

import re
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from argmap.model.items import Span

GAP: Final = " […] "
BROKEN: Final = "¦"

_HYPHEN = re.compile(r"(?<=\w)([-\u2010]|\u00ad)[ \t]*\r?\n[ \t]*(?=\w)")
_BARE = re.compile(r"(?<=[^\W\d_])\r?\n(?=([^\W\d_]))")
_SPACED = re.compile(r"(?<=[^\W\d_])[ \t]+\r?\n(?=[^\W\d_])")


class Excerpt(Struct, frozen=True, kw_only=True):
    """A quote and its surroundings: together one line, with the spaces between."""

    before: str
    quote: str
    after: str


class Quoter:
    """Quotes from one text.

    In a text whose lines end with a space, a line that ends without one ends within a
    word: so do texts that were taken from columns. What most lines do decides.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._is_bare_break = len(_SPACED.findall(text)) > len(_BARE.findall(text))

    def quote(self, spans: Sequence[Span]) -> str:
        r"""Quote what spans of the text say.

        >>> text = "Trams are noise-\nless, which \nis what the peo\nple \nwant."
        >>> Quoter(text).quote([Span(start=0, end=22), Span(start=30, end=49)])
        'Trams are noise-¦less, […] is what the peo¦ple'
        """
        pieces = (self._text[span.start : span.end] for span in spans)
        return GAP.join(map(self._line, pieces))

    def excerpt(
        self, spans: Sequence[Span], before: int = 60, after: int = 60
    ) -> Excerpt:
        """Quote spans of the text, with up to so many characters before and after.

        The surroundings begin and end with a whole word.

        >>> Quoter("Trams are quiet.").excerpt([Span(start=6, end=9)], 6, 6)
        Excerpt(before='Trams ', quote='are', after=' …')
        """
        start, end = spans[0].start, spans[-1].end
        ahead = self._text[max(0, start - before) : start]
        behind = self._text[end : end + after]
        if start > before:
            ahead = re.sub(r"\A\S*", "…", ahead)
        if end + after < len(self._text):
            behind = re.sub(r"\S*\Z", "…", behind, count=1)
        return Excerpt(
            before=self._line(ahead) + " " * ahead[-1:].isspace(),
            quote=self.quote(spans),
            after=" " * behind[:1].isspace() + self._line(behind),
        )

    def _line(self, text: str) -> str:
        text = _HYPHEN.sub(
            lambda m: BROKEN if m[1] == "\u00ad" else m[1] + BROKEN, text
        )
        if self._is_bare_break:
            # A capital begins a heading or a name, and no second half of a word.
            text = _BARE.sub(lambda m: BROKEN if m[1].islower() else " ", text)
        return " ".join(text.split())
