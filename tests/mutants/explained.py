"""Mistakes that no test finds, and why none should have to."""

from typing import Final

EXPLAINED: Final[dict[tuple[str, str, str], str]] = {
    (
        "argmap.store.callers",
        "self.expires_at <= datetime.now(UTC)",
        "self.expires_at < datetime.now(UTC)",
    ): "a key expires a microsecond later",
}
