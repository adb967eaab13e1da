"""AIF JSON, as AIFdb gives and takes it: nodes of information, nodes of schemes.

A claim is an I-node, a relation an RA-, CA- or MA-node; a CA-node that leads to another
such node undercuts it. Locutions, illocutions, transitions and preferences are residue,
but for who says what: the speaker of a claim is that of the one locution which asserts
it. Argumentation Research Group, AIFdb (actions/json.php).
"""

import re
from typing import Any, Final

from msgspec import json

from argmap.formats.baggage import CARRIED
from argmap.formats.documents import read_document, read_object, write_document
from argmap.formats.graphs import Dialect, Id, Object
from argmap.formats.remarks import Remarks
from argmap.formats.speakers import speakers
from argmap.formats.texts import name_of
from argmap.formats.wiring import Kind
from argmap.model import Claim, Map, Relation, RelationKind, Scheme
from argmap.plugin import Format, Report, all_but

KINDS: Final[dict[Any, Kind]] = {
    "I": "claim",
    "RA": "support",
    "CA": "rebut",
    "MA": "rephrase",
}

TYPES: Final[dict[RelationKind, str]] = {
    "support": "RA",
    "rebut": "CA",
    "undercut": "CA",
    "rephrase": "MA",
}

USUAL: Final = {
    "RA": ("Default Inference", "72"),
    "CA": ("Default Conflict", "71"),
    "MA": ("Default Rephrase", "144"),
}
"""What a node is called that follows no scheme, and AIFdb's id of that."""

_USUAL_PARTS: Final[Object] = {"locutions": []}

NO_SCHEMES: Final = {"", "RA", "CA", "MA", *(name for name, _ in USUAL.values())}

_MARK: Final = re.compile(rb'"(?:nodeID|locutions)"\s*:')
_OUTER: Final = re.compile(rb'"AIF"\s*:')


def sniff(data: bytes) -> float:
    """Look for nodeID, outside of xAIF."""
    return 0.9 if _MARK.search(data) and not _OUTER.search(data) else 0.0


def kind(node: Object) -> Kind:
    """Say what a node's type stands for."""
    type_ = node.get("type")
    return KINDS.get(type_) if type_.__class__ is str else None


def scheme(node: Object) -> Scheme | None:
    """Read a node's scheme: by its name, or else by its text."""
    said = node.get("scheme") or node.get("text")
    if said in NO_SCHEMES if said.__class__ is str else True:
        return None
    name = name_of(said)
    return Scheme(name=name, id=scheme_id(node.get("schemeID"))) if name else None


def scheme_id(value: Any) -> str | None:
    """Read the id of a scheme, a text or a number."""
    return name_of(str(value)) if isinstance(value, str | int) else None


def claim_node(claim: Claim, node_id: Id) -> Object:
    """Write a claim as an I-node."""
    return {"nodeID": node_id, "text": claim.text, "type": "I"}


def relation_node(relation: Relation, node_id: Id) -> Object:
    """Write a relation as an RA-, CA- or MA-node."""
    type_ = TYPES[relation.kind]
    if relation.scheme is None:
        name, scheme_id = USUAL[type_]
    else:
        name, scheme_id = relation.scheme.name, relation.scheme.id or ""
    node = {"nodeID": node_id, "text": name, "type": type_, "scheme": name}
    if scheme_id:
        node["schemeID"] = scheme_id
    return node


def edge(number: int, start: Id, end: Id) -> Object:
    """Write an edge."""
    return {
        "edgeID": str(number),
        "fromID": start,
        "toID": end,
        "formEdgeID": None,
    }


DIALECT: Final = Dialect(
    format="aif",
    id="nodeID",
    edge_id="edgeID",
    source="fromID",
    target="toID",
    kind=kind,
    text=lambda node: node.get("text"),
    scheme=scheme,
    claim_node=claim_node,
    relation_node=relation_node,
    edge=edge,
)


def read_map(data: bytes) -> tuple[Map, Report]:
    """Read AIF as AIFdb has it; dialogue and preferences are kept as residue."""
    remarks = Remarks()
    document = read_object(data)
    map_ = read_document(
        document, DIALECT, remarks, _USUAL_PARTS, speakers=speakers(document)
    )
    return map_, remarks.report()


def write_map(map_: Map) -> tuple[bytes, Report]:
    """Write AIF; what it has no words for stands in members called ``argmap``."""
    return json.encode(write_document(map_, DIALECT, _USUAL_PARTS)), ()


AIF: Final = Format(
    "aif",
    "AIF JSON",
    suffixes=(".aif.json",),
    media_type="application/json",
    sniff=sniff,
    read=read_map,
    write=write_map,
    features=all_but(residue=CARRIED),
)
