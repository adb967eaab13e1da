"""Anchors: whether passages are still where a source's text has them.

A passage says where it is and what the sha256 of its words is. In another text of the
same document (a new edition, other line ends) it may stand elsewhere. It is found again
by its words alone, with the gaps between its spans as they were; where that is not in
one place exactly, nobody guesses: it is orphaned, until someone says where it is.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Final, Literal

from msgspec import Struct

from argmap.errors import NotFound, WrongText
from argmap.model.items import Map, Passage, Source, Span
from argmap.model.passages import digest, quotation

Status = Literal["exact", "moved", "orphaned", "unverified"]


PLACES: Final = 2_000_000
"""Places of a text that are tried for words that are known by their hash alone."""


class Anchor(Struct, frozen=True, kw_only=True):
    """What became of a passage in a text.

    ``exact``: its words are where it says. ``moved``: they are in exactly one other
    place. ``orphaned``: they are nowhere, or in several other places. ``unverified``:
    there is no text, or the passage has no sha256. ``spans`` say where the words are
    now; there are none where nobody knows. A passage that a new edition has orphaned
    stays so in that edition.
    """

    source: str
    passage: str
    status: Status
    spans: tuple[Span, ...] = ()


def verify(
    source: Source, text: str | None = None, pause: Callable[[], None] = lambda: None
) -> tuple[Anchor, ...]:
    """Say of every passage of a source what became of it, in the source's order.

    *text* is another text of the source; left out, it is the source's own. *pause* is
    called every few milliseconds, and may raise.

    Where the source's own text does not give a passage's words, what stands at each
    place is hashed: about 2 µs a place, so that 150 passages that have all gone from
    24,000 characters take some seconds. After two million places those that have not
    been found by then are orphaned.

    >>> passage = Passage(
    ...     key="p1", spans=(Span(start=0, end=5),), sha256=digest("Trams")
    ... )
    >>> source = Source(key="council", title="Minutes", passages=(passage,))
    >>> verify(source, "Modern Trams are quiet.")[0].status
    'moved'
    """
    text = source.text if text is None else text
    shifts: dict[int, None] = {}  # that other passages have moved by: tried first
    tries = iter(range(PLACES))
    anchors = []
    for passage in source.passages:
        pause()
        status, spans = _found(passage, source.text, text, shifts, tries, pause)
        if status == "moved":
            shifts[spans[0].start - passage.spans[0].start] = None
        anchors.append(
            Anchor(source=source.key, passage=passage.key, status=status, spans=spans)
        )
    return tuple(anchors)


def anchors_of(
    map: Map, source: str | None = None, text: str | None = None
) -> tuple[Anchor, ...]:
    """Say what became of every passage of a map, or of one of its sources.

    Raises:
        NotFound: There is no such source.
    """
    if source is not None and source not in map.sources:
        raise NotFound("source", source)
    keys = map.sources if source is None else [source]
    return tuple(anchor for key in keys for anchor in verify(map.sources[key], text))


def check(source: Source, text: str) -> None:
    """Hold a text against what a source says of its own.

    Raises:
        WrongText: Its length or its sha256 is another, or a passage is not in place.
    """
    if source.length not in (None, len(text)):
        detail = f"it has {len(text)} characters, not {source.length}"
        raise WrongText(source.key, detail)
    if source.sha256 not in (None, own := digest(text)):
        detail = f"its sha256 is {own}, not {source.sha256}"
        raise WrongText(source.key, detail)
    for passage in source.passages:
        if passage.orphaned or passage.sha256 is None:
            continue
        if not _is_at(passage, text, passage.spans):
            detail = f"passage {passage.key!r} is not where it should be"
            raise WrongText(source.key, detail)


def _found(
    passage: Passage,
    own: str | None,
    text: str | None,
    shifts: Iterable[int],
    tries: Iterator[int],
    pause: Callable[[], None],
) -> tuple[Status, tuple[Span, ...]]:
    spans = passage.spans
    if passage.orphaned and (text == own or passage.sha256 is None):
        return "orphaned", ()
    if text is None or passage.sha256 is None:
        return "unverified", ()
    if _is_at(passage, text, spans):
        return "exact", spans
    if own is not None and _is_at(passage, own, spans):
        words = [own[span.start : span.end] for span in spans]
    else:
        shift = _shift(passage, text, shifts, tries, pause)
        if shift is None:
            return "orphaned", ()
        words = [text[span.start : span.end] for span in moved(spans, shift)]
    places = list(islice(_places(text, words, spans), 2))
    return ("moved", places[0]) if len(places) == 1 else ("orphaned", ())


def moved(spans: Iterable[Span], shift: int) -> tuple[Span, ...]:
    """Move spans by so many characters."""
    return tuple(Span(start=s.start + shift, end=s.end + shift) for s in spans)


def _is_at(passage: Passage, text: str, spans: Sequence[Span]) -> bool:
    return digest(quotation(text, spans)) == passage.sha256


def _shift(
    passage: Passage,
    text: str,
    likely: Iterable[int],
    tries: Iterator[int],
    pause: Callable[[], None],
) -> int | None:
    """Find how far the words have moved, by nothing but their hash."""
    ends = [(span.start, span.end) for span in passage.spans]
    every = range(-ends[0][0], len(text) - ends[-1][1] + 1)
    shifts = chain((shift for shift in likely if shift in every), every)
    for shift, tried in zip(shifts, tries, strict=False):
        if tried % 1024 == 0:
            pause()
        words = "\0".join([text[start + shift : end + shift] for start, end in ends])
        if digest(words) == passage.sha256:
            return shift
    return None


def _places(
    text: str, words: Sequence[str], spans: Sequence[Span]
) -> Iterator[tuple[Span, ...]]:
    """Find all places where these words stand as far apart as the spans say."""
    at = text.find(words[0])
    while at >= 0:
        there = moved(spans, at - spans[0].start)
        if all(
            text.startswith(word, span.start)
            for word, span in zip(words, there, strict=True)
        ):
            yield there
        at = text.find(words[0], at + 1)
