"""What a document of Argdown says: its own model, before argmap's.

Statements of one title are one thing with several members, the last definition (or the
one with ``isCanonical``) being what it says; arguments have descriptions and perhaps
premises and conclusions; relations lead between them and to inferences.
"""

from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from argmap.formats.argdown.inline import Content

RelationType = Literal[
    "support", "attack", "undercut", "entails", "contrary", "contradictory"
]
SYMMETRIC = ("contrary", "contradictory")


class Node(NamedTuple):
    """What a relation leads from or to; an inference is told by its conclusion."""

    type: Literal["statement", "argument", "inference"]
    title: str
    conclusion: int = 0


@dataclass(slots=True, eq=False)
class Member:
    """One place where a statement or argument stands."""

    content: Content
    offset: int
    is_reference: bool = False
    is_block: bool = False
    role: str | None = None
    data: dict[str, Any] | None = None
    section: "Section | None" = None


@dataclass(slots=True, eq=False)
class Thing:
    """A statement or an argument: whatever stands under one title.

    ``has_title`` is false for what got one here. ``tags`` are a set with an order.
    """

    title: str
    has_title: bool = True
    members: list[Member] = field(default_factory=list)
    tags: dict[str, None] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    section: "Section | None" = None
    steps: "list[Conclusion | Premise]" = field(default_factory=list)

    @property
    def definitions(self) -> list[Member]:
        """List the members that say something, in order."""
        return [member for member in self.members if not member.is_reference]

    @property
    def canonical(self) -> Member | None:
        """Find the member that says what the thing is."""
        found = self.definitions
        chosen = [member for member in found if (member.data or {}).get("isCanonical")]
        return (chosen or found)[-1] if found else None


@dataclass(slots=True, eq=False)
class Premise:
    """A numbered statement of an argument that is not inferred there."""

    title: str
    number: int
    member: Member


@dataclass(slots=True, eq=False)
class Conclusion(Premise):
    """One that is, by rules and with the data of its inference."""

    rules: list[str] = field(default_factory=list)
    data: dict[str, Any] | None = None
    offset: int = 0


@dataclass(slots=True, eq=False)
class Section:
    """What stands under a heading, up to the next of its level."""

    id: str
    level: int
    content: Content
    data: dict[str, Any]
    parent: "Section | None" = None
    children: "list[Section]" = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Relation:
    """One relation, however often it is written.

    ``data`` is that of the members that stand where it is written.
    """

    type: RelationType
    source: Node
    target: Node
    offset: int
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Model:
    """Everything a document says, in the order in which it says it.

    ``comments`` are the places of what it only says to who reads the file.
    """

    frontmatter: dict[str, Any] = field(default_factory=dict)
    statements: dict[str, Thing] = field(default_factory=dict)
    arguments: dict[str, Thing] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    comments: list[int] = field(default_factory=list)

    @property
    def is_strict(self) -> bool:
        """Say whether relations between statements are logical ones."""
        settings = self.frontmatter.get("model")
        return isinstance(settings, dict) and settings.get("mode") == "strict"
