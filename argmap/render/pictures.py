"""The pictures of a tree: each form by its suffix. All show the same nodes.

Every form is written from the flat list of nodes, so that any depth will do.
"""

from collections.abc import Callable, Mapping
from typing import Final, Literal

from msgspec import Struct

from argmap.render import dot, markdown, mermaid, svg, text
from argmap.render.nodes import FlatTree

Suffix = Literal["svg", "txt", "md", "mmd", "dot"]


class Picture(Struct, frozen=True):
    """A form that a tree can be written in."""

    title: str
    media_type: str
    draw: Callable[[FlatTree], str]


PICTURES: Final[Mapping[Suffix, Picture]] = {
    "svg": Picture("an SVG", svg.MEDIA_TYPE, svg.svg),
    "txt": Picture("lines of text", "text/plain", text.text),
    "md": Picture("an outline in Markdown", "text/markdown", markdown.markdown),
    "mmd": Picture("a flowchart for Mermaid", "text/vnd.mermaid", mermaid.mermaid),
    "dot": Picture("a graph for Graphviz", "text/vnd.graphviz", dot.dot),
}
