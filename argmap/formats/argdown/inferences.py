"""Arguments of premises and conclusions, as relations: one for each inference.

An inference rests on the numbered statements that its ``uses`` lists, or else on the
conclusion before it and what came in between. A premise that no list names goes to the
next inference.
"""

from typing import TYPE_CHECKING, Any, Final

from argmap.formats.argdown.drafts import Draft
from argmap.formats.argdown.escaping import escaped
from argmap.formats.argdown.model import Conclusion, Node, Premise, Thing
from argmap.formats.argdown.residue import MEMBER, RelationResidue
from argmap.formats.wiring import MOST_PREMISES
from argmap.model import Scheme
from argmap.model.text import tidied

if TYPE_CHECKING:
    from argmap.formats.argdown.reading import Reading

_LONGEST_RULE: Final = 500

Inferred = dict[Node, Draft]
"""By inference the relation that it is; those that cannot be one are left out."""


class Inferences:
    """All arguments of one document."""

    def __init__(self, reading: "Reading") -> None:
        self.reading = reading
        self.drafts: Inferred = {}

    def run(self) -> Inferred:
        """Make the relations."""
        for title, argument in self.reading.model.arguments.items():
            if argument.steps:
                self._argument(title, argument)
        return self.drafts

    def _argument(self, title: str, argument: Thing) -> None:
        keys = [
            self.reading.keys[Node("statement", step.title)] for step in argument.steps
        ]
        used = self._used(argument, keys)
        made: list[Draft] = []
        for index, step in enumerate(argument.steps):
            if isinstance(step, Conclusion):
                premises, has_uses, unused = used[index]
                is_last = index == len(keys) - 1
                draft = self._draft(step, keys[index], premises)
                if draft is None:
                    continue
                about = self._about(argument, draft, made) if is_last else {}
                draft.residue = RelationResidue(
                    has_uses=has_uses,
                    unused=tuple(unused),
                    rules=tuple(rule for rule in step.rules if rule)[1:],
                    **about,
                )
                self.drafts[Node("inference", title, index)] = draft
                made.append(draft)

    def _used(
        self, argument: Thing, keys: list[str]
    ) -> dict[int, tuple[list[str], bool, list[str]]]:
        """Give each conclusion its premises, and how its list tells them.

        That is whether it says the usual, and what no list says.
        """
        steps = argument.steps
        lists = _lists(steps)
        named = {at for chosen in lists.values() for at in chosen}
        result: dict[int, tuple[list[str], bool, list[str]]] = {}
        start = 0
        for index, step in enumerate(steps):
            if not isinstance(step, Conclusion):
                continue
            usual = list(range(start, index))
            chosen = lists.get(index)
            told = usual if chosen is None else chosen
            untold = [
                at
                for at in (() if chosen is None else usual)
                if at not in named and not isinstance(steps[at], Conclusion)
            ]
            premises = list(dict.fromkeys(keys[at] for at in (*told, *untold)))
            unused = premises[len({keys[at] for at in told}) :]
            result[index] = premises, chosen == usual, unused
            start = index
        return result

    def _draft(
        self, step: Conclusion, target: str, premises: list[str]
    ) -> Draft | None:
        remarks, place = self.reading.remarks, self.reading.place(step.offset)
        fitting = tuple(premise for premise in premises if premise != target)
        if len(fitting) < len(premises):
            what = f"the conclusion {step.title!r} is among its own premises"
            remarks.loss("circular", what, "taken out of the premises", place)
        if len(fitting) > MOST_PREMISES:
            what = f"an inference from {len(fitting)} premises"
            done = f"only the first {MOST_PREMISES} taken"
            remarks.loss("premises", what, done, place)
            fitting = fitting[:MOST_PREMISES]
        if not fitting:
            remarks.loss("no-premise", "an inference from nothing", "left out", place)
            return None
        data = dict(step.data or {})
        carried = data.pop(MEMBER, {})
        if _listed_numbers(data):
            del data["uses"]
        own: dict[str, Any] = {"data": data} if data else {}
        rules = [rule for rule in step.rules if rule]
        if rules:
            own["scheme"] = Scheme(name=tidied(rules[0])[:_LONGEST_RULE])
        return Draft(
            "support",
            fitting,
            target,
            step.offset,
            is_structure=True,
            own=own,
            carried=carried if isinstance(carried, dict) else {},
        )

    def _about(
        self, argument: Thing, draft: Draft, before: list[Draft]
    ) -> dict[str, Any]:
        """Say what Argdown knows of the argument as a whole."""
        draft.steps = list(before)
        if argument.has_title:
            draft.title = argument.title
        section = self.reading.section(argument.section)
        if section == self.reading.claim_sections[str(draft.target)]:
            section = None
        elif section is None:
            section = -1
        contents = [member.content for member in argument.definitions]
        return {
            "descriptions": tuple(
                content.markup or escaped(content.plain)
                for content in contents
                if content.plain
            ),
            "tags": tuple(argument.tags),
            "data": {k: v for k, v in argument.data.items() if k != MEMBER},
            "section": section,
        }


def _listed_numbers(data: dict[str, Any] | None) -> list[int]:
    uses = (data or {}).get("uses")
    if not isinstance(uses, list):
        return []
    numbers = [n for n in uses if isinstance(n, int) and not isinstance(n, bool)]
    return numbers if len(numbers) == len(uses) else []


def _lists(steps: list[Conclusion | Premise]) -> dict[int, list[int]]:
    """Find the places that inferences list; one that names what is not there, does not.

    A number means the last statement before that has it.
    """
    lists: dict[int, list[int]] = {}
    places: dict[int, int] = {}
    for index, step in enumerate(steps):
        if isinstance(step, Conclusion):
            numbers = _listed_numbers(step.data)
            if numbers and all(number in places for number in numbers):
                chosen = dict.fromkeys(places[number] for number in numbers)
                lists[index] = list(chosen)
        places[step.number] = index
    return lists
