"""What texts may stand at a place: msgspec says that one may not, and not which may."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, Final

from msgspec import inspect
from msgspec.inspect import type_info

from argmap.model.items import END

_type_info: Final = cache(type_info)
_NONE_OF: Final = re.compile(r"(?s)Invalid (?:enum )?value (.*)")


def wording(message: str, shape: Any, path: Sequence[str] = ()) -> str:
    """Say of a message of msgspec's, about a place in a type, what may stand there.

    >>> from argmap.model import Relation
    >>> wording("Invalid enum value 'attack'", Relation, ["kind"])
    "'attack' is none of rebut, rephrase, support, undercut"
    """
    if (found := _NONE_OF.fullmatch(message)) and (may := allowed(shape, path)):
        return f"{found[1]} is none of {', '.join(may)}"
    message = message.replace("Expected ", "expected ").replace("Object ", "")
    return message.replace(repr(END)[1:-1], "$")


def allowed(shape: Any, path: Sequence[str]) -> tuple[str, ...]:
    """List the texts that a type admits at a place, if those are counted.

    *path* has the names of members and the indexes of elements, all as text.

    >>> from argmap.model import Operation, Relation
    >>> allowed(Relation, ["kind"])
    ('rebut', 'rephrase', 'support', 'undercut')
    >>> allowed(tuple[Operation, ...], ["0", "op"])
    ('add', 'move', 'remove', 'replace')
    >>> allowed(Relation, ["key"])
    ()
    """
    types: list[inspect.Type] = [_type_info(shape)]
    for step in path:
        types = [inner for each in _plain(types) for inner in _inside(each, step)]
    found = {
        value
        for each in _plain(types)
        if isinstance(each, inspect.LiteralType)
        for value in each.values
        if isinstance(value, str)
    }
    return tuple(sorted(found))


def _plain(types: Iterable[inspect.Type]) -> Iterator[inspect.Type]:
    """Take types out of unions and what is said about them."""
    for each in types:
        match each:
            case inspect.Metadata(type=inner):
                yield from _plain([inner])
            case inspect.UnionType(types=inner):
                yield from _plain(inner)
            case _:
                yield each


def _inside(outer: inspect.Type, step: str) -> Iterator[inspect.Type]:
    match outer:
        case inspect.StructType(fields=fields, tag_field=name, tag=tag):
            if step == name:
                yield inspect.LiteralType((tag,))
            yield from (field.type for field in fields if field.encode_name == step)
        case inspect.DictType(value_type=inner):
            yield inner
        case inspect.ListType(item_type=inner) | inspect.VarTupleType(item_type=inner):
            yield inner
