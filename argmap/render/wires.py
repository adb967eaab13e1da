"""A tree as a graph, for programs that do the drawing themselves."""

from typing import NamedTuple

from argmap.render.nodes import FlatTree, Via


class Wire(NamedTuple):
    """A line from one name to another; one without a relation leads to a point."""

    start: str
    end: str
    via: Via | None


def wires(tree: FlatTree) -> tuple[list[str], list[Wire]]:
    """Name the points that a tree needs, and list its lines.

    Nodes are called n0, n1 and so on, as they are listed. A relation of one premise
    that no other is about is a line; any other is a point that its premises lead to and
    that it starts from, so that others can end there.
    """
    about = {node.via.target.relation for node in tree.nodes if node.via}
    names = {node.id: f"n{i}" for i, node in enumerate(tree.nodes)}
    points: dict[str, str] = {}
    lines: list[Wire] = []
    for node in tree.nodes:
        if node.via is None:
            continue
        start, key = names[node.id], node.via.relation
        end = names.get(node.parent or "")
        if node.via.target.relation is not None:
            end = points.get(node.via.target.relation)
        if key in about or node.via.group:
            is_new = key not in points
            point = points.setdefault(key, f"r{len(points)}")
            lines.append(Wire(start, point, None))
            start = point
            if not is_new:
                continue
        if end is not None:
            lines.append(Wire(start, end, node.via))
    return list(points.values()), lines
