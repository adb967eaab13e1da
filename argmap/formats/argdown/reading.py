"""From what a document of Argdown says to a map.

Statements become claims; arguments that only have a description, too. An argument of
premises and conclusions becomes relations, one for each inference; what is about such
an argument is about its last one. Keys come from titles, or else from texts.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final, Protocol

from argmap.errors import InvalidMap, Malformed
from argmap.formats.argdown.escaping import heading_title
from argmap.formats.argdown.inferences import Inferences
from argmap.formats.argdown.inline import one_line
from argmap.formats.argdown.lines import Lines
from argmap.formats.argdown.model import Member, Model, Node, Section, Thing
from argmap.formats.argdown.residue import (
    MEMBER,
    ClaimResidue,
    MapResidue,
    SectionResidue,
    kept,
    residue_of,
)
from argmap.formats.baggage import carried_sources, filled
from argmap.formats.remarks import Remarks
from argmap.formats.texts import fit
from argmap.model import Claim, Header, Map, slug, validate
from argmap.model.text import tidied
from argmap.plugin import Place, Report


class Places(Protocol):
    """Where in a file something stands, by its offset."""

    def place(self, offset: int) -> Place:
        """Say the place, for a remark."""

    def error(self, offset: int, detail: str) -> Malformed:
        """Make the error that names the place."""


UNNAMED: Final = "map"
_LONGEST_TITLE: Final = 500


def to_map(model: Model, places: Places) -> tuple[Map, Report]:
    """Make a map of what a document says, and say what that took.

    Raises:
        Malformed: Data under ``argmap`` are not what a map has.
        InvalidMap: They make a map that is wrong.
    """
    return Reading(model, places).run()


class Reading:
    """One document on its way to a map."""

    def __init__(self, model: Model, places: Places) -> None:
        self.model = model
        self.places = places
        self.remarks = Remarks()
        self.sections = list(_flat(model.sections))
        self.section_numbers = {id(s): i for i, s in enumerate(self.sections)}
        self.keys: dict[Node, str] = {}
        self.claim_sections: dict[str, int | None] = {}
        carried = model.frontmatter.get(MEMBER, {})
        self.carried: dict[str, Any] = carried if isinstance(carried, dict) else {}
        self.is_carrying = bool(self.carried)

    def run(self) -> tuple[Map, Report]:
        """Make the map."""
        if comments := self.model.comments:
            what = f"{len(comments)} comments, the first here"
            self.remarks.note("comments", what, "not kept", self.place(comments[0]))
        claims = self._claims()
        self.ranks = {key: rank for rank, key in enumerate(claims)}
        inferences = Inferences(self).run()
        relations = Lines(self, inferences).run()
        header = self._header()
        sources = carried_sources(self.carried.get("sources", []), "/argmap/sources")
        map_ = Map(
            **{name: getattr(header, name) for name in Header.__struct_fields__},
            sources=sources,
            claims=_ordered(claims, self.carried.get("claims")),
            relations=_ordered(relations, self.carried.get("order")),
        )
        if self.is_carrying and (faults := validate(map_)):
            raise InvalidMap(faults)
        return map_, self.remarks.report()

    def carried_relations(self) -> list[dict[str, Any]]:
        """List, as JSON, the relations that the frontmatter carries."""
        carried = self.carried.get("relations", [])
        if not isinstance(carried, list) or not all(
            isinstance(each, dict) for each in carried
        ):
            raise self.places.error(0, "argmap.relations: no array of objects")
        return carried

    def place(self, offset: int) -> Place:
        """Say where in the file something stands."""
        return self.places.place(offset)

    def section(self, section: Section | None) -> int | None:
        """Give the number of a section in the document."""
        return None if section is None else self.section_numbers[id(section)]

    def filled(
        self, kind: Any, members: Any, own: Mapping[str, Any], offset: int, key: str
    ) -> Any:
        """Make an item of what is said and what is carried with it."""
        self.is_carrying = True
        try:
            return filled(kind, members, own, "", key)
        except Malformed as error:
            at = f"{MEMBER}{error.pointer.replace('/', '.')}"
            raise self.places.error(offset, f"{at}: {error.detail}") from None

    # The map itself.

    def _header(self) -> Header:
        rest = {k: v for k, v in self.model.frontmatter.items() if k != MEMBER}
        title = rest.get("title")
        if isinstance(title, str) and title.strip() and len(title) <= _LONGEST_TITLE:
            del rest["title"]
            title = tidied(title)
        else:
            title = ""
        residue = MapResidue(rest, tuple(map(_section, self.sections)))
        members = self.carried.get("map", {})
        own = {"title": title, "residue": residue_of(members, kept(residue))}
        key = slug(title, (), fallback=UNNAMED)
        header: Header = self.filled(Header, members, own, 0, key)
        return header

    # Claims.

    def _claims(self) -> dict[str, Claim]:
        nodes: list[tuple[int, Node, Thing]] = []
        for type_, things in (
            ("statement", self.model.statements),
            ("argument", self.model.arguments),
        ):
            for title, thing in things.items():
                if not thing.steps:
                    node = Node(type_, title)  # type: ignore[arg-type] # one of two
                    nodes.append((_place(thing).offset, node, thing))
        nodes.sort(key=lambda entry: entry[0])
        taken = {
            key
            for _, _, thing in nodes
            if isinstance(key := _carried(thing).get("key"), str)
        }
        claims: dict[str, Claim] = {}
        for offset, node, thing in nodes:
            claim = self._claim(node, thing, offset, taken)
            if claim.key in claims:
                raise self.places.error(offset, f"the key {claim.key!r} is taken")
            taken.add(claim.key)
            claims[claim.key] = claim
            self.keys[node] = claim.key
            self.claim_sections[claim.key] = self.section(_section_of(thing))
        return claims

    def _claim(self, node: Node, thing: Thing, offset: int, taken: set[str]) -> Claim:
        member = thing.canonical
        place = self.place(offset)
        if member is not None:
            text = fit(member.content.plain, self.remarks, place)
        else:
            text = fit(one_line(thing.title), self.remarks, place)
            what = f"the {node.type} {thing.title!r} is referred to and never said"
            self.remarks.note("undefined", what, "its title is its text", place)
        carried = _carried(thing)
        key = carried.get("key")
        if not isinstance(key, str):
            key = slug(thing.title if thing.has_title else text, taken)
        said = carried.get("text")
        if isinstance(said, str) and one_line(said) == one_line(text):
            text = said
        others = _others(thing, member, text)
        residue = ClaimResidue(
            title=thing.title if thing.has_title and thing.title != key else None,
            is_argument=node.type == "argument",
            is_undefined=member is None,
            markup=member.content.markup if member else None,
            wordings=_markups(others),
            section=self.section(_section_of(thing)),
        )
        own: dict[str, Any] = {
            "text": text,
            "tags": tidied(self._tags(thing.tags, place)),
            "data": {k: v for k, v in thing.data.items() if k != MEMBER},
            "residue": residue_of(carried, kept(residue)),
        }
        if others:
            own["wordings"] = tuple(
                fit(m.content.plain, self.remarks, place) for m in others
            )
        if not carried:
            return Claim(key=key, **own)
        for name in ("tags", "wordings", "data"):  # what only data could say
            if name in carried:
                own.pop(name, None)
        claim: Claim = self.filled(Claim, carried, own, offset, key)
        return claim

    def _tags(self, tags: Collection[str], place: Place) -> tuple[str, ...]:
        fitting = tuple(t for t in tags if t.strip() and len(t) <= 500)
        if len(fitting) < len(tags):
            self.remarks.loss("tag", "a tag too long or blank", "left out", place)
        return fitting


def _carried(thing: Thing) -> dict[str, Any]:
    carried = thing.data.get(MEMBER)
    return carried if isinstance(carried, dict) else {}


def _place(thing: Thing) -> Member:
    """Find where a thing stands: defined, else on its own, else anywhere."""
    members = (
        thing.definitions
        or [member for member in thing.members if member.is_block]
        or thing.members
    )
    return min(members, key=lambda member: member.offset)


def _section_of(thing: Thing) -> Section | None:
    return thing.section if thing.definitions else _place(thing).section


def _others(thing: Thing, canonical: Member | None, text: str) -> list[Member]:
    """List the definitions that say something else, each once."""
    known = {one_line(text)}
    others = []
    for member in thing.definitions:
        if member is not canonical and member.content.plain not in known:
            known.add(member.content.plain)
            if member.content.plain:
                others.append(member)
    return others


def _markups(members: list[Member]) -> tuple[str | None, ...]:
    markups = tuple(member.content.markup for member in members)
    return markups if any(markups) else ()


def _flat(sections: list[Section]) -> Iterable[Section]:
    waiting = sections[::-1]
    while waiting:
        section = waiting.pop()
        yield section
        waiting += section.children[::-1]


def _section(section: Section) -> SectionResidue:
    title = heading_title(section.content)
    return SectionResidue(section.level, title, section.data)


def _ordered(items: dict[str, Any], order: Any) -> dict[str, Any]:
    """Put items into the order that is carried; what it does not name comes last."""
    if not isinstance(order, list):
        return items
    keys = [key for key in order if isinstance(key, str) and key in items]
    return {key: items[key] for key in (*dict.fromkeys(keys), *items)}
