"""Relations on their way to a map, before they have keys."""

from dataclasses import dataclass, field
from typing import Any

from argmap.formats.argdown.residue import RelationResidue
from argmap.model import RelationKind


@dataclass(slots=True, eq=False)
class Draft:
    """A relation whose target is a claim's key or another draft.

    ``own`` are members that Argdown says itself, ``carried`` those in data.
    """

    kind: RelationKind
    premises: tuple[str, ...]
    target: "str | Draft"
    offset: int
    residue: RelationResidue = field(default_factory=RelationResidue)
    is_structure: bool = False
    title: str | None = None
    own: dict[str, Any] = field(default_factory=dict)
    carried: dict[str, Any] = field(default_factory=dict)
    steps: "list[Draft]" = field(default_factory=list)
    key: str = ""


def needs_structure(
    kind: str, premises: tuple[str, ...], *, has_scheme: bool, is_targeted: bool
) -> bool:
    """Say whether a relation to a claim cannot be a line under that claim."""
    is_more = len(premises) > 1 or has_scheme or is_targeted
    return kind == "support" and is_more
