"""arguebuf JSON: the protobuf graph of arg_services.graph.v1 in its JSON form.

An ordinary JSON document: nodes and edges by id, atoms and schemes. Names of schemes
are a closed list there; others travel beside the usual one. The speaker of a claim is
its atom's participant, the major claim a target. Lenz, arguebuf.
"""

import re
from dataclasses import replace
from typing import Any, Final

from msgspec import json
from msgspec.structs import replace as changed

from argmap.errors import Malformed
from argmap.formats.baggage import CARRIED, MEMBER, left
from argmap.formats.documents import read_document, read_object, write_document
from argmap.formats.graph_writing import carrying
from argmap.formats.graphs import Dialect, Id, Object
from argmap.formats.remarks import Remarks
from argmap.formats.wiring import Kind
from argmap.model import Claim, Map, Relation, RelationKind, Scheme
from argmap.model.pointer import pointer
from argmap.plugin import Format, Report, all_but

_MARK: Final = re.compile(
    rb'"(?:schemaVersion|libraryVersion)"\s*:|"(?:SUPPORT|ATTACK)_[A-Z]'
)

_KINDS: Final[dict[str, Kind]] = {
    "support": "support",
    "attack": "rebut",
    "rephrase": "rephrase",
}

_WORDS: Final[dict[RelationKind, str]] = {
    "support": "support",
    "rebut": "attack",
    "undercut": "attack",
    "rephrase": "rephrase",
}

_ID: Final = "id"
"""Stands in a node or edge, while it is worked on, for its name in the document."""

SCHEMES: Final = frozenset(
    re.split(
        r"\s+",
        "zenset zenset position-to-know expert-opinion witness-testimony "
        "popular-opinion popular-practice example analogy "
        "practical-reasoning-from-analogy composition division oppositions "
        "rhetorical-oppositions alternatives verbal-classification "
        "verbal-classification-definition verbal-classification-vagueness "
        "verbal-classification-arbitrariness interaction-of-act-and-person values "
        "positive-values negative-values sacrifice the-group-and-its-members "
        "practical-reasoning two-person-practical-reasoning waste sunk-costs "
        "ignorance epistemic-ignorance cause-to-effect correlation-to-cause sign "
        "abductive evidence-to-hypothesis consequences positive-consequences "
        "negative-consequences pragmatic-alternatives threat fear-appeal "
        "danger-appeal need-for-help distress commitment ethotic generic-ad-hominem "
        "pragmatic-inconsistency inconsistent-commitment circumstantial-ad-hominem "
        "bias bias-ad-hominem gradualism slippery-slope precedent-slippery-slope "
        "sorites-slippery-slope verbal-slippery-slope full-slippery-slope "
        "constitutive-rule-claims rules exceptional-case precedent plea-for-excuse "
        "perception memory",
    )
)
"""The schemes of support that a reader of the format knows, but for the usual one."""

_USUAL: Final[Object] = {
    "resources": {},
    "participants": {},
    "analysts": {},
    "schemaVersion": 1,
    "libraryVersion": "argmap",
    "metadata": {},
    "userdata": {},
}


def sniff(data: bytes) -> float:
    """Look for schemaVersion or a scheme's constant."""
    return 0.9 if _MARK.search(data) else 0.0


def _drawn(node: Object) -> tuple[str, Any]:
    """Give what a scheme's node says: its kind and its constant."""
    scheme = node.get("scheme")
    if isinstance(scheme, dict):
        for word in _KINDS:
            if word in scheme:
                return word, scheme[word]
    return "", None


def _kind(node: Object) -> Kind:
    return (
        "claim" if isinstance(node.get("atom"), dict) else _KINDS.get(_drawn(node)[0])
    )


def _scheme(node: Object) -> Scheme | None:
    word, constant = _drawn(node)
    if not isinstance(constant, str):
        return None
    name = constant.removeprefix(f"{word.upper()}_").replace("_", " ").lower().strip()
    return None if name in ("default", "") else Scheme(name=name[:500])


def _claim_node(claim: Claim, node_id: Id) -> Object:
    return {_ID: node_id, "atom": {"text": claim.text}, "metadata": {}}


def _relation_node(relation: Relation, node_id: Id) -> Object:
    word, name = _WORDS[relation.kind], "default"
    if relation.scheme and relation.kind == "support":
        slug = relation.scheme.name.lower().replace(" ", "-")
        name = slug if slug in SCHEMES else name
    constant = f"{word}_{name}".upper().replace("-", "_")
    return {_ID: node_id, "scheme": {word: constant}, "metadata": {}}


def _edge(number: int, start: Id, end: Id) -> Object:
    return {_ID: f"edge-{number}", "source": start, "target": end, "metadata": {}}


DIALECT: Final = Dialect(
    format="arguebuf",
    id=_ID,
    edge_id=_ID,
    source="source",
    target="target",
    kind=_kind,
    text=lambda node: node["atom"].get("text"),
    scheme=_scheme,
    claim_node=_claim_node,
    relation_node=_relation_node,
    edge=_edge,
    is_keyed=True,
    carrier="userdata",
)


def read_map(data: bytes) -> tuple[Map, Report]:
    """Read arguebuf's JSON; resources, dates and user data are kept as residue."""
    remarks = Remarks()
    document = read_object(data)
    for name in ("nodes", "edges"):
        document[name] = _listed(document.get(name, {}), f"/{name}")
    user = document.get("userdata")
    if isinstance(user, dict) and MEMBER in user:
        document["userdata"] = {k: v for k, v in user.items() if k != MEMBER}
        document[MEMBER] = user[MEMBER]
    major = document.get("majorClaim")
    is_known = any(
        node[_ID] == major and _kind(node) == "claim" for node in document["nodes"]
    )
    if is_known:
        del document["majorClaim"]
    map_ = read_document(
        document, DIALECT, remarks, _USUAL, speakers=_speakers(document)
    )
    return _aimed(map_, major) if is_known else map_, remarks.report()


def write_map(map_: Map) -> tuple[bytes, Report]:
    """Write arguebuf's JSON; what it has no words for stands in userdata."""
    ids: dict[str, Id] = {}

    def node(claim: Claim, node_id: Id) -> Object:
        ids[claim.key] = node_id
        return _claim_node(claim, node_id)

    # A map of one target has it as its major claim, which needs no further words.
    held = ("targets",) if len(map_.targets) == 1 else ()
    dialect = replace(DIALECT, claim_node=node)
    document = write_document(map_, dialect, _USUAL, held)
    load = document.pop(MEMBER, {})
    if map_.targets:
        document["majorClaim"] = ids[map_.targets[0]]
    for name in ("nodes", "edges"):
        document[name] = {str(each.pop(_ID)): each for each in document[name]}
    return json.encode(carrying(document, load, "userdata")), ()


def _listed(members: Any, at: str) -> list[Object]:
    """Turn objects by id into a list of objects that have it."""
    if not isinstance(members, dict):
        raise Malformed("this is no object", at)
    for name, member in members.items():
        if not isinstance(member, dict):
            raise Malformed("this is no object", at + pointer([name]))
    return [{**member, _ID: name} for name, member in members.items()]


def _speakers(document: Object) -> dict[str, str]:
    """Name the participants of atoms, by node."""
    people = document.get("participants")
    names = {}
    for node in document["nodes"]:
        atom = node.get("atom")
        own = atom.get("participant") if isinstance(atom, dict) else None
        if not (isinstance(people, dict) and isinstance(own, str)):
            continue
        person = people.get(own)
        name = person.get("name") if isinstance(person, dict) else None
        if isinstance(name, str) and name.strip():
            names[node[_ID]] = name[:500]
    return names


def _aimed(map_: Map, major: Any) -> Map:
    """Make the major claim a target, unless the file says more about targets."""
    for key, claim in map_.claims.items():
        if (left(claim, "arguebuf").id or key) == major and not map_.targets:
            return changed(map_, targets=(key,))
    return map_


ARGUEBUF: Final = Format(
    "arguebuf",
    "arguebuf JSON",
    suffixes=(".arguebuf.json",),
    media_type="application/json",
    sniff=sniff,
    read=read_map,
    write=write_map,
    features=all_but(residue=CARRIED),
)
