"""What is made to exhaust a reader is refused, or read in the time that its size takes.

Every bomb is sent to every reader, and to the one that takes it for its own. Planted
and found: a pattern of Kialo's with two repetitions in each other.
"""

import gzip
import resource
import time
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import product
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from litestar.testing import TestClient

from argmap.api.app import create_app
from argmap.errors import ArgmapError, PluginFault
from argmap.formats.exchange import read
from argmap.plugin import Host
from argmap.settings import Settings

pytestmark = pytest.mark.faults

HOST: Final = Host.load(strict=True)
READ: Final = [name for name, each in HOST.formats.items() if each.read]
IMPORTS: Final = "/api/v1/imports?dry_run=true"
SECONDS: Final = 5.0
MEMORY: Final = 2**29
N: Final = 100_000
SHORT: Final = 30_000


def zipped(*names: str, data: bytes) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, data)
    return packed.getvalue()


def laughs(root: str, *, width: int = 10) -> bytes:
    entities = "".join(
        f'<!ENTITY l{level + 1} "{f"&l{level};" * width}">' for level in range(10)
    )
    return (
        f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY l0 "ha">{entities}]>'
        f"<{root}>&l10;</{root}>"
    ).encode()


def aliases(opening: str) -> bytes:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    return "\n".join([opening, *lines, opening, "", "[A]: a"]).encode()


BOMBS: Final[dict[str, bytes]] = {
    "entities": laughs("arggraph"),
    "wide entities": laughs("graphml", width=1000),
    "an outer file": b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///a">]><a>&e;</a>',
    "an outer address": b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>',
    "parameter entities": b"<!DOCTYPE a [<!ENTITY % p \"<!ENTITY q '%p;'>\"> %p;]><a/>",
    "aliases": aliases("==="),
    "aliases alone": aliases("---"),
    "a merge of itself": b"===\na: &a\n  <<: *a\n===\n\n[A]: a",
    "deep XML": b"<arggraph>" + b"<a>" * N,
    "attributes": b"<arggraph " + b'a="b" ' * N + b"/>",
    "deep lists": b"[" * N,
    "deep lists, closed": b"[" * N + b"]" * N,
    "deep objects": b'{"nodes":' * N,
    "deep in a member": b'{"nodes": [{"nodeID": ' + b"[" * N,
    "a map, deep": b'{"format": "argmap/1", "map": {"key": "m", "data": '
    + b'{"a":' * N,
    "huge integer": b'{"nodes": [{"nodeID": ' + b"9" * N + b"}]}",
    "huge exponent": b'{"arguments": [{"id": "a", "base_score": 1e' + b"9" * N + b"}]}",
    "many members": b"{" + b",".join(b'"k%d":0' % n for n in range(N)) + b"}",
    "colliding members": b"{" + b",".join([b'"k":0'] * N) + b"}",
    "escapes": b'{"format": "argmap/1", "map": {"key": "' + b"\\u0041" * N + b'"}}',
    "huge fact": b"arg(" + b"9" * N + b").",
    "huge framework": b"p af 999999999",
    "many attacks": b"p af 3\n" + b"1 2\n" * N,
    "packed zeros": zipped("a.ann", data=b"\0" * 200_000_000),
    "many files": zipped(*(f"{n}.ann" for n in range(5000)), data=b""),
    "zip in zip": zipped("a.ann", data=zipped("b.ann", data=b"\0" * 50_000_000)),
    "gzip": gzip.compress(b"\0" * 100_000_000),
    "zlib": zlib.compress(b"\0" * 100_000_000),
    "long line": b"Discussion Title: T\n\n1. " + b"x" * (20 * N),
    "long key": b"arg(" + b"x" * (20 * N) + b").",
    "one long row": b"id,text" + b",x" * N,
    "many rows": b"id,text\n" + b"a,b\n" * N,
    "open quote": b'id,text\na,"' + b"x\n" * N,
    "deep quote": b"[A]: a\n" + b">" * N,
    "deep list": b"[A]: a\n" + b"".join(b" " * n + b"+ [b]\n" for n in range(1, 1500)),
    "byte order marks": b"\xef\xbb\xbf" * N,
    "nothing": b"\0" * N,
}

UNITS: Final = [
    *(b"[", b"[[", b"]", b"{", b"}", b"(", b"<", b"<a ", b"<!--", b"&", b"&a;"),
    *(b'"', b"'", b"\\", b'\\"', b"*", b"**", b"_", b"`", b"#", b"#(", b"@[", b"[a]("),
    *(b" ", b"\t", b"\n", b" \n", b"\r\n", b"a", b"a ", b"a\n", b"1.", b"1. ", b"1.1."),
    *(b"-", b"- ", b"--", b"->", b"-> See 1.", b"+ ", b"<+ ", b"===", b"/*", b"//"),
    *(b",", b";", b":", b"a:", b"a: ", b"arg(", b"att(a,", b"arg(a).", b"%", b"="),
    *(b"$", b"0", b"9", b"-1", b"e", b"1 2\n", b"1 2;", b"Pro: ", b"[^1]", b"\xc3\xa9"),
    *(b"{a: ", b"&a ", b"!!a ", b"<span id=node1>", b'"a":', b'{"a":', b"e\xcc\x81"),
]  # fmt: skip
"""What is repeated: whatever some pattern might begin with, or go on with."""

OPENINGS: Final[dict[str, bytes]] = {
    "kialo": b"Discussion Title: T\n\n1. ",
    "argdown": b"[A]: a\n\n",
    "af": b"p af 9\n",
    "csv": b"id,text\na,",
    "brat": b"T1\tClaim 0 1",
    "ova2": b'{"nodes":[],"edges":[],"analysis":{"txt":"',
    "arggraph": b"<arggraph><edu>",
    "argmap": b'{"format":"argmap/1","map":{"key":"',
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient[Any]]:
    url = f"sqlite:///{tmp_path_factory.mktemp('bombs') / 'argmap.db'}"
    app = create_app(Settings(database_url=url))
    with TestClient(app, base_url="http://127.0.0.1:8000") as client:
        yield client


def peak() -> int:
    """Give the most memory that this process has used, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_defused_by_every_reader(client: TestClient[Any], bomb: str) -> None:
    before = peak()
    for name in ("", *(f"&format={name}" for name in READ)):
        start = time.process_time()
        answer = client.post(
            IMPORTS + name,
            content=BOMBS[bomb],
            headers={"Content-Type": "application/octet-stream"},
        )
        took = time.process_time() - start
        assert answer.status_code in (200, 400, 413, 422), (name, answer.text[:500])
        assert took < SECONDS, (name, took)
    assert peak() - before < MEMORY
    assert client.get("/api/v1/maps").json()["items"] == []


def test_a_packed_body_is_not_unpacked(client: TestClient[Any]) -> None:
    for coding in ("gzip", "deflate", "br", "zstd", "gzip, gzip"):
        answer = client.post(
            IMPORTS,
            content=BOMBS["gzip"],
            headers={"Content-Type": "application/json", "Content-Encoding": coding},
        )
        assert answer.status_code == 415
        assert answer.json()["code"] == "unsupported-media-type"


def seconds(name: str, data: bytes) -> float:
    start = time.process_time()
    try:
        read(HOST, data, name)
    except PluginFault:
        raise
    except ArgmapError:
        pass
    return time.process_time() - start


@pytest.mark.parametrize("name", READ)
def test_twice_as_long_takes_no_more_than_some_twice_as_long(name: str) -> None:
    for opening, unit in product({b"", OPENINGS.get(name, b"")}, UNITS):
        # What comes last fits nothing: a pattern that can go back, will.
        once = opening + unit * (SHORT // len(unit)) + b"!"
        twice = opening + unit * (2 * SHORT // len(unit)) + b"!"
        for _ in range(3):  # a busy machine can be slow once
            first, second = seconds(name, once), seconds(name, twice)
            if second < max(0.1, 3 * first):
                break
        else:
            pytest.fail(f"{unit!r}: {first:.2f} s, and {second:.2f} s for twice that")
