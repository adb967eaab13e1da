"""Cytoscape JSON: nodes and edges, as Cytoscape.js takes them. Write only.

Relations are nodes too: an edge leads from each premise to the relation, and one from
there to its target. Claims have ids ``c:key``, relations ``r:key``.
"""

from typing import Any, Final

from msgspec import json

from argmap.formats.baggage import rest
from argmap.model import Header, Map
from argmap.model.codec import lean
from argmap.plugin import Format, Report, all_but

Object = dict[str, Any]


def elements(map_: Map) -> tuple[list[Object], list[Object]]:
    """List the data of nodes and edges."""
    nodes: list[Object] = []
    edges: list[Object] = []
    for key, claim in map_.claims.items():
        own = rest(claim, ("key", "residue"), "")
        nodes.append({**own, "id": f"c:{key}", "label": claim.text, "type": "claim"})
    for key, relation in map_.relations.items():
        node = f"r:{key}"
        own = rest(relation, ("key", "premises", "target", "residue"), "")
        label = relation.scheme.name if relation.scheme else relation.kind
        nodes.append({**own, "id": node, "label": label, "type": "relation"})
        claim_key, other = relation.target.claim, relation.target.relation
        end = f"c:{claim_key}" if other is None else f"r:{other}"
        ends = [(f"c:{premise}", node, "premise") for premise in relation.premises]
        for start, stop, role in [*ends, (node, end, "target")]:
            edge = {"id": f"{start}-{stop}", "source": start, "target": stop}
            edges.append({**edge, "role": role})
    return nodes, edges


def write_map(map_: Map) -> tuple[bytes, Report]:
    """Write elements for Cytoscape.js, with all that claims and relations have."""
    nodes, edges = elements(map_)
    header = Header(**{n: getattr(map_, n) for n in Header.__struct_fields__})
    sources = [lean(source) for source in map_.sources.values()]
    document = {
        "data": {**rest(header, ("residue",), ""), "sources": sources},
        "elements": {
            "nodes": [{"data": node} for node in nodes],
            "edges": [{"data": edge} for edge in edges],
        },
    }
    return json.encode(document), ()


CYTOSCAPE: Final = Format(
    "cytoscape",
    "Cytoscape JSON",
    suffixes=(".cyjs", ".cytoscape.json"),
    media_type="application/json",
    write=write_map,
    features=all_but(lost="residue strange"),
)
