"""Nested JSON for d3-hierarchy: ``{id, name, children}``. Write only.

A claim that is met again, or that lies very deep, is a leaf whose ``ref`` names the
claim; what lies very deep unfolds as a root of its own. Several roots get one more
above them, which d3 wants.
"""

from typing import Any, Final

from msgspec import json

from argmap.formats.forest import Line, outline
from argmap.model import Map
from argmap.plugin import Format, Report, only

DEEPEST: Final = 200
"""Levels: readers of nested JSON recurse."""

_STANCES: Final = {
    "support": "pro",
    "rebut": "con",
    "undercut": "undercut",
    "rephrase": "rephrase",
}


def write_map(map_: Map) -> tuple[bytes, Report]:
    """Write a tree for d3.hierarchy."""
    roots: list[dict[str, Any]] = []
    path: list[dict[str, Any]] = []
    for line in outline(map_, deepest=DEEPEST):
        node = _node(map_, line)
        del path[line.depth :]
        siblings = path[-1].setdefault("children", []) if path else roots
        siblings.append(node)
        path.append(node)
    if len(roots) == 1:
        return json.encode(roots[0]), ()
    return json.encode({"name": map_.title or map_.key, "children": roots}), ()


def _node(map_: Map, line: Line) -> dict[str, Any]:
    claim = map_.claims[line.claim]
    node: dict[str, Any] = {"id": claim.key, "name": claim.text}
    if claim.base_score is not None:
        node["base_score"] = claim.base_score
    if line.relation:
        node["stance"] = _STANCES[line.relation.kind]
        node["relation"] = line.relation.key
        node["weight"] = line.relation.weight
        if line.on_relation:
            node["on_relation"] = line.relation.target.relation
    if line.is_reference:
        node["ref"] = claim.key
    return node


D3: Final = Format(
    "d3",
    "d3 nested JSON",
    suffixes=(".d3.json",),
    media_type="application/json",
    write=write_map,
    features=only(
        "keys texts line-breaks base-scores isolated-claims supports rebuts undercuts "
        "backing rephrases linked-premises weights several-parents cycles order"
    ),
)
