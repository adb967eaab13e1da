"""Maps as nodes and edges in JSON: what AIF, SADFace, arguebuf and OVA have in common.

A claim is a node, a relation too; edges lead from premises to the relation and from
there to its target, which may be a relation. A `Dialect` says how nodes and edges are
spelt. What is no part of a relation stays as residue, in its place among the rest, and
is written back there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from msgspec import Struct, ValidationError
from msgspec import convert as convert_laxly

from argmap.formats.wiring import Kind
from argmap.model import Claim, Map, Relation, Scheme

Object = dict[str, Any]
Id = str | int


@dataclass(frozen=True)
class Dialect:
    """How a format spells nodes and edges.

    Attributes:
        format: Its name: what its residue is filed under.
        id, edge_id, source, target: Names of members.
        kind: What a node stands for.
        text: What a claim's node says.
        scheme: The scheme of a relation's node, None for the usual one.
        claim_node, relation_node: How a claim or relation is written, given its id.
        edge: How an edge is written, given its id and those of its ends.
        held: Members of claims, and of relations, that nodes hold themselves.
        is_keyed: Nodes and edges stand in objects by their ids, and not in arrays.
        carrier: The member, in nodes, that free members may stand in; None: the node.
    """

    format: str
    id: str
    edge_id: str
    source: str
    target: str
    kind: Callable[[Object], Kind]
    text: Callable[[Object], Any]
    scheme: Callable[[Object], Scheme | None]
    claim_node: Callable[[Claim, Id], Object]
    relation_node: Callable[[Relation, Id], Object]
    edge: Callable[[int, Id, Id], Object]
    held_of_claims: frozenset[str] = frozenset({"key", "text"})
    held_of_relations: frozenset[str] = frozenset(
        {"key", "kind", "premises", "target", "scheme"}
    )
    is_keyed: bool = False
    carrier: str | None = None


class Leftover(Struct, frozen=True, repr_omit_defaults=True):
    """What of a file's graph is no part of a map, and the order of all that is.

    Attributes:
        nodes: Those that stand for nothing that the model knows, as they were.
        order: For each node of the file, c for a claim, r for a relation, x for others.
        edges: All edges as they were, and ``loose``: which of them no relation has.
        unknown: Ids that edges name and no node has.
    """

    nodes: tuple[Object, ...] = ()
    order: str = ""
    edges: tuple[Object, ...] = ()
    loose: tuple[int, ...] = ()
    unknown: tuple[str, ...] = ()


def leftover(map: Map, format: str) -> Leftover:
    """Give what a format has left in a map's header; what is no such residue is none.

    >>> leftover(Map(key="m", residue={"aif": {"order": 3}}), "aif")
    Leftover()
    """
    try:
        return convert_laxly(map.residue.get(format, {}), Leftover)
    except ValidationError:
        return Leftover()
