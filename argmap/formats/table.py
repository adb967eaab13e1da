"""CSV with a header: a line for each premise of each relation.

Written are the columns of `COLUMNS`: a claim's line says what it is a premise of; of a
claim that serves several relations the further lines have no text. Lines that name the
same relation are linked premises. Read is any table that has at least a column for an
id and one for a text, under many usual names. What a spreadsheet would take for a
formula is prefixed with an apostrophe, and the apostrophe taken off again.
"""

import csv
import re
from collections.abc import Container
from io import StringIO
from typing import Any, Final, get_args

from argmap.formats.exchange import UNNAMED
from argmap.formats.remarks import Remarks
from argmap.formats.texts import decoded, fit, misplaced
from argmap.formats.wiring import Kind, Wire, wire
from argmap.model import (
    Claim,
    ClaimKind,
    Map,
    Relation,
    RelationKind,
    Scheme,
    Target,
    is_key,
    slug,
)
from argmap.plugin import Format, Place, Report, check_patience, only
from argmap.render.escapes import FORMULA
from argmap.render.escapes import csv as escape

COLUMNS: Final = (
    "id",
    "text",
    "parent",
    "parent_relation",
    "stance",
    "relation",
    "weight",
    "scheme",
    "base_score",
    "kind",
    "speaker",
    "tags",
    "implicit",
)
_NAMES: Final = {
    "id": "id key claim node",
    "text": "text name label claim_text content statement",
    "parent": "parent parentid parent_id target to",
    "parent_relation": "parent_relation",
    "stance": "stance side type relation_kind",
    "relation": "relation group",
    "weight": "weight",
    "scheme": "scheme",
    "base_score": "base_score score initial_strength",
    "kind": "kind",
    "speaker": "speaker author",
    "tags": "tags tag",
    "implicit": "implicit",
}
_STANCES: Final[dict[str, Kind]] = {
    "": "support",
    "+": "support",
    "-": "rebut",
    "pro": "support",
    "support": "support",
    "supports": "support",
    "con": "rebut",
    "rebut": "rebut",
    "rebuts": "rebut",
    "attack": "rebut",
    "attacks": "rebut",
    "undercut": "rebut",
    "undercuts": "rebut",
    "rephrase": "rephrase",
}
_WORDS: Final[dict[RelationKind, str]] = {
    "support": "pro",
    "rebut": "con",
    "undercut": "undercut",
    "rephrase": "rephrase",
}
_CLAIM_KINDS: Final = frozenset(get_args(ClaimKind))
_FORMULA: Final = re.compile(rf"\A'(?='*[{re.escape(''.join(FORMULA))}])")


def sniff(data: bytes) -> float:
    """Look for a first line that names a column of ids and one of texts."""
    line = data[:2000].removeprefix(b"\xef\xbb\xbf").partition(b"\n")[0]
    names = _columns(line.decode("utf-8", "replace").replace('"', "").split(","))
    return 0.6 if {"id", "text"} <= names.keys() and len(names) > 2 else 0.0


def _columns(header: list[str]) -> dict[str, int]:
    """Find columns by their usual names."""
    given = {name.strip().lower(): index for index, name in enumerate(header)}
    return {
        column: given[name]
        for column, names in _NAMES.items()
        for name in reversed(names.split())  # the first name counts most
        if name in given
    }


def read_map(data: bytes) -> tuple[Map, Report]:
    """Read a table of claims and what they are premises of."""
    text = decoded(data)
    rows = csv.reader(StringIO(text, newline=""), strict=True)
    reading: _Reading | None = None
    try:
        for row in rows:
            check_patience()
            if not any(cell.strip() for cell in row):
                continue
            if reading is None:
                reading = _Reading(row)
            else:
                reading.take([_FORMULA.sub("", cell) for cell in row], rows.line_num)
    except csv.Error as error:
        raise misplaced(f"no CSV: {error}", rows.line_num) from None
    if reading is None:
        raise misplaced("there is no header", 1)
    return reading.map(), reading.remarks.report()


class _Reading:
    def __init__(self, header: list[str]) -> None:
        self.columns = _columns(header)
        for column in ("id", "text"):
            if column not in self.columns:
                names = _NAMES[column].replace(" ", ", ")
                raise misplaced(f"no column is called one of {names}", 1)
        self.remarks = Remarks()
        for index, name in enumerate(header):
            if index not in self.columns.values():
                at = Place(line=1)
                self.remarks.loss(
                    "strange", f"the column {name!r:.100}", "left out", at
                )
        self.claims: dict[str, Claim] = {}
        self.keys: dict[str, str] = {}
        self.pairs: list[tuple[str, str, str]] = []  # relation, premise, parent
        self.relations: dict[str, dict[str, Any]] = {}

    def take(self, row: list[str], line: int) -> None:
        given = {
            column: row[index].strip() if column != "text" else row[index]
            for column, index in self.columns.items()
            if index < len(row)
        }
        own = given.get("id", "")
        if not own:
            raise misplaced("a line without an id", line)
        if own not in self.keys:
            self.keys[own] = self.key(own, self.claims)
            self.claims[self.keys[own]] = self.claim(self.keys[own], given, line)
        parent = given.get("parent", "")
        on_relation = given.get("parent_relation", "")
        if parent or on_relation:
            self.relate(own, given, line)

    def relate(self, premise: str, given: dict[str, str], line: int) -> None:
        stance = given.get("stance", "").lower()
        if stance not in _STANCES:
            what = f"the stance {stance!r:.100}"
            self.remarks.repair("stance", what, "taken as support", Place(line=line))
        kind = _STANCES.get(stance, "support")
        # What no relation is called by can be no relation's name: it has a blank.
        name = given.get("relation") or f"line {line}"
        relation = self.relations.setdefault(
            name,
            {
                "kind": kind,
                "parent": given.get("parent", ""),
                "on": given.get("parent_relation", ""),
                "weight": self.number(given, "weight", line),
                "scheme": given.get("scheme", ""),
                "line": line,
            },
        )
        if (kind, given.get("parent", "")) != (relation["kind"], relation["parent"]):
            raise misplaced(f"relation {name!r} has another stance or parent", line)
        self.pairs.append((name, premise, given.get("parent", "")))

    def number(self, given: dict[str, str], column: str, line: int) -> float | None:
        if not (cell := given.get(column, "")):
            return None
        try:
            value = float(cell)
        except ValueError:
            raise misplaced(f"{cell!r} is no number", line) from None
        if not 0.0 <= value <= 1.0:
            raise misplaced(f"{column} {cell} is outside [0, 1]", line)
        return value

    def key(self, name: str, taken: Container[str]) -> str:
        if is_key(name) and name not in taken:
            return name
        return slug(name, taken)

    def claim(self, key: str, given: dict[str, str], line: int) -> Claim:
        place = Place(line=line)
        kind = given.get("kind") or "claim"
        if kind not in _CLAIM_KINDS:
            self.remarks.loss("claim-kinds", f"the kind {kind!r:.100}", "claim", place)
            kind = "claim"
        tags = (tag.strip()[:500] for tag in given.get("tags", "").split(";"))
        return Claim(
            key=key,
            text=fit(given.get("text", ""), self.remarks, place),
            base_score=self.number(given, "base_score", line),
            kind=kind,  # type: ignore[arg-type] # looked up
            speaker=given.get("speaker", "")[:500] or None,
            tags=tuple(tag for tag in tags if tag),
            implicit=given.get("implicit", "").lower() in ("true", "yes", "1"),
        )

    def map(self) -> Map:
        """Wire claims and relations as if those were nodes."""
        names = [*self.keys, *self.relations]
        claims = {name: number for number, name in enumerate(self.keys)}
        nodes = {name: len(claims) + i for i, name in enumerate(self.relations)}
        kinds: list[Kind] = ["claim"] * len(claims)
        kinds += [relation["kind"] for relation in self.relations.values()]
        edges: list[tuple[int, int] | None] = [
            (claims[premise], nodes[name]) for name, premise, _ in self.pairs
        ]
        for name, relation in self.relations.items():
            shelf, end = (
                (nodes, relation["on"])
                if relation["on"]
                else (claims, relation["parent"])
            )
            edges.append((nodes[name], shelf[end]) if end in shelf else None)
        wiring = wire(kinds, edges)
        for node in wiring.loose_nodes:
            line = self.relations[names[node]]["line"]
            what = "a parent that is not there, or that it is itself"
            self.remarks.loss("no-relation", what, "left out", Place(line=line))
        keys: dict[int, str] = {}
        taken: set[str] = set()
        for number, each in enumerate(wiring.wires, start=1):
            name = names[each.node]
            wanted = f"r{number}" if " " in name else name
            keys[each.node] = self.key(wanted, taken)
            taken.add(keys[each.node])
        return Map(
            key=UNNAMED,
            claims=self.claims,
            relations={
                keys[each.node]: self.relation(keys, names, each)
                for each in wiring.wires
            },
        )

    def relation(self, keys: dict[int, str], names: list[str], each: Wire) -> Relation:
        given = self.relations[names[each.node]]
        scheme = given["scheme"][:500]
        weight = given["weight"]
        return Relation(
            key=keys[each.node],
            kind=each.kind,
            premises=tuple(self.keys[names[premise]] for premise in each.premises),
            target=Target(relation=keys[each.target])
            if each.target in keys
            else Target(claim=self.keys[names[each.target]]),
            weight=1.0 if weight is None else weight,
            scheme=Scheme(name=scheme) if scheme else None,
        )


def write_map(map_: Map) -> tuple[bytes, Report]:
    """Write a table: what serves no relation first, then a line for each premise."""
    told: set[str] = set()
    busy = {premise for r in map_.relations.values() for premise in r.premises}
    rows = [_row(map_.claims[key], told) for key in map_.claims if key not in busy]
    rows += [
        {**_row(map_.claims[premise], told), **_place(relation)}
        for relation in map_.relations.values()
        for premise in relation.premises
    ]
    table = [COLUMNS, *([row.get(column) for column in COLUMNS] for row in rows)]
    return escape(table).encode(), ()


def _row(claim: Claim, told: set[str]) -> dict[str, Any]:
    """Say what a claim is, the first time."""
    if claim.key in told:
        return {"id": claim.key}
    told.add(claim.key)
    return {
        "id": claim.key,
        "text": claim.text,
        "base_score": claim.base_score,
        "kind": claim.kind,
        "speaker": claim.speaker,
        "tags": "; ".join(claim.tags) or None,
        "implicit": claim.implicit or None,
    }


def _place(relation: Relation) -> dict[str, Any]:
    return {
        "parent": relation.target.claim,
        "parent_relation": relation.target.relation,
        "stance": _WORDS[relation.kind],
        "relation": relation.key,
        "weight": relation.weight,
        "scheme": relation.scheme.name if relation.scheme else None,
    }


TABLE: Final = Format(
    "csv",
    "CSV",
    suffixes=(".csv",),
    media_type="text/csv",
    sniff=sniff,
    read=read_map,
    write=write_map,
    features=only(
        "keys texts line-breaks claim-kinds base-scores speakers tags implicit-claims "
        "isolated-claims supports rebuts undercuts backing rephrases linked-premises "
        "weights schemes several-parents cycles order"
    ),
)
