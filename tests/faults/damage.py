"""Files damaged at random: real ones, in ways that transport, tools and malice have."""

import re
from collections.abc import Callable, Sequence
from random import Random
from typing import Final

_NUMBER: Final = re.compile(rb"-?\d+(\.\d+)?")
_STRING: Final = re.compile(rb'"[^"\n]*"')
_HUGE: Final = (
    b"9" * 400,
    b"-1",
    b"1e999",
    b"0.1e-400",
    b"9007199254740993",
    b"-0",
    b"NaN",
    b"4294967296",
    "٣".encode(),
)
_ODD: Final = (
    b"\0",
    b"\x1b[31m",
    b"\xff",
    b"\xed\xa0\x80",
    b"\\ud800",
    "\ufffe".encode(),
    "\u202e".encode(),
    "e\u0301".encode(),
    b"\r",
    b"\t",
    b"&amp;&#0;&x;",
    b'"',
    b"'",
    b"\\",
    b"*",
    b"%",
    b"$n",
)
_NESTS: Final = (
    (b"[", b"]"),
    (b'{"a":', b"}"),
    (b"(", b")"),
    (b"<a>", b"</a>"),
    (b"- ", b""),
    (b"  ", b""),
    (b"{", b"}"),
    (b"> ", b""),
)
_ENCODINGS: Final = ("utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252", "utf-7")


def damaged(random: Random, files: Sequence[bytes], most: int = 4) -> bytes:
    """Damage one of several files, once or a few times."""
    data = random.choice(files)
    for _ in range(random.randint(1, most)):
        data = random.choice(_WAYS)(random, data, files)
    return data


def _place(random: Random, data: bytes) -> int:
    return random.randint(0, len(data))


def _piece(random: Random, data: bytes) -> tuple[int, int]:
    start = _place(random, data)
    return start, min(len(data), start + random.choice((1, 4, 20, 200, 2000)))


def _flip(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    out = bytearray(data)
    for _time in range(random.randint(1, 8) if data else 0):
        out[random.randrange(len(out))] ^= 1 << random.randrange(8)
    return bytes(out)


def _cut(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    return data[: _place(random, data)]


def _lose(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    start, end = _piece(random, data)
    return data[:start] + data[end:]


def _repeat(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    start, end = _piece(random, data)
    times = random.choice((2, 3, 50))
    return data[:start] + data[start:end] * times + data[end:]


def _line(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    lines = data.splitlines(keepends=True)
    if len(lines) < 2:
        return data
    at, to = random.randrange(len(lines)), random.randrange(len(lines))
    match random.randrange(3):
        case 0:
            lines.insert(to, lines[at])
        case 1:
            lines[at], lines[to] = lines[to], lines[at]
        case _:
            del lines[at]
    return b"".join(lines)


def _splice(random: Random, data: bytes, files: Sequence[bytes]) -> bytes:
    other = random.choice(files)
    start, end = _piece(random, other)
    at = _place(random, data)
    return data[:at] + other[start:end] + data[at:]


def _halves(random: Random, data: bytes, files: Sequence[bytes]) -> bytes:
    other = random.choice(files)
    return data[: _place(random, data)] + other[_place(random, other) :]


def _number(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    return _instead(random, data, _NUMBER, random.choice(_HUGE))


def _string(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """Put another string of the file, or what is none, in place of one."""
    others = _STRING.findall(data[:100_000]) if random.random() < 0.5 else []
    more = [b"null", b"7", b"true", b"[]", b"{}", b'""', b'"' + b"x" * 6000 + b'"']
    return _instead(random, data, _STRING, random.choice([*others, *more]))


def _instead(random: Random, data: bytes, what: re.Pattern[bytes], new: bytes) -> bytes:
    found = [m.span() for m in what.finditer(data[:100_000])]
    if not found:
        return data
    start, end = random.choice(found)
    return data[:start] + new + data[end:]


def _odd(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    at = _place(random, data)
    return data[:at] + random.choice(_ODD) + data[at:]


def _nest(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    opens, closes = random.choice(_NESTS)
    depth = random.choice((3, 70, 600, 20_000))
    start, end = _piece(random, data)
    return data[:start] + opens * depth + data[start:end] + closes * depth + data[end:]


def _encode(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(random.choice(_ENCODINGS), "replace")


_WAYS: Final[tuple[Callable[[Random, bytes, Sequence[bytes]], bytes], ...]] = (
    _flip,
    _flip,
    _cut,
    _lose,
    _repeat,
    _line,
    _splice,
    _halves,
    _number,
    _number,
    _string,
    _string,
    _odd,
    _nest,
    _encode,
)
