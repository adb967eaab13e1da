"""Which words the index of each kind of items holds, whatever the database is."""

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from sqlalchemy import Table

from argmap.model import Claim, ItemKind, Source
from argmap.model.words import folded
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
