"""Which words the index of each kind of items holds, whatever the database is."""

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from sqlalchemy import Table

from argmap.model import Claim, ItemKind, Source
from argmap.model.words import Query, folded
from argmap.store.tables import CLAIM, SOURCE

_BETWEEN: Final = " ‖ "
"""No word: it keeps a phrase from being found half in one wording, half in the next."""


Place = tuple[int, int]
"""Where an item is: the row numbers of its map and its own."""


class Index(NamedTuple):
    """The index of one kind of items: its columns, with what a word in each counts.

    ``words`` gives the folded texts of an item, by column.
    """

    name: str
    rows: Table
    weights: Mapping[str, float]
    words: Callable[[Any], dict[str, str]]


def _claim_words(claim: Claim) -> dict[str, str]:
    wordings = _BETWEEN.join(map(folded, claim.wordings))
    return {"text": folded(claim.text), "wordings": wordings}


def _source_words(source: Source) -> dict[str, str]:
    return {
        "title": folded(source.title),
        "authors": _BETWEEN.join(folded(author.name) for author in source.authors),
        "publisher": folded(source.publisher or ""),
        "text": folded(source.text or ""),
    }


INDEXES: Final[Mapping[ItemKind, Index]] = {
    "claim": Index("claim_words", CLAIM, {"text": 4, "wordings": 1}, _claim_words),
    "source": Index(
        "source_words",
        SOURCE,
        {"title": 10, "authors": 5, "publisher": 2, "text": 1},
        _source_words,
    ),
}


USUAL: Final = 200
"""Characters of a text that is neither short nor long, in the sense of BM25."""


def shortfall(index: Index, phrases: str) -> str:
    """Write in SQL what an item lacks of being all about some phrases: best is least.

    Each phrase counts weight * n / (n + k) in each text, k being 0.3 + 0.9 * length /
    usual: BM25 (Robertson and Zaragoza, 2009) with k1 = 1.2 and b = 0.75. That some
    phrases are rarer than others is left out, and so is how long texts are on average:
    the order of what one may read tells nothing of what one may not.

    Args:
        index: Where the texts are, which are folded.
        phrases: What gives the folded phrases, in a column ``phrase``.
    """
    lacks = []
    for name, weight in index.weights.items():
        said = f"{index.name}.{name}"
        often = (
            f"CAST(length({said}) - length(replace({said}, phrase, '')) AS float8) "
            "/ length(phrase)"
        )
        k = f"(0.3 + 0.9 * length({said}) / {USUAL})"
        lacks.append(f"{weight} * {k} / ({often} + {k})")
    return f"(SELECT sum({' + '.join(lacks)}) FROM {phrases})"


def padded(query: Query) -> list[str]:
    """Give the phrases of a query as they stand in folded texts: between spaces."""
    phrases = [f" {phrase} " for phrase in query.phrases]
    if query.is_open:
        phrases[-1] = phrases[-1].rstrip()
    return phrases
