"""Where everything stands in a document that is written.

Headings in order; under each its claims in the order of the map, a claim in the line of
the one before where that comes to the same, else as a block of its own; arguments of
premises and conclusions where their claims come next in a row, or after the claims.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from argmap.formats.argdown.escaping import braces, heading_as_read
from argmap.formats.argdown.members import SaidArgument, SaidClaim
from argmap.formats.argdown.plan import Argument, Line, Plan
from argmap.formats.argdown.residue import RelationResidue, left
from argmap.model import Relation, slug

_DEEPEST: Final = 8
"""Lines in lines; deeper ones are hard to read, and their indentation adds up."""


@dataclass(slots=True, eq=False)
class Braces:
    """The data after a claim, a line, or both."""

    claim: str | None = None
    line: Line | None = None


@dataclass(slots=True, eq=False)
class Between:
    """The inference between premises and a conclusion.

    ``uses`` are the numbers of its premises, if they are written; ``is_usual`` that
    they would be taken anyway; ``unused`` are those left out, which are taken, too.
    """

    relation: Relation
    argument: Argument
    about: SaidArgument
    uses: list[int] | None = None
    is_usual: bool = False
    unused: tuple[str, ...] = ()


class Layout:
    """One document, in parts; data wait for the keys that reading would give."""

    def __init__(self, plan: Plan, said: dict[str, SaidClaim]) -> None:
        self.plan = plan
        self.said = said
        self.parts: list[str | Braces | Between] = []
        self.claims: list[str] = []
        self._order = sorted(plan.map.claims, key=lambda key: plan.sections[key])
        self._at = 0
        self._written: set[str] = set()
        self._done: set[str] = set()
        self._told: dict[str, int] = {}
        self._titles: dict[str, str | None] = {}
        self._waiting: dict[int, list[Argument]] = {}
        self._of_claim: dict[str, list[Argument]] = {}
        self._listings: dict[str, list[str]] = {}
        for argument in plan.arguments:
            self._waiting.setdefault(argument.section, []).append(argument)
            listing = list(dict.fromkeys(argument.listing()))
            self._listings[argument.main.key] = listing[::-1]
            for key in listing:
                self._of_claim.setdefault(key, []).append(argument)

    def run(self) -> None:
        """Lay out everything."""
        for number in range(-1, len(self.plan.map_residue.sections)):
            if number >= 0:
                section = heading_as_read(self.plan.map_residue.sections[number])
                marks = "#" * section.level
                self.parts.append(f"{marks} {section.title}{braces(section.data)}\n\n")
            while self._next_in(number) is not None:
                self._next_block(number)
            for argument in self._waiting.get(number, ()):
                if argument.main.key not in self._done:
                    self._argument(argument)

    def natural_keys(self) -> dict[str, str]:
        """Give the keys that reading would give to relations, in its order."""
        ranks = {key: rank for rank, key in enumerate(self.claims)}
        relations = self.plan.map.relations

        def rank(key: str) -> tuple[int, ...]:
            target = relations[key].target
            if target.relation is not None:
                return (*rank(target.relation), self._told[key])
            return ranks[target.claim or ""], key in self._titles, self._told[key]

        names = (
            (key, self._titles.get(key) or f"r{position}")
            for position, key in enumerate(sorted(self._told, key=rank), start=1)
        )
        return {key: slug(name, (), fallback="r") for key, name in names}

    # Claims.

    def _next_in(self, section: int) -> str | None:
        """Give the claim that comes next, if it stands in a section."""
        if self._at == len(self._order):
            return None
        key = self._order[self._at]
        return key if self.plan.sections[key] == section else None

    def _next_block(self, section: int) -> None:
        key = self._order[self._at]
        for argument in self._of_claim.get(key, ()):
            if self._comes_next(argument, section):
                self._argument(argument)
                return
        for other in self.said[key].others:
            self.parts.append(f"{self._title(key)}: {other}\n\n")
        self._define(key, "", None)
        self._lines(self.plan.under_claim.get(key, []), section)
        self.parts.append("\n")

    def _comes_next(self, argument: Argument, section: int) -> bool:
        """Say whether all of an argument's claims that are left come next in a row."""
        if argument.section != section or argument.main.key in self._done:
            return False
        at, listing = self._at, self._listings[argument.main.key]
        while listing and listing[-1] in self._written:
            listing.pop()
        if not listing or listing[-1] != self._order[at]:
            return False
        for key in reversed(listing):
            if key in self._written:
                continue
            if self._order[at : at + 1] != [key] or not self._may_stand_in(
                key, section
            ):
                return False
            at += 1
        return True

    def _may_stand_in(self, key: str, section: int) -> bool:
        """Say whether a claim may be defined in another's line, or be numbered."""
        said = self.said[key]
        return (
            self.plan.sections[key] == section
            and said.text is not None
            and not said.others
            and all(line.sign != "_" for line in self.plan.under_claim.get(key, ()))
        )

    def _title(self, key: str) -> str:
        title = self.plan.titles[key]
        return f"<{title}>" if self.plan.is_argument(key) else f"[{title}]"

    def _define(self, key: str, before: str, line: Line | None) -> None:
        """Write a claim as it is defined, or as it is referred to if it is not."""
        said = self.said[key]
        text = "" if said.text is None else f": {said.text}"
        words = " ".join((f"{before}{self._title(key)}{text}", *said.tags))
        self.parts += (words, Braces(key, line), "\n")
        self._written.add(key)
        self.claims.append(key)
        self._at += 1

    # Relations.

    def _lines(self, lines: list[Line], section: int) -> None:
        """Write lines and what is under them, without recursion."""
        walk: list[Iterator[Line]] = [iter(lines)]
        while walk:
            line = next(walk[-1], None)
            if line is None:
                walk.pop()
                continue
            self._tell(line.relation, line.mirror)
            key, before = line.claim, f"{'  ' * len(walk)}{line.sign} "
            is_next = self._next_in(section) == key and key not in self._written
            if is_next and len(walk) <= _DEEPEST and self._may_stand_in(key, section):
                self._define(key, before, line)
                walk.append(iter(self.plan.under_claim.get(key, ())))
            else:
                self.parts += (f"{before}{self._title(key)}", Braces(None, line), "\n")

    def _tell(self, *relations: Relation | None) -> None:
        for relation in relations:
            if relation is not None:
                self._told[relation.key] = len(self._told)

    def _argument(self, argument: Argument) -> None:
        """Write an argument: its title, its premises, inferences and conclusions."""
        self._done.add(argument.main.key)
        about = SaidArgument(argument.residue)
        title = f"<{argument.title}>"
        for description in about.descriptions[:-1]:
            self.parts.append(f"{title}: {description}\n\n")
        if about.descriptions:
            title += f": {about.descriptions[-1]}"
        words = " ".join((title, *about.outer_tags))
        self.parts.append(f"{words}{braces(about.data)}\n")
        self._lines(self.plan.under_title.get(argument.main.key, []), argument.section)
        self.parts.append("\n")
        numbers: dict[str, int] = {}
        count, before = 0, ""
        for relation in argument.relations:
            usual = [before] if before else []
            for premise in relation.premises:
                if premise not in numbers:
                    count += 1
                    self._number(premise, count, numbers, argument.section)
                    usual.append(premise)
            between = Between(relation, argument, about)
            _list_uses(between, usual, numbers)
            self._tell(relation)
            is_main = relation is argument.main
            self._titles[relation.key] = argument.title if is_main else None
            self.parts.append(between)
            self._lines(
                self.plan.under_inference.get(relation.key, []), argument.section
            )
            count += 1
            before = relation.target.claim or ""
            self._number(before, count, numbers, argument.section)
        self.parts.append("\n")

    def _number(
        self, key: str, number: int, numbers: dict[str, int], section: int
    ) -> None:
        numbers[key] = number
        before = f"({number}) "
        is_next = self._next_in(section) == key and key not in self._written
        if is_next and self._may_stand_in(key, section):
            self._define(key, before, None)
            self._lines(self.plan.under_claim.get(key, []), section)
        else:
            self.parts.append(f"{before}{self._title(key)}\n")


def _list_uses(place: Between, usual: list[str], numbers: dict[str, int]) -> None:
    """Say which premises an inference lists; *usual* are those it would take."""
    premises = place.relation.premises
    residue = left(place.relation, RelationResidue)
    place.is_usual = list(premises) == usual
    told = len(premises) - len(residue.unused)
    if 0 < told < len(premises) and premises[told:] == residue.unused:
        order = [key for key in usual if key in residue.unused]
        elsewhere = {
            key
            for relation in place.argument.relations
            if relation is not place.relation
            for key in relation.premises
        }
        if order == list(residue.unused) and elsewhere.isdisjoint(order):
            place.unused, place.is_usual = residue.unused, False
            premises = premises[:told]
    if not place.is_usual or residue.has_uses:
        place.uses = [numbers[premise] for premise in premises]
