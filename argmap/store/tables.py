"""The tables, as SQLModel declares them; the migrations make them.

Everything hangs on a map and goes with it. Keys are text, unique in their map within
their kind; claims and sources have row numbers besides, by which `search` knows them;
its own tables only the migrations know. Lists and objects that are only ever read whole
are JSON in text columns. ``position`` orders the items of one kind (see `positions`);
``rev`` is the revision that last changed them.

``table=True`` checks nothing in Python, so every invariant that a row can show is a
named constraint. What concerns several rows (a premise that exists, no ring of
undercuts) is checked on the whole map by `argmap.model` before anything is written.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    ForeignKeyConstraint,
    Text,
    UniqueConstraint,
)
from sqlmodel import Field

from argmap.store import columns

UNSEEN = "~"
"""The keys of maps that are being made or taken away begin so: after all others."""


class MapRow(columns.Row, table=True):
    """A map: its header, as of its newest revision, and which revision that is.

    Row numbers are never given twice: a map that is deleted and made again under its
    old key is another map.
    """

    __tablename__ = "map"
    __table_args__: Any = (
        UniqueConstraint("key", name="uq_map_key"),
        columns.key("map"),
        columns.one_of("map", "visibility", "private", "public"),
        columns.at_least("map", "rev", 1),
        CheckConstraint("revision >= rev", name="ck_map_revision"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(sa_type=columns.KEY)
    title: str = Field(sa_type=Text)
    description: str = Field(sa_type=Text)
    language: str | None = Field(sa_type=Text)
    targets: str = Field(sa_type=Text)
    data: str = Field(sa_type=Text)
    residue: str = Field(sa_type=Text)
    visibility: str = Field(max_length=16)
    revision: int
    rev: int
    created_at: datetime = Field(sa_type=columns.Instant)
    updated_at: datetime = Field(sa_type=columns.Instant)


class SourceRow(columns.Row, table=True):
    """One source of one map; its passages are rows of their own."""

    __tablename__ = "source"
    __table_args__: Any = (
        columns.of_map("source"),
        UniqueConstraint("map_id", "key", name="uq_source_key"),
        columns.key("source"),
        columns.within_unit("source", "credibility"),
        columns.at_least("source", "length", 0),
        columns.at_least("source", "rev", 1),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=columns.NUMBER)
    map_id: int
    key: str = Field(sa_type=columns.KEY)
    position: int = Field(sa_type=BigInteger)
    rev: int
    title: str = Field(sa_type=Text)
    authors: str = Field(sa_type=Text)
    publisher: str | None = Field(sa_type=Text)
    published_on: str | None = Field(max_length=10)
    accessed_on: str | None = Field(max_length=10)
    url: str | None = Field(sa_type=Text)
    language: str | None = Field(sa_type=Text)
    credibility: float | None
    sha256: str | None = Field(max_length=64)
    length: int | None = Field(sa_type=BigInteger)
    text: str | None = Field(sa_type=Text)
    data: str = Field(sa_type=Text)
    residue: str = Field(sa_type=Text)


class PassageRow(columns.Row, table=True):
    """One passage of one source."""

    __tablename__ = "passage"
    __table_args__: Any = (
        ForeignKeyConstraint(
            ["map_id", "source"],
            ["source.map_id", "source.key"],
            name="fk_passage_source",
            ondelete="CASCADE",
        ),
        columns.key("passage"),
        CheckConstraint("spans <> '[]'", name="ck_passage_spans"),
        columns.at_least("passage", "paragraph", 0),
        columns.at_least("passage", "page", 0),
        columns.at_least("passage", "rev", 1),
    )

    map_id: int = Field(primary_key=True)
    source: str = Field(primary_key=True, sa_type=columns.KEY)
    key: str = Field(primary_key=True, sa_type=columns.KEY)
    position: int = Field(sa_type=BigInteger)
    rev: int
    spans: str = Field(sa_type=Text)
    sha256: str | None = Field(max_length=64)
    paragraph: int | None = Field(sa_type=BigInteger)
    page: int | None = Field(sa_type=BigInteger)
    orphaned: bool = Field(
        sa_type=Boolean(create_constraint=True, name="ck_passage_orphaned")
    )
    data: str = Field(sa_type=Text)
    residue: str = Field(sa_type=Text)


class ClaimRow(columns.Row, table=True):
    """One claim of one map."""

    __tablename__ = "claim"
    __table_args__: Any = (
        columns.of_map("claim"),
        UniqueConstraint("map_id", "key", name="uq_claim_key"),
        columns.key("claim"),
        CheckConstraint("text <> ''", name="ck_claim_text"),
        columns.one_of(
            "claim",
            "kind",
            "position",
            "claim",
            "fact",
            "value",
            "prediction",
            "policy",
        ),
        columns.within_unit("claim", "base_score"),
        columns.at_least("claim", "rev", 1),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=columns.NUMBER)
    map_id: int
    key: str = Field(sa_type=columns.KEY)
    position: int = Field(sa_type=BigInteger)
    rev: int
    text: str = Field(sa_type=Text)
    wordings: str = Field(sa_type=Text)
    kind: str = Field(max_length=16)
    base_score: float | None
    speaker: str | None = Field(sa_type=Text)
    tags: str = Field(sa_type=Text)
    implicit: bool = Field(
        sa_type=Boolean(create_constraint=True, name="ck_claim_implicit")
    )
    passages: str = Field(sa_type=Text)
    data: str = Field(sa_type=Text)
    residue: str = Field(sa_type=Text)


class RelationRow(columns.Row, table=True):
    """One relation of one map."""

    __tablename__ = "relation"
    __table_args__: Any = (
        columns.of_map("relation"),
        columns.key("relation"),
        columns.one_of("relation", "kind", "support", "rebut", "undercut", "rephrase"),
        CheckConstraint("premises <> '[]'", name="ck_relation_premises"),
        CheckConstraint(
            "(target_claim IS NULL) <> (target_relation IS NULL)",
            name="ck_relation_target",
        ),
        CheckConstraint(
            "kind = 'support' OR (kind = 'undercut') = (target_relation IS NOT NULL)",
            name="ck_relation_target_kind",
        ),
        columns.within_unit("relation", "weight"),
        columns.at_least("relation", "rev", 1),
    )

    map_id: int = Field(primary_key=True)
    key: str = Field(primary_key=True, sa_type=columns.KEY)
    position: int = Field(sa_type=BigInteger)
    rev: int
    kind: str = Field(max_length=16)
    premises: str = Field(sa_type=Text)
    target_claim: str | None = Field(sa_type=columns.KEY)
    target_relation: str | None = Field(sa_type=columns.KEY)
    weight: float
    scheme: str | None = Field(sa_type=Text)
    asks: str | None = Field(sa_type=Text)
    passages: str = Field(sa_type=Text)
    data: str = Field(sa_type=Text)
    residue: str = Field(sa_type=Text)


class ChangeRow(columns.Row, table=True):
    """One change set of one map: what made a revision, by whom and when.

    ``operations`` are resolved: applied in order to the blank map, those of all
    revisions give the newest one. ``touched`` names the items whose ``rev`` they set.
    A map that was made whole begins without operations, but with portions.
    """

    __tablename__ = "change"
    __table_args__: Any = (
        columns.of_map("change"),
        columns.at_least("change", "revision", 1),
        CheckConstraint(
            "(operations IS NULL) = (touched IS NULL)", name="ck_change_operations"
        ),
    )

    map_id: int = Field(primary_key=True)
    revision: int = Field(primary_key=True)
    author: str | None = Field(sa_type=Text)
    at: datetime = Field(sa_type=columns.Instant)
    message: str = Field(sa_type=Text)
    operations: str | None = Field(sa_type=Text)
    touched: str | None = Field(sa_type=Text)


class PortionRow(columns.Row, table=True):
    """Some items of the state that a map was made with, in their order: zipped JSON."""

    __tablename__ = "portion"
    __table_args__: Any = (
        columns.of_map("portion"),
        columns.at_least("portion", "revision", 1),
        columns.one_of("portion", "kind", "map", "source", "claim", "relation"),
    )

    map_id: int = Field(primary_key=True)
    revision: int = Field(primary_key=True)
    number: int = Field(primary_key=True)
    kind: str = Field(max_length=16)
    packed: bytes


class SnapshotRow(columns.Row, table=True):
    """A whole map as of one revision, so that old ones need no fold from the start."""

    __tablename__ = "snapshot"
    __table_args__: Any = (
        ForeignKeyConstraint(
            ["map_id", "revision"],
            ["change.map_id", "change.revision"],
            name="fk_snapshot_change",
            ondelete="CASCADE",
        ),
    )

    map_id: int = Field(primary_key=True)
    revision: int = Field(primary_key=True)
    map: str = Field(sa_type=Text)
    revs: str = Field(sa_type=Text)


class RoundRow(columns.Row, table=True):
    """One debate round beside one map, with a revision of its own."""

    __tablename__ = "round"
    __table_args__: Any = (
        columns.of_map("round"),
        columns.key("round"),
        columns.at_least("round", "revision", 1),
    )

    map_id: int = Field(primary_key=True)
    key: str = Field(primary_key=True, sa_type=columns.KEY)
    revision: int
    format: str = Field(max_length=64)
    rule: str = Field(sa_type=Text)
    speeches: str = Field(sa_type=Text)
    targets: str = Field(sa_type=Text)
    moves: str = Field(sa_type=Text)


class DeletedRow(columns.Row, table=True):
    """The last revision of a map that was deleted.

    Its key remains, so that a new map of that key goes on counting: a revision then
    never names two states, and nobody's old tag fits what is new.
    """

    __tablename__ = "deleted"
    __table_args__: Any = (
        columns.key("deleted"),
        columns.at_least("deleted", "revision", 1),
    )

    key: str = Field(primary_key=True, sa_type=columns.KEY)
    revision: int


METADATA = columns.Row.metadata
_NAMED = METADATA.tables
MAP, CHANGE, PORTION = _NAMED["map"], _NAMED["change"], _NAMED["portion"]
SOURCE, PASSAGE, CLAIM = _NAMED["source"], _NAMED["passage"], _NAMED["claim"]
RELATION, SNAPSHOT, ROUND = _NAMED["relation"], _NAMED["snapshot"], _NAMED["round"]
DELETED = _NAMED["deleted"]
