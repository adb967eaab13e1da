"""A tree as a flowchart for Mermaid: the root on top.

Ids are made up, since some words (``end``) are no ids there. Mermaid draws at most 500
edges and 50,000 characters unless it is told otherwise; a larger tree begins with a
comment that says so.
"""

from collections.abc import Iterator
from typing import Final

from argmap.model.items import RelationKind
from argmap.render.escapes import mermaid as quoted
from argmap.render.nodes import FlatNode, FlatTree
from argmap.render.wires import wires
from argmap.render.words import judgement, verb

_ARROWS: Final[dict[RelationKind, str]] = {
    "support": "-->",
    "rebut": "-.->",
    "undercut": "-.->",
    "rephrase": "-->",
}
MOST_EDGES: Final = 500
MOST_CHARACTERS: Final = 50_000


def mermaid(tree: FlatTree) -> str:
    """Write a tree as a flowchart."""
    chart = "".join(f"{line}\n" for line in _lines(tree))
    if len(tree.nodes) <= MOST_EDGES and len(chart) <= MOST_CHARACTERS:
        return chart
    return f"%% too large for Mermaid's defaults: raise maxEdges, maxTextSize\n{chart}"


def _lines(tree: FlatTree) -> Iterator[str]:
    yield "flowchart BT"
    for i, node in enumerate(tree.nodes):
        yield f"  n{i}[{quoted(_label(node))}]"
    points, lines = wires(tree)
    for point in points:
        yield f'  {point}((" "))'
    for start, end, via in lines:
        arrow = f"{_ARROWS[via.kind]}|{quoted(verb(via))}|" if via else "---"
        yield f"  {start} {arrow} {end}"
    again = [f"n{i}" for i, node in enumerate(tree.nodes) if node.reference_to]
    if again:
        yield "  classDef again stroke-dasharray:4"
        yield f"  class {','.join(again)} again"


def _label(node: FlatNode) -> str:
    judged = f" ({found})" if (found := judgement(node)) else ""
    more = f" ({node.hidden} more)" if node.hidden else ""
    return f"{node.text}{judged}{more}"
