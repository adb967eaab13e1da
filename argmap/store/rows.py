"""Items as rows and rows as items: how each lies in the columns of its table.

To write, an item becomes a dict by column; to read, it is made from the values of
``…_COLUMNS``, in that order. Neither holds ``map_id``, ``position`` and ``rev``, which
belong to the map as a whole. Lists and objects are JSON, null if there is none; their
items' limits were checked when they came in. A source's passages are rows of their own.
"""

from collections.abc import Sequence
from typing import Any

from msgspec import json

from argmap.model import (
    NOTHING,
    Asks,
    Author,
    Claim,
    Data,
    Map,
    Passage,
    PassageReference,
    Relation,
    Scheme,
    Source,
    Span,
    Target,
)

Values = dict[str, Any]

HEADER_COLUMNS = (
    "title",
    "description",
    "language",
    "targets",
    "data",
    "residue",
)
SOURCE_COLUMNS = (
    "key",
    "title",
    "authors",
    "publisher",
    "published_on",
    "accessed_on",
    "url",
    "language",
    "credibility",
    "sha256",
    "length",
    "text",
    "data",
    "residue",
)
PASSAGE_COLUMNS = (
    "key",
    "spans",
    "sha256",
    "paragraph",
    "page",
    "orphaned",
    "data",
    "residue",
)
CLAIM_COLUMNS = (
    "key",
    "text",
    "wordings",
    "kind",
    "base_score",
    "speaker",
    "tags",
    "implicit",
    "passages",
    "data",
    "residue",
)
RELATION_COLUMNS = (
    "key",
    "kind",
    "premises",
    "target_claim",
    "target_relation",
    "weight",
    "scheme",
    "asks",
    "passages",
    "data",
    "residue",
)

_JSON = {
    "asks",
    "authors",
    "data",
    "passages",
    "premises",
    "residue",
    "scheme",
    "spans",
    "tags",
    "targets",
    "wordings",
}

_ALIKE = [name for name in RELATION_COLUMNS if not name.startswith("target_")]
"""The columns of a relation that are called as its members."""

_OBJECTS = {"data", "residue"}

_texts = json.Decoder(tuple[str, ...]).decode
_authors = json.Decoder(tuple[Author, ...]).decode
_spans = json.Decoder(tuple[Span, ...]).decode
_references = json.Decoder(tuple[PassageReference, ...]).decode
_scheme = json.Decoder(Scheme).decode
_asks = json.Decoder(Asks).decode
_object = json.Decoder(dict[str, Any]).decode


def header_values(map_: Map) -> Values:
    """Lay out a map's header."""
    return _values(map_, HEADER_COLUMNS)


def source_values(source: Source) -> Values:
    """Lay out a source, without its passages."""
    return _values(source, SOURCE_COLUMNS)


def passage_values(passage: Passage) -> Values:
    """Lay out a passage."""
    return _values(passage, PASSAGE_COLUMNS)


def claim_values(claim: Claim) -> Values:
    """Lay out a claim."""
    return _values(claim, CLAIM_COLUMNS)


def relation_values(relation: Relation) -> Values:
    """Lay out a relation, its target in two columns of which one is null."""
    return {
        **_values(relation, _ALIKE),
        "target_claim": relation.target.claim,
        "target_relation": relation.target.relation,
    }


def _values(item: Any, columns: Sequence[str]) -> Values:
    values: Values = {}
    for name in columns:
        value = getattr(item, name)
        if name in _JSON and value is not None:
            # Most are empty, and quicker told than encoded.
            empty = "{}" if name in _OBJECTS else "[]"
            value = json.encode(value).decode() if value else empty
        values[name] = value
    return values


def texts(stored: str) -> tuple[str, ...]:
    """Read a list of texts or keys."""
    return _texts(stored) if stored != "[]" else ()


def data(stored: str) -> Data:
    """Read an object: free data, or a residue."""
    return _object(stored) if stored != "{}" else NOTHING


def references(stored: str) -> tuple[PassageReference, ...]:
    """Read what an item rests on."""
    return _references(stored) if stored != "[]" else ()


def source(row: Sequence[Any], passages: tuple[Passage, ...]) -> Source:
    """Make a source of the values of `SOURCE_COLUMNS` and its passages."""
    return Source(
        key=row[0],
        title=row[1],
        authors=_authors(row[2]),
        publisher=row[3],
        published_on=row[4],
        accessed_on=row[5],
        url=row[6],
        language=row[7],
        credibility=row[8],
        sha256=row[9],
        length=row[10],
        text=row[11],
        passages=passages,
        data=data(row[12]),
        residue=data(row[13]),
    )


def passage(row: Sequence[Any]) -> Passage:
    """Make a passage of the values of `PASSAGE_COLUMNS`."""
    return Passage(
        key=row[0],
        spans=_spans(row[1]),
        sha256=row[2],
        paragraph=row[3],
        page=row[4],
        orphaned=row[5],
        data=data(row[6]),
        residue=data(row[7]),
    )


def claim(row: Sequence[Any]) -> Claim:
    """Make a claim of the values of `CLAIM_COLUMNS`."""
    return Claim(
        key=row[0],
        text=row[1],
        wordings=texts(row[2]),
        kind=row[3],
        base_score=row[4],
        speaker=row[5],
        tags=texts(row[6]),
        implicit=row[7],
        passages=references(row[8]),
        data=data(row[9]),
        residue=data(row[10]),
    )


def relation(row: Sequence[Any]) -> Relation:
    """Make a relation of the values of `RELATION_COLUMNS`."""
    return Relation(
        key=row[0],
        kind=row[1],
        premises=texts(row[2]),
        target=Target(claim=row[3], relation=row[4]),
        weight=row[5],
        scheme=row[6] and _scheme(row[6]),
        asks=row[7] and _asks(row[7]),
        passages=references(row[8]),
        data=data(row[9]),
        residue=data(row[10]),
    )
