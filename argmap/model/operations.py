"""Operations: changes of a map as data.

The same four shapes serve history, batches, what-if, flips and diffs. An operation
names exactly one item, by its kind: ``{"op": "remove", "claim": "tram-is-quiet"}``. A
passage is named ``{"source": …, "passage": …}``. Within a batch an added item may have
the key ``$name``, by which later operations refer to it, or none: then
`argmap.model.change` derives a key from its text.
"""

from typing import Any

from msgspec import Struct, field

from argmap.model.items import Claim, ItemKind, Key, Passage, Relation, Source


class PassagePath(
    Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    repr_omit_defaults=True,
):
    """Where a passage is: passages' keys are unique in their source."""

    source: Key
    passage: Key


class NewPassage(
    Passage,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    repr_omit_defaults=True,
):
    """A passage, with the source that it goes to."""

    source: Key


class Add(
    Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag_field="op",
    tag="add",
    omit_defaults=True,
    repr_omit_defaults=True,
):
    """Add one item, before the one of its kind that ``before`` names, or at the end."""

    source: Source | None = None
    passage: NewPassage | None = None
    claim: Claim | None = None
    relation: Relation | None = None
    before: Key | None = None

    def __post_init__(self) -> None:
        item(self)


class Replace(
    Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag_field="op",
    tag="replace",
    omit_defaults=True,
    repr_omit_defaults=True,
):
    """Give members of one item new values; members that ``set`` leaves out keep theirs.

    ``if`` is the item's ETag (``r4``) or ``*``: nothing happens if it is another.
    """

    map: Key | None = None
    source: Key | None = None
    passage: PassagePath | None = None
    claim: Key | None = None
    relation: Key | None = None
    set: dict[str, Any]
    if_match: str | None = field(default=None, name="if")

    def __post_init__(self) -> None:
        item(self)


class Remove(
    Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag_field="op",
    tag="remove",
    omit_defaults=True,
    repr_omit_defaults=True,
):
    """Remove one item; with ``cascade`` also what could not stand without it."""

    source: Key | None = None
    passage: PassagePath | None = None
    claim: Key | None = None
    relation: Key | None = None
    cascade: bool = False
    if_match: str | None = field(default=None, name="if")

    def __post_init__(self) -> None:
        item(self)


class Move(
    Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag_field="op",
    tag="move",
    omit_defaults=True,
    repr_omit_defaults=True,
):
    """Put one item before another of its kind, or at the end."""

    source: Key | None = None
    passage: PassagePath | None = None
    claim: Key | None = None
    relation: Key | None = None
    before: Key | None = None

    def __post_init__(self) -> None:
        item(self)


Operation = Add | Replace | Remove | Move

_KINDS: tuple[ItemKind, ...] = ("map", "source", "passage", "claim", "relation")


def item(operation: Operation) -> tuple[ItemKind, Any]:
    """Say of what kind an operation's item is, and what the operation says of it.

    Raises:
        ValueError: The operation names no item, or several.

    >>> item(Remove(claim="cost"))
    ('claim', 'cost')
    """
    named = [
        (kind, value)
        for kind in _KINDS
        if (value := getattr(operation, kind, None)) is not None
    ]
    if len(named) != 1:
        raise ValueError(f"name exactly one item: {', '.join(_KINDS)}")
    return named[0]
