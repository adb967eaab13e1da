"""Text with marks: what it says, which parts of it are marked, and its tags.

Offsets are code points of the plain text, half-open. Tags and mentions stay in the text
as they were written; bold, italic and links leave it without their signs.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from argmap.formats.argdown.tokens import SHORTCODES, Kind, Token

_MARKS: Final = frozenset(
    {
        Kind.BOLD_START,
        Kind.ITALIC_START,
        Kind.LINK,
        Kind.TAG,
        Kind.STATEMENT_MENTION,
        Kind.ARGUMENT_MENTION,
    }
)
_NAMES: Final = {
    Kind.BOLD_START: "bold",
    Kind.ITALIC_START: "italic",
    Kind.LINK: "link",
    Kind.TAG: "tag",
    Kind.STATEMENT_MENTION: "statement-mention",
    Kind.ARGUMENT_MENTION: "argument-mention",
}
_BLANK: Final = re.compile(r"[ \t\n]+")


@dataclass(frozen=True, slots=True)
class Range:
    """A marked part of a text; *target* is the address, tag or title it names."""

    type: str
    start: int
    end: int
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """A text as it was read.

    ``markup`` is how it was written, on one line, if it has any marks but trailing
    tags; ``plain`` is what it says: white space as single spaces, trailing tags left
    out, which are listed once more in ``trailing``.
    """

    text: str = ""
    ranges: tuple[Range, ...] = ()
    tags: tuple[str, ...] = ()
    plain: str = ""
    markup: str | None = None
    trailing: tuple[str, ...] = ()


@dataclass(slots=True)
class _Builder:
    source: str
    parts: list[str] = field(default_factory=list)
    length: int = 0
    ranges: list[Range] = field(default_factory=list)
    open: list[tuple[int, str, int]] = field(default_factory=list)

    def say(self, text: str) -> None:
        if text:
            self.parts.append(text)
            self.length += len(text)

    def mark(self, kind: Kind, start: int, target: str) -> None:
        self.ranges.append(Range(_NAMES[kind], start, self.length, target))


def content(source: str, tokens: Sequence[Token]) -> Content:
    """Put the words of a text together. Linear; the marks must be closed."""
    if len(tokens) == 1 and tokens[0].kind is Kind.TEXT:  # most texts
        text = source[tokens[0].start : tokens[0].end]
        return Content(text, plain=one_line(text))
    builder = _Builder(source)
    for index, token in enumerate(tokens):
        kind, start, end = token
        if kind is Kind.TEXT:
            builder.say(source[start:end])
        elif kind is Kind.ESCAPED:
            builder.say(source[start + 1 : end])
        elif kind is Kind.SHORTCODE:
            builder.say(_character(source[start:end]))
        elif kind is Kind.LINE_BREAK:
            _line_break(builder, tokens, index)
        elif kind in _MARKS:
            _mark(builder, token)
        else:
            _close(builder, source[start:end])
    return _finished(builder, tokens)


def one_line(text: str) -> str:
    r"""Write white space as single spaces, and none at the ends.

    >>> one_line(" a  line\nbreak ")
    'a line break'
    """
    if "\n" in text or "\t" in text or "  " in text:
        text = _BLANK.sub(" ", text)
    return text.strip(" ")


def _character(image: str) -> str:
    name = image.rstrip(" \t")
    character = SHORTCODES.get(name[1:-1])
    if character is None:
        return image
    if name == ":smile:":
        character += "\ufe0f"  # asks for the colourful picture of it
    return character + image[len(name) :]


def _line_break(builder: _Builder, tokens: Sequence[Token], index: int) -> None:
    """Say a space, unless one was said or nothing of the same text follows."""
    following = tokens[index + 1].kind if index + 1 < len(tokens) else Kind.BOLD_END
    is_last = following in (Kind.BOLD_END, Kind.ITALIC_END)
    if not is_last and not (builder.parts and builder.parts[-1].endswith(" ")):
        builder.say(" ")


def _mark(builder: _Builder, token: Token) -> None:
    kind, start, end = token
    image, before = builder.source[start:end], builder.length
    name = image.rstrip(" \t")
    match kind:
        case Kind.LINK:
            title, _, address = name[1:-1].partition("](")
            builder.say(title)
            builder.mark(kind, before, address)
            builder.say(image[len(name) :])
        case Kind.TAG:
            builder.say(image)
            tag = name[2:-1] if name.startswith("#(") else name[1:]
            builder.mark(kind, before, tag)
        case Kind.STATEMENT_MENTION | Kind.ARGUMENT_MENTION:
            builder.say(image)
            builder.mark(kind, before, name[2:-1])
        case _:
            # Ranges come in the order of their starts: keep the place.
            builder.open.append((len(builder.ranges), _NAMES[kind], before))
            builder.ranges.append(Range(_NAMES[kind], before, before))


def _close(builder: _Builder, image: str) -> None:
    place, name, start = builder.open.pop()
    builder.ranges[place] = Range(name, start, max(start + 1, builder.length))
    if image[-1] in " \t":
        builder.say(" ")


def _finished(builder: _Builder, tokens: Sequence[Token]) -> Content:
    text = "".join(builder.parts)
    ranges = tuple(builder.ranges)
    tags = tuple(dict.fromkeys(r.target or "" for r in ranges if r.type == "tag"))
    if not ranges:
        return Content(text, plain=one_line(text))
    body = len(tokens)
    while body and tokens[body - 1].kind in (Kind.TAG, Kind.LINE_BREAK):
        body -= 1
    trailing = sum(token.kind is Kind.TAG for token in tokens[body:])
    end = ranges[-trailing].start if trailing else len(text)
    plain = one_line(text[:end])
    if not plain:  # nothing but tags: they are the text
        return Content(text, ranges, tags, one_line(text))
    inner = tokens[:body]
    has_marks = any(token.kind in _MARKS for token in inner)
    markup = _written(builder, inner) if has_marks else None
    last = [r.target or "" for r in ranges[len(ranges) - trailing :]]
    return Content(text, ranges, tags, plain, markup, tuple(dict.fromkeys(last)))


def _written(builder: _Builder, tokens: Sequence[Token]) -> str:
    """Join words as they stand, with a space where there was any between them."""
    parts: list[str] = []
    before = tokens[0].start
    for _, start, end in tokens:
        if start > before:
            parts.append(" ")  # spaces, or a comment
        parts.append(builder.source[start:end])
        before = end
    return one_line("".join(parts))
