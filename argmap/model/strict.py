"""What JSON decoders read without a word, and argmap refuses.

Members given twice (readers differ in which they take), integers that a reader with
doubles would round, characters that no text may hold, nesting that could exhaust a
stack. Large bodies are looked through by calls into C; the place of what is wrong is
sought only once it is known that something is.
"""

import json
import re
from typing import Any

from argmap.errors import Malformed
from argmap.model.limits import LARGEST_INTEGER
from argmap.model.places import NESTING, find, unquoted
from argmap.model.text import forbidden

# Escapes that spell forbidden characters. Lone surrogates are refused by msgspec; pairs
# may spell the noncharacters of other planes.
_ESCAPE = re.compile(
    rb"(?i)\\(?:[bf]|u00(?:0[0-8bcef]|1)|ufd[de]|ufff[ef]|ud[89ab][37bf]f\\udff[ef])"
)
_NONCHARACTER = (b"\xef\xb7", b"\xbf\xbe", b"\xbf\xbf")
"""In the UTF-8 of every noncharacter is one of these, though in others' too."""

_SQUARE = bytes.maketrans(b"{}", b"[]")
_NO_MARKS = bytes(set(range(256)) - set(b'[]{}"'))


def too_deep(text: str, levels: int = NESTING) -> Malformed:
    """Say where JSON begins to nest too deep."""
    at = find(text, lambda place: place.depth >= levels and place.token in "[{")
    return Malformed(f"nests deeper than {levels} levels; flatten it", at or "")


def no_number(text: str) -> Malformed:
    """Say where JSON holds a number that JSON has no word for."""
    at = find(text, lambda place: place.token in ("NaN", "Infinity", "-Infinity"))
    return Malformed("NaN and Infinity are no JSON; send null", at or "")


def misspelt(text: str) -> Malformed:
    """Say where JSON holds a character that no text may hold."""
    at = find(text, lambda place: forbidden(unquoted(place.token)) is not None)
    detail = "holds a control, lone surrogate or noncharacter; leave it out"
    return Malformed(detail, at or "")


def refuse(data: bytes, text: str, levels: int = NESTING) -> None:
    """Raise `Malformed` if JSON, as bytes and as text, holds what is refused here."""
    plain = data.replace(rb"\\", b"")  # now every backslash begins an escape
    if _is_deeper(plain, levels):
        raise too_deep(text, levels)
    try:
        _READER.decode(text)
    except _Twice:
        at = find(text, lambda place: place.is_repeated)
        raise Malformed("this member is given twice; leave one out", at or "") from None
    except _Large:
        at = find(text, lambda place: _is_large(place.token))
        detail = f"integers lie between ±{LARGEST_INTEGER}; send larger ones as text"
        raise Malformed(detail, at or "") from None
    is_doubtful = not data.isascii() and any(part in data for part in _NONCHARACTER)
    if _ESCAPE.search(plain) or (is_doubtful and forbidden(text)):
        raise misspelt(text)


class _Twice(Exception):
    """An object has two members of one name."""


class _Large(Exception):
    """An integer is not the same number in every reader."""


def _members(pairs: list[tuple[str, Any]]) -> None:
    if len(dict(pairs)) < len(pairs):
        raise _Twice


def _integer(digits: str) -> None:
    if len(digits) > 15 and _is_large(digits):
        raise _Large


_READER = json.JSONDecoder(object_pairs_hook=_members, parse_int=_integer)


def _is_large(digits: str) -> bool:
    digits = digits.removeprefix("-")
    return digits.isdigit() and (len(digits) > 16 or int(digits) > LARGEST_INTEGER)


def _is_deeper(data: bytes, levels: int) -> bool:
    """Say whether JSON nests deeper, without a step in Python for each bracket.

    What is left of it once strings are taken out are brackets; each round takes the
    innermost ones away. Two quotes without anything between them change nothing of what
    is in strings and what is not.
    """
    marks = data.replace(rb"\"", b"").translate(_SQUARE, _NO_MARKS)
    brackets = b"".join(marks.replace(b'""', b"").split(b'"')[::2])
    for _ in range(levels):
        if not brackets:
            return False
        brackets = brackets.replace(b"[]", b"")
    return bool(brackets)
