"""Abstract frameworks: arguments with names, attacks and supports between them.

What APX, TGF, ICCMA's ``p af``, BAG and QBAF files have in common. An argument becomes
a claim whose text is its label or else its name. An attack of an argument on itself is
legal there and none in a map: it stays as residue, and since no rule will see it that
is reported as a loss.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, NamedTuple

from msgspec import Struct

from argmap.errors import InvalidMap, OutOfRange
from argmap.formats.baggage import left
from argmap.formats.exchange import UNNAMED
from argmap.formats.remarks import Remarks
from argmap.formats.texts import fit
from argmap.model import Claim, Map, Relation, Target, is_key, slug
from argmap.plugin import Place, compile_map, project

Reading = Literal["leave-out", "evidential", "deductive", "necessary"]

NARROW: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
"""Names that every solver reads (crustabri, scalop)."""


class Options(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How what is no attack is written where there are attacks only.

    ``leave-out`` writes rebuttals, each premise by itself. The others flatten the whole
    map exactly, with auxiliary arguments, reading supports in that sense.
    """

    supports: Reading = "leave-out"


class Edge(NamedTuple):
    """One attack or support, by names; the weight where the file gives one."""

    kind: Literal["rebut", "support"]
    source: str
    target: str
    place: Place
    weight: float = 1.0


@dataclass
class Framework:
    """What a file says: arguments by name, with their place, label and base score."""

    places: dict[str, Place] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    scores: dict[str, float] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    residue: dict[str, Any] = field(default_factory=dict)

    def argue(self, name: str, place: Place, remarks: Remarks) -> None:
        """Add an argument; a second one of the name is the first."""
        if name in self.places:
            remarks.repair("same-id", f"argument {name!r} again", "taken once", place)
        self.places.setdefault(name, place)


def map_of(framework: Framework, format: str, remarks: Remarks) -> Map:
    """Make a map of a framework.

    Raises:
        InvalidMap: A base score or a weight lies outside [0, 1].
    """
    for edge in framework.edges:
        for name in (edge.source, edge.target):
            if name not in framework.places:
                what = f"an attack or support of {name!r}, which is no argument"
                remarks.repair("undeclared", what, "the argument added", edge.place)
                framework.places[name] = edge.place
    keys = _keys(framework)
    claims = {
        key: Claim(
            key=key,
            text=fit(framework.labels.get(name, name), remarks, framework.places[name]),
            base_score=_unit(framework.scores.get(name), framework.places[name]),
            residue={} if key == name else {format: {"id": name}},
        )
        for name, key in keys.items()
    }
    relations: dict[str, Relation] = {}
    loose = []
    for kind, source, target, place, weight in framework.edges:
        if source == target:
            what = f"{source!r} attacks or supports itself, which no rule will see"
            remarks.loss("self", what, "kept as residue only", place)
            loose.append([kind, source])
        else:
            key = f"r{len(relations) + 1}"
            relations[key] = Relation(
                key=key,
                kind=kind,
                premises=(keys[source],),
                target=Target(claim=keys[target]),
                weight=1.0 if weight == 1.0 else _unit(weight, place) or 0.0,
            )
    residue = framework.residue | ({"self": loose} if loose else {})
    return Map(
        key=UNNAMED,
        claims=claims,
        relations=relations,
        residue={format: residue} if residue else {},
    )


def _keys(framework: Framework) -> dict[str, str]:
    keys: dict[str, str] = {}
    taken: set[str] = set()
    for name in framework.places:
        for key in (framework.keys.get(name, ""), name):
            if is_key(key) and key not in taken:
                break
        else:
            key = slug(name, taken, fallback="argument")
        keys[name] = key
        taken.add(key)
    return keys


def _unit(value: float | None, place: Place) -> float | None:
    if value is None or 0.0 <= value <= 1.0:
        return value
    at = f"line {place.line}: " if place.line else ""
    raise InvalidMap(
        [OutOfRange(f"{at}{value} is outside [0, 1]", place.pointer or "")]
    )


def names_of(map: Map, format: str, pattern: re.Pattern[str]) -> dict[str, str]:
    """Name claims as the format allows, and as they were named there, by key."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for key, claim in map.claims.items():
        own = left(claim, format).id
        wanted = own if isinstance(own, str) and pattern.fullmatch(own) else key
        if not pattern.fullmatch(wanted):
            wanted = wanted.replace("-", "_")
            wanted = wanted if pattern.fullmatch(wanted) else f"a{wanted}"
        name, number = wanted, 1
        while name in taken:
            number += 1
            name = f"{wanted}_{number}"
        taken.add(name)
        names[key] = name
    return names


def edges_of(map: Map, kinds: Sequence[str]) -> Iterable[tuple[str, str, str, float]]:
    """List relations between claims as kind, premise, target and weight.

    Each premise counts by itself; what has weight 0 is left out.
    """
    for relation in map.relations.values():
        if relation.kind in kinds and relation.target.claim and relation.weight:
            for premise in relation.premises:
                yield relation.kind, premise, relation.target.claim, relation.weight


def attacks_only(
    map: Map, names: dict[str, str], reading: Reading, format: str
) -> tuple[list[str], list[tuple[str, str]]]:
    """List arguments and attacks, and make what else is read part of them."""
    if reading == "leave-out":
        attacks = [(names[a], names[b]) for _, a, b, _ in edges_of(map, ["rebut"])]
        return list(names.values()), attacks + selves(map, names, format)
    framework = project(compile_map(map), reading).framework
    arguments = list(names.values())
    taken = set(arguments)
    number = 0
    while len(arguments) < framework.size:
        number += 1
        if (name := f"aux{number}") not in taken:
            arguments.append(name)
    pairs = zip(framework.sources.tolist(), framework.targets.tolist(), strict=True)
    found = dict.fromkeys((arguments[a], arguments[b]) for a, b in pairs)
    return arguments, list(found) + selves(map, names, format)


def selves(map: Map, names: dict[str, str], format: str) -> list[tuple[str, str]]:
    """List the attacks of arguments on themselves that the file had."""
    residue = map.residue.get(format)
    loose = residue.get("self") if isinstance(residue, dict) else None
    known = set(names.values())
    return [
        (each[1], each[1])
        for each in (loose if isinstance(loose, list) else ())
        if isinstance(each, list) and len(each) == 2 and each[1] in known
    ]
