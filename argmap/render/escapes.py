"""Text made safe for what it is written into: one function for each target."""

import csv as writing
import re
from collections.abc import Iterable, Sequence
from html import escape
from io import StringIO
from typing import Final

from argmap.render.text import one_line

_MARKS: Final = re.compile(r"[\\`*_{}\[\]<>|~$&]|\A[-+=#:]")
_MERMAID: Final = re.compile(r"[\"#<>&`\\\[\]{}()|;%*_~]")
_XML: Final = re.compile(
    "[&<>\"'\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"
)
_ENTITIES: Final = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
}
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_NUMBER: Final = re.compile(r"\A(\d+)([.)])")


def markdown(text: str) -> str:
    r"""Make a text show as it is, in one line of Markdown.

    Every character that CommonMark or its common extensions could read as a mark is
    preceded by a backslash, which shows as nothing before punctuation. Some are marks
    at the beginning only.

    >>> print(markdown("1. [x](javascript:y) *b* - c"))
    1\. \[x\](javascript:y) \*b\* - c
    """
    return _NUMBER.sub(r"\1\\\2", _MARKS.sub(r"\\\g<0>", one_line(text)))


def xml(text: str) -> str:
    """Write a text as content of XML, or between the quotes of an attribute.

    What XML has no place for (control characters, lone surrogates) shows as �.

    >>> xml('a < b & "c"')
    'a &lt; b &amp; &quot;c&quot;'
    """
    return _XML.sub(_xml_reference, text)


def _xml_reference(mark: re.Match[str]) -> str:
    return _ENTITIES.get(mark[0], "\N{REPLACEMENT CHARACTER}")


def html(text: str) -> str:
    """Make a text show as it is in HTML, as content or in a quoted attribute.

    >>> html('a < b & "c"')
    'a &lt; b &amp; &quot;c&quot;'
    """
    return escape(text, quote=True)


def tag(language: str | None) -> str:
    """Give a language as it is stated, if that is a tag as BCP 47 has it.

    >>> tag("ja"), tag("the language of Japan"), tag(None)
    ('ja', '', '')
    """
    return language if language and _LANGUAGE.fullmatch(language) else ""


def lang(language: str | None, name: str = "lang") -> str:
    """Write an attribute that names a language, if it is a tag.

    >>> lang("ja"), lang("the language of Japan"), lang(None)
    (' lang="ja"', '', '')
    """
    return f' {name}="{tag(language)}"' if tag(language) else ""


def dot(text: str) -> str:
    r"""Write a text as a quoted string of DOT, line breaks kept.

    >>> print(dot('say "a\\b"'))
    "say \"a\\b\""
    """
    clean = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{clean}"'


def mermaid(text: str) -> str:
    """Write a text as a quoted label of Mermaid, in one line.

    What Mermaid, or the HTML that it makes, could read as a mark becomes a number.

    >>> print(mermaid('a "b" #1 <i>'))
    "a #34;b#34; #35;1 #60;i#62;"
    """
    clean = _MERMAID.sub(lambda mark: f"#{ord(mark[0])};", one_line(text))
    return f'"{clean}"'


FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a formula begins; where Japanese is written, wide characters do as well."""


def csv(rows: Iterable[Sequence[object]]) -> str:
    r"""Write a table as CSV (RFC 4180) that no spreadsheet takes for formulas.

    A text that begins like a formula gets an apostrophe before it. Numbers are as
    Python writes them, true and false in lower case; null is empty.

    >>> csv([["claim", "strength"], ["=1+1", 0.5], ["a, b", None]])
    'claim,strength\r\n\'=1+1,0.5\r\n"a, b",\r\n'
    """
    out = StringIO()
    writing.writer(out).writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case str():
            # An apostrophe before what one was put before: so it can be told apart.
            bare = value.lstrip("'")
            return f"'{value}" if bare.startswith(FORMULA) else value
    return repr(value)
