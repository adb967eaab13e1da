"""A map as Argdown that people can read and other programs take.

Claims are blocks, in the order of the map, with what is about them in lines below;
a claim that comes next anyway stands right in its line. Whatever Argdown has no words
for is in braces under ``argmap``, so that reading gives the same map.
"""

import re
from typing import Any, Final

from msgspec.structs import replace

from argmap.formats.argdown.escaping import braces, heading_as_read, json_text
from argmap.formats.argdown.layout import Between, Braces, Layout
from argmap.formats.argdown.members import (
    SaidClaim,
    header_members,
    inference_members,
    line_members,
)
from argmap.formats.argdown.plan import Line, Plan, plan
from argmap.formats.argdown.residue import (
    LINE,
    MEMBER,
    MapResidue,
    RelationResidue,
    kept,
    left,
)
from argmap.formats.remarks import Remarks
from argmap.model import Header, Map, slug
from argmap.model.codec import lean
from argmap.plugin import Report

UNNAMED: Final = "map"


def from_map(map_: Map) -> tuple[str, Report]:
    """Write a map as a document of Argdown.

    Linear. Reading the document gives the same map, its order included.

    Returns:
        The text, and a note for every relation that stands as data only.
    """
    return Writing(map_).run()


class Writing:
    """One map on its way to a document."""

    def __init__(self, map_: Map) -> None:
        self.map = map_
        self.plan: Plan = plan(map_)
        self.said = {
            key: SaidClaim(
                claim,
                self.plan.titles[key],
                self.plan.claim_residues[key],
                section=self.plan.sections[key],
                is_argument=self.plan.is_argument(key),
            )
            for key, claim in map_.claims.items()
        }

    def run(self) -> tuple[str, Report]:
        """Write everything."""
        layout = Layout(self.plan, self.said)
        layout.run()
        self.natural = layout.natural_keys()
        order = [*self.natural, *(relation.key for relation in self.plan.carried)]
        body = "".join(
            part
            if isinstance(part, str)
            else self._braces(part)
            if isinstance(part, Braces)
            else self._inference(part)
            for part in layout.parts
        )
        remarks = Remarks()
        for relation in self.plan.carried:
            what = f"Argdown has no form for relation {relation.key!r}"
            remarks.note("carried", what, "kept as data in the frontmatter")
        frontmatter = self._frontmatter(layout.claims, order)
        text = f"===\n{frontmatter}===\n\n{body}" if frontmatter else body
        return text.rstrip("\n") + "\n", remarks.report()

    def _frontmatter(self, claims: list[str], relations: list[str]) -> str:
        map_, residue = self.map, self.plan.map_residue
        header = Header(**{n: getattr(map_, n) for n in Header.__struct_fields__})
        settings = {
            name: value
            for name, value in residue.frontmatter.items()
            if name not in ("title", MEMBER)
        }
        sections = tuple(map(heading_as_read, residue.sections))
        derived = kept(MapResidue(settings, sections))
        members = header_members(
            header, derived, slug(map_.title, (), fallback=UNNAMED)
        )
        carried = {
            "map": members,
            "sources": [lean(source) for source in map_.sources.values()],
            "relations": [lean(relation) for relation in self.plan.carried],
            "claims": claims != list(map_.claims) and list(map_.claims),
            "order": relations != list(map_.relations) and list(map_.relations),
        }
        lines: dict[str, Any] = {"title": map_.title} if map_.title.strip() else {}
        lines |= settings
        if kept_ := {name: value for name, value in carried.items() if value}:
            lines[MEMBER] = kept_
        return "".join(
            f"{json_text(name) if not _is_word(name) else name}: {json_text(value)}\n"
            for name, value in lines.items()
        )

    # Data that wait for the keys that reading would give.

    def _braces(self, place: Braces) -> str:
        data = dict(self.said[place.claim].data) if place.claim else {}
        if place.line is not None and (members := self._line_members(place.line)):
            data[LINE] = members
        return braces(data)

    def _line_members(self, line: Line) -> dict[str, Any]:
        residue = RelationResidue(type=line.type)
        members = line_members(line.relation, residue, self.natural[line.relation.key])
        if line.mirror is not None:
            residue = RelationResidue(type=line.type, is_mirror=True)
            natural = self.natural[line.mirror.key]
            if mirror := line_members(line.mirror, residue, natural):
                members["mirror"] = mirror
        return members

    def _inference(self, place: Between) -> str:
        relation = place.relation
        rules, data = inference_members(
            relation, self._as_read(place), self.natural[relation.key], place.uses
        )
        if not rules and not data:
            return "----\n"
        words = f"{', '.join(rules)}{braces(data)}".strip()
        return f"--\n{words}\n--\n"

    def _as_read(self, place: Between) -> RelationResidue:
        """Say what reading will leave in a relation that is written so."""
        relation, argument, about = place.relation, place.argument, place.about
        rules = left(relation, RelationResidue).rules if relation.scheme else ()
        residue = RelationResidue(
            is_structure=not self.plan.needs_structure(relation),
            has_uses=place.uses is not None and place.is_usual,
            unused=place.unused,
            rules=rules,
        )
        if relation is not argument.main:
            return residue
        of_claim = self.plan.sections[relation.target.claim or ""]
        return replace(
            residue,
            title=None if argument.title == relation.key else argument.title,
            descriptions=tuple(about.descriptions),
            tags=about.tags,
            data=about.data,
            section=None if argument.section == of_claim else argument.section,
            steps=tuple(step.key for step in argument.relations[:-1]),
        )


def _is_word(name: str) -> bool:
    return re.fullmatch(r"[A-Za-z_][\w.-]*", name, re.ASCII) is not None
