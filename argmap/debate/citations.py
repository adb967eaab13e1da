"""What can be read out for a claim or relation: passages, cited as what they are.

A passage speaks for an item only if its author asserts or concedes it. One that reports
a view, or rejects it, is named as such and never cited in support. Words are quoted
only from a text that is attached and says there what the passage's hash promises.
"""

import re
from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from argmap.model import Claim, Map, Passage, PassageReference, Relation, Source
from argmap.model.passages import digest, quotation
from argmap.render.quote import Quoter

WORDS_PER_MINUTE: Final = 150
"""A debater's measured pace; competitive rounds go to 200 and beyond."""

_SPEAKS_FOR: Final = {"asserts": 0, "concedes": 1}

# Scripts without spaces: two characters take about as long as a word.
_UNSPACED: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class Citation(Struct, frozen=True, kw_only=True):
    """A passage, with all that naming it needs.

    ``quote`` is null where the text is not attached, or is not what it should be.
    ``words`` and ``seconds`` count what is read out: quote and citation.
    """

    source: str
    passage: str
    stance: str
    attributed_to: str | None
    citation: str
    quote: str | None
    words: int
    seconds: float


def words(text: str) -> int:
    """Count words; in scripts without spaces two characters are one.

    >>> words("Trams are quiet."), words("路面電車")
    (3, 2)
    """
    unspaced = len(_UNSPACED.findall(text))
    return len(_UNSPACED.sub(" ", text).split()) + (unspaced + 1) // 2


def seconds(count: int, words_per_minute: int) -> float:
    """Say how long so many words take, to a tenth of a second.

    >>> seconds(100, 150)
    40.0
    """
    return round(60 * count / words_per_minute, 1)


def cite(
    map: Map, references: Iterable[PassageReference], words_per_minute: int
) -> tuple[Citation, ...]:
    """Cite passages, the best first: asserted, verified, from a credible source, short.

    Args:
        map: That the references are from; a valid one.
        references: Any; those that come twice are cited once.
        words_per_minute: How fast they will be read out.
    """
    cited = []
    for place, reference in enumerate(dict.fromkeys(references)):
        source = map.sources[reference.source]
        passage = next(p for p in source.passages if p.key == reference.passage)
        quote = _quote(source, passage)
        named = reference_text(source, passage)
        count = words(named) + words(quote or "")
        rank = (
            _SPEAKS_FOR.get(reference.stance, 2),
            quote is None,
            -(0.5 if source.credibility is None else source.credibility),
            count,
            place,
        )
        citation = Citation(
            source=source.key,
            passage=passage.key,
            stance=reference.stance,
            attributed_to=reference.attributed_to,
            citation=named,
            quote=quote,
            words=count,
            seconds=seconds(count, words_per_minute),
        )
        cited.append((rank, citation))
    return tuple(citation for _, citation in sorted(cited, key=lambda pair: pair[0]))


def speaks_for(reference: PassageReference | Citation) -> bool:
    """Say whether a passage's author stands behind the item that rests on it."""
    return reference.stance in _SPEAKS_FOR


def references(map: Map, item: Claim | Relation) -> Iterable[PassageReference]:
    """Give the passages of an item, then those of a relation's premises."""
    yield from item.passages
    if isinstance(item, Relation):
        for premise in item.premises:
            yield from map.claims[premise].passages


def reference_text(source: Source, passage: Passage) -> str:
    """Name a passage as one would in a speech or a footnote.

    >>> from argmap.model.items import Author, Span
    >>> passage = Passage(key="p1", spans=(Span(start=0, end=9),), paragraph=3)
    >>> source = Source(
    ...     key="s", title="Minutes", authors=(Author(name="A. Clerk"),),
    ...     publisher="Council", published_on="2024-05-02",
    ... )
    >>> reference_text(source, passage)
    'A. Clerk, “Minutes”, Council, 2024-05-02, paragraph 3'
    """
    names = " and ".join(author.name for author in source.authors)
    place = (
        f"page {passage.page}" if passage.page is not None else "",
        f"paragraph {passage.paragraph}" if passage.paragraph is not None else "",
    )
    parts = (names, f"“{source.title}”", source.publisher, source.published_on, *place)
    return ", ".join(str(part) for part in parts if part)


def _quote(source: Source, passage: Passage) -> str | None:
    if source.text is None or passage.sha256 is None:
        return None
    if digest(quotation(source.text, passage.spans)) != passage.sha256:
        return None
    return Quoter(source.text).quote(passage.spans)
