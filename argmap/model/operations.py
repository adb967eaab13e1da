"""Operations: changes of a map as data.

The same four shapes serve history, batches, what-if, flips and diffs. An operation
names exactly one item, by its kind: ``{"op": "remove", "claim": "tram-is-quiet"}``. A
passage is named ``{"source": …, "passage": …}``. Within a batch an added item may have
the key ``$name``, by which later operations refer to it, or none: then
`argmap.model.change` derives a key from its text.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Final

from msgspec import Meta, field

from argmap.model.items import Claim, ItemKind, Key, Part, Passage, Relation, Source

STATE_PATTERN: Final = r"^(\*|r[0-9]+)$(?!\n)"
State = Annotated[
    str,
    Meta(
        pattern=STATE_PATTERN,
        description="The ETag of an item, without its quotes, or `*` for any state.",
    ),
]


class PassagePath(Part, frozen=True, kw_only=True):
    """Where a passage is: passages' keys are unique in their source."""

    source: Key
    passage: Key


class NewPassage(Passage, frozen=True, kw_only=True):
    """A passage, with the source that it goes to."""

    source: Key


class _Operation(Part, frozen=True, kw_only=True, omit_defaults=True, tag_field="op"):
    """What all operations are: one object for each item, the others left out."""

    def __post_init__(self) -> None:
        item(self)


class Add(_Operation, tag="add", frozen=True, kw_only=True):
    """Add one item, before the one of its kind that ``before`` names, or at the end."""

    source: Source | None = None
    passage: NewPassage | None = None
    claim: Claim | None = None
    relation: Relation | None = None
    before: Key | None = None


class Replace(_Operation, tag="replace", frozen=True, kw_only=True):
    """Give members of one item new values; members that ``set`` leaves out keep theirs.

    ``if`` is the item's ETag (``r4``) or ``*``: nothing happens if it is another.
    """

    map: Key | None = None
    source: Key | None = None
    passage: PassagePath | None = None
    claim: Key | None = None
    relation: Key | None = None
    set: dict[str, Any]
    if_match: State | None = field(default=None, name="if")


class Remove(_Operation, tag="remove", frozen=True, kw_only=True):
    """Remove one item; with ``cascade`` also what could not stand without it."""

    source: Key | None = None
    passage: PassagePath | None = None
    claim: Key | None = None
    relation: Key | None = None
    cascade: bool = False
    if_match: State | None = field(default=None, name="if")


class Move(_Operation, tag="move", frozen=True, kw_only=True):
    """Put one item before another of its kind, or at the end."""

    source: Key | None = None
    passage: PassagePath | None = None
    claim: Key | None = None
    relation: Key | None = None
    before: Key | None = None


Operation = Add | Replace | Remove | Move

_KINDS: tuple[ItemKind, ...] = ("map", "source", "passage", "claim", "relation")


def item(operation: _Operation) -> tuple[ItemKind, Any]:
    """Say of what kind an operation's item is, and what the operation says of it.

    Raises:
        ValueError: The operation names no item, or several.

    >>> item(Remove(claim="cost"))
    ('claim', 'cost')
    """
    named = [
        (kind, value)
        for kind in _NAMED[type(operation)]
        if (value := getattr(operation, kind)) is not None
    ]
    if len(named) != 1:
        raise ValueError(f"name exactly one item: {', '.join(_KINDS)}")
    return named[0]


_NAMED: Final[Mapping[type[_Operation], list[ItemKind]]] = {
    type_: [kind for kind in _KINDS if kind in type_.__struct_fields__]
    for type_ in (Add, Replace, Remove, Move)
}
