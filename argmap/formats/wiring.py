"""From the nodes and edges of a file to relations with premises and a target.

Many formats draw a relation as a node of its own between its premises and what it is
about. Here nodes are numbers; nothing is known of any format.
"""

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from argmap.model import RelationKind

Kind = Literal["claim", "support", "rebut", "rephrase"] | None
"""What a node stands for; None: nothing that the model knows."""

MOST_PREMISES: Final = 1000


class Wire(NamedTuple):
    """One relation: the node it is drawn as, its premises and its target."""

    node: int
    kind: RelationKind
    premises: list[int]
    target: int


class Wiring(NamedTuple):
    """Relations in the order of their nodes, and what has no part in any.

    Attributes:
        wires: Of one node with several conclusions, one after the other.
        loose_nodes: Nodes of relations that lack a premise or a conclusion, or that
            lead to themselves.
        loose_edges: Indexes of edges that no relation has.
    """

    wires: list[Wire]
    loose_nodes: list[int]
    loose_edges: list[int]


def wire(kinds: Sequence[Kind], edges: Sequence[tuple[int, int] | None]) -> Wiring:
    """Find the relations in a graph of claims and nodes between them.

    An edge is None where it is known already to be of no use. O(nodes + edges).

    >>> wire(["claim", "rebut", "claim"], [(0, 1), (1, 2)]).wires
    [Wire(node=1, kind='rebut', premises=[0], target=2)]
    """
    premises: dict[int, dict[int, int]] = {}  # of each node: by claim, the edge
    ends: dict[int, dict[int, int]] = {}
    for index, edge in enumerate(edges):
        if edge is None:
            continue
        start, end = edge
        if kinds[start] == "claim":
            if kinds[end] not in (None, "claim"):
                premises.setdefault(end, {}).setdefault(start, index)
        elif kinds[start] is not None and kinds[end] is not None:
            ends.setdefault(start, {}).setdefault(end, index)
    able = {
        node: below
        for node, below in ends.items()
        if node in premises and len(premises[node]) <= MOST_PREMISES
    }
    sound = _sound(kinds, premises, able)
    wires: list[Wire] = []
    loose_nodes: list[int] = []
    used: set[int] = set()
    for node, kind in enumerate(kinds):
        if kind is None or kind == "claim":
            continue
        if node not in sound:
            loose_nodes.append(node)
            continue
        used.update(premises[node].values())
        for end in sound[node]:
            used.add(ends[node][end])
            is_cut = kind == "rebut" and kinds[end] != "claim"
            wires.append(
                Wire(node, "undercut" if is_cut else kind, list(premises[node]), end)
            )
    loose_edges = [index for index in range(len(edges)) if index not in used]
    return Wiring(wires, loose_nodes, loose_edges)


def _sound(
    kinds: Sequence[Kind],
    premises: dict[int, dict[int, int]],
    ends: dict[int, dict[int, int]],
) -> dict[int, list[int]]:
    """Find nodes from which some claim is reached, and their good ends, in order."""
    waiting: dict[int, list[int]] = {}
    good: dict[int, set[int]] = {}
    front = []
    for node, below in ends.items():
        for end in below:
            if kinds[end] != "claim":
                if kinds[node] != "rephrase" and end != node:
                    waiting.setdefault(end, []).append(node)
            elif end not in premises[node]:
                good.setdefault(node, set()).add(end)
        if node in good:
            front.append(node)
    reached = set(front)
    while front:
        end = front.pop()
        for node in waiting.get(end, ()):
            # A node that is sound already may not come to depend on what depends on it.
            if node not in reached:
                reached.add(node)
                front.append(node)
                good.setdefault(node, set()).add(end)
            elif end not in good[node] and not _leads(good, end, node):
                good[node].add(end)
    return {node: [end for end in ends[node] if end in good[node]] for node in good}


def _leads(good: dict[int, set[int]], start: int, end: int) -> bool:
    """Say whether what a node is about is in the end another node.

    Only where a node has several conclusions is this asked, which is rare; a long way
    counts as one that leads there.
    """
    seen, front = {start}, [start]
    while front and len(seen) < 100:
        for below in good.get(front.pop(), ()):
            if below == end:
                return True
            if below in good and below not in seen:
                seen.add(below)
                front.append(below)
    return bool(front)
