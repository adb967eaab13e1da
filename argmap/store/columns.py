"""What tables are made of: kinds of columns, and constraints that have names."""

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    Dialect,
    ForeignKeyConstraint,
    Integer,
    String,
    TypeDecorator,
)
from sqlalchemy.orm import registry
from sqlmodel import SQLModel

KEY = String(64).with_variant(String(64, collation="C"), "postgresql")
"""A key: in the order of its characters, whatever language the server speaks."""
NUMBER = BigInteger().with_variant(Integer, "sqlite")
"""A row number that does not run out; SQLite counts further than it says."""


class Instant(TypeDecorator[datetime]):
    """A moment in UTC, aware of its zone also where the database keeps none."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _: Dialect) -> datetime | None:
        """Store in UTC."""
        return value and value.astimezone(UTC)

    def process_result_value(
        self, value: datetime | None, _: Dialect
    ) -> datetime | None:
        """Give back in UTC."""
        if value is None or value.tzinfo:
            return value and value.astimezone(UTC)
        return value.replace(tzinfo=UTC)


class Row(SQLModel, registry=registry()):
    """What all tables of the store are; their metadata is no one else's."""


def key(table: str, column: str = "key") -> CheckConstraint:
    """Let a column hold only what can be a key."""
    return CheckConstraint(
        f"length({column}) BETWEEN 1 AND 64", name=f"ck_{table}_{column}"
    )


def one_of(table: str, column: str, *values: str) -> CheckConstraint:
    """Let a column hold only these texts."""
    quoted = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({quoted})", name=f"ck_{table}_{column}")


def within_unit(table: str, column: str) -> CheckConstraint:
    """Let a column hold only numbers from 0 to 1."""
    return CheckConstraint(f"{column} BETWEEN 0 AND 1", name=f"ck_{table}_{column}")


def at_least(table: str, column: str, least: int) -> CheckConstraint:
    """Let a column hold no number below this."""
    return CheckConstraint(f"{column} >= {least}", name=f"ck_{table}_{column}")


def of_map(table: str) -> ForeignKeyConstraint:
    """Let rows hang on a map, and go with it."""
    return ForeignKeyConstraint(
        ["map_id"], ["map.id"], name=f"fk_{table}_map", ondelete="CASCADE"
    )
