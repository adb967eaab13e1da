"""What a tree says, member by member: a public form, so change it with care."""

from typing import Final, Literal

from msgspec import UNSET, Struct, UnsetType

from argmap.model import RelationKind, Target
from argmap.plugin import Verdict

Side = Literal["pro", "con"]


class Via(Struct, frozen=True, gc=False):
    """The relation that leads to a node. ``group`` is shared by linked premises."""

    relation: str
    rev: int | None
    kind: RelationKind
    target: Target
    group: str | None
    weight: float
    strength: float | None


class Reference(Struct, frozen=True, kw_only=True):
    """Where a claim that is met again unfolds; ``cycle``: further up this way."""

    id: str
    cycle: bool


class Placed(Struct, frozen=True, kw_only=True, gc=False):
    """Where a node is, if a layout was asked for.

    ``x`` and ``y`` are the upper left corner of its box in a picture that grows to the
    right, which has a size; all in pixels.
    """

    x: float | UnsetType = UNSET
    y: float | UnsetType = UNSET
    width: float | UnsetType = UNSET
    height: float | UnsetType = UNSET


PLACE: Final = Placed.__struct_fields__


class Facts(Placed, frozen=True, gc=False):
    """What a node says of itself.

    ``side`` is relative to the root: null there, and below a rephrase. ``child_count``
    counts what hangs directly below, ``hidden`` those of it that are not shown here,
    and ``next`` is the cursor that goes on after the last one shown.
    """

    id: str
    claim: str
    rev: int | None
    text: str
    strength: float | None
    verdict: Verdict | None
    side: Side | None
    via: Via | None
    child_count: int
    hidden: int
    next: str | None
    reference_to: Reference | None


FACTS: Final = tuple(f for f in Facts.__struct_fields__ if f not in PLACE)
"""The members of `Facts` in their order, without those of a layout."""


class Node(Facts, frozen=True, gc=False):
    """A claim at its place, with what hangs below."""

    children: tuple["Node", ...]


class FlatNode(Facts, frozen=True, gc=False):
    """A claim at its place; ``parent`` is the node above, null at the start."""

    parent: str | None


class Tree(Struct, frozen=True, kw_only=True):
    """The tree of a map from one claim, or the part of it below one place.

    ``language`` is what the map states of its texts, as it states it.
    """

    map: str
    revision: int | None
    rule: str | None
    language: str | None
    root: Node


class FlatTree(Struct, frozen=True, kw_only=True):
    """The same as a list, parents before children, level by level."""

    map: str
    revision: int | None
    rule: str | None
    language: str | None
    nodes: tuple[FlatNode, ...]


class SomeFacts(Placed, frozen=True, kw_only=True, gc=False):
    """A node with its id and those members that were asked for."""

    id: str
    claim: str | UnsetType = UNSET
    rev: int | UnsetType | None = UNSET
    text: str | UnsetType = UNSET
    strength: float | UnsetType | None = UNSET
    verdict: Verdict | UnsetType | None = UNSET
    side: Side | UnsetType | None = UNSET
    via: Via | UnsetType | None = UNSET
    child_count: int | UnsetType = UNSET
    hidden: int | UnsetType = UNSET
    next: str | UnsetType | None = UNSET
    reference_to: Reference | UnsetType | None = UNSET


class SomeNode(SomeFacts, frozen=True, kw_only=True, gc=False):
    """A claim at its place with some members, and with what hangs below."""

    children: tuple["SomeNode", ...]


class SomeFlatNode(SomeFacts, frozen=True, kw_only=True, gc=False):
    """A claim at its place with some members; ``parent`` is the node above."""

    parent: str | None


class SomeTree(Struct, frozen=True, kw_only=True):
    """A `Tree` whose nodes have some of their members."""

    map: str
    revision: int | None
    rule: str | None
    language: str | None
    root: SomeNode


class SomeFlatTree(Struct, frozen=True, kw_only=True):
    """A `FlatTree` whose nodes have some of their members."""

    map: str
    revision: int | None
    rule: str | None
    language: str | None
    nodes: tuple[SomeFlatNode, ...]
