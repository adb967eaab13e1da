"""From a document of Argdown to what it says.

Things come in the order in which they are left, innermost first, as the language's own
tool has it; titles for what has none are counted through in order of places.
"""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, Final

from argmap.formats.argdown.document import (
    Document,
    Element,
    Heading,
    Inference,
    ListItem,
    Structure,
)
from argmap.formats.argdown.meaning import settled
from argmap.formats.argdown.model import (
    Conclusion,
    Member,
    Model,
    Node,
    Premise,
    Relation,
    RelationType,
    Section,
    Thing,
)
from argmap.formats.argdown.places import Places
from argmap.formats.argdown.residue import LINE

_TYPES: Final[dict[str, RelationType]] = {
    "+": "support",
    "-": "attack",
    "_": "undercut",
    "><": "contradictory",
}
_TOP: Final = "top-level-statement"


def build(document: Document) -> Model:
    """Say what a document says. Linear.

    Raises:
        Malformed: An argument has two structures of premises and conclusions.
    """
    builder = _Builder(document)
    builder.run()
    settled(builder.model)
    return builder.model


def merge(data: dict[str, Any], more: dict[str, Any]) -> None:
    """Put data into data: objects member by member, lists place by place.

    Recurses as deep as data may nest.

    >>> data = {"k": 1, "l": {"a": 1}}
    >>> merge(data, {"l": {"b": 2}})
    >>> data
    {'k': 1, 'l': {'a': 1, 'b': 2}}
    """
    for name, new in more.items():
        old = data.get(name)
        if isinstance(old, dict) and isinstance(new, dict):
            merge(old, new)
        elif isinstance(old, list) and isinstance(new, list):
            old[: len(new)] = deepcopy(new)
        else:
            data[name] = deepcopy(new) if isinstance(new, dict | list) else new


class _Builder:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.model = Model(document.frontmatter or {}, comments=document.comments)
        self.section: Section | None = None
        self.inference: Node | None = None
        self._untitled = 0
        self._sections = 0
        self._known: dict[tuple[str, Node, Node], Relation] = {}

    def run(self) -> None:
        before: object = None
        for block in self.document.blocks:
            match block:
                case Heading():
                    self._heading(block)
                case Structure():
                    is_described = (
                        isinstance(before, Element) and before.type == "argument"
                    )
                    self._structure(block, before if is_described else None)
                case ListItem():
                    self._tree(block.element, None)
                case Element():
                    self._tree(block, _TOP)
            before = block
        for thing in (*self.model.statements.values(), *self.model.arguments.values()):
            if thing.section is None and thing.members:
                thing.section = thing.members[0].section

    def _heading(self, heading: Heading) -> None:
        self._sections += 1
        parent = self.section
        while parent and parent.level >= heading.level:
            parent = parent.parent
        self.section = Section(
            f"s{self._sections}",
            heading.level,
            heading.content,
            heading.data or {},
            parent,
        )
        (parent.children if parent else self.model.sections).append(self.section)

    # Statements and arguments, with what is under them.

    def _tree(self, root: Element, role: str | None) -> Member:
        """Go through an element and all under it, without recursion."""
        result = None
        walk: list[tuple[Element, str | None, Iterator[tuple[str, Element]]]]
        self._enter(root)
        walk = [(root, role, iter(root.relations))]
        signs: list[str] = []
        while walk:
            element, role, rest = walk[-1]
            following = next(rest, None)
            if following is not None:
                sign, child = following
                self._enter(child)
                signs.append(sign)
                walk.append((child, "relation-statement", iter(child.relations)))
                continue
            walk.pop()
            result = self._leave(element, role)
            if walk:
                self._relate(signs.pop(), self._node(walk[-1][0]), element)
        assert result is not None
        return result

    def _enter(self, element: Element) -> None:
        """Whatever has relations is named before them; what has none, when left."""
        if element.relations:
            self._thing(element)

    def _leave(self, element: Element, role: str | None) -> Member:
        thing = self._thing(element)
        is_argument = element.type == "argument"
        member = Member(
            element.content,
            element.offset,
            element.is_reference,
            role == _TOP,
            "argument-description" if is_argument else role,
            element.data,
            self.section,
        )
        thing.members.append(member)
        thing.tags |= dict.fromkeys(element.content.tags)
        data = element.data or {}
        if data:
            own = {name: value for name, value in data.items() if name != LINE}
            merge(thing.data, own)
        group = data.get("isInGroup")
        is_first = not element.is_reference and group is None and thing.section is None
        if group is True or is_first:
            thing.section = self.section
        return member

    def _thing(self, element: Element) -> Thing:
        things = (
            self.model.arguments
            if element.type == "argument"
            else self.model.statements
        )
        has_title = element.title is not None
        if element.title is None:
            element.title = self._title()
        thing = things.get(element.title)
        if thing is None:
            thing = things[element.title] = Thing(element.title, has_title)
        return thing

    def _title(self) -> str:
        self._untitled += 1
        return f"Untitled {self._untitled}"

    def _node(self, element: Element) -> Node:
        return Node(element.type, element.title or "")

    def _relate(self, sign: str, parent: Node, child: Element) -> None:
        there = self._node(child)
        type_ = _TYPES[sign if sign == "><" else sign.strip("<>")]
        is_outgoing = sign.endswith(">") or sign == "><"
        if type_ == "undercut" and not is_outgoing and parent.type == "statement":
            parent = self.inference or parent
        ends = (parent, there) if is_outgoing else (there, parent)
        if ends[0].type == "inference":
            ends = ends[::-1]
        self._add(Relation(type_, *ends, child.offset), child.data or {})

    def _add(self, relation: Relation, data: dict[str, Any]) -> None:
        ends = relation.source, relation.target
        known = self._known.get((relation.type, *ends))
        if known is None and relation.type == "contradictory":
            known = self._known.get((relation.type, *ends[::-1]))
        if known is None:
            known = self._known[relation.type, *ends] = relation
            self.model.relations.append(relation)
        if data:
            merge(known.data, data)

    # Premises and conclusions.

    def _structure(self, block: Structure, described: object) -> None:
        title = described.title if isinstance(described, Element) else None
        if title is None:
            title = self._title()
            self.model.arguments[title] = Thing(title, has_title=False)
        argument = self.model.arguments[title]
        if self.section is not None:
            argument.section = self.section
        if argument.steps:
            raise Places(self.document.text).error(
                block.offset, f"the argument <{title}> has premises already"
            )
        steps: list[Conclusion | Premise] = []
        for index, step in enumerate(block.steps):
            if step.inference:
                self._inference(step.inference, Node("inference", title, index))
            member = self._tree(step.statement, None)
            named = step.statement.title or ""
            if step.inference:
                inference = step.inference
                is_last = index == len(block.steps) - 1
                member.role = (
                    "main-conclusion" if is_last else "intermediary-conclusion"
                )
                steps.append(
                    Conclusion(
                        named,
                        step.number,
                        member,
                        inference.rules,
                        inference.data,
                        inference.offset,
                    )
                )
            else:
                member.role = "premise"
                steps.append(Premise(named, step.number, member))
        argument.steps = steps
        self.inference = None

    def _inference(self, inference: Inference, node: Node) -> None:
        self.inference = node
        for sign, child in inference.undercuts:
            self._tree(child, "relation-statement")
            self._relate(sign, node, child)
