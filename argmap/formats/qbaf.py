"""QBAF JSON: arguments with base scores, attacks and supports as pairs.

There is no standard. This is what public code uses most: ``{"arguments": [{"id",
"base_score" or "initial_strength"}], "attacks": [[a, b]], "supports": [[a, b]]}``; an
edge may be ``{"source", "target", "weight"}``, an argument may have a ``text``. What
else stands there is residue.
"""

import re
from typing import Any, Final, Literal

from msgspec import json
from msgspec.structs import replace

from argmap.errors import Malformed
from argmap.formats.baggage import difference, left, restored
from argmap.formats.documents import read_object
from argmap.formats.frameworks import (
    Edge,
    Framework,
    edges_of,
    map_of,
    names_of,
    selves,
)
from argmap.formats.graphs import Object
from argmap.formats.remarks import Remarks
from argmap.model import Claim, Map
from argmap.plugin import Format, Place, Report, only

_MARK: Final = re.compile(rb'"arguments"\s*:\s*\[')
_EDGES: Final = re.compile(rb'"(?:attacks|supports)"\s*:\s*\[')
_NAME: Final = re.compile(r"(?s).+")
_SHELVES: Final[tuple[tuple[str, Literal["rebut", "support"]], ...]] = (
    ("attacks", "rebut"),
    ("supports", "support"),
)


def sniff(data: bytes) -> float:
    """Look for arrays of arguments and of attacks or supports."""
    return 0.85 if _MARK.search(data) and _EDGES.search(data) else 0.0


def read_map(data: bytes) -> tuple[Map, Report]:
    """Read a quantitative bipolar framework; unknown members are kept as residue."""
    remarks = Remarks()
    document = read_object(data)
    framework = Framework()
    given: dict[str, Object] = {}
    for index, node in enumerate(_list(document, "arguments")):
        at = f"/arguments/{index}"
        if not isinstance(node, dict) or not _is_id(node.get("id")):
            raise Malformed("an argument needs an 'id'", at)
        name = str(node["id"])
        if not name:
            raise Malformed("an argument needs an 'id'", f"{at}/id")
        framework.argue(name, Place(pointer=at), remarks)
        given.setdefault(name, node)
        score = node.get("base_score", node.get("initial_strength"))
        if isinstance(score, int | float) and not isinstance(score, bool):
            framework.scores.setdefault(name, score)
        elif score is not None:
            raise Malformed("a base score is a number", at)
        if isinstance(node.get("text"), str):
            framework.labels.setdefault(name, node["text"])
    for shelf, kind in _SHELVES:
        for index, edge in enumerate(_list(document, shelf)):
            framework.edges.append(_edge(edge, kind, f"/{shelf}/{index}"))
    rest = {k: v for k, v in document.items() if k not in _parts()}
    if rest:
        framework.residue["more"] = rest
    map_ = map_of(framework, "qbaf", remarks)
    claims = {}
    for key, claim in map_.claims.items():
        name = str(left(claim, "qbaf").id or key)
        claims[key] = claim
        if name not in given:  # only named in an edge
            continue
        if residue := difference(given[name], _argument(claim, name)):
            own = {**claim.residue.get("qbaf", {}), **residue}
            claims[key] = replace(claim, residue={**claim.residue, "qbaf": own})
    return replace(map_, claims=claims), remarks.report()


def write_map(map_: Map) -> tuple[bytes, Report]:
    """Write a quantitative bipolar framework, with the texts of claims."""
    names = names_of(map_, "qbaf", _NAME)
    document = _parts()
    document["arguments"] = [
        restored(_argument(claim, names[key]), left(claim, "qbaf"))
        for key, claim in map_.claims.items()
    ]
    for shelf, wanted in _SHELVES:
        for _, premise, target, weight in edges_of(map_, [wanted]):
            pair = [names[premise], names[target]]
            edge = {"source": pair[0], "target": pair[1], "weight": weight}
            document[shelf].append(pair if weight == 1.0 else edge)
    document["attacks"] += [list(pair) for pair in selves(map_, names, "qbaf")]
    return json.encode(restored(document, left(map_, "qbaf"))), ()


def _parts() -> Object:
    return {"arguments": [], "attacks": [], "supports": []}


def _argument(claim: Claim, name: str) -> Object:
    node: Object = {"id": name, "base_score": claim.base_score}
    return node if claim.text == name else {**node, "text": claim.text}


def _list(document: Object, name: str) -> list[Any]:
    value = document.get(name, [])
    if not isinstance(value, list):
        raise Malformed("this is no array", f"/{name}")
    return value


def _is_id(value: Any) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool)


def _edge(edge: Any, kind: Literal["rebut", "support"], at: str) -> Edge:
    weight: Any = 1.0
    if isinstance(edge, dict):
        ends, weight = [edge.get("source"), edge.get("target")], edge.get("weight", 1.0)
    else:
        ends = edge if isinstance(edge, list) else []
    if len(ends) != 2 or not all(map(_is_id, ends)):
        raise Malformed("an edge is a pair of ids, or has a source and a target", at)
    if isinstance(weight, bool) or not isinstance(weight, int | float):
        raise Malformed("a weight is a number", f"{at}/weight")
    return Edge(kind, str(ends[0]), str(ends[1]), Place(pointer=at), weight)


QBAF: Final = Format(
    "qbaf",
    "QBAF JSON",
    suffixes=(".qbaf.json",),
    media_type="application/json",
    sniff=sniff,
    read=read_map,
    write=write_map,
    features=only(
        "keys texts line-breaks base-scores weights supports rebuts several-parents "
        "cycles order isolated-claims",
        residue="strange",
    ),
)
