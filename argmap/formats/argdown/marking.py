"""Text with marks from a plain text and the places of its marks."""

from collections.abc import Callable, Sequence
from typing import Final

from argmap.formats.argdown.escaping import escaped, read_back
from argmap.formats.argdown.inline import Content, Range, one_line

_SIGNS: Final = {"bold": ("**", "**"), "italic": ("*", "*")}
_MOST: Final = 1000

Part = Callable[[int, int], str]


def content_of(text: str, ranges: Sequence[Range], tags: tuple[str, ...]) -> Content:
    """Put a text together with its marks; offsets are in UTF-16.

    Marks that cannot be written again are left out of ``markup``.
    """
    units = text.encode("utf-16-le", "surrogatepass")

    def part(start: int, end: int) -> str:
        return units[2 * start : 2 * end].decode("utf-16-le", "replace")

    end = len(units) // 2
    trailing: list[str] = []
    for mark in sorted(ranges, key=lambda mark: mark.start, reverse=True):
        if mark.type != "tag" or part(mark.end, end).strip():
            break
        trailing.append(mark.target or "")
        end = mark.start
    plain = one_line(part(0, end))
    if not plain:
        return Content(text, tuple(ranges), tags, one_line(text))
    inner = [mark for mark in ranges if mark.end <= end]
    markup = _written(part, end, inner) if 0 < len(inner) <= _MOST else None
    back = read_back(markup) if markup is not None else None
    markup = back.markup if back and back.plain == plain else None
    last = tuple(reversed(trailing))
    return Content(text, tuple(ranges), tags, plain, markup, last)


def _written(part: Part, end: int, ranges: Sequence[Range]) -> str:
    """Write the parts between marks escaped, and the marks around theirs."""
    at = 0
    pieces: list[str] = []
    for mark in sorted(ranges, key=lambda mark: mark.start):
        if mark.start < at:  # within another
            continue
        pieces.append(_piece(part(at, mark.start)))
        body = part(mark.start, mark.end)
        if mark.type in _SIGNS:
            opening, closing = _SIGNS[mark.type]
            pieces.append(f"{opening}{_piece(body)}{closing}")
        elif mark.type == "link":
            pieces.append(f"[{body}]({mark.target})")
        else:
            pieces.append(body)
        at = mark.end
    return one_line("".join([*pieces, _piece(part(at, end))]))


def _piece(text: str) -> str:
    """Escape a part of a text, its white space kept at the ends."""
    core = text.strip(" ")
    if not core:
        return text
    before = text[: len(text) - len(text.lstrip(" "))]
    return f"{before}{escaped(core)}{text[len(before) + len(core) :]}"
