"""Nodes and edges in JSON, read as claims and relations."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from msgspec.structs import replace

from argmap.errors import Malformed
from argmap.formats import baggage
from argmap.formats.baggage import MEMBER, difference, filled
from argmap.formats.graphs import Dialect, Id, Object
from argmap.formats.remarks import Remarks
from argmap.formats.texts import fit, is_fit
from argmap.formats.wiring import Kind, Wire, wire
from argmap.model import Claim, Map, Relation, Target, is_key, slug
from argmap.model.codec import lean
from argmap.model.pointer import pointer
from argmap.plugin import Place

T = TypeVar("T", Claim, Relation)

_LETTERS: Final[dict[Kind, str]] = {
    None: "x",
    "claim": "c",
    "support": "r",
    "rebut": "r",
    "rephrase": "r",
}


@dataclass
class Graph:
    """What was read: claims, relations, the rest as residue, and where all that was."""

    claims: dict[str, Claim]
    relations: dict[str, Relation]
    residue: Object
    places: Callable[[], dict[str, list[Place]]]
    is_loaded: bool  # something was carried that may be wrong

    def checked(self, map: Map) -> Map:
        """Give the map that was made of this, if it is one."""
        return baggage.checked(map, self.places()) if self.is_loaded else map


def read_graph(
    dialect: Dialect,
    nodes: Any,
    edges: Any,
    remarks: Remarks,
    at: tuple[str, str] = ("/nodes", "/edges"),
    speakers: Mapping[str, str] | None = None,
) -> Graph:
    """Read nodes and edges; *at* points to them, *speakers* is by node.

    Raises:
        Malformed: They are no arrays of objects, or a node has no id.
    """
    return _Reading(dialect, remarks, at, speakers or {}).read(nodes, edges)


class _Reading:
    def __init__(
        self,
        dialect: Dialect,
        remarks: Remarks,
        at: tuple[str, str],
        speakers: Mapping[str, str],
    ) -> None:
        self.dialect, self.remarks = dialect, remarks
        self.nodes_at, self.edges_at = at
        self.speakers = speakers
        self.nodes: list[Object] = []
        self.kinds: list[Kind] = []
        self.index: dict[str, int] = {}
        self.unknown: dict[str, None] = {}
        self.is_loaded = False

    def read(self, nodes: Any, edges: Any) -> Graph:
        for index, node in enumerate(_objects(nodes, self.nodes_at)):
            self.take_node(index, node)
        pairs = self.pairs(_objects(edges, self.edges_at))
        wiring = wire(self.kinds, pairs)
        loose = set(wiring.loose_nodes)
        for number in wiring.loose_nodes:
            what = "a relation without premise or conclusion, or that leads to itself"
            self.keep("no-relation", what, self.node_at(number))
        for index in wiring.loose_edges:
            self.judge_edge(edges[index], index, pairs[index], loose)
        claims, claim_keys = self.claims()
        relations = self.relations(wiring.wires, claim_keys)
        residue = {
            "nodes": [
                node
                for index, node in enumerate(self.nodes)
                if self.kinds[index] is None or index in loose
            ],
            "order": "".join(self.letters(loose)),
            "edges": edges,
            "loose": wiring.loose_edges,
            "unknown": list(self.unknown),
        }
        residue = {name: value for name, value in residue.items() if value}

        def places() -> dict[str, list[Place]]:
            return {
                "claims": [Place(pointer=self.node_at(each)) for each in claim_keys],
                "relations": [
                    Place(pointer=self.node_at(each.node)) for each in wiring.wires
                ],
            }

        return Graph(claims, relations, residue, places, self.is_loaded)

    def take_node(self, index: int, node: Object) -> None:
        raw = node.get(self.dialect.id)
        if raw.__class__ is not str and raw.__class__ is not int:
            detail = f"a node needs {self.dialect.id!r}, a text or a whole number"
            raise Malformed(detail, self.nodes_at + pointer([index]))
        self.nodes.append(node)
        if self.index.setdefault(str(raw), index) != index:
            what = f"a second node with the id {raw!r}"
            self.keep("same-id", what, self.node_at(index), is_repair=True)
            self.kinds.append(None)
        else:
            self.kinds.append(self.dialect.kind(node))

    def pairs(self, edges: list[Object]) -> list[tuple[int, int] | None]:
        """Find the nodes that edges join, most of them by ids that are texts."""
        found = self.index
        source, target = self.dialect.source, self.dialect.target
        pairs: list[tuple[int, int] | None] = []
        for index, edge in enumerate(edges):
            start, end = edge.get(source), edge.get(target)
            if start.__class__ is end.__class__ is str:
                pair = found.get(start), found.get(end)
                if pair[0] is not None and pair[1] is not None:
                    pairs.append(pair)  # type: ignore[arg-type] # neither is None
                    continue
            pairs.append(self.ends(index, edge))
        return pairs

    def ends(self, index: int, edge: Object) -> tuple[int, int] | None:
        found = []
        for name in (self.dialect.source, self.dialect.target):
            end = edge.get(name)
            if end.__class__ is not str and end.__class__ is not int:
                detail = f"an edge needs {name!r}, the id of a node"
                raise Malformed(detail, self.edge_at(index, edge))
            found.append(self.index.get(str(end)))
            if found[-1] is None:
                self.unknown[str(end)] = None
                what = f"an edge to {end!r}, which no node is"
                self.keep("no-end", what, self.edge_at(index, edge), is_repair=True)
        start, end = found
        return None if start is None or end is None else (start, end)

    def judge_edge(
        self,
        edge: Object,
        index: int,
        pair: tuple[int, int] | None,
        loose: set[int],
    ) -> None:
        """Say why an edge is in no relation, unless what it is at is said already."""
        if pair is None or any(self.kinds[end] is None or end in loose for end in pair):
            return
        start, end = (self.kinds[each] for each in pair)
        what = "an edge between two claims, with no relation in it"
        if start != "claim" or end != "claim":
            what = "an edge that is there twice, or that a relation has no use for"
        self.keep("no-relation", what, self.edge_at(index, edge))

    def keep(
        self, code: str, what: str, pointer: str, *, is_repair: bool = False
    ) -> None:
        say = self.remarks.repair if is_repair else self.remarks.note
        say(code, what, "kept as residue", Place(pointer=pointer))

    def letters(self, loose: set[int]) -> list[str]:
        """Say in the words of `Leftover` what each node is."""
        letters = [_LETTERS[kind] for kind in self.kinds]
        for index in loose:
            letters[index] = "x"
        return letters

    def carried(self, node: Object) -> tuple[Object, Any]:
        """Give a node without what it carries, and that."""
        carrier = self.dialect.carrier
        if carrier is None:
            if MEMBER not in node:
                return node, None
            node = dict(node)
            return node, node.pop(MEMBER)
        inside = node.get(carrier)
        if not isinstance(inside, dict) or MEMBER not in inside:
            return node, None
        inside = dict(inside)
        what = inside.pop(MEMBER)
        node = {**node, carrier: inside}
        if not inside:
            del node[carrier]
        return node, what

    def node_at(self, index: int) -> str:
        is_keyed = self.dialect.is_keyed
        name = self.nodes[index][self.dialect.id] if is_keyed else index
        return self.nodes_at + pointer([name])

    def edge_at(self, index: int, edge: Object) -> str:
        name = edge[self.dialect.edge_id] if self.dialect.is_keyed else index
        return self.edges_at + pointer([name])

    def pointer(self, index: int) -> str:
        middle = f"/{self.dialect.carrier}" if self.dialect.carrier else ""
        return f"{self.node_at(index)}{middle}/{MEMBER}"

    def key(self, raw: Id, taken: Mapping[str, Any], load: Any, index: int) -> str:
        """Choose a key: the one carried, the id if it can be one, or one like it."""
        if isinstance(load, dict) and "key" in load:
            key = load["key"]
            if not isinstance(key, str):
                raise Malformed("a key is a text", f"{self.pointer(index)}/key")
            if key in taken:
                raise Malformed(f"{key!r} is taken", self.pointer(index))
            return key
        text = str(raw)
        if is_key(text) and text not in taken:
            return text
        return slug(text, taken, fallback="node")

    def claims(self) -> tuple[dict[str, Claim], dict[int, str]]:
        dialect, format_ = self.dialect, self.dialect.format
        claims: dict[str, Claim] = {}
        keys: dict[int, str] = {}
        for index, kind in enumerate(self.kinds):
            if kind != "claim":
                continue
            node, load = self.carried(self.nodes[index])
            raw = node[dialect.id]
            key = self.key(raw, claims, load, index)
            speaker = self.speakers.get(str(raw))
            text = dialect.text(node)
            if not is_fit(text):
                text = fit(text, self.remarks, Place(pointer=self.node_at(index)))
            if load is None:
                claim = Claim(key=key, speaker=speaker, text=text)
            else:
                self.is_loaded = True
                said = {"speaker": speaker} if speaker and "speaker" not in load else {}
                own = {"text": text, **said}
                claim = filled(Claim, load, own, self.pointer(index), key)
            residue = difference(
                node,
                dialect.claim_node(claim, raw),
                own_id=None if raw == key else raw,
                speaker=speaker,
            )
            claims[key] = _with_residue(claim, format_, residue)
            keys[index] = key
        return claims, keys

    def relations(
        self, wires: list[Wire], claim_keys: Mapping[int, str]
    ) -> dict[str, Relation]:
        keys: dict[int, str] = {}  # of nodes
        names: list[str] = []  # of wires
        taken: dict[str, Any] = {}
        for each in wires:
            node, load = self.nodes[each.node], None
            if each.node not in keys:
                _, load = self.carried(node)
            name = self.key(node[self.dialect.id], taken, load, each.node)
            keys.setdefault(each.node, name)
            taken[name] = None
            names.append(name)
        relations = {}
        for name, each in zip(names, wires, strict=True):
            target = (
                Target(claim=claim_keys[each.target])
                if each.target in claim_keys
                else Target(relation=keys[each.target])
            )
            premises = tuple(claim_keys[premise] for premise in each.premises)
            of = None if keys[each.node] == name else keys[each.node]
            relations[name] = self.relation(name, each, premises, target, of)
        return relations

    def relation(
        self,
        key: str,
        wire: Wire,
        premises: tuple[str, ...],
        target: Target,
        of: str | None,
    ) -> Relation:
        node, load = self.carried(self.nodes[wire.node])
        raw = node[self.dialect.id]
        relation = Relation(
            key=key,
            kind=wire.kind,
            premises=premises,
            target=target,
            scheme=self.dialect.scheme(node),
        )
        if load is not None:
            self.is_loaded = True
            own = ("kind", "premises", "target", "scheme")
            plain = {name: lean(getattr(relation, name)) for name in own}
            if isinstance(load, dict) and "scheme" in load:
                del plain["scheme"]
            load = {**load, "key": key} if isinstance(load, dict) else load
            relation = filled(Relation, load, plain, self.pointer(wire.node), key)
        if of is not None:
            residue: Object = {"of": of}
        else:
            written = self.dialect.relation_node(relation, raw)
            residue = difference(node, written, own_id=None if raw == key else raw)
        return _with_residue(relation, self.dialect.format, residue)


def _objects(value: Any, at: str) -> list[Object]:
    if not isinstance(value, list):
        raise Malformed("this is no array", at)
    for index, each in enumerate(value):
        if each.__class__ is not dict:
            raise Malformed("this is no object", f"{at}/{index}")
    return value


def _with_residue(item: T, format: str, residue: Object) -> T:
    return replace(item, residue={**item.residue, format: residue}) if residue else item
