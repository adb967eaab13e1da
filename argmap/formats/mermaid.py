"""Mermaid flowcharts. Write only.

Ids are made up, since some words (``end``) are no ids there. Mermaid draws at most 500
edges and 50,000 characters unless it is told otherwise; a larger map is written all the
same, with a remark.
"""

from collections.abc import Iterator
from typing import Final

from argmap.formats.drawing import nodes_of, tag
from argmap.formats.remarks import Remarks
from argmap.model import Map, RelationKind
from argmap.plugin import Format, Report, only
from argmap.render.escapes import mermaid

_ARROWS: Final[dict[RelationKind, str]] = {
    "support": "-->",
    "rebut": "-.->",
    "undercut": "-.->",
    "rephrase": "-->",
}

MOST_EDGES: Final = 500
MOST_CHARACTERS: Final = 50_000


def write_map(map_: Map) -> tuple[bytes, Report]:
    """Write a flowchart, conclusions on top."""
    remarks = Remarks()
    lines = list(_lines(map_))
    text = "".join(f"{line}\n" for line in lines)
    edges = sum(len(relation.premises) for relation in map_.relations.values())
    if edges > MOST_EDGES or len(text) > MOST_CHARACTERS:
        what = f"{edges} edges and {len(text)} characters"
        done = "written; raise Mermaid's maxEdges and maxTextSize to have it drawn"
        remarks.note("too-large", what, done)
    return text.encode(), remarks.report()


def _lines(map_: Map) -> Iterator[str]:
    yield "flowchart BT"
    claims = {key: f"c{i}" for i, key in enumerate(map_.claims, start=1)}
    relations = {key: f"r{i}" for i, key in enumerate(map_.relations, start=1)}
    nodes = nodes_of(map_)
    for key, claim in map_.claims.items():
        yield f"  {claims[key]}[{mermaid(claim.text)}]"
    for key in map_.relations:
        if key in nodes:
            yield f'  {relations[key]}((" "))'
    for key, relation in map_.relations.items():
        claim_key, other = relation.target.claim, relation.target.relation
        end = relations[other] if other is not None else claims[claim_key or ""]
        start = claims[relation.premises[0]]
        if key in nodes:
            start = relations[key]
            for premise in relation.premises:
                yield f"  {claims[premise]} --- {start}"
        label = mermaid(tag(relation))
        yield f"  {start} {_ARROWS[relation.kind]}|{label}| {end}"
    if map_.targets:
        names = ",".join(claims[target] for target in map_.targets)
        yield "  classDef target stroke-width:3px"
        yield f"  class {names} target"


MERMAID: Final = Format(
    "mermaid",
    "Mermaid",
    suffixes=(".mmd", ".mermaid"),
    media_type="text/vnd.mermaid",
    write=write_map,
    features=only(
        "targets texts isolated-claims supports rebuts undercuts backing rephrases "
        "linked-premises weights schemes several-parents cycles order"
    ),
)
