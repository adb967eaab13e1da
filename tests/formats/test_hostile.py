"""Files made to hurt are refused, or read in the time that their size takes."""

import json
import resource
import time
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from argmap.api.examples import EXAMPLES
from argmap.errors import ArgmapError, PluginFault, TooSlow
from argmap.formats.exchange import detect, read, write
from argmap.model import Claim, Map
from argmap.plugin import Host, patience
from samples import SAMPLES

HOST = Host.load(strict=True)
SECONDS: Final = 5.0
READ = [name for name, f in HOST.formats.items() if f.read]
N: Final = 200_000


def zipped(name: str, data: bytes) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return packed.getvalue()


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE arggraph [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(10))
    + "]><arggraph><edu id='e'>&k;</edu></arggraph>"
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE arggraph [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    "<arggraph><edu id='e'>&a;</edu></arggraph>"
)

BOMBS: Final[dict[str, tuple[str, bytes]]] = {
    "entities": ("arggraph", LAUGHS.encode()),
    "an outer entity": ("arggraph", OUTSIDE.encode()),
    "deep XML": ("arggraph", b"<arggraph>" + b"<a>" * N),
    "an odd encoding": ("arggraph", b'<?xml version="1.0" encoding="utf-7"?><a/>'),
    "UTF-16": ("kialo", "Discussion Title: T\n".encode("utf-16")),
    "deep JSON": ("aif", b'{"nodes":' + b"[" * N),
    "deep JSON in strings": ("qbaf", b'{"arguments":' * 1000),
    "NaN": ("qbaf", b'{"arguments": [{"id": "a", "base_score": NaN}]}'),
    "a surrogate": ("aif", rb'{"nodes": [{"nodeID": "\ud800"}], "edges": []}'),
    "huge numbers": ("bag", b"arg(a, " + b"9" * N + b")."),
    "a huge framework": ("af", b"p af 999999999"),
    "a zip bomb": ("brat", zipped("a.ann", b"\0" * 100_000_000)),
    "half a zip": ("brat", zipped("a.ann", b"T1\tClaim 0 1\ta")[:60]),
    "no zip": ("brat", b"PK\x03\x04" + b"\0" * 1000),
    "a long path": ("kialo", b"Discussion Title: T\n\n" + b"1." * N + b" a"),
    "brackets": ("kialo", b"Discussion Title: T\n\n1. " + b"[" * N),
    "half links": ("kialo", b"Discussion Title: T\n\n1. " + b"[a](" * N),
    "backslashes": ("kialo", b"Discussion Title: T\n\n1. [" + b"\\" * N),
    "see and see": (
        "kialo",
        b"Discussion Title: T\n\n1. a\n" + b"1.1. Pro: -> See 1.\n" * N,
    ),
    "open facts": ("apx", b"arg(" * N),
    "blanks": ("apx", b"arg(a).\natt(a" + b" " * N + b"x"),
    "many facts in a line": ("apx", b"arg(a). " * N),
    "blanks in a table": ("tgf", b"a" + b" " * N + b"\n#\n"),
    "a quote that never ends": ("csv", b'id,text\na,"' + b"x" * N),
    "a wide table": ("csv", b"id,text" + b",x" * N + b"\na,b"),
    "spans": ("brat", b"T1\tClaim " + b"1 2;" * N + b"\ta"),
    "one claim in rings": (
        "aif",
        b'{"nodes":[{"nodeID":"1","type":"I","text":"a"},'
        + b",".join(b'{"nodeID":"x%d","type":"CA"}' % i for i in range(20_000))
        + b'],"edges":['
        + b",".join(
            b'{"fromID":"x%d","toID":"x%d"}' % (i, (i + 1) % 20_000)
            for i in range(20_000)
        )
        + b"]}",
    ),
    "HTML": (
        "ova2",
        b'{"nodes":[],"edges":[],"analysis":{"txt":"' + b"<span id=node1>" * N + b'"}}',
    ),
}


def peak() -> int:
    """Give the most memory that this process has used, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_defused(bomb: str) -> None:
    name, data = BOMBS[bomb]
    before, start = peak(), time.process_time()

    for attempt in (lambda: detect(HOST, data), lambda: read(HOST, data, name)):
        try:
            attempt()
        except PluginFault:
            raise
        except ArgmapError:
            pass

    assert time.process_time() - start < SECONDS
    assert peak() - before < 2**29


@pytest.mark.parametrize("name", READ)
def test_noise_is_refused_in_time(name: str) -> None:
    for each in (b"\0", b"\xff", b"{", b"1.", b"<", b"#\n", b"[x](", b"a: b\n"):
        data = each * (N // 4)
        start = time.process_time()
        try:
            read(HOST, data, name)
        except PluginFault:
            raise
        except ArgmapError:
            pass
        assert time.process_time() - start < SECONDS


JSON: Final = [name for name in READ if HOST.formats[name].media_type.endswith("json")]
ANYTHING: Final[list[Any]] = [None, True, 7, "x", [], {}, [["x"]], {"x": [1]}]


def members(value: Any) -> Iterator[tuple[str | int, ...]]:
    """Give the ways to what a JSON document holds, one for members that look alike."""
    found: list[tuple[Any, tuple[str | int, ...]]] = [(value, ())]
    seen = set()
    while found:
        inner, way = found.pop()
        alike = tuple("*" if isinstance(step, int) else step for step in way[-2:])
        if alike in seen:
            continue
        seen.add(alike)
        yield way
        if isinstance(inner, dict):
            found += [(each, (*way, name)) for name, each in inner.items()]
        elif isinstance(inner, list):
            found += [(each, (*way, place)) for place, each in enumerate(inner)]


def changed(value: Any, way: Sequence[str | int], new: Any) -> Any:
    """Copy a JSON document with something else in one place."""
    if not way:
        return new
    copy = value.copy()
    copy[way[0]] = changed(value[way[0]], way[1:], new)
    return copy


FILE: Final[Any] = EXAMPLES["File"]
ALIKE: Final = FILE["relations"][0] | {"key": "quiet"}
SMALL: Final = read(
    HOST, json.dumps(FILE | {"relations": [*FILE["relations"], ALIKE]}).encode()
)[0]
"""A map of all sorts of members, a claim and a relation of one key among them."""


@pytest.mark.parametrize("name", JSON)
def test_a_member_of_any_other_type_is_refused_or_written_as_well(name: str) -> None:
    files = [path.read_bytes() for path in (SAMPLES / name).glob("*.json")]
    files = [data for data in files if len(data) < 25_000]
    if HOST.formats[name].write:
        files.append(write(HOST, SMALL, name)[0])
    refused = kept = 0
    for document in map(json.loads, files):
        for way in members(document):
            for each in ANYTHING:
                data = json.dumps(changed(document, way, each)).encode()
                try:
                    map_, _ = read(HOST, data, name)
                except PluginFault:
                    raise
                except ArgmapError:
                    refused += 1
                    continue
                kept += 1
                if HOST.formats[name].write:
                    assert read(HOST, write(HOST, map_, name)[0], name), data
    assert refused
    assert kept


def chain(length: int) -> Map:
    names = [f"c{i}" for i in range(length)]
    return Map.of(names, rebuts=list(zip(names[1:], names, strict=False)))


@pytest.mark.parametrize("name", [name for name, f in HOST.formats.items() if f.write])
def test_a_long_chain_is_written_without_recursion(name: str) -> None:
    start = time.process_time()
    try:
        data, _ = write(HOST, chain(20_000), name)
    except PluginFault:
        raise
    except ArgmapError as error:
        assert error.code == "too-deep"  # noqa: PT017 # a refusal that is meant
        return
    assert time.process_time() - start < 2 * SECONDS
    assert len(data) < 20_000_000


@pytest.mark.parametrize(
    "attack", ["=1+1", "+1", "-1", "@x", "\tx", "'=1", "''@x", "a,b", 'a"b', "a\nb"]
)
def test_a_cell_is_no_formula_and_comes_back(attack: str) -> None:
    map_ = Map(key="m", claims={"a": Claim(key="a", text=attack)})
    data, _ = write(HOST, map_, "csv")
    again, _ = read(HOST, data, "csv")

    assert again.claims["a"].text == attack
    assert not any(
        cell.startswith(("=", "+", "-", "@"))
        for line in data.decode().splitlines()
        for cell in line.split(",")
    )


@pytest.mark.parametrize("name", ["af", "apx", "bag", "csv", "kialo", "tgf"])
def test_reading_ends_when_nobody_waits_any_longer(name: str) -> None:
    data, _ = write(HOST, chain(500), name)

    with pytest.raises(TooSlow), patience(0.0):
        read(HOST, data, name)
