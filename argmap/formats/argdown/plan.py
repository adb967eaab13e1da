"""What of a map is written how: as lines, as premises and conclusions, or as data.

A line has one premise and stands under what it is about. A support that is linked, has
a scheme or is itself a target becomes an argument of premises and conclusion; what is
about it stands under its inference or its title. Whatever else there is travels as
data in the frontmatter.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from argmap.formats.argdown.drafts import needs_structure
from argmap.formats.argdown.escaping import can_be_title
from argmap.formats.argdown.model import SYMMETRIC
from argmap.formats.argdown.residue import (
    ClaimResidue,
    MapResidue,
    RelationResidue,
    left,
)
from argmap.model import Map, Relation

_SIGNS: Final = {
    "contradictory": "><",
    "undercut": "_",
    "attack": "-",
    "contrary": "-",
}


@dataclass(slots=True, eq=False)
class Argument:
    """Inferences that are written together; the last one gives it its title."""

    title: str
    relations: list[Relation]
    residue: RelationResidue
    section: int

    @property
    def main(self) -> Relation:
        """Give the last inference."""
        return self.relations[-1]

    def listing(self) -> Iterator[str]:
        """Go through the claims in the order in which they would be numbered."""
        for relation in self.relations:
            yield from relation.premises
            yield relation.target.claim or ""


@dataclass(slots=True, eq=False)
class Line:
    """One line: the claim in it, its sign, and the relation that goes without saying.

    ``type`` is what its reading will give besides the kind.
    """

    relation: Relation
    sign: str
    claim: str
    type: str | None = None
    mirror: Relation | None = None


@dataclass(slots=True, eq=False)
class Plan:
    """The form of everything in a map."""

    map: Map
    titles: dict[str, str] = field(default_factory=dict)
    claim_residues: dict[str, ClaimResidue] = field(default_factory=dict)
    sections: dict[str, int] = field(default_factory=dict)
    arguments: list[Argument] = field(default_factory=list)
    under_claim: dict[str, list[Line]] = field(default_factory=dict)
    under_title: dict[str, list[Line]] = field(default_factory=dict)
    under_inference: dict[str, list[Line]] = field(default_factory=dict)
    carried: list[Relation] = field(default_factory=list)
    targeted: frozenset[str] = frozenset()
    numbered: frozenset[str] = frozenset()
    map_residue: MapResidue = field(default_factory=MapResidue)

    def is_argument(self, key: str) -> bool:
        """Say whether a claim is written as an argument; what is numbered may not."""
        return self.claim_residues[key].is_argument and key not in self.numbered

    def needs_structure(self, relation: Relation) -> bool:
        """Say whether a relation cannot be a line."""
        return needs_structure(
            relation.kind,
            relation.premises,
            has_scheme=relation.scheme is not None,
            is_targeted=relation.key in self.targeted,
        )


def plan(map: Map) -> Plan:
    """Find a form for everything. Linear."""
    return _Planner(map).run()


class _Planner:
    def __init__(self, map: Map) -> None:
        self.map = map
        self.plan = Plan(map, map_residue=left(map, MapResidue))
        settings = self.plan.map_residue.frontmatter.get("model")
        self.is_strict = isinstance(settings, dict) and settings.get("mode") == "strict"
        self.residues = {
            key: left(relation, RelationResidue)
            for key, relation in map.relations.items()
        }
        self.taken: dict[bool, set[str]] = {False: set(), True: set()}
        self.said: set[tuple[str, str, str]] = set()
        self.argument_of: dict[str, Argument] = {}
        targets = (r.target.relation for r in map.relations.values())
        self.plan.targeted = frozenset(key for key in targets if key)

    def run(self) -> Plan:
        inferred = self._inferred()
        self.plan.numbered = frozenset(
            key
            for relation in inferred
            for key in (*relation.premises, relation.target.claim or "")
        )
        for key, claim in self.map.claims.items():
            residue = left(claim, ClaimResidue)
            self.plan.claim_residues[key] = residue
            self.plan.titles[key] = self._title(
                residue.title, key, is_argument=self.plan.is_argument(key)
            )
            self.plan.sections[key] = self._section(residue.section)
        self._arguments(inferred)
        pairs = self._pairs()
        mirrors = {mirror.key for mirror in pairs.values()}
        for key, relation in self.map.relations.items():
            if key not in self.argument_of and key not in mirrors:
                self._place(relation, pairs.get(key))
        return self.plan

    def _section(self, number: int | None) -> int:
        """Give a section that is there; -1 is before all."""
        count = len(self.plan.map_residue.sections)
        return number if number is not None and 0 <= number < count else -1

    def _title(self, title: str | None, key: str, *, is_argument: bool) -> str:
        taken = self.taken[is_argument]
        for candidate in (title, key):
            if candidate and candidate not in taken and can_be_title(candidate):
                taken.add(candidate)
                return candidate
        number = 2
        while f"{key}-{number}" in taken:
            number += 1
        taken.add(f"{key}-{number}")
        return f"{key}-{number}"

    # Arguments of premises and conclusions.

    def _inferred(self) -> list[Relation]:
        """List the relations that are inferences of arguments, last ones first."""
        chosen = [r for r in self.map.relations.values() if self._has_structure(r)]
        steps = {step for r in chosen for step in self.residues[r.key].steps}
        last = [relation for relation in chosen if relation.key not in steps]
        others = (self.map.relations.get(step) for step in dict.fromkeys(steps))
        known = {relation.key for relation in chosen}
        more = [r for r in others if r and r.key not in known and self._is_inference(r)]
        return [*last, *(r for r in chosen if r.key in steps), *more]

    def _arguments(self, inferred: list[Relation]) -> None:
        for relation in inferred:
            if relation.key not in self.argument_of:
                self._argument(relation)

    def _is_inference(self, relation: Relation) -> bool:
        return relation.kind == "support" and relation.target.claim is not None

    def _has_structure(self, relation: Relation) -> bool:
        residue = self.residues[relation.key]
        return self._is_inference(relation) and (
            residue.is_structure
            or bool(residue.steps)
            or self.plan.needs_structure(relation)
        )

    def _argument(self, main: Relation) -> None:
        residue = self.residues[main.key]
        relations = []
        for key in dict.fromkeys(residue.steps):
            step = self.map.relations.get(key)
            is_free = step is not None and key not in self.argument_of
            if step and is_free and step is not main and self._is_inference(step):
                relations.append(step)
        title = self._title(residue.title, main.key, is_argument=True)
        section = self.plan.sections[main.target.claim or ""]
        if residue.section is not None:
            section = self._section(residue.section)
        argument = Argument(title, [*relations, main], residue, section)
        self.plan.arguments.append(argument)
        for relation in argument.relations:
            self.argument_of[relation.key] = argument

    # Lines.

    def _pairs(self) -> dict[str, Relation]:
        """Find relations that are symmetric there, each with its other direction."""
        mirrors: dict[tuple[str | None, str, str], Relation] = {}
        for key, relation in self.map.relations.items():
            residue, ends = self.residues[key], _ends(relation)
            if residue.is_mirror and ends:
                mirrors.setdefault((residue.type, *ends), relation)
        pairs: dict[str, Relation] = {}
        for key, relation in self.map.relations.items():
            residue, ends = self.residues[key], _ends(relation)
            if residue.is_mirror or not ends or not self._is_symmetric(relation):
                continue
            mirror = mirrors.pop((residue.type, *ends[::-1]), None)
            if mirror is not None:
                pairs[key] = mirror
        return pairs

    def _is_symmetric(self, relation: Relation) -> bool:
        type_, ends = self.residues[relation.key].type, _ends(relation)
        if type_ == "contrary" and not self.is_strict:
            return False
        return type_ in SYMMETRIC and ends is not None and self._are_statements(*ends)

    def _are_statements(self, *keys: str) -> bool:
        return not any(map(self.plan.is_argument, keys))

    def _place(self, relation: Relation, mirror: Relation | None) -> None:
        """Put a relation where it is written, with its other direction."""
        line = self._line(relation, mirror)
        if line is None:
            self.plan.carried += [relation, *([mirror] if mirror else [])]
            return
        target = relation.target
        if target.claim is not None:
            place = relation.premises[0] if line.sign == "><" else target.claim
            self.plan.under_claim.setdefault(place, []).append(line)
        elif line.sign == "<_":
            self.plan.under_inference.setdefault(target.relation or "", []).append(line)
        else:
            self.plan.under_title.setdefault(target.relation or "", []).append(line)

    def _line(self, relation: Relation, mirror: Relation | None) -> Line | None:
        if len(relation.premises) > 1:
            return None
        premise = relation.premises[0]
        type_ = self.residues[relation.key].type
        if relation.target.claim is not None:
            line = self._claim_line(relation, type_, mirror)
            target = relation.target.claim
        else:
            line = self._relation_line(relation, type_)
            target = f"-{relation.target.relation}"  # no key begins so
        if line is None:
            return None
        said = {(f"{line.sign} {line.type}", premise, target)}
        if mirror:
            said.add((f"{line.sign} {line.type}", target, premise))
        if said & self.said:  # it would be read as the same
            return None
        self.said |= said
        return line

    def _claim_line(
        self, relation: Relation, type_: str | None, mirror: Relation | None
    ) -> Line | None:
        premise, target = relation.premises[0], relation.target.claim or ""
        if relation.kind == "support":
            return Line(relation, "+", premise)
        if relation.kind != "rebut":
            return None
        if mirror and type_ == "contradictory":
            return Line(relation, "><", target, type_, mirror)
        if mirror:
            return Line(relation, "-", premise, type_, mirror)
        if type_ == "undercut":
            return Line(relation, "_", premise, type_)
        if self.is_strict and self._are_statements(premise, target):
            return None  # it would be read as symmetric
        return Line(relation, "-", premise)

    def _relation_line(self, relation: Relation, type_: str | None) -> Line | None:
        argument = self.argument_of.get(relation.target.relation or "")
        premise = relation.premises[0]
        if argument is None:
            return None
        is_main = argument.main.key == relation.target.relation
        if relation.kind == "support":
            return Line(relation, "+", premise) if is_main else None
        if type_ != "attack" or not is_main or self._goes_without(argument, premise):
            return Line(relation, "<_", premise)
        return Line(relation, "-", premise, type_)

    @cached_property
    def _attacks(self) -> set[tuple[str, str]]:
        return {
            pair
            for relation in self.map.relations.values()
            if relation.kind == "rebut" and (pair := _ends(relation))
        }

    def _goes_without(self, argument: Argument, claim: str) -> bool:
        """Say whether an attack on an argument would be passed over in reading."""
        return any((claim, listed) in self._attacks for listed in argument.listing())


def _ends(relation: Relation) -> tuple[str, str] | None:
    """Give premise and target of what leads from one claim to one other."""
    if len(relation.premises) > 1 or relation.target.claim is None:
        return None
    return relation.premises[0], relation.target.claim
