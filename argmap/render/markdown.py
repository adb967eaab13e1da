"""A tree as an outline in Markdown: nested lists, for people."""

from argmap.render.escapes import markdown as escaped
from argmap.render.nodes import FlatNode, FlatTree
from argmap.render.words import judgement, outline, verb


def markdown(tree: FlatTree) -> str:
    """Write a tree as nested lists, an item a node.

    Raises:
        TooDeep: The tree has more than 248 levels.

    >>> from argmap.model.items import Map
    >>> from argmap.render.tree import flat_tree
    >>> city = Map.of(["tram", "cost"], rebuts=[("cost", "tram")])
    >>> print(markdown(flat_tree(city, "tram")))
    - tram
      - **rebuts:** cost
    <BLANKLINE>
    """
    lines = (f"{'  ' * depth}- {_item(node)}\n" for depth, node in outline(tree))
    return "".join(lines)


def _item(node: FlatNode) -> str:
    words = []
    if node.via:
        linked = f" (with {node.via.group})" if node.via.group else ""
        words.append(f"**{verb(node.via)}{linked}:**")
    words.append(escaped(node.text))
    if judged := judgement(node):
        words.append(f"({judged})")
    if node.reference_to:
        words.append("*(see there)*")
    if node.hidden:
        words.append(f"*({node.hidden} more)*")
    return " ".join(words)
