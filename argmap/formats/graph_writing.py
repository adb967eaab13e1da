"""Claims and relations, written as nodes and edges in JSON."""

from collections.abc import Iterator, Mapping

from argmap.formats.baggage import MEMBER, left, rest, restored
from argmap.formats.graphs import Dialect, Id, Object, leftover
from argmap.model import Claim, Map, Relation, slug
from argmap.model.codec import lean


def write_graph(dialect: Dialect, map: Map) -> tuple[list[Object], list[Object]]:
    """Write claims and relations as nodes and edges, as they were where they were."""
    return _Writing(dialect, map).write()


class _Writing:
    def __init__(self, dialect: Dialect, map: Map) -> None:
        self.dialect, self.map = dialect, map
        self.leftover = leftover(map, dialect.format)
        self.ids: dict[str, str] = {}  # of claims
        self.nodes_of: dict[str, Id] = {}
        self.taken: set[str] = {
            str(node.get(dialect.id)) for node in self.leftover.nodes
        }
        self.shared: dict[str, str] = {}  # relations written as another one's node

    def write(self) -> tuple[list[Object], list[Object]]:
        claim_ids = {
            key: self.id(key, left(claim, self.dialect.format).id)
            for key, claim in self.map.claims.items()
        }
        relation_ids: dict[str, Id] = {}
        for key, relation in self.map.relations.items():
            if (first := self.first(relation)) is None:
                own = left(relation, self.dialect.format).id
                relation_ids[key] = self.id(key, own)
            else:
                self.shared[key] = first
        for key, first in self.shared.items():
            relation_ids[key] = relation_ids[first]
        claims = [
            self.node(claim, claim_ids[key]) for key, claim in self.map.claims.items()
        ]
        relations = [
            self.node(relation, relation_ids[key])
            for key, relation in self.map.relations.items()
            if key not in self.shared
        ]
        nodes = list(self.ordered(claims, relations))
        return nodes, list(self.edges(claim_ids, relation_ids))

    def first(self, relation: Relation) -> str | None:
        """Find the relation as whose further conclusion one is written."""
        of = left(relation, self.dialect.format).of
        other = self.map.relations.get(of) if of else None
        if (
            other is None
            or left(other, self.dialect.format).of is not None
            or other.premises != relation.premises
            or _drawn(other) != _drawn(relation)
        ):
            return None
        return other.key

    def id(self, key: str, residue: Id | None) -> Id:
        for wanted in (residue, key):
            if wanted is not None and str(wanted) not in self.taken:
                self.taken.add(str(wanted))
                return wanted
        free = slug(key, self.taken)
        self.taken.add(free)
        return free

    def node(self, item: Claim | Relation, node_id: Id) -> Object:
        dialect = self.dialect
        residue = left(item, dialect.format)
        if isinstance(item, Claim):
            written = dialect.claim_node(item, node_id)
            held = dialect.held_of_claims
        else:
            written = dialect.relation_node(item, node_id)
            held = dialect.held_of_relations
        members = rest(item, held, dialect.format)
        if residue.speaker is not None and isinstance(item, Claim):
            if item.speaker == residue.speaker:
                members.pop("speaker", None)
            else:
                members["speaker"] = item.speaker
        if str(node_id) != item.key and residue.id != node_id:
            members["key"] = item.key
        node = restored(written, residue)
        if isinstance(item, Relation) and dialect.scheme(node) != item.scheme:
            members["scheme"] = lean(item.scheme)
        return carrying(node, members, dialect.carrier)

    def ordered(
        self, claims: list[Object], relations: list[Object]
    ) -> Iterator[Object]:
        queues = {
            "c": iter(claims),
            "r": iter(relations),
            "x": iter(self.leftover.nodes),
        }
        for letter in self.leftover.order:
            if letter in queues and (node := next(queues[letter], None)) is not None:
                yield node
        for queue in queues.values():
            yield from queue

    def edges(
        self, claims: Mapping[str, Id], relations: Mapping[str, Id]
    ) -> Iterator[Object]:
        needed: dict[tuple[str, str], tuple[Id, Id]] = {}
        for key, relation in self.map.relations.items():
            own = relations[key]
            for premise in relation.premises:
                needed[str(claims[premise]), str(own)] = claims[premise], own
            claim, other = relation.target.claim, relation.target.relation
            end = relations[other] if other is not None else claims[claim or ""]
            needed[str(own), str(end)] = own, end
        dialect, loose = self.dialect, set(self.leftover.loose)
        known = self.taken | set(self.leftover.unknown)
        used = set()
        for index, edge in enumerate(self.leftover.edges):
            pair = str(edge.get(dialect.source)), str(edge.get(dialect.target))
            if index in loose:
                if pair[0] in known and pair[1] in known:
                    yield edge
            elif needed.pop(pair, None) is not None:
                yield edge
            used.add(str(edge.get(dialect.edge_id)))
        number = 0
        for start, end in needed.values():
            while True:
                number += 1
                new = dialect.edge(number, start, end)
                if str(new[dialect.edge_id]) not in used:
                    break
            yield new


def carrying(node: Object, members: Object, carrier: str | None) -> Object:
    """Put what a format has no words for into a node, where it stands in no way."""
    if not members:
        return node
    if carrier is None:
        return {**node, MEMBER: members}
    inside = node.get(carrier)
    return {
        **node,
        carrier: {**(inside if isinstance(inside, dict) else {}), MEMBER: members},
    }


def _drawn(relation: Relation) -> str:
    return "rebut" if relation.kind == "undercut" else relation.kind
