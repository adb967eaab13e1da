"""DOT, the language of Graphviz. Write only.

Conclusions are on top. A relation of one premise that nothing is about is an arrow,
any other a point between its premises and its target.
"""

from collections.abc import Iterator
from typing import Final

from argmap.formats.drawing import nodes_of, tag
from argmap.model import Map, RelationKind
from argmap.plugin import Format, Report, only
from argmap.render.escapes import dot

_COLOURS: Final[dict[RelationKind, str]] = {
    "support": "#2a7d2a",
    "rebut": "#b02020",
    "undercut": "#b06a20",
    "rephrase": "#555555",
}


def write_map(map_: Map) -> tuple[bytes, Report]:
    """Write a picture for Graphviz: claims as boxes, relations as arrows."""
    return "".join(f"{line}\n" for line in _lines(map_)).encode(), ()


def _lines(map_: Map) -> Iterator[str]:
    yield f"digraph {dot(map_.title or map_.key)} {{"
    yield "  rankdir=BT;"
    yield '  node [shape=box, style=rounded, fontname="sans-serif"];'
    for key, claim in map_.claims.items():
        more = ", style=dashed" if claim.implicit else ""
        more += ", penwidth=2" if key in map_.targets else ""
        yield f"  {dot('c:' + key)} [label={dot(claim.text)}{more}];"
    nodes = nodes_of(map_)
    for key, relation in map_.relations.items():
        colour = _COLOURS[relation.kind]
        style = f'label={dot(tag(relation))}, color="{colour}", fontcolor="{colour}"'
        claim_key, other = relation.target.claim, relation.target.relation
        end = dot(f"c:{claim_key}" if other is None else f"r:{other}")
        if key not in nodes:
            yield f"  {dot('c:' + relation.premises[0])} -> {end} [{style}];"
            continue
        own = dot(f"r:{key}")
        yield f"  {own} [shape=point, color={dot(colour)}];"
        for premise in relation.premises:
            line = f"{dot('c:' + premise)} -> {own}"
            yield f'  {line} [arrowhead=none, color="{colour}"];'
        yield f"  {own} -> {end} [{style}];"
    yield "}"


DOT: Final = Format(
    "dot",
    "DOT (Graphviz)",
    suffixes=(".dot", ".gv"),
    media_type="text/vnd.graphviz",
    write=write_map,
    features=only(
        "keys title targets texts line-breaks implicit-claims isolated-claims supports "
        "rebuts undercuts backing rephrases linked-premises weights schemes "
        "several-parents cycles order"
    ),
)
