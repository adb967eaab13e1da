"""Relations that stand in lines of their own, and all relations put in order.

Order is that of what they are about; under one claim lines come first, then arguments
of premises and conclusions, then what is about those.
"""

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from argmap.errors import Malformed
from argmap.formats.argdown.drafts import Draft, needs_structure
from argmap.formats.argdown.inferences import Inferred
from argmap.formats.argdown.model import SYMMETRIC, Node
from argmap.formats.argdown.model import Relation as Line
from argmap.formats.argdown.residue import LINE, RelationResidue, kept, residue_of
from argmap.model import Relation, RelationKind, Target, convert, slug
from argmap.model.text import tidied

if TYPE_CHECKING:
    from argmap.formats.argdown.reading import Reading


class Lines:
    """All relations of one document."""

    def __init__(self, reading: "Reading", inferred: Inferred) -> None:
        self.reading = reading
        self.inferred = inferred

    def run(self) -> dict[str, Relation]:
        """Make the relations, with keys, in order."""
        drafts = list(self.inferred.values())
        for line in self.reading.model.relations:
            drafts += self._drafts(line)
        drafts.sort(key=self._rank)
        self._name(drafts)
        carried = self._carried()
        targeted = {d.target.key for d in drafts if isinstance(d.target, Draft)}
        targeted |= {r.target.relation or "" for r in carried}
        relations: dict[str, Relation] = {}
        for draft in drafts:
            relations[draft.key] = self._relation(draft, targeted)
        for relation in carried:
            if relation.key in relations:
                raise Malformed(f"argmap: the key {relation.key!r} is taken")
            relations[relation.key] = relation
        return relations

    def _rank(self, draft: Draft) -> tuple[int, ...]:
        target = draft.target
        if isinstance(target, Draft):
            return (*self._rank(target), draft.offset)
        return self.reading.ranks[target], draft.is_structure, draft.offset

    # What a line means.

    def _drafts(self, line: Line) -> list[Draft]:
        source = self.reading.keys.get(line.source)
        target = self._target(line.target)
        if source is None or source == target:
            what = f"{line.source.title!r} in relation to itself"
            place = self.reading.place(line.offset)
            self.reading.remarks.loss("self-relation", what, "left out", place)
            return []
        kind, type_ = self._kind(line, target)
        carried = line.data.get(LINE)
        carried = dict(carried) if isinstance(carried, dict) else {}
        mirrored = carried.pop("mirror", {})
        draft = Draft(
            kind,
            (source,),
            target,
            line.offset,
            RelationResidue(type=type_),
            carried=carried,
        )
        if line.type not in SYMMETRIC or isinstance(target, Draft):
            return [draft]
        mirror = Draft(
            kind,
            (target,),
            source,
            line.offset,
            RelationResidue(type=type_, is_mirror=True),
            carried=mirrored if isinstance(mirrored, dict) else {},
        )
        return [draft, mirror]

    def _target(self, node: Node) -> str | Draft:
        if node.type == "statement":
            return self.reading.keys[node]
        steps = self.reading.model.arguments[node.title].steps
        if not steps:
            return self.reading.keys[node]
        index = node.conclusion if node.type == "inference" else len(steps) - 1
        draft = self.inferred.get(Node("inference", node.title, index))
        return draft or self.reading.keys[Node("statement", steps[index].title)]

    def _kind(self, line: Line, target: str | Draft) -> tuple[RelationKind, str | None]:
        """Say the kind, and the type there if the kind does not tell it."""
        place, remarks = self.reading.place(line.offset), self.reading.remarks
        if line.type in ("support", "entails"):
            return "support", None
        if isinstance(target, Draft):
            if line.type == "undercut":
                return "undercut", None
            what = "an attack on an argument of premises and a conclusion"
            remarks.note("attack-on-argument", what, "undercuts its inference", place)
            return "undercut", "attack"
        if line.type == "undercut":
            what = "an undercut of what is no inference"
            remarks.repair("undercut-of-claim", what, "read as a rebuttal", place)
            return "rebut", "undercut"
        return "rebut", line.type if line.type in SYMMETRIC else None

    # Keys and items.

    def _name(self, drafts: list[Draft]) -> None:
        taken = {
            key
            for each in self.reading.carried_relations()
            if isinstance(key := each.get("key"), str)
        }
        for draft in drafts:
            key = draft.carried.get("key")
            if isinstance(key, str):
                if key in taken:
                    raise self.reading.places.error(
                        draft.offset, f"the key {key!r} is taken"
                    )
                draft.key = key
                taken.add(key)
        for position, draft in enumerate(drafts, start=1):
            if not draft.key:
                draft.key = slug(draft.title or f"r{position}", taken, fallback="r")
                taken.add(draft.key)

    def _relation(self, draft: Draft, targeted: set[str]) -> Relation:
        target = draft.target
        own: dict[str, Any] = {
            "kind": draft.kind,
            "premises": draft.premises,
            "target": Target(claim=target)
            if isinstance(target, str)
            else Target(relation=target.key),
            **draft.own,
        }
        residue = draft.residue
        if draft.is_structure:
            usual = needs_structure(
                draft.kind,
                draft.premises,
                has_scheme="scheme" in own or "scheme" in draft.carried,
                is_targeted=draft.key in targeted,
            )
            title = draft.title
            residue = replace(
                residue,
                is_structure=not usual,
                title=None if title == draft.key else title,
                steps=tuple(step.key for step in draft.steps),
            )
        own["residue"] = residue_of(draft.carried, kept(residue))
        if not draft.carried:
            return Relation(key=draft.key, **own)
        for name in ("scheme", "data"):  # what only data could say
            if name in draft.carried:
                own.pop(name, None)
        relation: Relation = self.reading.filled(
            Relation, draft.carried, own, draft.offset, draft.key
        )
        return relation

    def _carried(self) -> list[Relation]:
        """Read the relations that Argdown has no form for."""
        return [
            tidied(convert(each, Relation, f"/argmap/relations/{index}"))
            for index, each in enumerate(self.reading.carried_relations())
        ]
