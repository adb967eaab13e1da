"""What Argdown knows of a map and argmap does not: kept as residue, written back.

A residue says only what is not as the writer would have it anyway. One that is no such
thing (someone has changed it) counts as none.
"""

from typing import Any, Final, TypeVar

from msgspec import Struct, ValidationError, convert, field

from argmap.model import Claim, Header, Relation
from argmap.model.codec import lean

FORMAT: Final = "argdown"

MEMBER: Final = "argmap"
"""The member of data that carries what Argdown has no words for."""

LINE: Final = "argmap-relation"
"""The same for a relation, in the data of what stands in its line."""

T = TypeVar("T", bound=Struct)


class ClaimResidue(Struct, frozen=True, omit_defaults=True):
    """How a claim was written.

    Attributes:
        title: If that is not the claim's key.
        is_argument: It was an argument, not a statement.
        is_undefined: It is only referred to: its text is its title.
        markup: The text with its marks.
        wordings: The same of the wordings, if any has marks.
        section: The section's place in the document, from 0.
    """

    title: str | None = None
    is_argument: bool = False
    is_undefined: bool = False
    markup: str | None = None
    wordings: tuple[str | None, ...] = ()
    section: int | None = None


class RelationResidue(Struct, frozen=True, omit_defaults=True):
    """How a relation was written.

    Attributes:
        type: Its type there, if the kind has another of its own.
        is_mirror: It is the other direction of one that is symmetric.
        is_structure: Written as premise and conclusion, though a line would do.
        title: The argument's, if that is not the relation's key.
        descriptions: The argument's, with their marks.
        tags: The argument's.
        data: The argument's.
        section: Its place in the document, from 0, if that is not the section of
            what it concludes; -1 before all.
        steps: The keys of the inferences before, in the same argument.
        has_uses: The inference lists the premises that it would use anyway.
        unused: Premises at the end that its list leaves out, as all others do.
        rules: The names of further rules of inference.
    """

    type: str | None = None
    is_mirror: bool = False
    is_structure: bool = False
    title: str | None = None
    descriptions: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    data: dict[str, Any] = field(default_factory=dict)
    section: int | None = None
    steps: tuple[str, ...] = ()
    has_uses: bool = False
    unused: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


class SectionResidue(Struct, frozen=True, omit_defaults=True):
    """A heading, with its marks and tags."""

    level: int
    title: str
    data: dict[str, Any] = field(default_factory=dict)


class MapResidue(Struct, frozen=True, omit_defaults=True):
    """What was in the frontmatter besides the title, and the headings in order."""

    frontmatter: dict[str, Any] = field(default_factory=dict)
    sections: tuple[SectionResidue, ...] = ()


def kept(residue: Struct) -> dict[str, Any]:
    """Give a residue as it stands in an item's ``residue``; nothing if it says nothing.

    >>> kept(ClaimResidue(title="The tram"))
    {'argdown': {'title': 'The tram'}}
    """
    members = lean(residue)
    return {FORMAT: members} if members else {}


def left(item: Header | Claim | Relation, kind: type[T]) -> T:
    """Read the residue that Argdown has left in an item."""
    try:
        return convert(item.residue.get(FORMAT, {}), kind)
    except ValidationError:
        return kind()


def residue_of(carried: Any, derived: dict[str, Any]) -> dict[str, Any]:
    """Put together what other formats left, and what this one would leave now.

    What is carried under this format's own name stands instead; null is nothing.
    """
    residue = carried.get("residue", {}) if isinstance(carried, dict) else {}
    if not isinstance(residue, dict):
        return derived
    whole = derived | residue
    if whole.get(FORMAT, {}) is None:
        del whole[FORMAT]
    return whole
