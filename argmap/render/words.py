"""What pictures say of a node, in words: each of them the same ones."""

from collections.abc import Iterator
from typing import Final

from argmap.errors import TooDeep
from argmap.model.items import RelationKind
from argmap.render.nodes import FlatNode, FlatTree, Via
from argmap.render.places import DEEPEST

SIGNS: Final[dict[RelationKind, str]] = {
    "support": "+",
    "rebut": "-",
    "undercut": "x",
    "rephrase": "=",
}

_VERBS: Final[dict[RelationKind, str]] = {
    "support": "supports",
    "rebut": "rebuts",
    "undercut": "undercuts",
    "rephrase": "says the same",
}


def verb(via: Via) -> str:
    """Say what a relation does to its target; one that supports a relation backs it."""
    is_backing = via.kind == "support" and via.target.relation is not None
    return "backs" if is_backing else _VERBS[via.kind]


def judgement(node: FlatNode) -> str:
    """Say how strong a claim is, and what follows from that, as far as it is known."""
    strength = [] if node.strength is None else [f"{node.strength:.2f}"]
    return " ".join([*strength, *([node.verdict] if node.verdict else [])])


def below(tree: FlatTree) -> dict[str, list[FlatNode]]:
    """List the children of each node that has some, by its id."""
    found: dict[str, list[FlatNode]] = {}
    for node in tree.nodes:
        if node.parent is not None:
            found.setdefault(node.parent, []).append(node)
    return found


def outline(tree: FlatTree) -> Iterator[tuple[int, FlatNode]]:
    """List nodes depth-first, with how deep they are.

    Raises:
        TooDeep: The tree has more than 248 levels; what is indented grows with each.
    """
    children = below(tree)
    pending = [(0, tree.nodes[0])]
    while pending:
        depth, node = pending.pop()
        if depth > DEEPEST:
            raise TooDeep(DEEPEST)
        yield depth, node
        for child in reversed(children.get(node.id, ())):
            pending.append((depth + 1, child))
