"""Documents of nodes and edges: these, and whatever stands beside them."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from argmap.errors import Malformed
from argmap.formats import baggage
from argmap.formats.baggage import KEYED, MEMBER, difference, left, restored
from argmap.formats.exchange import UNNAMED
from argmap.formats.graph_reading import read_graph
from argmap.formats.graph_writing import write_graph
from argmap.formats.graphs import Dialect, Object
from argmap.formats.remarks import Remarks
from argmap.model import Header, Map
from argmap.model.codec import decode, lean

DEEPEST: Final = 50
"""Levels of a document: parts of it become residue, which may not nest as deep."""


def read_object(data: bytes) -> Object:
    """Decode a JSON document that is an object.

    Raises:
        Malformed: It is something else, or nests deeper than residue may.
    """
    document: Any = decode(data, Any, DEEPEST)
    if not isinstance(document, dict):
        raise Malformed("this is no object")
    return document


def read_document(
    document: Any,
    dialect: Dialect,
    remarks: Remarks,
    usual: Object,
    at: str = "",
    *,
    speakers: Mapping[str, str] | None = None,
    header: Object | None = None,
    **outer: Any,
) -> Map:
    """Read nodes, edges and whatever stands beside them; *at* points there.

    *usual* is what stands beside them in a new file, *header* what it says of the map,
    *outer* is further residue.

    Raises:
        Malformed: It has no nodes and edges.
    """
    if not isinstance(document, dict):
        raise Malformed("this is no object", at)
    document = dict(document)
    for name in ("nodes", "edges"):
        if name not in document:
            raise Malformed(f"there are no {name!r}", at)
    nodes, edges = document.pop("nodes"), document.pop("edges")
    load = document.pop(MEMBER, {})
    graph = read_graph(
        dialect,
        nodes,
        edges,
        remarks,
        (f"{at}/nodes", f"{at}/edges"),
        speakers,
    )
    carried = load.get("map") if isinstance(load, dict) else None
    if isinstance(carried, dict) and "key" in carried:
        outer[KEYED] = True
    residue = {**graph.residue, **difference(document, usual), **outer}
    if foreign := graph.residue.get("nodes"):
        types = {str(node.get("type", "?")) for node in foreign}
        what = f"{len(foreign)} nodes ({', '.join(sorted(types))[:200]})"
        remarks.note("strange", what, "kept as residue")
    map_ = Map(
        key=UNNAMED,
        **(header or {}),
        claims=graph.claims,
        relations=graph.relations,
        residue={dialect.format: residue},
    )
    return (
        graph.checked(with_load(map_, load, f"{at}/{MEMBER}"))
        if load
        else (graph.checked(map_))
    )


def with_load(map: Map, load: Any, at: str) -> Map:
    """Give a map the header and the sources that a file carries.

    Raises:
        Malformed: They are wrong; *at* points to them.
    """
    if not isinstance(load, dict):
        raise Malformed("this is no object", at)
    own = baggage.rest(Header(**_header(map)), ("key", "residue"), "")
    header = baggage.filled(
        Header,
        load.get("map", {}),
        {**own, "residue": {**_residue(load.get("map")), **map.residue}},
        f"{at}/map",
        map.key,
    )
    sources = baggage.carried_sources(load.get("sources", []), f"{at}/sources")
    return baggage.checked(
        Map(
            **_header(header),
            sources=sources,
            claims=map.claims,
            relations=map.relations,
        ),
        {},
    )


def write_document(
    map: Map, dialect: Dialect, usual: Object, held: Iterable[str] = ()
) -> Object:
    """Write nodes, edges and what stood beside them, or else what usually does.

    *held* are members of the map that the caller writes in the format's own way.
    """
    nodes, edges = write_graph(dialect, map)
    load = baggage.header(map, dialect.format, held)
    if map.sources:
        load["sources"] = [lean(source) for source in map.sources.values()]
    document: Object = {"nodes": nodes, "edges": edges}
    document |= restored(dict(usual), left(map, dialect.format))
    return {**document, MEMBER: load} if load else document


def _header(map: Header) -> Object:
    return {name: getattr(map, name) for name in Header.__struct_fields__}


def _residue(header: Any) -> Object:
    residue = header.get("residue") if isinstance(header, dict) else None
    return residue if isinstance(residue, dict) else {}
