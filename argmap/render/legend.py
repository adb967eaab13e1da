"""What the signs of a picture mean: those that are in it."""

from collections.abc import Iterator
from typing import Final

from argmap.render.boxes import width_of
from argmap.render.nodes import FlatTree
from argmap.render.signs import sign

_ROW: Final = 26
_SYMBOL: Final = 36
_BETWEEN: Final = 22
_FONT: Final = 12
_WORDS: Final = {
    "support": "supports",
    "rebut": "rebuts",
    "undercut": "undercuts: against a relation",
    "rephrase": "says the same",
}


def legend(tree: FlatTree, left: float, top: float, right: float) -> tuple[str, float]:
    """Draw a legend in rows from *left* to *right*, one entry at least in each.

    Returns:
        The drawing, and how high it is.
    """
    parts = [f'<g transform="translate({left:g} {top:g})">']
    x, y = 0.0, _ROW / 2
    for symbol, words in _entries(tree):
        width = _SYMBOL + width_of(words) * _FONT
        if x and x + width > right - left:
            x, y = 0.0, y + _ROW
        parts.append(
            f'<g transform="translate({x:g} {y:g})">{symbol}'
            f'<text class="l" x="{_SYMBOL}" y="4">{words}</text></g>'
        )
        x += width + _BETWEEN
    parts.append("</g>")
    return "".join(parts), y + _ROW / 2


def _entries(tree: FlatTree) -> Iterator[tuple[str, str]]:
    """List symbols, drawn from 0 to 28 about a line, and what they mean."""
    vias = [node.via for node in tree.nodes if node.via]
    kinds = {via.kind for via in vias}
    for kind, words in _WORDS.items():
        if kind in kinds:
            line = f'<path class="w {kind}" d="M0 0h28"/>'
            yield line + sign(kind, 14, 0), words
    if any(via.group for via in vias):
        bar = '<path class="w z" d="M0 0h14M14-7h12M14 7h12"/>'
        line = '<path class="j w z" d="M14-7v14"/>'
        yield bar + line, "count jointly"
    if any(via.kind == "support" and via.target.relation for via in vias):
        yield sign("support", 14, 0), "on a relation: backs it"
    for verdict in ("accepted", "rejected", "undecided"):
        if any(node.verdict == verdict for node in tree.nodes):
            box = '<rect class="n {}" x="2" y="-8" width="24" height="16" rx="4"/>'
            yield box.format(verdict), verdict
    if any(node.strength for node in tree.nodes):
        bar = '<rect class="{}" x="0" y="{}" width="26" height="4"/>'
        sides = bar.format("support", -6) + bar.format("rebut", 2)
        yield sides, "strength of what is for, and against, the first claim"
    if any(node.hidden for node in tree.nodes):
        yield (
            '<rect class="m" x="0" y="-7" width="28" height="14" rx="7"/>',
            ("so many more are not shown"),
        )
