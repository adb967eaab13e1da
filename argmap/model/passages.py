"""Passages in their source's text: what they quote, and the hashes that prove it."""

from collections.abc import Iterable
from hashlib import sha256

from msgspec.structs import replace

from argmap.model.items import Passage, Source, Span


def digest(text: str) -> str:
    """Return the sha256 of a text in UTF-8, in hex.

    A lone surrogate, which validation refuses, is hashed as U+FFFD.
    """
    return sha256(text.encode("utf-8", "replace")).hexdigest()


def quotation(text: str, spans: Iterable[Span]) -> str:
    r"""Join what spans of a text say by U+0000: what a passage's sha256 is over.

    >>> quotation("trams are quiet", [Span(start=0, end=5), Span(start=10, end=15)])
    'trams\x00quiet'
    """
    return "\0".join(text[span.start : span.end] for span in spans)


def hashed(passage: Passage, text: str | None) -> Passage:
    """Give a passage without a sha256 that of what it quotes, if the text is there."""
    if text is None or passage.sha256 is not None or passage.orphaned:
        return passage
    return replace(passage, sha256=digest(quotation(text, passage.spans)))


def measured(source: Source) -> Source:
    """Give a source that has a text the sha256 and length that it came without.

    Its passages are given theirs, too.
    """
    if source.text is None:
        return source
    return replace(
        source,
        sha256=source.sha256 or digest(source.text),
        length=len(source.text) if source.length is None else source.length,
        passages=tuple(hashed(passage, source.text) for passage in source.passages),
    )
