"""Maps, what they are made of, and their history."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0001"
down_revision = None

KEY = sa.String(length=64).with_variant(
    sa.String(length=64, collation="C"), "postgresql"
)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "map",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("targets", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("residue", sa.Text(), nullable=False),
        sa.Column("visibility", sa.String(length=16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "visibility IN ('private', 'public')", name="ck_map_visibility"
        ),
        sa.CheckConstraint("length(key) BETWEEN 1 AND 64", name="ck_map_key"),
        sa.CheckConstraint("rev >= 1", name="ck_map_rev"),
        sa.CheckConstraint("revision >= rev", name="ck_map_revision"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key", name="uq_map_key"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "change",
        sa.Column("map_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("operations", sa.Text(), nullable=True),
        sa.Column("touched", sa.Text(), nullable=True),
        sa.CheckConstraint("revision >= 1", name="ck_change_revision"),
        sa.CheckConstraint(
            "(operations IS NULL) = (touched IS NULL)", name="ck_change_operations"
        ),
        sa.ForeignKeyConstraint(
            ["map_id"], ["map.id"], name="fk_change_map", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("map_id", "revision"),
    )
    op.create_table(
        "portion",
        sa.Column("map_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("revision >= 1", name="ck_portion_revision"),
        sa.CheckConstraint(
            "kind IN ('map', 'source', 'claim', 'relation')", name="ck_portion_kind"
        ),
        sa.ForeignKeyConstraint(
            ["map_id"], ["map.id"], name="fk_portion_map", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("map_id", "revision", "number"),
    )
    op.create_table(
        "claim",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("map_id", sa.Integer(), nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("wordings", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("base_score", sa.Float(), nullable=True),
        sa.Column("speaker", sa.Text(), nullable=True),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column(
            "implicit",
            sa.Boolean(create_constraint=True, name="ck_claim_implicit"),
            nullable=False,
        ),
        sa.Column("passages", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("residue", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('position', 'claim', 'fact', 'value', 'prediction', 'policy')",
            name="ck_claim_kind",
        ),
        sa.CheckConstraint("text <> ''", name="ck_claim_text"),
        sa.CheckConstraint("base_score BETWEEN 0 AND 1", name="ck_claim_base_score"),
        sa.CheckConstraint("length(key) BETWEEN 1 AND 64", name="ck_claim_key"),
        sa.CheckConstraint("rev >= 1", name="ck_claim_rev"),
        sa.ForeignKeyConstraint(
            ["map_id"], ["map.id"], name="fk_claim_map", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("map_id", "key", name="uq_claim_key"),
    )
    op.create_table(
        "relation",
        sa.Column("map_id", sa.Integer(), nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("premises", sa.Text(), nullable=False),
        sa.Column("target_claim", KEY, nullable=True),
        sa.Column("target_relation", KEY, nullable=True),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=True),
        sa.Column("asks", sa.Text(), nullable=True),
        sa.Column("passages", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("residue", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind = 'support' OR (kind = 'undercut') = (target_relation IS NOT NULL)",
            name="ck_relation_target_kind",
        ),
        sa.CheckConstraint(
            "kind IN ('support', 'rebut', 'undercut', 'rephrase')",
            name="ck_relation_kind",
        ),
        sa.CheckConstraint("premises <> '[]'", name="ck_relation_premises"),
        sa.CheckConstraint(
            "(target_claim IS NULL) <> (target_relation IS NULL)",
            name="ck_relation_target",
        ),
        sa.CheckConstraint("length(key) BETWEEN 1 AND 64", name="ck_relation_key"),
        sa.CheckConstraint("rev >= 1", name="ck_relation_rev"),
        sa.CheckConstraint("weight BETWEEN 0 AND 1", name="ck_relation_weight"),
        sa.ForeignKeyConstraint(
            ["map_id"], ["map.id"], name="fk_relation_map", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("map_id", "key"),
    )
    op.create_table(
        "source",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("map_id", sa.Integer(), nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("authors", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("published_on", sa.String(length=10), nullable=True),
        sa.Column("accessed_on", sa.String(length=10), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("credibility", sa.Float(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("length", sa.BigInteger(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("residue", sa.Text(), nullable=False),
        sa.CheckConstraint("credibility BETWEEN 0 AND 1", name="ck_source_credibility"),
        sa.CheckConstraint("length >= 0", name="ck_source_length"),
        sa.CheckConstraint("length(key) BETWEEN 1 AND 64", name="ck_source_key"),
        sa.CheckConstraint("rev >= 1", name="ck_source_rev"),
        sa.ForeignKeyConstraint(
            ["map_id"], ["map.id"], name="fk_source_map", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("map_id", "key", name="uq_source_key"),
    )
    op.create_table(
        "passage",
        sa.Column("map_id", sa.Integer(), nullable=False),
        sa.Column("source", KEY, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("spans", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("paragraph", sa.BigInteger(), nullable=True),
        sa.Column("page", sa.BigInteger(), nullable=True),
        sa.Column(
            "orphaned",
            sa.Boolean(create_constraint=True, name="ck_passage_orphaned"),
            nullable=False,
        ),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("residue", sa.Text(), nullable=False),
        sa.CheckConstraint("spans <> '[]'", name="ck_passage_spans"),
        sa.CheckConstraint("length(key) BETWEEN 1 AND 64", name="ck_passage_key"),
        sa.CheckConstraint("page >= 0", name="ck_passage_page"),
        sa.CheckConstraint("paragraph >= 0", name="ck_passage_paragraph"),
        sa.CheckConstraint("rev >= 1", name="ck_passage_rev"),
        sa.ForeignKeyConstraint(
            ["map_id", "source"],
            ["source.map_id", "source.key"],
            name="fk_passage_source",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("map_id", "source", "key"),
    )
    op.create_table(
        "snapshot",
        sa.Column("map_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("map", sa.Text(), nullable=False),
        sa.Column("revs", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["map_id", "revision"],
            ["change.map_id", "change.revision"],
            name="fk_snapshot_change",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("map_id", "revision"),
    )
    op.create_table(
        "round",
        sa.Column("map_id", sa.Integer(), nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("format", sa.String(length=64), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("speeches", sa.Text(), nullable=False),
        sa.Column("targets", sa.Text(), nullable=False),
        sa.Column("moves", sa.Text(), nullable=False),
        sa.CheckConstraint("length(key) BETWEEN 1 AND 64", name="ck_round_key"),
        sa.CheckConstraint("revision >= 1", name="ck_round_revision"),
        sa.ForeignKeyConstraint(
            ["map_id"], ["map.id"], name="fk_round_map", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("map_id", "key"),
    )
    op.create_table(
        "deleted",
        sa.Column("key", KEY, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(key) BETWEEN 1 AND 64", name="ck_deleted_key"),
        sa.CheckConstraint("revision >= 1", name="ck_deleted_revision"),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "receipt",
        sa.Column("caller", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("request", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("caller", "key"),
    )
    op.create_index("ix_receipt_at", "receipt", ["at"])
    op.create_table(
        "api_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column(
            "is_admin",
            sa.Boolean(create_constraint=True, name="ck_api_key_is_admin"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(key) BETWEEN 1 AND 64", name="ck_api_key_key"),
        sa.CheckConstraint("length(digest) = 64", name="ck_api_key_digest"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key", name="uq_api_key_key"),
        sa.UniqueConstraint("digest", name="uq_api_key_digest"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "member",
        sa.Column("map_id", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.CheckConstraint(
            "role IN ('reader', 'editor', 'owner')", name="ck_member_role"
        ),
        sa.ForeignKeyConstraint(
            ["map_id"], ["map.id"], name="fk_member_map", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["key_id"], ["api_key.id"], name="fk_member_api_key", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("map_id", "key_id"),
    )
    op.create_index("ix_member_key_id", "member", ["key_id"])
    op.create_table(
        "audit",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key", KEY, nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("map", KEY, nullable=True),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.CheckConstraint("revision >= 1", name="ck_audit_revision"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "job",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("caller", sa.Integer(), nullable=False),
        sa.Column("map", KEY, nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("done", NUMBER, nullable=False),
        sa.Column("total", NUMBER, nullable=True),
        sa.Column("result", sa.LargeBinary(), nullable=True),
        sa.Column("problem", sa.LargeBinary(), nullable=True),
        sa.Column(
            "call_off",
            sa.Boolean(create_constraint=True, name="ck_job_call_off"),
            nullable=False,
        ),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "status IN ('queued', 'running', 'done', 'failed', 'cancelled')",
            name="ck_job_status",
        ),
        sa.CheckConstraint("done >= 0", name="ck_job_done"),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_job_seen_at", "job", ["seen_at"])
    if op.get_bind().dialect.name == "postgresql":
        _index_words("claim", "text", "wordings")
        _index_words("source", "title", "authors", "publisher", "text")
        for table in ("claim", "source"):  # a cluster parts tables by their maps
            op.drop_constraint(f"{table}_pkey", table)
            op.create_primary_key(f"{table}_pkey", table, ["map_id", "id"])
    else:
        op.execute(
            "CREATE VIRTUAL TABLE claim_words USING fts5 "
            "(map, text, wordings, tokenize = 'ascii')"
        )
        op.execute(
            "CREATE VIRTUAL TABLE source_words USING fts5 "
            "(map, title, authors, publisher, text, tokenize = 'ascii')"
        )


def _index_words(kind: str, *members: str) -> None:
    table = f"{kind}_words"
    op.create_table(
        table,
        sa.Column("map_id", sa.Integer(), nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("words", TSVECTOR(), nullable=True),
        *(sa.Column(member, sa.Text(), nullable=False) for member in members),
        sa.PrimaryKeyConstraint("map_id", "key"),
    )
    op.create_index(f"ix_{table}", table, ["words"], postgresql_using="gin")
    beyond = sa.text("words IS NULL")
    op.create_index(f"ix_{table}_beyond", table, ["map_id"], postgresql_where=beyond)
