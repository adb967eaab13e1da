"""OVA2 JSON: what the second Online Visualisation of Argument saved. Read only.

AIF's types of nodes, with a place on the screen; edges hold whole nodes, of which the
ids count. The analysed text is HTML whose spans are the claims' passages.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from html import unescape
from typing import Any, Final

from msgspec.structs import replace as changed

from argmap.errors import Malformed
from argmap.formats.aif import DIALECT as AIF_DIALECT
from argmap.formats.aif import NO_SCHEMES
from argmap.formats.documents import read_object
from argmap.formats.exchange import UNNAMED
from argmap.formats.graph_reading import read_graph
from argmap.formats.graphs import Dialect, Id, Object
from argmap.formats.remarks import Remarks
from argmap.model import (
    Map,
    Passage,
    PassageReference,
    Scheme,
    Source,
    Span,
)
from argmap.model.passages import measured
from argmap.model.text import forbidden
from argmap.plugin import Format, Report

_MARK: Final = re.compile(rb'"analysis"\s*:\s*\{')
_NODES: Final = re.compile(rb'"(?:participantID|cqdesc)"\s*:')
_DAY: Final = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")
_TAG: Final = re.compile(r"<(/?)([A-Za-z]+)([^<>]*)>")
_NODE: Final = re.compile(r"\bid\s*=\s*[\"']?node([0-9]{1,15})\b")
_SOURCE: Final = "text"
_ENDS: Final = ("from", "to")


def sniff(data: bytes) -> float:
    """Look for an analysis beside nodes of OVA's."""
    return 0.9 if _MARK.search(data) and _NODES.search(data) else 0.0


def _scheme(node: Object) -> Scheme | None:
    name, own = node.get("text"), node.get("scheme")
    if not isinstance(name, str) or name in NO_SCHEMES or not name.strip():
        return None
    is_said = isinstance(own, str) and own.strip() not in ("", "0")
    return Scheme(name=name[:500], id=str(own)[:500] if is_said else None)


def _edge(number: int, start: Id, end: Id) -> Object:
    return {"id": number, "from": start, "to": end}


DIALECT: Final[Dialect] = replace(
    AIF_DIALECT,
    format="ova2",
    id="id",
    edge_id="id",
    source="from",
    target="to",
    scheme=_scheme,
    edge=_edge,
)


def read_map(data: bytes) -> tuple[Map, Report]:
    """Read what OVA2 saved; the layout is left out, with a remark."""
    remarks = Remarks()
    document = read_object(data)
    nodes = document.get("nodes")
    people = _people(document.get("participants"))
    speakers = {
        str(node.get("id")): people[str(node.get("participantID"))]
        for node in (nodes if isinstance(nodes, list) else ())
        if isinstance(node, dict) and str(node.get("participantID")) in people
    }
    edges = _flat(document.get("edges"))
    graph = read_graph(DIALECT, nodes, edges, remarks, speakers=speakers)
    strange = graph.residue.get("nodes", ())
    if strange:
        remarks.loss("strange", f"{len(strange)} nodes of other types", "left out")
    remarks.loss("layout", "places, sizes and colours of nodes", "left out")
    major = {str(node["id"]) for node in nodes or () if node.get("majorClaim") is True}
    claims = {key: changed(claim, residue={}) for key, claim in graph.claims.items()}
    source, spans = _source(document.get("analysis"))
    if source:
        for own in spans:
            if own in claims:
                reference = PassageReference(source=_SOURCE, passage=own)
                claims[own] = changed(claims[own], passages=(reference,))
    map_ = Map(
        key=UNNAMED,
        targets=tuple(key for key in claims if key in major),
        sources={_SOURCE: source} if source else {},
        claims=claims,
        relations={
            key: changed(relation, residue={})
            for key, relation in graph.relations.items()
        },
    )
    return map_, remarks.report()


def _flat(edges: Any) -> Any:
    """Take the ids out of edges that hold whole nodes; other shapes are told later."""
    if not isinstance(edges, list):
        return edges
    flat = []
    for index, edge in enumerate(edges):
        ids: Object = {"id": index}
        for end in _ENDS:
            node = edge.get(end) if isinstance(edge, dict) else None
            if not isinstance(node, dict):
                raise Malformed("an edge has nodes 'from' and 'to'", f"/edges/{index}")
            ids[end] = node.get("id")
        flat.append(ids)
    return flat


def _people(participants: Any) -> Mapping[str, str]:
    people = {}
    for person in participants if isinstance(participants, list) else ():
        if isinstance(person, dict):
            names = [str(person.get(part) or "") for part in ("firstname", "surname")]
            if name := " ".join(" ".join(names).split()):
                people[str(person.get("id"))] = name[:500]
    return people


def _text(markup: str) -> tuple[str, dict[str, Span]]:
    """Take the text out of HTML, and where in it the nodes' spans are.

    Linear, which the parser of the standard library is not for broken tags.
    """
    parts: list[str] = []
    length = at = 0
    open_: list[tuple[str, int]] = []
    spans: dict[str, Span] = {}
    for tag in _TAG.finditer(markup):
        words = unescape(markup[at : tag.start()])
        words += "\n" if tag[2].lower() == "br" else ""
        parts.append(words)
        length += len(words)
        at = tag.end()
        if tag[2].lower() != "span":
            continue
        if not tag[1]:
            node = _NODE.search(tag[3])
            open_.append((node[1] if node else "", length))
        elif open_:
            name, start = open_.pop()
            if name and start < length:
                spans.setdefault(name, Span(start=start, end=length))
    return "".join([*parts, unescape(markup[at:])]), spans


def _source(analysis: Any) -> tuple[Source | None, dict[str, Span]]:
    """Read the analysed text as a source whose passages are called like the nodes."""
    if not isinstance(analysis, dict) or not isinstance(analysis.get("txt"), str):
        return None, {}
    text, spans = _text(analysis["txt"])
    if not text.strip() or len(text) > 10_000_000 or forbidden(text):
        return None, {}
    said = {
        name: value.strip()[:5000]
        for name in ("documentTitle", "documentSource", "documentDate")
        if isinstance(value := analysis.get(name), str) and value.strip()
    }
    day = _DAY.fullmatch(said.get("documentDate", ""))
    source = Source(
        key=_SOURCE,
        title=said.get("documentTitle", "Analysed text"),
        url=said.get("documentSource"),
        published_on=f"{day[3]}-{day[2]}-{day[1]}" if day else None,
        text=text,
        passages=tuple(
            Passage(key=node, spans=(span,)) for node, span in spans.items()
        ),
    )
    return measured(source), spans


OVA2: Final = Format(
    "ova2",
    "OVA2 JSON",
    suffixes=(".ova2.json",),
    media_type="application/json",
    sniff=sniff,
    read=read_map,
)
