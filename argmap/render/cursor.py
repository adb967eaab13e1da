"""Cursors: where a page of a tree ended. They hold on to a revision of the map."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Literal

import msgspec
from msgspec import Struct

from argmap.errors import Malformed
from argmap.model.items import Count

Order = Literal["map", "contribution"]


class Cursor(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """After *skip* relations under a place, in a tree of a map's root and an order."""

    map: str
    revision: Count | None
    root: str
    order: Order
    place: Count
    skip: Count


def write(cursor: Cursor) -> str:
    """Make a cursor opaque, and fit for a URL."""
    return urlsafe_b64encode(msgspec.json.encode(cursor)).decode().rstrip("=")


def read(text: str) -> Cursor:
    """Read back what `write` made; its revision says which state of the map to take.

    Raises:
        Malformed: It is something else.

    >>> read(write(Cursor("city", 17, "tram", "map", 0, 50))).revision
    17
    """
    try:
        data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        return msgspec.json.decode(data, type=Cursor)
    except (ValueError, msgspec.DecodeError):
        raise Malformed(
            "this is no cursor of a tree; send a node's `next` as it was", "/cursor"
        ) from None
