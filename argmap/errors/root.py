"""The root of the tree, and what may be wrong anywhere: unreadable, or not there."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import ClassVar, Self


class ArgmapError(Exception):
    """The root: whatever argmap raises on purpose."""

    code: ClassVar[str] = "error"
    pointer: str

    def pointing_at(self, pointer: str) -> Self:
        """Say which place in what was given is to blame, as a JSON Pointer."""
        self.pointer = pointer
        return self


class Malformed(ArgmapError):
    """What was given cannot be read: not JSON, a wrong type, an unknown member.

    ``pointer`` is a JSON Pointer (RFC 6901) into what was given; empty is the whole.
    """

    code = "malformed"

    def __init__(self, detail: str, pointer: str = "") -> None:
        self.detail, self.pointer = detail, pointer
        super().__init__(f"{pointer}: {detail}" if pointer else detail)


class TooLarge(Malformed):
    """What was given is larger than a limit allows."""

    code = "too-large"

    def __init__(self, what: str, size: int, limit: int, pointer: str = "") -> None:
        self.what, self.size, self.limit = what, size, limit
        super().__init__(
            f"{what} has size {size}; the limit is {limit}; send less, or split it",
            pointer,
        )


class NotFound(ArgmapError):
    """There is no such thing, or the caller may not know of it."""

    code = "not-found"

    def __init__(self, kind: str, key: str, known: Iterable[str] = ()) -> None:
        self.kind, self.key = kind, key
        near = " or ".join(map(repr, get_close_matches(key, known, n=2)))
        meant = f"; do you mean {near}?" if near else ""
        super().__init__(f"there is no {kind} {key!r}{meant}")


class AlreadyExists(ArgmapError):
    """Something of that key is there already."""

    code = "already-exists"

    def __init__(self, kind: str, key: str) -> None:
        self.kind, self.key = kind, key
        super().__init__(
            f"there is a {kind} {key!r} already; take another key, or change that one"
        )
