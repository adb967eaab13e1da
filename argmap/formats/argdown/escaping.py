r"""Texts, tags, titles and data as Argdown can hold them.

A text is written as it is where that is read back as it is; else its special signs get
a backslash. White space becomes single spaces: nothing else can be said.
"""

import json
import re
from typing import Any, Final

from argmap.errors import Malformed
from argmap.formats.argdown.document import Element, Heading, Structure
from argmap.formats.argdown.inline import Content, one_line
from argmap.formats.argdown.parser import parse
from argmap.formats.argdown.residue import SectionResidue

_DOUBTFUL: Final = re.compile(r"[\\\[\]<>{}*_#@]|//|/\*|===|:\S+:|\.\S+\.")
_SIGNS: Final = (
    re.compile(r"[\\\[\]<>{}*_#@]"),
    re.compile(r"[\\\[\]<>{}*_#@/:.=]"),
)
_RULE_SIGNS: Final = re.compile(r"[\\<{/:.,-]")
_NO_TITLE: Final = re.compile(r"[\[\]<>\n\t]|\A[-+_!\s]|\s\Z|\A\Z")
_CLOSING: Final = {"k": "x]: y>: z] w) v}"}
_AFTER: Final = f"{json.dumps(_CLOSING)}\n\n[}} --> */ === ) ]: x ](y)"
_STRING: Final = re.compile(r'"(?:[^"\\]|\\.)*"')
_RISKY: Final = re.compile(r"===|[\]>](?=:)|[{}\x7f-\xa0\u2028\u2029\ufeff]")


def escaped(text: str) -> str:
    r"""Write a text on one line so that it says the same.

    >>> escaped("The tram is quiet."), escaped("2 * 3 [sic]")
    ('The tram is quiet.', '2 \\* 3 \\[sic\\]')
    """
    line = one_line(text)
    if _DOUBTFUL.search(line) is None or says(line, line):
        return line
    for signs in _SIGNS:
        candidate = signs.sub(r"\\\g<0>", line)
        if says(candidate, line):
            break
    return candidate


def says(written: str, text: str) -> bool:
    """Say whether what is written is read as a text without marks or tags."""
    content = read_back(written)
    return (
        content is not None
        and content.plain == text
        and content.markup is None
        and len(content.tags) == 1
    )


def read_back(markup: str) -> Content | None:
    """Read a marked text as part of a document; None if it is not read as one text.

    What comes after it there holds every sign that could close something in it.
    """
    try:
        blocks = parse(f"[t]: {markup} #t {_AFTER}").blocks
    except Malformed:
        return None
    element = blocks[0]
    is_one = (
        len(blocks) == 2
        and isinstance(element, Element)
        and element.title == "t"
        and not element.is_reference
        and not element.relations
        and element.data == _CLOSING
        and element.content.trailing == ("t",)
    )
    return element.content if is_one and isinstance(element, Element) else None


def tags_in(markup: str) -> tuple[str, ...]:
    """List the tags within a marked text that can be read back."""
    element = parse(f"[t]: {markup}").blocks[0]
    return element.content.tags if isinstance(element, Element) else ()


def heading_as_read(section: SectionResidue) -> SectionResidue:
    """Give a section as it is once it has been written and read."""
    level = min(max(section.level, 1), 99)
    for title in (section.title, escaped(section.title), "Section"):
        try:
            blocks = parse(f"# {title}").blocks
        except Malformed:
            continue
        heading = blocks[0] if blocks else None
        if len(blocks) == 1 and isinstance(heading, Heading) and heading.data is None:
            return SectionResidue(level, heading_title(heading.content), section.data)
    return SectionResidue(level, "Section", section.data)


def heading_title(content: Content) -> str:
    """Write the text of a heading, with its marks and tags."""
    words = content.markup or escaped(content.plain)
    return " ".join((words, *map(tag, content.trailing)))


def tag(text: str) -> str:
    """Write a tag.

    >>> tag("economics"), tag("two words")
    ('#economics', '#(two words)')
    """
    return f"#{text}" if re.fullmatch("[a-zA-Z0-9-]+", text) else f"#({text})"


def can_be_tag(text: str) -> bool:
    """Say whether a tag can be written at all."""
    return re.search(r"[)\n\r]|[\]>]:", text) is None


def can_be_title(text: str) -> bool:
    """Say whether a statement or an argument can be called that, and referred to."""
    return _NO_TITLE.search(text) is None


def rule(name: str) -> str | None:
    """Write the name of a rule of inference; None if it cannot be written."""
    for candidate in (name, _RULE_SIGNS.sub(r"\\\g<0>", name)):
        try:
            blocks = parse(f"(1) a\n--\n{candidate}\n--\n(2) b").blocks
        except Malformed:
            continue
        block = blocks[0]
        if len(blocks) == 1 and isinstance(block, Structure) and len(block.steps) == 2:
            inference = block.steps[1].inference
            if inference and inference.rules == [name] and inference.data is None:
                return candidate
    return None


def json_text(value: Any) -> str:
    r"""Write JSON that stands safely in braces and in frontmatter.

    >>> json_text({"a": "{b}"})
    '{"a": "\\u007bb\\u007d"}'
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    if _RISKY.search(text) is None and text.count("{") == 1:
        return text
    return _STRING.sub(lambda found: _RISKY.sub(_spelt, found[0]), text)


def _spelt(found: re.Match[str]) -> str:
    return "".join(f"\\u{ord(character):04x}" for character in found[0])


def braces(data: dict[str, Any]) -> str:
    """Write data after a text, with the space before them, if there are any."""
    return f" {json_text(data)}" if data else ""
