r"""Words: which texts a search finds, whatever does the searching.

A text is *folded*: compatibility forms and case are gone (NFKC, casefold), accents and
vowel points too; everything that is no letter, number or mark is a gap; words have one
space between them and round them. Where a script writes no spaces (Han, kana, Hangul,
Thai, Lao, Tibetan, Burmese, Khmer) every character is a word, so that what looks like a
word there is a phrase, found anywhere in a sentence and from one character on.

A query asks for phrases, all of which must be there: what stands between quotation
marks, or between spaces. So ``it's``, ``foo:bar`` and ``NEAR(`` are texts like any
other. The last word may go on, unless it is quoted or a single letter.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import Struct

from argmap.model.items import Span

LONGEST: Final = 10_000
"""Characters that a query may have."""

_PHRASE_MARK: Final = '"'

_UNSPACED: Final = (
    (0x0E00, 0x0FFF),  # Thai, Lao, Tibetan
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
    (0x2E80, 0x2FDF),  # radicals
    (0x3005, 0x3007),  # iteration mark, closing mark, zero
    (0x3040, 0x31FF),  # kana, bopomofo
    (0x3400, 0x9FFF),  # Han
    (0xAC00, 0xD7A3),  # Hangul
    (0xF900, 0xFAFF),  # Han that is compatible with older standards
    (0x20000, 0x3FFFF),  # rare Han
)

# Canonical combining classes (Unicode Standard Annex 44) that part words from words in
# their script, so that they stay: none, nukta, voicing of kana, virama, and the vowels
# and tones from Telugu to Tibetan. Points of Hebrew and Arabic and accents go.
_KEPT: Final = {0, 7, 8, 9, *range(84, 200)}


class Query(Struct, frozen=True):
    """What is looked for: folded phrases, all of them.

    ``is_open``: the last word of the last phrase may go on.
    """

    phrases: tuple[str, ...]
    is_open: bool

    def matches(self, texts: Iterable[str]) -> bool:
        """Say whether each phrase is in one of several *folded* texts.

        >>> query("quiet tra").matches([folded("A tram."), folded("Quiet!")])
        True
        """
        there = tuple(texts)
        return bool(self.phrases) and all(
            any(phrase in text for text in there) for phrase in self._wanted()
        )

    def touches(self, text: str) -> bool:
        """Say whether any of the phrases is in a *folded* text."""
        return any(phrase in text for phrase in self._wanted())

    def find(self, text: str) -> tuple[Span, ...]:
        """Find the words of a text that are meant, in order: code points, half-open.

        >>> query("tra").find("A tram, TRAMS!")
        (Span(start=2, end=6), Span(start=8, end=13))
        """
        words, starts, at = list(_words(text)), dict[int, int](), 1
        for index, (word, _) in enumerate(words):
            starts[at] = index
            at += len(word) + 1
        line = f" {' '.join(word for word, _ in words)} "
        found: set[int] = set()
        for phrase in self._wanted():
            count = len(phrase.split())
            at = line.find(phrase)
            while at >= 0:
                found.update(range(starts[at + 1], starts[at + 1] + count))
                at = line.find(phrase, at + 1)
        return _joined(words[index][1] for index in sorted(found))

    def _wanted(self) -> Iterator[str]:
        last = len(self.phrases) - 1
        for index, phrase in enumerate(self.phrases):
            is_open = self.is_open and index == last
            yield f" {phrase}" if is_open else f" {phrase} "


def query(text: str) -> Query:
    """Read what someone looks for; no text is wrong, but one may ask for nothing.

    >>> query('Foo:bar "cheap loans" tra')
    Query(phrases=('foo bar', 'cheap loans', 'tra'), is_open=True)
    >>> query("日本 (!) :)").phrases
    ('日 本',)
    """
    phrases: dict[str, None] = {}
    is_open = False
    pieces = text.split(_PHRASE_MARK)
    for index, piece in enumerate(pieces):
        # Between two marks: a mark without a second one is any other character.
        is_quoted = index % 2 == 1 and index < len(pieces) - 1
        for part in [piece] if is_quoted else piece.split():
            if phrase := folded(part).strip():
                phrases.pop(phrase, None)
                phrases[phrase] = None
                is_open = not is_quoted and _may_go_on(phrase.rpartition(" ")[2])
    return Query(tuple(phrases), is_open)


def folded(text: str) -> str:
    """Fold a text: its words with one space between them and round them.

    >>> folded("L’Été — “日本”, ﬁn.")
    ' l ete 日 本 fin '
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return f" {' '.join(text.translate(_FOLDS).split())} "


class _Folds(dict[int, str]):
    """What each character becomes, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = folds = self._fold(code)
        return folds

    def _fold(self, code: int) -> str:
        if any(first <= code <= last for first, last in _UNSPACED):
            return f" {chr(code)} " if _is_of_word(chr(code)) else " "
        spread = unicodedata.normalize("NFKD", chr(code).casefold())
        bare = "".join(c for c in spread if unicodedata.combining(c) in _KEPT)
        return "".join(c if _is_of_word(c) else " " for c in bare)


_FOLDS: Final = _Folds()


def _is_of_word(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN"


def _may_go_on(word: str) -> bool:
    return len(word) > 1


def _words(text: str) -> Iterator[tuple[str, Span]]:
    """List the words of a text as they are folded, and where they are in it."""
    word, start = "", 0
    for at, character in enumerate(text):
        plain = character
        if not character.isascii():
            plain = unicodedata.normalize("NFKC", character)
        folds = plain.translate(_FOLDS)
        for piece in folds:
            if piece != " ":
                start = start if word else at
                word += piece
            elif word:
                # The gap comes from this character, or it is a word by itself.
                yield word, Span(start=start, end=max(at, start + 1))
                word = ""
    if word:
        yield word, Span(start=start, end=len(text))


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Join spans that touch, such as those of characters of one word."""
    joined: list[Span] = []
    for span in spans:
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(start=joined[-1].start, end=max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)
