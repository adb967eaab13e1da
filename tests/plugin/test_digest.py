"""Canonical JSON against the examples of RFC 8785; hashes move when they should."""

import hashlib
import json
import math
import struct
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import argmap.engine
import argmap.plugin
import argmap_gradual
from argmap.engine import Graph, compile_map
from argmap.model import Claim, Map, Passage, PassageReference, Source, Span, Stance
from argmap.plugin import Host
from argmap.plugin.canonical import canonical_json
from argmap.plugin.digest import code_digest, input_hash

# RFC 8785, appendix B: the bits of a double, and how it is printed.
NUMBERS = [
    ("0000000000000000", "0"),
    ("8000000000000000", "0"),
    ("0000000000000001", "5e-324"),
    ("8000000000000001", "-5e-324"),
    ("7fefffffffffffff", "1.7976931348623157e+308"),
    ("ffefffffffffffff", "-1.7976931348623157e+308"),
    ("4340000000000000", "9007199254740992"),
    ("c340000000000000", "-9007199254740992"),
    ("4430000000000000", "295147905179352830000"),
    ("44b52d02c7e14af5", "9.999999999999997e+22"),
    ("44b52d02c7e14af6", "1e+23"),
    ("44b52d02c7e14af7", "1.0000000000000001e+23"),
    ("444b1ae4d6e2ef4e", "999999999999999700000"),
    ("444b1ae4d6e2ef4f", "999999999999999900000"),
    ("444b1ae4d6e2ef50", "1e+21"),
    ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
    ("3eb0c6f7a0b5ed8d", "0.000001"),
    ("41b3de4355555553", "333333333.3333332"),
    ("41b3de4355555554", "333333333.33333325"),
    ("41b3de4355555555", "333333333.3333333"),
    ("41b3de4355555556", "333333333.3333334"),
    ("41b3de4355555557", "333333333.33333343"),
    ("becbf647612f3696", "-0.0000033333333333333333"),
    ("43143ff3c1cb0959", "1424953923781206.2"),
]


@pytest.mark.parametrize(
    ("bits", "printed"), NUMBERS, ids=[bits for bits, _ in NUMBERS]
)
def test_numbers_are_printed_as_the_rfc_says(bits: str, printed: str) -> None:
    (number,) = struct.unpack(">d", bytes.fromhex(bits))

    assert canonical_json(number) == printed.encode()


def test_members_are_sorted_by_utf16_and_strings_escaped_as_the_rfc_says() -> None:
    given = {
        "€": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "😀": "Emoji: Grinning Face",
        "\u0080": "Control",
        "ö": "Latin Small Letter O With Diaeresis",
    }
    order = ["\r", "1", "\u0080", "ö", "€", "😀", "\ufb33"]

    assert list(json.loads(canonical_json(given))) == order
    assert (
        canonical_json('€$\u000f\nA\'B"\\\\"/')
        == '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'.encode()
    )
    assert canonical_json([None, True, False, (), {}]) == b"[null,true,false,[],{}]"


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_comes_back_as_it_was(number: float) -> None:
    assert float(json.loads(canonical_json(number))) == number


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 2**53, -(2**53)])
def test_numbers_that_json_cannot_tell_apart_are_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="JSON"):
        canonical_json([value])


def test_the_input_hash_is_the_sha256_of_what_its_docstring_shows() -> None:
    graph = compile_map(
        Map.of(
            {"b": None, "a": 0.5},
            rebuts=[(("a", "b"), "b")],
            undercuts=[("a", "r1")],
        )
    )
    written = (
        b'{"claims":{"a":0.5,"b":null},"relations":'
        b'{"r1":["rebut",["a","b"],"b",1],"r2":["undercut",["a"],{"relation":"r1"},1]}}'
    )

    assert input_hash(graph) == hashlib.sha256(written).hexdigest()


def test_the_input_hash_moves_with_what_is_evaluated_and_with_nothing_else() -> None:
    graph = Graph.of({"a": 0.5, "b": 1.0}, attacks=[("a", "b")])
    hashed = input_hash(graph)

    assert hashed == input_hash(Graph.of({"b": 1.0, "a": 0.5}, attacks=[("a", "b")]))
    assert hashed != input_hash(Graph.of({"a": 0.6, "b": 1.0}, attacks=[("a", "b")]))
    assert hashed != input_hash(Graph.of({"a": 0.5, "b": 1.0}, supports=[("a", "b")]))
    assert hashed != input_hash(Graph.of({"a": 0.5, "b": 1.0}, attacks=[("b", "a")]))
    assert hashed != input_hash(
        Graph.of({"a": 0.5, "b": 1.0}, attacks=[("a", "b")], weights={("a", "b"): 0.5})
    )


def test_the_input_hash_moves_with_sources_and_votes() -> None:
    def hashed(
        credibility: float | None = None, stance: Stance = "asserts", pro: int = 1
    ) -> str:
        spans = (Span(start=0, end=1),)
        source = Source(
            key="s",
            title="S",
            credibility=credibility,
            passages=(Passage(key="p", spans=spans),),
        )
        claim = Claim(
            key="a",
            text="A",
            passages=(PassageReference(source="s", passage="p", stance=stance),),
            data={"votes": {"for": pro, "against": 0}},
        )
        return input_hash(
            compile_map(Map(key="m", sources={"s": source}, claims={"a": claim}))
        )

    assert len({hashed(), hashed(0.5), hashed(stance="rejects"), hashed(pro=2)}) == 4
    assert hashed() == hashed(stance="concedes")


def test_keys_beyond_ascii_are_hashed_in_the_canonical_order_too() -> None:
    graph = Graph.of({"\ufb33": 0.5, "😀": 0.5})
    written = canonical_json({"claims": {"\ufb33": 0.5, "😀": 0.5}, "relations": {}})

    assert written.index("😀".encode()) < written.index("\ufb33".encode())
    assert input_hash(graph) == hashlib.sha256(written).hexdigest()


def test_a_rules_digest_covers_its_plugin_the_engine_and_the_seam() -> None:
    rule = Host.load().rule("df-quad")

    assert rule.digest == code_digest(argmap_gradual, argmap.engine, argmap.plugin)


def test_the_code_digest_moves_with_every_file_of_a_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "digested"
    package.mkdir()
    (package / "part.py").write_text("x = 1")
    module = ModuleType("digested.entry")
    top = ModuleType("digested")
    top.__path__ = [str(package)]
    monkeypatch.setitem(sys.modules, "digested", top)
    before = code_digest(module)

    (package / "part.py").write_text("x = 2")
    changed = code_digest(module)
    (package / "part.py").rename(package / "other.py")
    renamed = code_digest(module)
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "part.pyc").write_bytes(b"cache")

    assert len({before, changed, renamed}) == 3
    assert code_digest(module) == renamed
