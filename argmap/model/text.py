"""Text: which characters it may hold, and its one normal form.

NUL, C0 controls but tab and newline, lone surrogates and noncharacters break
databases, XML and terminals, so no text holds them. Bidirectional controls are kept:
whoever writes text out isolates them. Composed characters (NFC) and LF are the normal
form, so that texts that look alike are alike; a source's text stays as it was given,
for its offsets and its hash are those of the document.
"""

import re
import unicodedata
from functools import cache
from math import copysign
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import fields, replace

from argmap.model.items import Source

T = TypeVar("T")

_ENDS = "".join(
    chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF)
)
_FORBIDDEN = re.compile(
    rf"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufdd0-\ufdef{_ENDS}]"
)
_MINUS_NOUGHT = re.compile(rb"[:\s]-0")
_VERBATIM = {(Source, "text"), (Source, "url")}


def forbidden(text: str) -> str | None:
    r"""Find the first character that no text may hold.

    >>> forbidden("line\nline"), forbidden("a\0b")
    (None, '\x00')
    """
    if text.isprintable():  # much faster than the search, and true of most texts
        return None
    found = _FORBIDDEN.search(text)
    return found[0] if found else None


def tidied(value: T) -> T:
    r"""Put every text of an item into normal form; free data are left as they are.

    Minus nought is nought: nobody means anything else, and bytes would differ.

    Returns the same object if nothing had to change.

    >>> tidied("cafe\u0301\r\n") == "café\n"
    True
    """
    tidy: Any = value
    if isinstance(value, str):
        tidy = _plain(value)
    elif isinstance(value, float):
        tidy = value if value or copysign(1, value) > 0 else 0.0
    elif isinstance(value, tuple):
        parts = tuple(map(tidied, value))
        tidy = (
            parts
            if any(a is not b for a, b in zip(parts, value, strict=True))
            else value
        )
    elif isinstance(value, Struct):
        changes = {}
        for name, default in _members(type(value)):
            old = getattr(value, name)
            if old is default or (old.__class__ is str and _is_plain(old)):
                continue
            if (new := tidied(old)) is not old:
                changes[name] = new
        tidy = replace(value, **changes) if changes else value
    return tidy  # type: ignore[no-any-return] # of the type that came in, by construction


@cache
def _members(kind: type[Struct]) -> tuple[tuple[str, Any], ...]:
    """Name the members of an item that may hold text or a number, with defaults."""
    return tuple(
        (field.name, field.default)
        for field in fields(kind)
        if field.default_factory is not dict
        and field.type is not bool
        and (kind, field.name) not in _VERBATIM
    )


def _is_plain(text: str) -> bool:
    return text.isascii() and "\r" not in text


def is_tidy(json: bytes) -> bool:
    r"""Say whether all that JSON spells is in normal form for certain.

    Whatever is part of a text in normal form is in it, too (UAX #15, §9).

    >>> is_tidy(b'["caf\xc3\xa9"]'), is_tidy(b'["line\\r\\n"]')
    (True, False)
    """
    if b"\\u" in json or b"\\r" in json or _MINUS_NOUGHT.search(json):
        return False
    return json.isascii() or unicodedata.is_normalized("NFC", json.decode())


def _plain(text: str) -> str:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return text
    return unicodedata.normalize("NFC", text)
