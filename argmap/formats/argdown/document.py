"""A document of Argdown as a tree: what stands where, before what it means."""

from dataclasses import dataclass, field
from typing import Any, Literal

from argmap.formats.argdown.inline import Content


@dataclass(slots=True, eq=False)
class Element:
    """A statement or argument at one place: defined, referred to, or without a title.

    ``relations`` are what is indented under it: a sign, and what it leads to.
    """

    type: Literal["statement", "argument"]
    offset: int
    title: str | None = None
    is_reference: bool = False
    content: Content = field(default_factory=Content)
    data: dict[str, Any] | None = None
    relations: list[tuple[str, "Element"]] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Inference:
    """The line between premises and a conclusion; ``undercuts`` stand under it."""

    offset: int
    rules: list[str] = field(default_factory=list)
    data: dict[str, Any] | None = None
    undercuts: list[tuple[str, Element]] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Step:
    """A numbered statement; a conclusion has the inference before it."""

    number: int
    statement: Element
    inference: Inference | None = None


@dataclass(slots=True, eq=False)
class Structure:
    """Premises, inferences and conclusions, in order."""

    offset: int
    steps: list[Step]


@dataclass(slots=True, eq=False)
class Heading:
    """A heading: it opens a section of its level."""

    offset: int
    level: int
    content: Content
    data: dict[str, Any] | None = None


@dataclass(slots=True, eq=False)
class ListItem:
    """An item of a list, ordered or not: what it is says the element."""

    element: Element


Block = Heading | Element | Structure | ListItem


@dataclass(slots=True, eq=False)
class Document:
    """The whole: frontmatter and blocks, and where comments were."""

    text: str
    comments: list[int] = field(default_factory=list)
    frontmatter: dict[str, Any] | None = None
    blocks: list[Block] = field(default_factory=list)
