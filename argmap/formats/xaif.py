"""xAIF: AIF with layers around it, as OVA3 and argument-mining tools exchange it.

Ids may be whole numbers, the ids of schemes stand in ``schemefulfillments``, people in
``participants``; lists may be null. Every layer that is not the graph itself is
residue: the text with its spans, layout, types of propositions. arg-tech/xaif.
"""

import re
from dataclasses import replace
from typing import Any, Final

from msgspec import json
from msgspec.structs import replace as changed

from argmap.errors import Malformed
from argmap.formats.aif import DIALECT as AIF_DIALECT
from argmap.formats.aif import (
    NO_SCHEMES,
    TYPES,
    USUAL,
    scheme_id,
)
from argmap.formats.baggage import CARRIED, Difference, difference, left, restored
from argmap.formats.documents import read_document, read_object, write_document
from argmap.formats.graphs import Dialect, Id, Object
from argmap.formats.remarks import Remarks
from argmap.formats.speakers import speakers
from argmap.formats.texts import name_of
from argmap.model import Map, Relation, Scheme
from argmap.plugin import Format, Report, all_but

_MARK: Final = re.compile(rb'"AIF"\s*:\s*\{')

_AROUND: Final[Object] = {"text": ""}

_INSIDE: Final[Object] = {
    "schemefulfillments": [],
    "descriptorfulfillments": [],
    "participants": [],
    "locutions": [],
}


def sniff(data: bytes) -> float:
    """Look for the member AIF, an object."""
    return 0.95 if _MARK.search(data) else 0.0


def read_map(data: bytes) -> tuple[Map, Report]:
    """Read xAIF; every layer that is not the graph is kept as residue."""
    remarks = Remarks()
    document = read_object(data)
    if not isinstance(document.get("AIF"), dict):
        raise Malformed("xAIF has an object 'AIF', and here is none")
    around = {name: value for name, value in document.items() if name != "AIF"}
    for name in around.keys() - {"text", "dialog"}:
        remarks.note("strange", f"the layer {name!r:.100}", "kept as residue")
    core = document["AIF"]
    map_ = read_document(
        core,
        _dialect(_ids(core.get("schemefulfillments"))),
        remarks,
        _INSIDE,
        "/AIF",
        speakers=speakers(core),
        around=difference(around, _AROUND),
    )
    return map_, remarks.report()


def write_map(map_: Map) -> tuple[bytes, Report]:
    """Write xAIF; what it has no words for stands in members called ``argmap``."""
    written: dict[str, tuple[Id, Relation]] = {}

    def node(relation: Relation, node_id: Id) -> Object:
        written[str(node_id)] = node_id, relation
        return _node(relation, node_id)

    core = write_document(map_, replace(_dialect({}), relation_node=node), _INSIDE)
    if (fulfilled := _fulfilled(core.get("schemefulfillments"), written)) is not None:
        core["schemefulfillments"] = fulfilled
    around = restored(dict(_AROUND), _around(map_))
    return json.encode({"AIF": core, **around}), ()


def _dialect(ids: dict[str, Any]) -> Dialect:
    """Spell AIF as xAIF does, given the ids of schemes by node."""

    def scheme(node: Object) -> Scheme | None:
        said, own = node.get("text"), ids.get(str(node["nodeID"]))
        if (name := name_of(said)) is None:
            return None
        type_ = node["type"]
        if said in NO_SCHEMES and own in (None, USUAL[type_][1]):
            return None
        return Scheme(name=name, id=scheme_id(own))

    return replace(
        AIF_DIALECT, format="xaif", scheme=scheme, relation_node=_node, edge=_edge
    )


def _node(relation: Relation, node_id: Id) -> Object:
    type_ = TYPES[relation.kind]
    name = relation.scheme.name if relation.scheme else USUAL[type_][0]
    return {"nodeID": node_id, "text": name, "type": type_}


def _edge(number: int, start: Id, end: Id) -> Object:
    return {"edgeID": number, "fromID": start, "toID": end}


def _ids(fulfillments: Any) -> dict[str, Any]:
    if not isinstance(fulfillments, list):
        return {}
    return {
        str(each.get("nodeID")): each.get("schemeID")
        for each in fulfillments
        if isinstance(each, dict)
    }


def _fulfilled(given: Any, written: dict[str, tuple[Id, Relation]]) -> list[Any] | None:
    """List the ids of schemes as they are now; None if nothing has changed."""
    known = _ids(given)
    wanted = {
        key: scheme.id
        for key, (_, relation) in written.items()
        if (scheme := relation.scheme) is not None
    }
    stale = {
        key
        for key, (_, relation) in written.items()
        if key in known
        and str(known[key]) != str(wanted.get(key))
        and not (
            relation.scheme is None
            and known[key] in (None, USUAL[TYPES[relation.kind]][1])
        )
    }
    new = [
        {"nodeID": written[key][0], "schemeID": own}
        for key, own in wanted.items()
        if own is not None and (key in stale or key not in known)
    ]
    if not new and not stale:
        return None
    old = given if isinstance(given, list) else []
    return [
        each
        for each in old
        if not isinstance(each, dict) or str(each.get("nodeID")) not in stale
    ] + new


def _around(map: Map) -> Difference:
    residue = map.residue.get("xaif")
    inner = residue.get("around") if isinstance(residue, dict) else None
    return left(changed(map, residue={"around": inner or {}}), "around")


XAIF: Final = Format(
    "xaif",
    "xAIF",
    suffixes=(".xaif.json",),
    media_type="application/json",
    sniff=sniff,
    read=read_map,
    write=write_map,
    features=all_but(residue=CARRIED),
)
