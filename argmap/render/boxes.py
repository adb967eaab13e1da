"""Boxes with wrapped text, put where a picture of a tree has them. Sizes in pixels.

Nothing here asks a font: widths are those of DejaVu Sans, the widest of the typefaces
that are shown where a page asks for a sans-serif one, so text fits in the others too.
"""

import unicodedata
from collections.abc import Sequence
from typing import Final, NamedTuple

from argmap.render.layout import tidy

WIDTH: Final = 264
PADDING: Final = 10
FONT: Final = 13
LINE: Final = 17
HEADER: Final = 22
"""What stands above the text: the relation, strength and verdict."""

GAP: Final = 24
"""Between two boxes in a column: relations about relations pass there."""

COLUMN: Final = WIDTH + 88
"""From one column to the next."""

MOST_LINES: Final = 9
"""Of a text that is longer the rest is left out."""

_WIDTHS: Final = {
    0.30: "IJijl",
    0.35: " ,./:;\\|'",
    0.40: "()-[]ft",
    0.45: "!r",
    0.50: '"*_`',
    0.55: "?csz",
    0.60: "FLkvxy",
    0.65: "$0123456789EPSTYabdeghnopqu{}",
    0.70: "ABCKRVXZ",
    0.75: "NU",
    0.80: "&DGHOQ",
    0.85: "#+<=>^w~",
    0.90: "M",
    1.00: "%@Wm",
}
"""Widths in em."""


class _Advance(dict[str, float]):
    """The width of every character, found out when it is first met."""

    def __missing__(self, character: str) -> float:
        if unicodedata.category(character) in ("Mn", "Me", "Cf"):
            width = 0.0
        elif unicodedata.east_asian_width(character) in "WF":
            width = 1.0
        else:
            width = 0.8 if character.isupper() else 0.7
        if len(self) < 10_000:
            self[character] = width
        return width


_ADVANCE: Final = _Advance(
    {character: width for width, every in _WIDTHS.items() for character in every}
)


class Box(NamedTuple):
    """Where a node is, by its upper left corner, and its text, line by line."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]


def arrange(parents: Sequence[int], texts: Sequence[str]) -> list[Box]:
    """Put a tree's texts into boxes: the root at the left, a column for each level.

    Args:
        parents: The index of each node's parent, -1 for the root, parents first.
        texts: What is in the boxes.
    """
    lines = [wrap(text) for text in texts]
    heights = [2 * PADDING + HEADER + LINE * len(each) for each in lines]
    levels, tops = tidy(parents, heights, GAP)
    return [
        Box(COLUMN * level, round(top, 1), WIDTH, height, each)
        for level, top, height, each in zip(levels, tops, heights, lines, strict=True)
    ]


def wrap(text: str, most: int = MOST_LINES) -> tuple[str, ...]:
    """Break a text into lines that fit in a box, between words where that is possible.

    What does not fit into *most* lines is left out, with an ellipsis in its place.

    >>> wrap("Trams are quiet, and they last for forty years.")
    ('Trams are quiet, and they last for', 'forty years.')
    """
    room = (WIDTH - 2 * PADDING) / FONT
    advance, space = _ADVANCE.__getitem__, _ADVANCE[" "]
    lines: list[str] = []
    line: list[str] = []
    used = -space
    for word in text.split():
        width = sum(map(advance, word))
        if used + space + width <= room:
            line.append(word)
            used += space + width
            continue
        if line:
            lines.append(" ".join(line))
        while width > room and len(lines) <= most:
            end = _fitting(word, room)
            lines.append(word[:end])
            word = word[end:]
            width = sum(map(advance, word))
        line, used = [word], width
        if len(lines) > most:
            break
    lines.append(" ".join(line))
    if len(lines) > most:
        last = lines[most - 1]
        end = _fitting(last, room - advance("…"))
        lines[most - 1 :] = [f"{last[:end].rstrip()}…"]
    return tuple(lines)


def width_of(text: str) -> float:
    """Give the width of a line of text, in em.

    >>> width_of("tram")
    2.5
    """
    return round(sum(map(_ADVANCE.__getitem__, text)), 3)


def _fitting(word: str, room: float) -> int:
    """Count the characters of a word that fit, one at least."""
    for end, character in enumerate(word):
        room -= _ADVANCE[character]
        if room < 0:
            return max(end, 1)
    return len(word)
