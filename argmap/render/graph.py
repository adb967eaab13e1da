"""A whole map as a graph, for clients that lay it out themselves: a public form.

Relations are nodes too, for what undercuts one leads to it: an edge goes from each
premise to the relation, and one from there to its target. Claims have ids ``c:key``,
relations ``r:key``. The members are those of Cytoscape.js.
"""

from collections.abc import Iterator, Mapping
from typing import Literal

from msgspec import Struct

from argmap.model import Claim, ClaimKind, ItemKind, Map, Relation, RelationKind
from argmap.plugin import Evaluation, Verdict
from argmap.plugin.evaluation import Inputs

Role = Literal["premise", "target"]


class ClaimNode(Struct, frozen=True, kw_only=True, tag_field="type", tag="claim"):
    """A claim, and what the rule makes of it; ``is_target``: it is under debate."""

    id: str
    label: str
    key: str
    rev: int | None
    kind: ClaimKind
    base_score: float | None
    speaker: str | None
    tags: tuple[str, ...]
    implicit: bool
    is_target: bool
    strength: float
    rank: int
    verdict: Verdict | None


class RelationNode(Struct, frozen=True, kw_only=True, tag_field="type", tag="relation"):
    """A relation. ``strength`` is null under rules that give relations none."""

    id: str
    label: str
    key: str
    rev: int | None
    kind: RelationKind
    weight: float
    scheme: str | None
    strength: float | None


class Edge(Struct, frozen=True):
    """A way from a premise to its relation, or from a relation to its target."""

    id: str
    source: str
    target: str
    role: Role


class NodeElement(Struct, frozen=True):
    """A node as Cytoscape.js takes it."""

    data: ClaimNode | RelationNode


class EdgeElement(Struct, frozen=True):
    """An edge as Cytoscape.js takes it."""

    data: Edge


class Elements(Struct, frozen=True):
    """All that is drawn: claims, then relations, in the map's order."""

    nodes: tuple[NodeElement, ...]
    edges: tuple[EdgeElement, ...]


class Graph(Inputs, frozen=True, kw_only=True):
    """A map as nodes and edges, under a rule."""

    elements: Elements


def graph(
    map: Map, evaluation: Evaluation, revs: Mapping[tuple[ItemKind, str], int]
) -> Graph:
    """Make the graph of a map, with what a rule has made of it.

    Args:
        map: The map; it is valid.
        evaluation: That of one rule, of the same map.
        revs: The revision that last changed each item, by kind and key.
    """
    targets = set(map.targets)
    nodes: list[ClaimNode | RelationNode] = []
    for key, claim in map.claims.items():
        rev, is_target = revs.get(("claim", key)), key in targets
        nodes.append(_claim_node(claim, evaluation, rev, is_target=is_target))
    for key, relation in map.relations.items():
        rev = revs.get(("relation", key))
        nodes.append(_relation_node(relation, evaluation, rev))
    return Graph(
        **evaluation.inputs,
        elements=Elements(
            nodes=tuple(NodeElement(node) for node in nodes),
            edges=tuple(EdgeElement(edge) for edge in edges(map)),
        ),
    )


def _claim_node(
    claim: Claim, evaluation: Evaluation, rev: int | None, *, is_target: bool
) -> ClaimNode:
    judged = evaluation.claims[claim.key]
    return ClaimNode(
        id=claim_id(claim.key),
        label=claim.text,
        key=claim.key,
        rev=rev,
        kind=claim.kind,
        base_score=claim.base_score,
        speaker=claim.speaker,
        tags=claim.tags,
        implicit=claim.implicit,
        is_target=is_target,
        strength=judged.strength,
        rank=judged.rank,
        verdict=judged.verdict,
    )


def _relation_node(
    relation: Relation, evaluation: Evaluation, rev: int | None
) -> RelationNode:
    return RelationNode(
        id=relation_id(relation.key),
        label=relation_label(relation),
        key=relation.key,
        rev=rev,
        kind=relation.kind,
        weight=relation.weight,
        scheme=relation.scheme.name if relation.scheme else None,
        strength=evaluation.relations.get(relation.key),
    )


def claim_id(key: str) -> str:
    """Name the node of a claim."""
    return f"c:{key}"


def relation_id(key: str) -> str:
    """Name the node of a relation."""
    return f"r:{key}"


def relation_label(relation: Relation) -> str:
    """Say in a word what a relation is."""
    return relation.scheme.name if relation.scheme else relation.kind


def edges(map: Map) -> Iterator[Edge]:
    """List what leads to each relation, and from there to its target.

    >>> from argmap.plugin import Map
    >>> [edge.id for edge in edges(Map.of(["a", "b"], rebuts=[("b", "a")]))]
    ['c:b-r:r1', 'r:r1-c:a']
    """
    for key, relation in map.relations.items():
        node = relation_id(key)
        claim, other = relation.target.claim, relation.target.relation
        end = claim_id(claim or "") if other is None else relation_id(other)
        for premise in relation.premises:
            yield _edge(claim_id(premise), node, "premise")
        yield _edge(node, end, "target")


def _edge(source: str, target: str, role: Role) -> Edge:
    return Edge(f"{source}-{target}", source, target, role)
