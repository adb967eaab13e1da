"""The words that someone says a passage has, held against its source's text."""

from collections.abc import Sequence
from typing import Final

from argmap.errors import Fault, InvalidMap, WrongExact
from argmap.model.items import Span
from argmap.model.passages import digest

_SHOWN: Final = 30
"""Characters that are shown on either side of where two texts part."""


def hash_of(spans: Sequence[Span], exact: str | Sequence[str], text: str | None) -> str:
    """Hash the words of a passage, given one text for each of its spans, or for one.

    Without a text of the source, only their lengths can be wrong.

    Raises:
        InvalidMap: What is in the text is something else; every difference is a fault.

    >>> hash_of([Span(start=4, end=8)], "tram", "The tram is quiet.")[:8]
    'c2a6bc4a'
    """
    if isinstance(exact, str):
        exact, pointers = [exact], ["/exact"]
    else:
        pointers = [f"/exact/{index}" for index in range(len(exact))]
    if len(exact) != len(spans):
        detail = f"there are {len(spans)} spans and {len(exact)} texts; give one each"
        raise InvalidMap([WrongExact(detail, "/exact")])
    faults = [
        fault
        for pointer, span, words in zip(pointers, spans, exact, strict=True)
        if (fault := _difference(span, words, text, pointer))
    ]
    if faults:
        raise InvalidMap(faults)
    return digest("\0".join(exact))


def _difference(span: Span, words: str, text: str | None, pointer: str) -> Fault | None:
    if text is None:
        if len(words) == span.end - span.start:
            return None
        detail = (
            f"the span has {span.end - span.start} characters, these words have "
            f"{len(words)}; count code points"
        )
        return WrongExact(detail, pointer, expected=_cut(words, 0))
    there = text[span.start : span.end]
    if there == words:
        return None
    pairs = enumerate(zip(words, there, strict=False))
    shorter = min(len(words), len(there))
    parted = next((at for at, (a, b) in pairs if a != b), shorter)
    places = _places(text, words)
    hint = f"; the words are at {places[0]} alone" if len(places) == 1 else ""
    expected, found = _cut(words, parted), _cut(there, parted)
    return WrongExact(
        f"at character {span.start + parted} of the text stands «{found}» where "
        f"«{expected}» was expected; send offsets of the stored text, in code points"
        + hint,
        pointer,
        at=span.start + parted,
        expected=expected,
        there=found,
        found_at=places[0] if len(places) == 1 else None,
    )


def _cut(text: str, at: int) -> str:
    """Show a text round a place in it."""
    start, end = max(0, at - _SHOWN), at + _SHOWN
    return "…" * (start > 0) + text[start:end] + "…" * (end < len(text))


def _places(text: str, words: str) -> list[int]:
    """Find the first two places of words in a text."""
    found: list[int] = []
    at = text.find(words) if words else -1
    while at >= 0 and len(found) < 2:
        found.append(at)
        at = text.find(words, at + 1)
    return found
