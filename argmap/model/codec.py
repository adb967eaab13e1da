"""JSON in and out: the one strict decoder, and the argmap/1 file.

Bodies, files and parameters all come through `decode`, so nothing is read laxly
anywhere: no text for a number, no member that nobody knows, none twice, no NaN, no
integer that another reader would round, no character that no text may hold, no nesting
without end.

A file lists items in the order of the map and members in the order of their types, and
leaves out what equals its default, so that it diffs well.
"""

import json
import re
from codecs import BOM_UTF8
from contextlib import suppress
from functools import cache
from itertools import chain
from typing import Any, Final, Literal, TypeVar

import msgspec
from msgspec import NODEFAULT, Struct
from msgspec.structs import fields

from argmap.errors import DuplicateKey, Fault, InvalidMap, Malformed
from argmap.model.allowed import wording
from argmap.model.items import KEY_PATTERN, Claim, Header, Map, Relation, Source
from argmap.model.normal import normal
from argmap.model.operations import STATE_PATTERN, Add, Operation, Replace
from argmap.model.places import NESTING, pointer_at
from argmap.model.pointer import pointer
from argmap.model.strict import misspelt, no_number, refuse, too_deep
from argmap.model.text import is_tidy
from argmap.model.validate import faults_of

T = TypeVar("T")

FORMAT: Final = "argmap/1"
"""What a file says that it is."""

_AT = re.compile(r"(?s)(.*) - at (?:`key` in )?`\$(.*)`")
_STEP = re.compile(r"\.([^.\[]+)|\[(\d+)\]")
_STRANGER = re.compile(r"(?s)Object contains unknown field `(.*)`")


def decode(data: bytes, shape: type[T], levels: int = NESTING) -> T:
    """Read JSON as a type, strictly.

    Linear, in C but for one call per object and integer. A byte order mark is skipped.
    It may nest as deep as *levels*.

    Raises:
        Malformed: With a pointer to the place: not UTF-8, no JSON, another type, an
            unknown member or one given twice, an integer beyond 2**53 - 1, a forbidden
            character, more levels than it may have.

    >>> from argmap.model import Target
    >>> decode(b'{"claim": "tram"}', Target)
    Target(claim='tram')
    >>> decode(b'{"claim": "tram", "claim": 7}', Target)
    Traceback (most recent call last):
    argmap.errors.Malformed: /claim: expected `str | null`, got `int`
    """
    data = data.removeprefix(BOM_UTF8)
    text = _decoded(data)
    try:
        value = msgspec.json.decode(data, type=shape)
    except msgspec.ValidationError as error:
        raise _mistyped(str(error), "", shape) from None
    except msgspec.DecodeError as error:
        raise _unreadable(str(error), text) from None
    except RecursionError:
        raise too_deep(text) from None
    refuse(data, text, levels)
    return value


def convert(
    value: Any, shape: type[T], pointer: str = "", *, is_text: bool = False
) -> T:
    """Read JSON that is decoded already as a type, as strictly.

    *is_text* says that numbers and booleans come as text, as they do in a query.

    Raises:
        Malformed: It is of another type; the pointer begins with the one given.
    """
    try:
        return msgspec.convert(value, shape, strict=not is_text)
    except msgspec.ValidationError as error:
        raise _mistyped(str(error), pointer, shape) from None
    except RecursionError:
        raise Malformed("nests too deep", pointer) from None
    except UnicodeEncodeError:  # in the text of the error that msgspec would raise
        raise Malformed("holds a lone surrogate; leave it out", pointer) from None


def _decoded(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        detail = (
            f"byte {error.start} is not UTF-8; save as UTF-8 without other encodings"
        )
        raise Malformed(detail, pointer_at(before, len(before))) from None


def _mistyped(message: str, base: str, shape: Any) -> Malformed:
    """Turn msgspec's message and path into ours."""
    at, steps = base, []
    if found := _AT.fullmatch(message):
        message, path = found.groups()
        known, _, _ = path.partition("[...]")  # msgspec does not say which member
        steps = [name or index for name, index in _STEP.findall(known)]
        at += pointer(steps)
    if found := _STRANGER.fullmatch(message):
        return Malformed(f"unknown member {found[1]!r}", at + pointer([found[1]]))
    if repr(KEY_PATTERN) in message:
        message = "no key: use 1 to 64 of a-z, 0-9 and -, not - first"
    if repr(STATE_PATTERN) in message:
        message = "no state of an item: give its ETag without quotes, as r4, or *"
    return Malformed(wording(message, shape, steps), at)


def _unreadable(message: str, text: str) -> Malformed:
    """Say in which line what is no JSON stands, and in which value.

    The standard library tells places better than msgspec, but lets some texts pass.
    """
    try:
        json.loads(text, parse_int=str)
    except json.JSONDecodeError as error:
        detail = f"no JSON: {error.msg} (line {error.lineno}, column {error.colno})"
        return Malformed(detail, pointer_at(text, error.pos))
    except RecursionError:
        return too_deep(text)
    return no_number(text) if "invalid character" in message else misspelt(text)


class File(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An argmap/1 file; arrays, so two items can have one key until that is refused."""

    format: Literal["argmap/1"]
    map: Header
    sources: tuple[Source, ...] = ()
    claims: tuple[Claim, ...] = ()
    relations: tuple[Relation, ...] = ()


class _Format(Struct, frozen=True):
    format: Any = None


def read(data: bytes) -> Map:
    """Read an argmap/1 file. Texts come in normal form, sources with hash and length.

    Raises:
        Malformed: It is no JSON, no argmap/1, or a member is of the wrong type.
        InvalidMap: It is a file, but its map is wrong; every fault is listed.

    >>> read(b'{"format": "argmap/1", "map": {"key": "tram"}}')
    Map(key='tram')
    """
    try:
        file = decode(data, File)
    except Malformed:
        _check_format(data)
        raise
    _check_format(data)
    map_ = Map(**{name: getattr(file.map, name) for name in Header.__struct_fields__})
    faults: list[Fault] = []
    shelves: dict[str, tuple[Any, ...]] = {
        "sources": file.sources,
        "claims": file.claims,
        "relations": file.relations,
    }
    for name, items in shelves.items():
        shelf = getattr(map_, name)
        for index, item in enumerate(items):
            if item.key in shelf:
                detail = f"{item.key!r} is the key of an item before; take another"
                faults.append(DuplicateKey(detail, f"/{name}/{index}/key"))
            else:
                shelf[item.key] = item
    map_ = normal(map_, is_tidy=is_tidy(data))
    placed = (
        (item, f"/{name}/{index}".__add__)
        for name, items in shelves.items()
        for index, item in enumerate(items)
    )
    faults += faults_of(map_, chain([(map_, "/map".__add__)], placed))
    if faults:
        raise InvalidMap(faults)
    return map_


def write(map: Map) -> bytes:
    """Write a map as an argmap/1 file that `read` turns into the same map.

    >>> print(write(Map(key="tram", targets=("build-tram",))).decode())
    {
      "format": "argmap/1",
      "map": {
        "key": "tram",
        "targets": [
          "build-tram"
        ]
      }
    }
    <BLANKLINE>
    """
    header = Header(**{name: getattr(map, name) for name in Header.__struct_fields__})
    # Item after item: all of a large map as plain JSON would take as much room as it.
    file = bytearray(b'{"format":"%b","map":' % FORMAT.encode())
    encode = msgspec.json.Encoder().encode_into
    encode(lean(header), file, -1)
    for name in ("sources", "claims", "relations"):
        if items := getattr(map, name):
            file += b',"%b":[' % name.encode()
            for item in items.values():
                encode(lean(item), file, -1)
                file += b","
            file[-1:] = b"]"
    file += b"}"
    return msgspec.json.format(file, indent=2) + b"\n"


def operations_of(map: Map) -> tuple[Operation, ...]:
    """Return the operations that build a map from ``Map(key=map.key)``.

    >>> operations_of(Map(key="tram", title="Should the city build a tram?"))
    (Replace(map='tram', set={'title': 'Should the city build a tram?'}),)
    """
    header = lean(Header(**{n: getattr(map, n) for n in Header.__struct_fields__}))
    del header["key"]
    return (
        *([Replace(map=map.key, set=header)] if header else []),
        *(Add(source=source) for source in map.sources.values()),
        *(Add(claim=claim) for claim in map.claims.values()),
        *(Add(relation=relation) for relation in map.relations.values()),
    )


def _check_format(data: bytes) -> None:
    with suppress(msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        format_ = msgspec.json.decode(data.removeprefix(BOM_UTF8), type=_Format).format
        if format_ not in (None, FORMAT):
            detail = f"this file says that it is {format_!r}; {FORMAT!r} is read here"
            raise Malformed(detail, "/format")


def lean(value: Any) -> Any:
    """Return a part of a map as JSON, without members that equal their default."""
    if isinstance(value, Struct):
        return {
            name: lean(member)
            for name, default in defaults(type(value))
            if (member := getattr(value, name)) != default
        }
    return list(map(lean, value)) if isinstance(value, tuple) else value


@cache
def defaults(shape: type[Struct]) -> tuple[tuple[str, Any], ...]:
    """List the members of a type, each with its default."""
    return tuple(
        (field.name, field.default)
        if field.default_factory is NODEFAULT
        else (field.name, field.default_factory())
        for field in fields(shape)
    )
