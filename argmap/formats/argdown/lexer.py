"""Argdown cut into words, in one pass.

The language is defined by the order in which its words are tried, so that order is kept
here. What a word is depends on what came before it: relations, items, numbers and
headings stand at the start of a line, the end of bold text only where it began, and
within an inference almost nothing is special.

Linear: every character is passed once, and where a word needs a closing sign further
on, the place of the next one is remembered: no text makes the search start over.
"""

import re
from typing import Final

from argmap.formats.argdown.places import Places
from argmap.formats.argdown.tokens import Kind, Token

MOST_WORDS: Final = 500_000
"""Of a document; text is one up to the next sign. Each takes a microsecond or two."""

_LINES: Final = re.compile(r"[ \t]*+\n(?:[ \t]*+\n)*+")
_LINE_START: Final = re.compile(
    r"([ \t]*+)(?:(--)|(\+>|->|<\+|\+|<-|-|><|_>|<_|_(?=\s))|(\([0-9]+\))"
    r"|([0-9]+\.(?=\s))|(\*(?=\s)))"
)
_HEADING: Final = re.compile(r"#+ ")
_SPACES: Final = re.compile(r"[ \t]+")
_TEXT: Final = re.compile(r"[^\\@#*_\[\],.:</>(){}\n;-]+")
_ESCAPED: Final = re.compile(r"\\. *")
_SHORTCODE: Final = re.compile(r"\.\S+?\.[ \t]?|:\S+?:[ \t]?")
_MARK_END: Final = re.compile(r"[ \t]|(?=[\n)}_.,!?;:*-])|\Z")
_TAG: Final = re.compile(
    "#[a-zA-z0-9\\-\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef]+[ \\t]?"
)
_HYPHENS: Final = re.compile(r"-{2,}")
_INCLUDE: Final = re.compile(r"@include\([^)\n]*\)")
_DATA_STOP: Final = re.compile(r"\}(?=\s[^,}])")
_DATA_GOES_ON: Final = re.compile(r"\s*[,}]")
_AFTER_COMMENT: Final = re.compile(r"[ \t]*\n(?![ \t]*\n)")
_MARKS: Final = {
    "**": (Kind.BOLD_START, Kind.BOLD_END),
    "__": (Kind.BOLD_START, Kind.BOLD_END),
    "*": (Kind.ITALIC_START, Kind.ITALIC_END),
    "_": (Kind.ITALIC_START, Kind.ITALIC_END),
}


class Lexer:
    """One run over one text, whose line breaks are LF."""

    def __init__(self, text: str, places: Places) -> None:
        self.text = text
        self._places = places
        self.tokens: list[Token] = []
        self.comments: list[int] = []
        self._at = 0
        self._last: Kind | None = None
        self._indents = [0]
        self._marks: list[str] = []
        self._next: dict[str, tuple[int, int]] = {}
        self._data_region = (-1, -1, -1)
        self._in_inference = False
        self._words = {
            " ": self._spaces, "\t": self._spaces, "\n": self._spaces,
            "/": self._slash, "<": self._angle, "[": self._bracket, "@": self._at_sign,
            "{": self._data, "\\": self._escaped, ".": self._shortcode,
            ":": self._shortcode, "#": self._hash, "*": self._mark, "_": self._mark,
            "=": self._equals,
        }  # fmt: skip
        self._inference_words = {
            " ": self._spaces, "\t": self._spaces, "\n": self._spaces,
            "/": self._slash, "<": self._angle, "{": self._data, "-": self._hyphen,
            "\\": self._escaped, ".": self._shortcode, ":": self._shortcode,
            ",": self._comma,
        }  # fmt: skip

    def run(self) -> list[Token]:
        """Cut the whole text; the last token is the end.

        Raises:
            Malformed: There are too many words.
        """
        text, end = self.text, len(self.text)
        starts = (None, Kind.LINE_BREAK, Kind.EMPTY_LINE)
        count = 0
        while self._at < end:
            at = self._at
            count += 1
            if count > MOST_WORDS:
                detail = f"there are more than {MOST_WORDS} words and signs"
                raise self._places.error(at, detail)
            if self._in_inference:
                word = self._inference_words.get(text[at])
            else:
                if self._last in starts and self._line_start():
                    continue
                word = self._words.get(text[at])
            if word is not None:
                word()
            elif found := _TEXT.match(text, at):
                self._text(found.end())
            else:
                self._sign()
        if self._last is Kind.EMPTY_LINE:
            self.tokens.pop()
        self._dedent(0)
        self.tokens.append(Token(Kind.END, end, end))
        return self.tokens

    def _add(self, kind: Kind, end: int) -> None:
        self.tokens.append(Token(kind, self._at, end))
        self._last = kind
        self._at = end

    def _sign(self) -> None:
        """Take one character that is special elsewhere, and one space after it."""
        after = self._at + 1
        self._text(after + (self.text[after : after + 1] in (" ", "\t")))

    def _text(self, end: int) -> None:
        """Take text, as one word with the text right before it."""
        if self._last is Kind.TEXT and self.tokens[-1].end == self._at:
            self.tokens[-1] = Token(Kind.TEXT, self.tokens[-1].start, end)
            self._at = end
        else:
            self._add(Kind.TEXT, end)

    def _find(self, sign: str, start: int) -> int:
        """Find a sign at or after a place; -1 if there is none. Starts never go back.

        What was found stays true for every later start up to it.
        """
        low, found = self._next.get(sign, (0, -2))
        if found == -2 or (found != -1 and found < start) or start < low:
            found = self.text.find(sign, start)
            self._next[sign] = (start, found)
        return found

    # At the start of a line.

    def _line_start(self) -> bool:
        text, at = self.text, self._at
        first = text[at]
        if first == "/" or text.startswith("<!--", at):
            return False
        if first == "#":
            if found := _HEADING.match(text, at):
                self._add(Kind.HEADING, found.end())
            return found is not None
        found = _LINE_START.match(text, at)
        if found is None:
            return False
        indent = len(found[1])
        if found[2]:
            if self._last is not Kind.EMPTY_LINE:
                self._dedent(0)
                self._in_inference = True
                self._add(Kind.INFERENCE_START, found.end())
                return True
            # After an empty line two hyphens are an attack out of place.
            self._indent(indent)
            self._add(Kind.RELATION, found.end() - 1)
        elif found[3]:
            self._indent(indent)
            self._add(Kind.RELATION, found.end())
        elif found[4]:
            self._dedent(0)
            self._add(Kind.NUMBER, found.end())
        else:
            # Items count as indented by one more, for they may stand at the margin.
            self._indent(indent + 1)
            self._add(Kind.NUMBERED_ITEM if found[5] else Kind.ITEM, found.end())
        return True

    def _indent(self, width: int) -> None:
        if width > self._indents[-1]:
            self._indents.append(width)
            self.tokens.append(Token(Kind.INDENT, self._at, self._at))
        else:
            self._dedent(width)

    def _dedent(self, width: int) -> None:
        while len(self._indents) > 1 and width < self._indents[-1]:
            self._indents.pop()
            self.tokens.append(Token(Kind.DEDENT, self._at, self._at))

    # White space and comments.

    def _spaces(self) -> None:
        found = _LINES.match(self.text, self._at)
        if found is None:
            spaces = _SPACES.match(self.text, self._at)
            self._at = spaces.end() if spaces else self._at + 1
            return
        if self._in_inference:
            self._add(Kind.LINE_BREAK, self.text.index("\n", self._at) + 1)
        elif self._last is Kind.EMPTY_LINE:
            self._at = found.end()
        elif found[0].count("\n") == 1:
            self._add(Kind.LINE_BREAK, found.end())
        else:
            if found.end() < len(self.text):
                self._dedent(0)
            self._add(Kind.EMPTY_LINE, found.end())

    def _comment(self, opening: str, closing: str) -> bool:
        """Pass over a comment, if one begins here and ends somewhere."""
        at = self._at
        if not self.text.startswith(opening, at):
            return False
        end = self._find(closing, at + len(opening))
        if end < 0 and closing != "\n":
            return False
        end = len(self.text) if end < 0 else end + (closing != "\n") * len(closing)
        self.comments.append(at)
        if self._last is Kind.EMPTY_LINE:
            after = _LINES.match(self.text, end)
        elif self._last is Kind.LINE_BREAK:
            after = _AFTER_COMMENT.match(self.text, end)
        else:
            after = None
        self._at = after.end() if after else end
        return True

    def _slash(self) -> None:
        if not (self._comment("//", "\n") or self._comment("/*", "*/")):
            self._sign()

    # Words that need another sign further on.

    def _closed(self, sign: str, start: int) -> int:
        """Return the end of a sign on the same line, or 0."""
        found = self._find(sign, start)
        if found < 0:
            return 0
        line_end = self._find("\n", self._at)
        return found + len(sign) if line_end < 0 or found < line_end else 0

    def _titled(self, closing: str, definition: Kind, reference: Kind) -> bool:
        at = self._at
        if end := self._closed(closing + ":", at + 2):
            self._add(definition, end)
        elif self.text[at + 1 : at + 2] not in ("-", "\n", "") and (
            end := self._closed(closing, at + 2)
        ):
            self._add(reference, end)
        return bool(end)

    def _angle(self) -> None:
        if self._comment("<!--", "-->"):
            return
        if self._in_inference or not self._titled(
            ">", Kind.ARGUMENT, Kind.ARGUMENT_REFERENCE
        ):
            self._sign()

    def _bracket(self) -> None:
        at = self._at
        middle = self._find("]", at + 1)
        if middle > at + 1 and self.text.startswith("(", middle + 1):
            end = self._find(")", middle + 2)
            if end > middle + 2:
                self._add(Kind.LINK, self._with_space(end + 1))
                return
        if not self._titled("]", Kind.STATEMENT, Kind.STATEMENT_REFERENCE):
            self._sign()

    def _at_sign(self) -> None:
        text, at = self.text, self._at
        for opening, closing, kind in (
            ("[", "]", Kind.STATEMENT_MENTION),
            ("<", ">", Kind.ARGUMENT_MENTION),
        ):
            if text.startswith(opening, at + 1) and (
                end := self._closed(closing, at + 3)
            ):
                self._add(kind, self._with_space(end))
                return
        if found := _INCLUDE.match(text, at):
            self._add(Kind.INCLUDE, found.end())
        else:
            self._sign()

    def _hash(self) -> None:
        if self.text.startswith("(", self._at + 1):
            end = self._find(")", self._at + 2)
            if end > self._at + 2:
                self._add(Kind.TAG, self._with_space(end + 1))
                return
        if found := _TAG.match(self.text, self._at):
            self._add(Kind.TAG, found.end())
        else:
            self._sign()

    def _with_space(self, end: int) -> int:
        return end + (self.text[end : end + 1] in (" ", "\t"))

    def _equals(self) -> None:
        text, at = self.text, self._at
        if text.startswith("===", at):
            start = at + 3
            while text.startswith("=", start) and start < at + 80:
                start += 1
            end = self._find("===", start)
            if end >= 0:
                while text.startswith("=", end):
                    end += 1
                self._add(Kind.FRONTMATTER, end)
                return
        found = _TEXT.match(text, at)
        self._text(found.end() if found else at + 1)

    def _data(self) -> None:
        """Take braces up to the last one that neither text nor braces go on after."""
        at = self._at
        low, last, stop = self._data_region
        if not low <= at <= stop:
            found = _DATA_STOP.search(self.text, at + 1)
            stop = found.start() if found else len(self.text)
            last = self.text.rfind("}", at, stop + 1)
            while last > at and _DATA_GOES_ON.match(self.text, last + 1):
                last = self.text.rfind("}", at, last)
            self._data_region = (at, last, stop)
        if last > at:
            self._add(Kind.DATA, last + 1)
        else:
            self._sign()

    # Marks within text.

    def _escaped(self) -> None:
        if found := _ESCAPED.match(self.text, self._at):
            self._add(Kind.ESCAPED, found.end())
        else:
            self._text(self._at + 1)

    def _shortcode(self) -> None:
        if found := _SHORTCODE.match(self.text, self._at):
            self._add(Kind.SHORTCODE, found.end())
        else:
            self._sign()

    def _mark(self) -> None:
        text, at = self.text, self._at
        two, one = text[at] * 2, text[at]
        signs = (two, one) if text.startswith(two, at) else (one,)
        for sign in signs:
            if self._marks and self._marks[-1] == sign:
                found = _MARK_END.match(text, at + len(sign))
                if found:
                    self._marks.pop()
                    self._add(_MARKS[sign][1], found.end())
                    return
        for sign in signs:
            after = text[at + len(sign) : at + len(sign) + 1]
            if not after.isspace():
                self._marks.append(sign)
                self._add(_MARKS[sign][0], at + len(sign))
                return
        self._sign()

    # Within an inference.

    def _hyphen(self) -> None:
        if found := _HYPHENS.match(self.text, self._at):
            self._in_inference = False
            self._add(Kind.INFERENCE_END, found.end())
        else:
            self._sign()

    def _comma(self) -> None:
        self._add(Kind.COMMA, self._at + 1)
