"""The tables of who calls: keys, members of maps, what was done and what was answered.

As in `tables`, the migrations make them, and every invariant is a named constraint.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    Text,
    UniqueConstraint,
)
from sqlmodel import Field

from argmap.store import columns
from argmap.store.tables import METADATA


class ReceiptRow(columns.Row, table=True):
    """What was answered to a write that its client may send again, under its key.

    ``request`` is a digest of what was asked for: the same key does not serve for
    anything else. ``caller`` is the number of the API key that asked, 0 for none:
    nobody gets the answer of another. It outlives the map that was written.
    """

    __tablename__ = "receipt"
    __table_args__: Any = (Index("ix_receipt_at", "at"),)

    caller: int = Field(primary_key=True)
    key: str = Field(primary_key=True, max_length=255)
    request: str = Field(max_length=64)
    status: int
    headers: str = Field(sa_type=Text)
    body: bytes
    at: datetime = Field(sa_type=columns.Instant)


class KeyRow(columns.Row, table=True):
    """One API key: who may call. Of its secret there is the SHA-256 and no more.

    Row numbers are never given twice: a key that is revoked and made again under its
    old name is another key, and has none of the old one's roles.
    """

    __tablename__ = "api_key"
    __table_args__: Any = (
        UniqueConstraint("key", name="uq_api_key_key"),
        UniqueConstraint("digest", name="uq_api_key_digest"),
        columns.key("api_key"),
        CheckConstraint("length(digest) = 64", name="ck_api_key_digest"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(sa_type=columns.KEY)
    name: str = Field(sa_type=Text)
    digest: str = Field(max_length=64)
    is_admin: bool = Field(
        sa_type=Boolean(create_constraint=True, name="ck_api_key_is_admin")
    )
    created_at: datetime = Field(sa_type=columns.Instant)
    expires_at: datetime | None = Field(sa_type=columns.Instant)


class MemberRow(columns.Row, table=True):
    """What one API key may do with one map."""

    __tablename__ = "member"
    __table_args__: Any = (
        columns.of_map("member"),
        ForeignKeyConstraint(
            ["key_id"], ["api_key.id"], name="fk_member_api_key", ondelete="CASCADE"
        ),
        columns.one_of("member", "role", "reader", "editor", "owner"),
        Index("ix_member_key_id", "key_id"),
    )

    map_id: int = Field(primary_key=True)
    key_id: int = Field(primary_key=True)
    role: str = Field(max_length=16)


class AuditRow(columns.Row, table=True):
    """What one caller has changed, and when. It outlives the key and the map.

    ``revision`` is that which a change of a map made.
    """

    __tablename__ = "audit"
    __table_args__: Any = (
        columns.at_least("audit", "revision", 1),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=columns.NUMBER)
    at: datetime = Field(sa_type=columns.Instant)
    key: str | None = Field(sa_type=columns.KEY)
    what: str = Field(sa_type=Text)
    map: str | None = Field(sa_type=columns.KEY)
    revision: int | None


class JobRow(columns.Row, table=True):
    """A job of one of several processes, as that told of it at ``seen_at``.

    ``caller`` is the number of the API key that has asked for it, 0 for none; ``map``
    what it has read. Work and no data: what a job has written is where all is, and
    this goes.
    """

    __tablename__ = "job"
    __table_args__: Any = (
        columns.one_of(
            "job", "status", "queued", "running", "done", "failed", "cancelled"
        ),
        columns.at_least("job", "done", 0),
        Index("ix_job_seen_at", "seen_at"),
    )

    key: str = Field(primary_key=True, max_length=64)
    caller: int
    map: str | None = Field(sa_type=columns.KEY)
    status: str = Field(max_length=16)
    done: int = Field(sa_type=columns.NUMBER)
    total: int | None = Field(sa_type=columns.NUMBER)
    result: bytes | None
    problem: bytes | None
    call_off: bool = Field(
        sa_type=Boolean(create_constraint=True, name="ck_job_call_off")
    )
    seen_at: datetime = Field(sa_type=columns.Instant)


_NAMED = METADATA.tables
RECEIPT, API_KEY = _NAMED["receipt"], _NAMED["api_key"]
MEMBER, AUDIT, JOB = _NAMED["member"], _NAMED["audit"], _NAMED["job"]
