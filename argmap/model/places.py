"""Where in a JSON text something stands, as a JSON Pointer.

For errors only: decoders are written in C and say at best a byte. This reads any text,
JSON or not, token by token, and keeps to what the brackets say.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from json import loads
from typing import NamedTuple

from argmap.model.pointer import pointer

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"?|[][{}:,]|[^][{}:,"\s]+', re.DOTALL)


class Place(NamedTuple):
    """One value or member name of a JSON text."""

    offset: int
    token: str
    pointer: str
    depth: int
    is_repeated: bool


def places(text: str) -> Iterator[Place]:
    """Yield the values of a JSON text as they begin, and the names of members.

    >>> [(p.token, p.pointer) for p in places('{"a": [1, {"b": 2}]}')]
    ... # doctest: +NORMALIZE_WHITESPACE
    [('{', ''), ('"a"', '/a'), ('[', '/a'), ('1', '/a/0'), ('{', '/a/1'),
     ('"b"', '/a/1/b'), ('2', '/a/1/b')]
    """
    path: list[str | int | None] = []  # None: in an object, before its first member
    names: list[set[str] | None] = []  # of each object; None: an array
    is_name = False
    for match in _TOKEN.finditer(text):
        token, is_repeated = match[0], False
        if token == ":":
            is_name = False
        elif token == ",":
            is_name = bool(names) and names[-1] is not None
            if path and isinstance(last := path[-1], int):
                path[-1] = last + 1
        elif token in "]}":
            if path:
                path.pop()
                names.pop()
            is_name = False
        else:
            if is_name and token.startswith('"') and (members := names[-1]) is not None:
                path[-1] = name = unquoted(token)
                is_repeated = name in members
                members.add(name)
            at = pointer(part for part in path if part is not None)
            yield Place(match.start(), token, at, len(path), is_repeated)
            if token in "[{":
                is_name = token == "{"
                path.append(None if is_name else 0)
                names.append(set() if is_name else None)


def pointer_at(text: str, offset: int) -> str:
    """Point to the value that is being read at an offset."""
    at = ""
    for place in places(text):
        if place.offset > offset:
            break
        at = place.pointer
    return at


def unquoted(token: str) -> str:
    """Return what a JSON string says; itself if it is broken."""
    with suppress(ValueError):
        return str(loads(token, strict=False))
    return token
