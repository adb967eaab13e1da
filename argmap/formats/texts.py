"""Texts of foreign files, made fit for a map; files as text."""

from codecs import BOM_UTF8
from typing import Final

from argmap.errors import Malformed
from argmap.formats.remarks import Remarks
from argmap.model.text import forbidden, tidied
from argmap.plugin import Place

LONGEST: Final = 5000
"""Characters of a claim's text."""

NO_TEXT: Final = "(no text)"
"""Stands for what a claim says that says nothing."""


def decoded(data: bytes) -> str:
    r"""Decode a text file: UTF-8, any line ends, with or without byte order mark.

    Raises:
        Malformed: It is not UTF-8, or holds a character that no text may hold; the line
            and column are told.

    >>> decoded(b"\xef\xbb\xbfa\r\nb")
    'a\nb'
    """
    try:
        text = data.removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        raise misplaced("this byte is not UTF-8; save as UTF-8", line, column) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    one = text.replace("\n", "")  # line ends alone would make it a slow search
    if (character := forbidden(one)) is not None:
        at = text.index(character)
        line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        raise misplaced(f"holds {character!a}, which no text may hold", line, column)
    return text


def misplaced(detail: str, line: int, column: int | None = None) -> Malformed:
    """Make the error that says in which line a text file is wrong."""
    at = f"line {line}" + (f", column {column}" if column else "")
    return Malformed(f"{at}: {detail}")


def is_fit(text: object) -> bool:
    """Say at a glance whether a claim may have a text as it is, which most may."""
    return (
        text.__class__ is str
        and len(text) <= LONGEST
        and text.isascii()
        and text.isprintable()
        and not text.isspace()
        and text != ""
    )


def name_of(text: object) -> str | None:
    """Make of a text a name, short and in normal form; None if it says nothing.

    >>> name_of(" Ada "), name_of(7)
    ('Ada', None)
    """
    return tidied(text).strip()[:500].strip() or None if isinstance(text, str) else None


def fit(text: object, remarks: Remarks, place: Place) -> str:
    """Make of any text one that a claim may have, and say what that took.

    >>> fit(" ", Remarks(), Place(line=1))
    '(no text)'
    """
    if not isinstance(text, str) or not text.strip():
        remarks.repair("no-text", "a claim without a text", f"{NO_TEXT} put", place)
        return NO_TEXT
    clean = tidied(text)
    while (character := forbidden(clean)) is not None:
        what = f"the character {character!a}, which no text may hold"
        remarks.repair("character", what, "replaced by �", place)
        clean = clean.replace(character, "\N{REPLACEMENT CHARACTER}")
    if len(clean) > LONGEST:
        what = f"a text of {len(clean)} characters"
        remarks.loss("too-long", what, f"cut after {LONGEST}", place)
        clean = clean.strip()[:LONGEST]
    return clean
