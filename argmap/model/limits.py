"""What the types of the model say of their members, held against any value.

A decoder checks the limits in ``Meta``; a constructor does not. So the annotations are
compiled here, once, into checks of values from whatever hand, and no limit is written
twice. What holds between members and between items is in `argmap.model.validate`.
"""

import math
import re
from collections.abc import Callable, Collection, Sequence
from typing import Any

from msgspec import Struct, inspect
from msgspec.structs import astuple

from argmap.errors import Fault, InvalidData, InvalidKey, InvalidText, OutOfRange
from argmap.model.items import KEY_PATTERN, Claim, Header, Map, Relation, Source
from argmap.model.keys import is_key
from argmap.model.pointer import pointer
from argmap.model.text import forbidden

LARGEST_INTEGER = 2**53 - 1
"""Larger ones are not the same number in every JSON reader (RFC 8259 §6)."""

DATA_DEPTH = 64
"""Levels that free data may nest: readers that recurse pay a stack frame for each."""

Place = Callable[[str], str]
"""Makes a JSON Pointer into what was given from one into an item: ``/weight``."""

Check = Callable[[Any, str, Place], Sequence[Fault]]
"""Lists what is wrong with one value, which is at that pointer in its item."""


def own_faults(
    item: Struct, place: Place, members: Collection[str] | None = None
) -> list[Fault]:
    """List what is wrong with an item's own members, all of them or some.

    >>> own_faults(Claim(key="tram", text=" ", base_score=2), "/claims/0".__add__)
    ... # doctest: +NORMALIZE_WHITESPACE
    [InvalidText('/claims/0/text: is blank; write at least a word'),
     OutOfRange('/claims/0/base_score: 2 is outside [0, 1]')]
    """
    return list(_struct_faults(item, "", place, members))


def _struct_faults(
    item: Struct, path: str, place: Place, members: Collection[str] | None = None
) -> Sequence[Fault]:
    faults: list[Fault] = []
    checks = _CHECKS[type(item)]
    # The shelves of a map come after its header, and are not looked at here.
    for value, (name, step, default, check) in zip(astuple(item), checks, strict=False):
        if value is not default and (members is None or name in members):
            faults += check(value, path + step, place)
    return faults


def _key_faults(value: Any, path: str, place: Place) -> Sequence[Fault]:
    if isinstance(value, str) and is_key(value):
        return ()
    detail = f"{value!r} is no key: use 1 to 64 of a-z, 0-9 and -, not - first"
    return (InvalidKey(detail, place(path)),)


def _text_check(least: int, most: float, pattern: str | None) -> Check:
    matches = re.compile(pattern).search if pattern else None

    def check(value: Any, path: str, place: Place) -> Sequence[Fault]:
        if not isinstance(value, str):
            return _wrong_type(value, "a text", path, place)
        if least and not value.strip():
            detail = "is blank; write at least a word"
        elif len(value) > most:
            detail = f"has {len(value)} characters; at most {most} are allowed"
        elif (character := forbidden(value)) is not None:
            detail = f"holds {character!a}, which no text may hold; leave it out"
        elif matches and not matches(value):
            detail = f"{value!r} does not match {pattern}"
        else:
            return ()
        return (InvalidText(detail, place(path)),)

    return check


def _number_check(least: float, most: float) -> Check:
    def check(value: Any, path: str, place: Place) -> Sequence[Fault]:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return _wrong_type(value, "a number", path, place)
        if least <= value <= most:  # false for NaN
            return ()
        return (OutOfRange(f"{value} is outside [{least}, {most}]", place(path)),)

    return check


def _tuple_check(each: Check, least: int, most: float) -> Check:
    def check(value: Any, path: str, place: Place) -> Sequence[Fault]:
        if not isinstance(value, tuple):
            return _wrong_type(value, "a tuple", path, place)
        if not least <= len(value) <= most:
            detail = f"has {len(value)} entries; {least} to {most} are allowed"
            return (OutOfRange(detail, place(path)),)
        return [
            fault
            for index, entry in enumerate(value)
            for fault in each(entry, f"{path}/{index}", place)
        ]

    return check


def _literal_check(values: Collection[Any]) -> Check:
    def check(value: Any, path: str, place: Place) -> Sequence[Fault]:
        if value in values:
            return ()
        detail = f"{value!r} is none of {', '.join(map(str, values))}"
        return (InvalidData(detail, place(path)),)

    return check


def _type_check(type_: type, name: str) -> Check:
    def check(value: Any, path: str, place: Place) -> Sequence[Fault]:
        if isinstance(value, type_):
            return ()
        return _wrong_type(value, name, path, place)

    return check


def _struct_check(type_: type[Struct]) -> Check:
    def check(value: Any, path: str, place: Place) -> Sequence[Fault]:
        if isinstance(value, type_):
            return _struct_faults(value, path, place)
        return _wrong_type(value, type_.__name__, path, place)

    return check


def _data_faults(value: Any, path: str, place: Place) -> Sequence[Fault]:
    """List what in free data is no JSON that every reader reads alike."""
    if not isinstance(value, dict):
        return _wrong_type(value, "an object", path, place)
    if _is_sound(value):
        return ()
    faults: list[Fault] = []
    waiting: list[tuple[Any, str, int]] = [(value, path, 1)]
    while waiting:
        value, path, depth = waiting.pop()
        members: Collection[tuple[Any, Any]] = ()
        if isinstance(value, str):
            faults += _any_text(value, path, place)
        elif isinstance(value, dict):
            members = value.items()
            for name in value:
                faults += _any_text(name, path, place)
        elif isinstance(value, list):
            members = tuple(enumerate(value))
        elif value is not None and not isinstance(value, bool):
            faults += _any_number(value, path, place)
        if members and depth > DATA_DEPTH:
            detail = f"nests deeper than {DATA_DEPTH} levels; flatten it"
            return [*faults, InvalidData(detail, place(path))]
        waiting += [
            (inner, path + pointer([name]), depth + 1) for name, inner in members
        ]
    return faults


def _is_sound(data: dict[str, Any]) -> bool:
    """Say at a glance whether free data are right, which most are."""
    level: list[Any] = [data]
    for _ in range(DATA_DEPTH):
        below: list[Any] = []
        for each in level:
            if each.__class__ is dict:
                for name in each:
                    if name.__class__ is not str or not name.isprintable():
                        return False
                each = each.values()  # what is in it
            for value in each:
                kind = value.__class__
                if kind is str:
                    if not value.isprintable():
                        return False
                elif kind is dict or kind is list:
                    if value:
                        below.append(value)
                elif kind is int:
                    if not -LARGEST_INTEGER <= value <= LARGEST_INTEGER:
                        return False
                elif kind is float:
                    if not math.isfinite(value):
                        return False
                elif value is not None and kind is not bool:
                    return False
        if not below:
            return True
        level = below
    return False


_any_text = _text_check(0, math.inf, None)
_any_integer = _number_check(-LARGEST_INTEGER, LARGEST_INTEGER)


def _any_number(value: Any, path: str, place: Place) -> Sequence[Fault]:
    if isinstance(value, float):
        if math.isfinite(value):
            return ()
        return (OutOfRange(f"{value} is no JSON number", place(path)),)
    return _any_integer(value, path, place)


def _wrong_type(value: Any, expected: str, path: str, place: Place) -> Sequence[Fault]:
    detail = f"is {type(value).__name__} where {expected} is expected"
    return (InvalidData(detail, place(path)),)


def _compiled(type_: inspect.Type) -> Check:
    """Make the check of a type from its annotation."""
    match type_:
        case inspect.Metadata():
            return _compiled(type_.type)
        case inspect.UnionType():  # "or null": null is a default, never looked at
            (some,) = (t for t in type_.types if not isinstance(t, inspect.NoneType))
            return _compiled(some)
        case inspect.StrType(pattern=pattern) if pattern == KEY_PATTERN:
            return _type_check(str, "a key")  # a reference: it exists or it does not
        case inspect.StrType():
            most = math.inf if type_.max_length is None else type_.max_length
            return _text_check(type_.min_length or 0, most, type_.pattern)
        case inspect.IntType() | inspect.FloatType():
            return _number_check(type_.ge or 0, type_.le or 0)
        case inspect.VarTupleType():
            most = math.inf if type_.max_length is None else type_.max_length
            return _tuple_check(_compiled(type_.item_type), type_.min_length or 0, most)
        case inspect.LiteralType():
            return _literal_check(type_.values)
        case inspect.BoolType():
            return _type_check(bool, "a boolean")
        case inspect.DictType():
            return _data_faults
        case inspect.StructType():
            _compile_struct(type_)
            return _struct_check(type_.cls)
        case _:
            raise TypeError(f"no check is known for {type_}")


def _compile_struct(type_: inspect.StructType) -> None:
    """Fill in the checks of a struct's members, with the defaults that need none."""
    _CHECKS[type_.cls] = tuple(
        (field.name, "/key", None, _key_faults)
        if field.name == "key"
        else (field.name, f"/{field.name}", field.default, _compiled(field.type))
        for field in type_.fields
    )


_CHECKS: dict[type[Struct], tuple[tuple[str, str, Any, Check], ...]] = {}
for _type in (Header, Source, Claim, Relation):
    _compiled(inspect.type_info(_type))
_CHECKS[Map] = _CHECKS[Header]
