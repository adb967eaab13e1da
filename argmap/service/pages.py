"""Pages of lists, and the opaque cursors that lead from one to the next.

A cursor into a map holds on to the revision of the first page, so that nothing is shown
twice or left out while others write.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Any, Final, Generic, TypeVar

import msgspec
from msgspec import Struct

from argmap.errors import Malformed

V = TypeVar("V", int, str)
T = TypeVar("T")

_LARGEST: Final = 2**53 - 1


class Place(Struct, frozen=True, kw_only=True):
    """Where a page begins: so many items into a list of a map's revision.

    Without a revision it is the newest.
    """

    revision: int | None
    start: int


class Slice(Struct, Generic[T], frozen=True, kw_only=True):
    """One page of a list of a map's revision, and where the next page begins."""

    items: tuple[T, ...]
    revision: int
    next: str | None


def cursor(list_: str, *at: int | str) -> str:
    """Make a cursor into a list.

    >>> after("changes", cursor("changes", 50), 0)
    50
    """
    return urlsafe_b64encode(msgspec.json.encode((list_, *at))).decode().rstrip("=")


def after(list_: str, text: str | None, start: V) -> V:
    """Read a cursor that names the last item of the page before, or give *start*.

    Raises:
        Malformed: It is no cursor into this list.
    """
    if text is None:
        return start
    last: V
    (last,) = _read(list_, text, tuple[type(start)])  # type: ignore[misc]
    return last


def place(list_: str, text: str | None, at: int | None = None) -> Place:
    """Read a cursor into a list of a map, whose name says of which map it is.

    Raises:
        Malformed: It is no cursor into this list, or of another revision than *at*.
    """
    if text is None:
        return Place(revision=at, start=0)
    revision, start = _read(list_, text, tuple[int, int])
    check(revision, at)
    return Place(revision=revision, start=start)


def check(revision: int | None, at: int | None) -> None:
    """Let a cursor go on in its own revision only, whatever *at* asks for.

    Raises:
        Malformed: It is of another revision.
    """
    if at not in (None, revision):
        raise Malformed(
            f"this is no cursor of revision {at}, but of {revision}; leave `at` out "
            "to go on there",
            "/cursor",
        )


def cut(
    list_: str, items: Sequence[T], revision: int, start: int, limit: int
) -> Slice[T]:
    """Cut one page out of a list of a map's revision.

    >>> cut("claims", "abc", 7, 0, 2).items
    ('a', 'b')
    """
    end = start + limit
    more = end < len(items)
    return Slice(
        items=tuple(items[start:end]),
        revision=revision,
        next=cursor(list_, revision, end) if more else None,
    )


def _read(list_: str, text: str, kind: Any) -> tuple[Any, ...]:
    try:
        data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        name, *at = msgspec.json.decode(data, type=list[Any])
        values: tuple[Any, ...] = msgspec.convert(at, kind)
    except (ValueError, msgspec.DecodeError):
        name, values = None, ()
    if name != list_ or not all(map(_may_be, values)):
        raise Malformed(
            "this is no cursor of this list; send `next` of the page before as it was",
            "/cursor",
        )
    return values


def _may_be(value: int | str) -> bool:
    """Say whether a database can be asked for this, which no key has in it or is."""
    return "\0" not in value if isinstance(value, str) else 0 <= value <= _LARGEST
