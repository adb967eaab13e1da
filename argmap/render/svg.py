"""A tree as an SVG that stands alone: the root at the left, what it rests on beside it.

A relation is a line with its sign. Premises that count jointly meet at a bar before
their line goes on, and a relation about a relation ends on the line, or the bar, of
that one: it passes below its first premise, or above where it backs. There are neither
scripts nor links nor anything else that acts, and every text is escaped once.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from argmap.render.boxes import FONT, HEADER, LINE, PADDING, WIDTH, Box, arrange
from argmap.render.escapes import lang, xml
from argmap.render.legend import legend
from argmap.render.nodes import FlatNode, FlatTree, Via
from argmap.render.palette import Theme, style
from argmap.render.signs import sign
from argmap.render.text import ISOLATE, is_rtl, one_line
from argmap.render.words import judgement, verb

MEDIA_TYPE: Final = "image/svg+xml"

MARGIN: Final = 20
_STUB: Final = 44
"""The way of a line before its box that is straight."""
_SIGN: Final = 30
_JOINT: Final = 10
_PASS: Final = 9
"""How far from a box lines pass below or above it."""
_BAR: Final = 3
_NARROWEST: Final = 440
"""For the sake of the legend."""


class Drawing(NamedTuple):
    """An SVG and its size in pixels."""

    content: str
    width: float
    height: float


def svg(tree: FlatTree) -> str:
    """Draw a tree in the colours that whoever looks at it prefers."""
    return draw(tree, "auto").content


def draw(tree: FlatTree, theme: Theme) -> Drawing:
    """Draw a tree. Cost: O(nodes)."""
    place = {node.id: i for i, node in enumerate(tree.nodes)}
    parents = [place[node.parent] if node.parent else -1 for node in tree.nodes]
    boxes = arrange(parents, [node.text for node in tree.nodes])
    lines = list(_wires(tree.nodes, parents, boxes))
    left = MARGIN + (_STUB if tree.nodes[0].via else 0)
    width = left + max(box.x for box in boxes) + WIDTH + MARGIN
    height = MARGIN + max(box.y + box.height for box in boxes) + 2 * _PASS
    width = max(width, _NARROWEST)
    key, key_height = legend(tree, MARGIN, height + MARGIN, width - MARGIN)
    height += MARGIN + key_height + MARGIN
    language = lang(tree.language, "xml:lang")
    content = "".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" '
            f'height="{height:g}" viewBox="0 0 {width:g} {height:g}" role="img">',
            f"<title{language}>{xml(one_line(tree.nodes[0].text))}</title>",
            f"<desc>{xml(_description(tree))}</desc>",
            f"<style>{style(theme)}</style>",
            f'<rect class="g" width="{width:g}" height="{height:g}"/>',
            f'<g transform="translate({left} {MARGIN})">',
            *lines,
            *(
                _node(node, box, language)
                for node, box in zip(tree.nodes, boxes, strict=True)
            ),
            "</g>",
            key,
            "</svg>\n",
        ]
    )
    return Drawing(content, width, height)


def _description(tree: FlatTree) -> str:
    count = len(tree.nodes)
    rule = f", judged by {tree.rule}" if tree.rule else ""
    return (
        f"What speaks for and against it, in {count} boxes{rule}. Each line leads from "
        "a claim, at the right, to what it supports, rebuts or undercuts."
    )


def _wires(
    nodes: Sequence[FlatNode], parents: Sequence[int], boxes: Sequence[Box]
) -> Iterator[str]:
    """Draw the lines of all relations, the premises of each one together."""
    at = 0
    while at < len(nodes):
        via, first = nodes[at].via, at
        at += 1
        if via is None:
            continue
        while at < len(nodes) and via.group and _is_same(nodes[at].via, via):
            at += 1
        above = parents[first]
        yield from _joint(via, boxes[first:at])
        middle = _middle(boxes[first:at])
        x = boxes[first].x
        if above >= 0:
            yield _line(via, x, middle, boxes[above], nodes[above].via)
        yield sign(via.kind, x - _SIGN, middle)


def _is_same(other: Via | None, via: Via) -> bool:
    return other is not None and other.relation == via.relation


def _middle(boxes: Sequence[Box]) -> float:
    return (_centre(boxes[0]) + _centre(boxes[-1])) / 2


def _centre(box: Box) -> float:
    return box.y + box.height / 2


def _joint(via: Via, boxes: Sequence[Box]) -> Iterator[str]:
    """Draw what leads from boxes to where their line begins."""
    x = boxes[0].x
    if len(boxes) == 1:
        yield f'<path class="w {via.kind}" d="M{x:g} {_centre(boxes[0]):g}h{-_STUB}"/>'
        return
    stubs = "".join(f"M{x:g} {_centre(box):g}h{-_JOINT}" for box in boxes)
    yield f'<path class="w {via.kind}" d="{stubs}"/>'
    ends = f"M{x - _JOINT:g} {_centre(boxes[0]):g}V{_centre(boxes[-1]):g}"
    yield f'<path class="j w {via.kind}" d="{ends}"/>'
    start = f"M{x - _JOINT:g} {_middle(boxes):g}H{x - _STUB:g}"
    yield f'<path class="w {via.kind}" d="{start}"/>'


def _line(via: Via, x: float, y: float, above: Box, onto: Via | None) -> str:
    """Draw a relation on from where it begins to the box above, or to its line."""
    x -= _STUB
    right = above.x + WIDTH
    if via.target.relation is None or onto is None:
        to = f"{right + 24:g} {_centre(above):g} {right:g} {_centre(above):g}"
        return f'<path class="w {via.kind}" d="M{x:g} {y:g}C{x - 22:g} {y:g} {to}"/>'
    is_over = via.kind == "support"
    passing = above.y - _PASS if is_over else above.y + above.height + _PASS
    end = above.x - _JOINT
    # A bar goes past the lower edge of its first box, a single line does not.
    until = passing if onto.group and not is_over else _centre(above)
    return (
        f'<path class="w {via.kind}" d="M{x:g} {y:g}C{x - 22:g} {y:g} '
        f'{right + 34:g} {passing:g} {right + 10:g} {passing:g}H{end:g}V{until:g}"/>'
        f'<circle class="{via.kind}" cx="{end:g}" cy="{until:g}" r="4"/>'
    )


def _node(node: FlatNode, box: Box, language: str) -> str:
    x, y = box.x, box.y
    verdict = f" {node.verdict}" if node.verdict else ""
    title = ""
    if box.lines[-1].endswith("…"):
        title = f"<title{language}>{xml(one_line(node.text))}</title>"
    parts = [
        f'<g>{title}<rect class="n{verdict}" x="{x:g}" y="{y:g}" width="{WIDTH}" '
        f'height="{box.height:g}" rx="6"/>'
    ]
    top = y + PADDING + 8
    if node.via:
        again = " · drawn elsewhere" if node.reference_to else ""
        parts.append(
            f'<text class="h" x="{x + PADDING:g}" y="{top:g}">'
            f'<tspan class="b {node.via.kind}">{verb(node.via)}</tspan>{again}</text>'
        )
    if judged := judgement(node):
        parts.append(
            f'<text class="h e" x="{x + WIDTH - PADDING:g}" y="{top:g}">{judged}</text>'
        )
    if node.strength:
        length = (WIDTH - 2 * PADDING) * node.strength
        parts.append(
            f'<rect class="{_STRENGTHS.get(node.side or "", "z")}" x="{x + PADDING:g}" '
            f'y="{top + 6:g}" width="{length:.1f}" height="{_BAR}"/>'
        )
    parts.append(_text(box, y + PADDING + HEADER + FONT, language))
    if node.hidden:
        parts.append(_more(node.hidden, x, y + box.height))
    parts.append("</g>")
    return "".join(parts)


_STRENGTHS: Final = {"pro": "support", "con": "rebut"}


def _text(box: Box, y: float, language: str) -> str:
    spans = []
    for i, plain in enumerate(box.lines):
        line = one_line(plain)
        x, end = box.x + PADDING, ""
        if line.startswith(ISOLATE) and is_rtl(plain):
            x, end = box.x + WIDTH - PADDING, ' class="e"'
        spans.append(f'<tspan x="{x:g}" y="{y + LINE * i:g}"{end}>{xml(line)}</tspan>')
    return f"<text{language}>{''.join(spans)}</text>"


def _more(count: int, x: float, y: float) -> str:
    """Say at the lower edge of a box how many nodes below it are not shown."""
    words = f"+{count}"
    width = 7 * len(words) + 12
    x += WIDTH - PADDING - width
    return (
        f'<rect class="m" x="{x:g}" y="{y - 8:g}" width="{width}" height="16" rx="8"/>'
        f'<text class="h" x="{x + 6:g}" y="{y + 4:g}">{words}</text>'
    )
