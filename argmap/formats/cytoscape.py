"""Cytoscape JSON: nodes and edges, as Cytoscape.js takes them. Write only.

Nodes and edges are those of `argmap.render.graph`; nodes have all that items have.
"""

from typing import Any, Final

from msgspec import json, to_builtins

from argmap.formats.baggage import rest
from argmap.model import Header, Map
from argmap.model.codec import lean
from argmap.plugin import Format, Report, all_but
from argmap.render.graph import claim_id, edges, relation_id, relation_label

Object = dict[str, Any]


def elements(map_: Map) -> tuple[list[Object], list[Object]]:
    """List the data of nodes and edges."""
    nodes: list[Object] = []
    for key, claim in map_.claims.items():
        own = rest(claim, ("key", "residue"), "")
        node = {"id": claim_id(key), "label": claim.text, "type": "claim"}
        nodes.append({**own, **node})
    for key, relation in map_.relations.items():
        own = rest(relation, ("key", "premises", "target", "residue"), "")
        label = relation_label(relation)
        node = {"id": relation_id(key), "label": label, "type": "relation"}
        nodes.append({**own, **node})
    return nodes, to_builtins(tuple(edges(map_)))


def write_map(map_: Map) -> tuple[bytes, Report]:
    """Write elements for Cytoscape.js, with all that claims and relations have."""
    nodes, links = elements(map_)
    header = Header(**{n: getattr(map_, n) for n in Header.__struct_fields__})
    sources = [lean(source) for source in map_.sources.values()]
    document = {
        "data": {**rest(header, ("residue",), ""), "sources": sources},
        "elements": {
            "nodes": [{"data": node} for node in nodes],
            "edges": [{"data": edge} for edge in links],
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
