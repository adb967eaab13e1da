"""What JSON decoders read without a word, and argmap refuses.

Members given twice (readers differ in which they take), integers that a reader with
doubles would round, characters that no text may hold, nesting that could exhaust a
stack. Large bodies are looked through by calls into C; the place of what is wrong is
sought only once it is known that something is.
"""

import json
import re
from collections.abc import Callable
from typing import Any

from argmap.errors import Malformed
from argmap.model.limits import LARGEST_INTEGER
from argmap.model.places import Place, places, unquoted
from argmap.model.text import forbidden

NESTING = 100
"""Levels of arrays and objects: data may have 64, and what holds them a few more."""

# Escapes that spell forbidden characters. Lone surrogates are refused by msgspec; pairs
# may spell the noncharacters of other planes.
_ESCAPE = re.compile(
    rb"(?i)\\(?:[bf]|u00(?:0[0-8bcef]|1)|ufd[de]|ufff[ef]|ud[89ab][37bf]f\\udff[ef])"
)
_NONCHARACTER = (b"\xef\xb7", b"\xbf\xbe", b"\xbf\xbf")
"""In the UTF-8 of every noncharacter is one of these, though in others' too."""

_SQUARE = bytes.maketrans(b"{}", b"[]")
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))


def too_deep(text: str) -> Malformed:
    """Say where JSON begins to nest too deep."""
    at = _first(text, lambda place: place.depth >= NESTING and place.token in "[{")
    return Malformed(f"nests deeper than {NESTING} levels; flatten it", at)


def refuse(data: bytes, text: str) -> None:
    """Raise `Malformed` if JSON, as bytes and as text, holds what is refused here."""
    plain = data.replace(rb"\\", b"")  # now every backslash begins an escape
    if _is_deeper(plain, NESTING):
        raise too_deep(text)
    doubts: set[str] = set()

    def members(pairs: list[tuple[str, Any]]) -> None:
        if len(dict(pairs)) < len(pairs):
            doubts.add("twice")

    def integer(digits: str) -> None:
        if len(digits) > 15 and _is_large(digits):
            doubts.add("large")

    json.loads(text, object_pairs_hook=members, parse_int=integer)
    if "twice" in doubts:
        at = _first(text, lambda place: place.is_repeated)
        raise Malformed("this member is given twice; leave one out", at)
    if "large" in doubts:
        at = _first(text, lambda place: _is_large(place.token))
        detail = f"integers lie between ±{LARGEST_INTEGER}; send larger ones as text"
        raise Malformed(detail, at)
    is_doubtful = any(part in data for part in _NONCHARACTER)
    if _ESCAPE.search(plain) or (is_doubtful and forbidden(text)):
        at = _first(text, lambda place: forbidden(unquoted(place.token)) is not None)
        detail = "holds a control or noncharacter, which no text may hold; leave it out"
        raise Malformed(detail, at)


def _first(text: str, is_meant: Callable[[Place], bool]) -> str:
    return next((place.pointer for place in places(text) if is_meant(place)), "")


def _is_large(digits: str) -> bool:
    digits = digits.removeprefix("-")
    return digits.isdigit() and (len(digits) > 16 or int(digits) > LARGEST_INTEGER)


def _is_deeper(data: bytes, levels: int) -> bool:
    """Say whether JSON nests deeper, without a step in Python for each bracket.

    What is left of it once strings are taken out are brackets; each round takes the
    innermost ones away.
    """
    brackets = b"".join(data.replace(rb"\"", b"").split(b'"')[::2])
    brackets = brackets.translate(_SQUARE, _NO_BRACKETS)
    for _ in range(levels):
        if not brackets:
            return False
        brackets = brackets.replace(b"[]", b"")
    return bool(brackets)
