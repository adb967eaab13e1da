"""GraphML: nodes and edges in XML, with typed attributes. Write only.

The graph is that of Cytoscape JSON: relations are nodes too. Attributes are declared;
lists are joined by semicolons, for readers know numbers, truth and texts.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from msgspec import to_builtins

from argmap.formats.cytoscape import Object, elements
from argmap.model import Map
from argmap.plugin import Format, Report, only
from argmap.render.escapes import xml
from argmap.render.graph import Graph

Objects = Sequence[Object]

_SPACE: Final = "http://graphml.graphdrawing.org/xmlns"

ATTRIBUTES: Final = {
    "label": "string",
    "type": "string",
    "kind": "string",
    "base_score": "double",
    "speaker": "string",
    "tags": "string",
    "wordings": "string",
    "implicit": "boolean",
    "weight": "double",
    "scheme": "string",
    "role": "string",
}


JUDGED: Final = {"strength": "double", "rank": "long", "verdict": "string"}
"""What nodes have where a rule has judged them."""


def write_map(map_: Map) -> tuple[bytes, Report]:
    """Write GraphML that networkx, Gephi and yEd read."""
    return written(map_, *elements(map_), ATTRIBUTES), ()


def judged(map_: Map, graph: Graph) -> bytes:
    """Write a graph with what a rule has made of it."""
    drawn = to_builtins(graph.elements)
    nodes = [element["data"] for element in drawn["nodes"]]
    edges = [element["data"] for element in drawn["edges"]]
    return written(map_, nodes, edges, ATTRIBUTES | JUDGED)


def written(
    map_: Map, nodes: Objects, edges: Objects, attributes: dict[str, str]
) -> bytes:
    """Write nodes and edges as GraphML, with those of their members that it names."""
    lines = _lines(map_, nodes, edges, attributes)
    return "".join(f"{line}\n" for line in lines).encode()


def _lines(
    map_: Map, nodes: Objects, edges: Objects, attributes: dict[str, str]
) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<graphml xmlns="{_SPACE}">'
    for name, type_ in attributes.items():
        domain = "edge" if name == "role" else "node"
        yield (
            f'  <key id="{name}" for="{domain}" attr.name="{name}" '
            f'attr.type="{type_}"/>'
        )
    yield f'  <graph id="{xml(map_.key)}" edgedefault="directed">'
    if map_.title:
        yield f"    <desc>{xml(map_.title)}</desc>"
    for node in nodes:
        node_id = xml(node["id"])
        yield f'    <node id="{node_id}">{_data(node, attributes)}</node>'
    for edge in edges:
        source, target = xml(edge["source"]), xml(edge["target"])
        ends = f'source="{source}" target="{target}"'
        yield f"    <edge {ends}>{_data(edge, attributes)}</edge>"
    yield "  </graph>"
    yield "</graphml>"


def _data(item: Object, attributes: dict[str, str]) -> str:
    return "".join(
        f'<data key="{name}">{xml(_said(item[name]))}</data>'
        for name in attributes
        if item.get(name) is not None
    )


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "; ".join(map(str, value))
    if isinstance(value, dict):
        return str(value.get("name", ""))
    return str(value)


GRAPHML: Final = Format(
    "graphml",
    "GraphML",
    suffixes=(".graphml",),
    media_type="application/graphml+xml",
    write=write_map,
    features=only(
        "keys title texts line-breaks wordings claim-kinds base-scores speakers tags "
        "implicit-claims isolated-claims supports rebuts undercuts backing rephrases "
        "linked-premises weights schemes several-parents cycles order"
    ),
)
