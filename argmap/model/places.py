"""Where in a JSON text something stands, as a JSON Pointer.

For errors only: decoders are written in C and say at best a byte. This reads any text,
JSON or not, token by token, and keeps to what the brackets say. It gives up after so
many tokens that nobody can make it work for long; then the place is the whole.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from json import loads
from typing import NamedTuple

from argmap.model.pointer import pointer

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"?|[][{}:,]|[^][{}:,"\s]+', re.DOTALL)


NESTING = 100
"""Levels of arrays and objects: data may have 64, and what holds them a few more."""

TOKENS = 500_000
"""Tokens looked at: those of a map of 4 MB, in about a second."""

Path = tuple["Path", str | int] | tuple[()]
"""The way to a value, last step first: paths share what they can, so none is copied."""


class _TooMuch(Exception):
    """More tokens, or deeper nesting, than is looked at."""


class Place(NamedTuple):
    """One value or member name of a JSON text, or the end of an array or object."""

    offset: int
    token: str
    path: Path
    depth: int
    is_repeated: bool

    @property
    def pointer(self) -> str:
        """The way to it as a JSON Pointer."""
        parts, path = [], self.path
        while path:
            path, part = path
            parts.append(part)
        return pointer(reversed(parts))


def places(text: str) -> Iterator[Place]:
    """Yield the values of a JSON text as they begin and end, and the names of members.

    Raises:
        _TooMuch: There is more than will be looked at.

    >>> [(p.token, p.pointer) for p in places('{"a": [1, {"b": 2}]}')]
    ... # doctest: +NORMALIZE_WHITESPACE
    [('{', ''), ('"a"', '/a'), ('[', '/a'), ('1', '/a/0'), ('{', '/a/1'),
     ('"b"', '/a/1/b'), ('2', '/a/1/b'), ('}', '/a/1'), (']', '/a'), ('}', '')]
    """
    path: Path = ()
    outer: list[Path] = []  # of each array and object around
    names: list[set[str] | None] = []  # of the members of each so far; None: an array
    is_name, is_repeated = False, False
    for count, match in enumerate(_TOKEN.finditer(text)):
        if count > TOKENS or len(outer) > NESTING:
            raise _TooMuch
        token = match[0]
        if token == ":":
            is_name = False
        elif token == ",":
            if outer:
                is_name = names[-1] is not None
                if not is_name and path:
                    path = (outer[-1], int(path[1]) + 1)
        elif token in "[{":
            yield Place(match.start(), token, path, len(outer), False)
            is_name = token == "{"
            outer.append(path)
            names.append(set() if is_name else None)
            path = path if is_name else (path, 0)
        elif token in "]}":
            is_name = False
            if outer:
                path = outer.pop()
                names.pop()
            yield Place(match.start(), token, path, len(outer), False)
        else:
            members = names[-1] if is_name and token[0] == '"' else None
            if members is not None:
                name = unquoted(token)
                is_repeated = name in members
                members.add(name)
                path = (outer[-1], name)
            yield Place(match.start(), token, path, len(outer), is_repeated)
            is_repeated = False


def pointer_at(text: str, offset: int) -> str:
    """Point to the value that is read at an offset, one that ends there included."""
    last = None
    with suppress(_TooMuch):
        for place in places(text):
            if place.offset > offset - (place.token in "]}"):
                break
            last = place
        return last.pointer if last else ""
    return ""


def find(text: str, is_meant: Callable[[Place], bool]) -> str | None:
    """Point to the first place that is meant, or to the whole if that lies too far."""
    with suppress(_TooMuch):
        return next((place.pointer for place in places(text) if is_meant(place)), None)
    return ""


def unquoted(token: str) -> str:
    """Return what a JSON string says; itself if it is broken."""
    with suppress(ValueError):
        return str(loads(token, strict=False))
    return token
