"""SADFace JSON: atoms, and schemes between them. Open-argumentation, SADFace.

Two dialects are read. In 0.2 every scheme has the type ``scheme``, in 0.5 it is
``inference`` or ``conflict``. The tool of 0.5 draws its attacks the wrong way round,
which nobody can see from a file: edges are taken as they are written, unless the option
``reversed_attacks`` says otherwise. New files are of 0.5, with the logical direction,
and with all that the checker of 0.2 asks for.
"""

import re
from typing import Any, Final

from msgspec import Struct, json

from argmap.errors import Malformed
from argmap.formats.baggage import MEMBER, as_difference, difference, restored
from argmap.formats.documents import read_document, read_object, write_document
from argmap.formats.graph_writing import carrying
from argmap.formats.graphs import Dialect, Id, Object
from argmap.formats.remarks import Remarks
from argmap.formats.wiring import Kind
from argmap.model import Claim, Map, Relation, Scheme
from argmap.model.text import tidied
from argmap.plugin import Format, Report, all_but

_MARK: Final = re.compile(rb'"source_id"\s*:|"analyst_(?:name|email)"\s*:')

_ATTACKS: Final = {"attack", "conflict", "disagreement"}
_REPHRASE: Final = "rephrase"

_RESOURCES: Final[Object] = {"resources": []}


class Options(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``reversed_attacks``: conflicts lead from the target to the attacker."""

    reversed_attacks: bool = False


def sniff(data: bytes) -> float:
    """Look for source_id or an analyst."""
    return 0.9 if _MARK.search(data) else 0.0


def _kind(node: Object) -> Kind:
    type_, name = node.get("type"), node.get("name")
    if type_ == "atom":
        return "claim"
    if type_ == "conflict" or (type_ == "scheme" and _lower(name) in _ATTACKS):
        return "rebut"
    if type_ in ("inference", "scheme"):
        return "rephrase" if _lower(name) == _REPHRASE else "support"
    return None


def _lower(name: Any) -> str:
    return name.lower() if isinstance(name, str) else ""


def _scheme(node: Object) -> Scheme | None:
    name = node.get("name")
    if not isinstance(name, str) or not name.strip():
        return None
    usual = {"support", _REPHRASE} | (_ATTACKS if _kind(node) == "rebut" else set())
    return None if name.lower() in usual else Scheme(name=name[:500])


def _claim_node(claim: Claim, node_id: Id) -> Object:
    return {
        "id": node_id,
        "type": "atom",
        "text": claim.text,
        "sources": [],
        "metadata": {},
    }


def _relation_node(relation: Relation, node_id: Id) -> Object:
    is_attack = relation.kind in ("rebut", "undercut")
    usual = _REPHRASE if relation.kind == "rephrase" else "support"
    if relation.scheme and relation.kind != "rephrase":
        name = relation.scheme.name
    else:
        name = "attack" if is_attack else usual
    type_ = "conflict" if is_attack else "inference"
    return {"id": node_id, "type": type_, "name": name, "metadata": {}}


def _edge(number: int, start: Id, end: Id) -> Object:
    return {"id": f"edge-{number}", "source_id": start, "target_id": end}


DIALECT: Final = Dialect(
    format="sadface",
    id="id",
    edge_id="id",
    source="source_id",
    target="target_id",
    kind=_kind,
    text=lambda node: node.get("text"),
    scheme=_scheme,
    claim_node=_claim_node,
    relation_node=_relation_node,
    edge=_edge,
    carrier="metadata",
)


def _core(map_: Map) -> Object:
    return {
        "analyst_email": "",
        "analyst_name": "",
        "created": "",
        "edited": "",
        "version": "0.5",
        "title": map_.title,
        "description": map_.description,
    }


def read_map(data: bytes, options: Options) -> tuple[Map, Report]:
    """Read SADFace of 0.2 or 0.5; resources are kept as residue."""
    remarks = Remarks()
    document = read_object(data)
    metadata = document.pop("metadata", {})
    if not isinstance(metadata, dict):
        raise Malformed("this is no object", "/metadata")
    metadata = dict(metadata)
    if MEMBER in metadata:
        document[MEMBER] = metadata.pop(MEMBER)
    found = metadata.pop("core", {})
    core: Object = found if isinstance(found, dict) else {}
    header: Object = {
        name: tidied(text)
        for name, most in (("title", 500), ("description", 20_000))
        if isinstance(text := core.get(name), str) and len(text) <= most
    }
    if options.reversed_attacks:
        _turn_attacks(document)
    map_ = read_document(
        document,
        DIALECT,
        remarks,
        _RESOURCES,
        header=header,
        around=difference(metadata, {}),
        core=difference(core, _core(Map(key="", **header))),
    )
    return map_, remarks.report()


def write_map(map_: Map, options: Options) -> tuple[bytes, Report]:
    """Write SADFace 0.5; what it has no words for stands in members ``argmap``."""
    document = write_document(map_, DIALECT, _RESOURCES, ("title", "description"))
    residue = map_.residue.get("sadface")
    residue = residue if isinstance(residue, dict) else {}
    core = restored(_core(map_), as_difference(residue.get("core")))
    core.setdefault("id", map_.key)
    metadata = restored({"core": core}, as_difference(residue.get("around")))
    load = document.pop(MEMBER, {})
    if options.reversed_attacks:
        _turn_attacks(document)
    document["metadata"] = metadata
    return json.encode(carrying(document, load, "metadata")), ()


def _turn_attacks(document: Object) -> None:
    """Turn the edges of conflicts round, in a document of whatever shape."""
    nodes, edges = document.get("nodes"), document.get("edges")
    if not isinstance(nodes, list) or not isinstance(edges, list):
        return  # told by whoever reads it
    attacks = {
        str(node.get("id"))
        for node in nodes
        if isinstance(node, dict) and _kind(node) == "rebut"
    }
    document["edges"] = [
        {**edge, "source_id": edge.get("target_id"), "target_id": edge.get("source_id")}
        if isinstance(edge, dict)
        and attacks & {str(edge.get("source_id")), str(edge.get("target_id"))}
        else edge
        for edge in edges
    ]


SADFACE: Final = Format(
    "sadface",
    "SADFace JSON",
    suffixes=(".sadface.json",),
    media_type="application/json",
    sniff=sniff,
    read=read_map,
    write=write_map,
    options=Options,
    features=all_but(
        residue="language targets data wordings claim-kinds base-scores speakers tags "
        "implicit-claims passages sources source-texts weights questions residue "
        "strange"
    ),
)
