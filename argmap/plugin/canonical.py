"""Canonical JSON after RFC 8785: the same value, the same bytes.

No white space, members sorted by the UTF-16 of their names, numbers as ECMAScript
prints them. msgspec writes; what it would write otherwise is prepared here.
"""

import math
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

import msgspec

_LARGEST_INTEGER: Final = 2**53 - 1  # beyond it, doubles skip integers
_EXPONENT_FROM: Final = 1e21  # ECMAScript prints smaller integers in full


def canonical_json(value: Any) -> bytes:
    """Write JSON in the one form that RFC 8785 allows.

    Takes what `json` gives: dicts with string keys, lists, tuples, strings, numbers,
    booleans, None. Recursive, so not for trees of unbounded depth.

    Raises:
        ValueError: A number that is not finite, or an integer beyond ±(2⁵³ − 1).

    >>> canonical_json({"b": [1.0, 1e-6], "a": 1e21})
    b'{"a":1e+21,"b":[1,0.000001]}'
    """
    return msgspec.json.encode(_ordered(value))


def order(keys: Sequence[str]) -> list[int]:
    """Say in which order members of these names stand."""
    if all(map(str.isascii, keys)):
        return sorted(range(len(keys)), key=keys.__getitem__)
    return sorted(range(len(keys)), key=lambda i: _utf16(keys[i]))


def printable(value: float) -> int | float | msgspec.Raw:
    """Give what `msgspec.json` prints as RFC 8785 prints *value*.

    Raises:
        ValueError: *value* is not finite.
    """
    # msgspec prints the same shortest digits as ECMAScript, but other exponents.
    if not math.isfinite(value):
        raise ValueError(f"{value} has no place in JSON")
    size = abs(value)
    if size >= _EXPONENT_FROM:
        return msgspec.Raw(repr(value).encode())
    if size <= _LARGEST_INTEGER and value.is_integer():
        return int(value)
    if size > _LARGEST_INTEGER or 1e-6 <= size < 1e-5:
        return msgspec.Raw(f"{Decimal(repr(value)):f}".removesuffix(".0").encode())
    return value


def _ordered(value: Any) -> Any:
    match value:
        case bool():
            return value
        case int():
            if abs(value) > _LARGEST_INTEGER:
                raise ValueError(f"{value} is beyond what JSON numbers can tell apart")
            return value
        case float():
            return printable(value)
        case dict():
            return {key: _ordered(value[key]) for key in sorted(value, key=_utf16)}
        case list() | tuple():
            return [_ordered(item) for item in value]
        case _:
            return value


def _utf16(key: str) -> bytes:
    return key.encode("utf-16-be")
