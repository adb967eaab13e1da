"""A tree in DOT, the language of Graphviz: the root on top.

A node that unfolds elsewhere is dashed.
"""

from collections.abc import Iterator

from argmap.render.boxes import wrap
from argmap.render.escapes import dot as quoted
from argmap.render.nodes import FlatNode, FlatTree
from argmap.render.wires import wires
from argmap.render.words import judgement, verb

_LINES = 1_000  # which is more than the longest text has


def dot(tree: FlatTree) -> str:
    """Write a tree for Graphviz."""
    return "".join(f"{line}\n" for line in _lines(tree))


def _lines(tree: FlatTree) -> Iterator[str]:
    yield f"digraph {quoted(tree.map)} {{"
    yield "  rankdir=BT;"
    yield '  node [shape=box, style=rounded, fontname="sans-serif"];'
    for i, node in enumerate(tree.nodes):
        style = ', style="rounded,dashed"' if node.reference_to else ""
        yield f"  n{i} [label={quoted(_label(node))}{style}];"
    points, lines = wires(tree)
    for point in points:
        yield f"  {point} [shape=point];"
    for start, end, via in lines:
        style = f"label={quoted(verb(via))}" if via else "arrowhead=none"
        yield f"  {start} -> {end} [{style}];"
    yield "}"


def _label(node: FlatNode) -> str:
    more = [f"({node.hidden} more)"] if node.hidden else []
    judged = [found] if (found := judgement(node)) else []
    return "\n".join([*wrap(node.text, _LINES), *judged, *more])
