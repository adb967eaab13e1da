"""What a file of another format carries for argmap in a member that others pass over.

Where a format lets strange members stand, what it has no words for travels in one
called ``argmap``: the members of an item as its argmap/1 file would have them. What a
format knows and argmap does not travels the other way, as *residue*: how what was read
differs from what would be written, so that an edit in between is not undone.
"""

from collections.abc import Container, Iterable, Mapping
from typing import Any, Final, TypeVar

from msgspec import Struct, ValidationError, field
from msgspec import convert as convert_laxly

from argmap.errors import Malformed
from argmap.model import Claim, Header, Map, Relation, Source, convert, validate
from argmap.model.codec import defaults, lean
from argmap.model.passages import measured
from argmap.model.text import tidied
from argmap.plugin import Place

T = TypeVar("T", Claim, Relation, Source, Header)

MEMBER: Final = "argmap"

CARRIED: Final = (
    "title description language targets data wordings claim-kinds base-scores speakers "
    "tags implicit-claims passages sources source-texts weights questions residue "
    "strange"
)
"""What of a map stands in members called ``argmap``."""

KEYED: Final = "keyed"
"""In the residue of a map: the file has told its key."""


class Difference(Struct, frozen=True, omit_defaults=True):
    """How an object that was read differs from the one that would be written.

    Attributes:
        id: What the file calls it, if that is not its key.
        more: Members that would not be written.
        instead: By member, what would be written, and what was read.
        inside: By member, how the objects that both are differ.
        without: Members that would be written, and were not there.
        of: Of which relation this is a further conclusion.
        speaker: Who the dialogue says has said it.
    """

    id: str | int | None = None
    more: dict[str, Any] = field(default_factory=dict)
    instead: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    inside: dict[str, Any] = field(default_factory=dict)
    without: dict[str, Any] = field(default_factory=dict)
    of: str | None = None
    speaker: str | None = None


_SAME: Final = Difference()


def difference(
    given: Mapping[str, Any],
    written: Mapping[str, Any],
    *,
    own_id: str | int | None = None,
    of: str | None = None,
    speaker: str | None = None,
) -> dict[str, Any]:
    """Say, as residue, how what was read differs from what would be written.

    >>> difference({"a": 1, "b": 2}, {"a": 1, "c": 3})
    {'more': {'b': 2}, 'without': {'c': 3}}
    """
    residue: dict[str, Any] = {}
    if own_id is not None:
        residue["id"] = own_id
    more: dict[str, Any] = {}
    for name, was in given.items():
        if name not in written:
            more[name] = was
        elif (value := written[name]) != was:
            if isinstance(was, dict) and isinstance(value, dict):
                residue.setdefault("inside", {})[name] = difference(was, value)
            else:
                residue.setdefault("instead", {})[name] = [value, was]
    if more:
        residue["more"] = more
    if len(given) - len(more) < len(written):
        residue["without"] = {n: written[n] for n in written if n not in given}
    if of is not None:
        residue["of"] = of
    if speaker is not None:
        residue["speaker"] = speaker
    return residue


def left(item: Header | Claim | Relation | Source, format: str) -> Difference:
    """Give what a format has left in an item; what is no such residue is none."""
    return as_difference(item.residue.get(format)) if item.residue else _SAME


def as_difference(residue: Any) -> Difference:
    """Read residue; what is none says that nothing differs."""
    if not residue:
        return _SAME
    try:
        return convert_laxly(residue, Difference)
    except ValidationError:
        return _SAME


def restored(written: dict[str, Any], residue: Difference) -> dict[str, Any]:
    """Write what was read, but for what has been changed since."""
    for name, was in residue.without.items():
        if name in written and written[name] == was:
            del written[name]
    for name, (was, given) in residue.instead.items():
        if name in written and written[name] == was:
            written[name] = given
    for name, inner in residue.inside.items():
        if isinstance(value := written.get(name), dict):
            written[name] = restored(dict(value), as_difference(inner))
    for name, value in residue.more.items():
        written.setdefault(name, value)
    return written


def rest(
    item: Claim | Relation | Source | Header, held: Container[str], format: str
) -> dict[str, Any]:
    """List as JSON the members of an item that a format does not hold itself."""
    members = {}
    for name, default in defaults(type(item)):
        if name not in held and (value := getattr(item, name)) != default:
            members[name] = lean(value)
    if format in item.residue:
        residue = {k: v for k, v in item.residue.items() if k != format}
        members.pop("residue", None)
        if residue:
            members["residue"] = residue
    return members


def filled(
    kind: type[T], members: Any, own: Mapping[str, Any], place: str, key: str = ""
) -> T:
    """Make an item of what a format holds itself and of what it carries.

    Raises:
        Malformed: What it carries is of the wrong kind; *place* points to it.
    """
    if not isinstance(members, dict):
        raise Malformed("this is no object", place)
    return tidied(convert({"key": key, **members, **own}, kind, place))


def carried_sources(carried: Any, place: str) -> dict[str, Source]:
    """Read the sources that a file carries.

    Raises:
        Malformed: They are none, or two have one key.
    """
    if not isinstance(carried, list):
        raise Malformed("this is no array", place)
    sources: dict[str, Source] = {}
    for index, each in enumerate(carried):
        source = filled(Source, each, {}, f"{place}/{index}")
        if source.key in sources:
            raise Malformed(f"{source.key!r} is taken", f"{place}/{index}/key")
        sources[source.key] = measured(source)
    return sources


def header(map: Map, format: str, held: Iterable[str] = ()) -> dict[str, Any]:
    """List what of a map's header and sources a format does not hold itself.

    The key goes with it, unless the map came from such a file, which had none.
    """
    own = {name: getattr(map, name) for name in Header.__struct_fields__}
    own_residue = map.residue.get(format)
    is_ours = not isinstance(own_residue, dict) or KEYED in own_residue
    unsaid = {*held, *([] if is_ours else ["key"])}
    carried: dict[str, Any] = {}
    if members := rest(Header(**own), unsaid, format):
        carried["map"] = members
    return carried


def checked(map: Map, places: Mapping[str, list[Place]]) -> Map:
    """Give a map that was made of what a file carries, if it is one.

    Raises:
        Malformed: It is not; said of the first fault, at the place of its item.
    """
    for fault in validate(map):
        _, shelf, *steps = fault.pointer.split("/")
        at = ""
        if steps and steps[0].isdigit() and int(steps[0]) < len(places.get(shelf, ())):
            at = places[shelf][int(steps[0])].pointer or ""
        raise Malformed(f"what it carries for argmap is wrong: {fault.detail}", at)
    return map
