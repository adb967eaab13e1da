"""What operations refuse: every fault, with its place, and nothing done."""

import pytest

from argmap.errors import Malformed
from argmap.model import (
    Add,
    Claim,
    Map,
    Move,
    NewPassage,
    Operation,
    PassagePath,
    Remove,
    Replace,
    Span,
    change,
)
from examples import SPANS, P, faults, rebut, used


@pytest.fixture
def map() -> Map:
    return used()


WRONG: list[tuple[list[Operation], list[tuple[str, str]]]] = [
    ([Add(claim=Claim(key="a", text="Again"))],
     [("duplicate-key", "/operations/0/claim/key")]),
    ([Add(claim=Claim(key="x", text=" ", base_score=2))],
     [("invalid-text", "/operations/0/claim/text"),
      ("out-of-range", "/operations/0/claim/base_score")]),
    ([Add(claim=Claim(key="B d", text="x")), Add(relation=rebut("B d", "a"))],
     [("invalid-key", "/operations/0/claim/key")]),
    ([Add(claim=Claim(key="$x", text="x")), Add(claim=Claim(key="$x", text="y"))],
     [("duplicate-key", "/operations/1/claim/key")]),
    ([Add(relation=rebut("$x", "a"))],
     [("unknown-claim", "/operations/0/relation/premises/0")]),
    ([Add(claim=Claim(key="x", text="x"), before="y")],
     [("unknown-claim", "/operations/0/before")]),
    ([Add(relation=rebut("a", "a"))],
     [("self-support", "/operations/0/relation/premises/0")]),
    ([Add(passage=NewPassage(source="x", key="q", spans=SPANS))],
     [("unknown-source", "/operations/0/passage/source")]),
    ([Add(passage=NewPassage(source="s", key="q", spans=(Span(start=0, end=99),)))],
     [("invalid-span", "/operations/0/passage/spans/0")]),
    ([Add(passage=NewPassage(source="s", key="p", spans=SPANS))],
     [("duplicate-key", "/operations/0/passage/key")]),
    ([Replace(claim="x", set={})], [("unknown-claim", "/operations/0/claim")]),
    ([Replace(passage=PassagePath(source="s", passage="x"), set={})],
     [("unknown-passage", "/operations/0/passage")]),
    ([Replace(map="other", set={})], [("unknown-map", "/operations/0/map")]),
    ([Replace(map="m", set={"targets": ["a", "x"]})],
     [("unknown-claim", "/operations/0/set/targets/1")]),
    ([Replace(claim="a", set={"key": "z"})],
     [("invalid-key", "/operations/0/set/key")]),
    ([Replace(claim="a", set={"text": " \n"})],
     [("invalid-text", "/operations/0/set/text")]),
    ([Replace(claim="a", set={"data": {"x": float("nan")}})],
     [("out-of-range", "/operations/0/set/data/x")]),
    ([Replace(relation="r1", set={"target": {"relation": "r3"}})],
     [("wrong-target", "/operations/0/set/target"),
      ("circular-undercut", "/operations/0/set/target/relation")]),
    ([Replace(relation="r2", set={"target": {"relation": "r3"}})],
     [("circular-undercut", "/operations/0/set/target/relation")]),
    ([Replace(relation="r1", set={"kind": "undercut"})],
     [("wrong-target", "/operations/0")]),
    ([Replace(passage=P, set={"sha256": "0" * 64})],
     [("passage-mismatch", "/operations/0/set/sha256")]),
    ([Remove(relation="x", cascade=True)],
     [("unknown-relation", "/operations/0/relation")]),
    ([Move(claim="x")], [("unknown-claim", "/operations/0/claim")]),
    ([Move(claim="a", before="x")], [("unknown-claim", "/operations/0/before")]),
    ([Remove(claim="c"), Add(relation=rebut("c", "a")), Move(claim="x"),
      Replace(claim="a", set={"text": "\0"})],
     [("in-use", "/operations/0"), ("unknown-claim", "/operations/2/claim"),
      ("invalid-text", "/operations/3/set/text")]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("operations", "found"), WRONG, ids=lambda part: str(part)[:60]
)
def test_every_fault_is_listed_with_its_place_and_nothing_is_done(
    map: Map, operations: list[Operation], found: list[tuple[str, str]]
) -> None:
    assert sorted(faults(map, operations)) == sorted(found)


@pytest.mark.parametrize(
    ("operation", "pointer"),
    [
        (Replace(claim="a", set={"txt": "A"}), "/operations/0/set/txt"),
        (Replace(claim="a", set={"text": 7}), "/operations/0/set/text"),
        (Replace(claim="a", set={"base_score": "0.5"}), "/operations/0/set/base_score"),
        (Replace(claim="a", set={"tags": ["ok", 3]}), "/operations/0/set/tags/1"),
        (Replace(claim="a", set={"a/b": 1}), "/operations/0/set/a~1b"),
        (Replace(source="s", set={"passages": []}), "/operations/0/set/passages"),
        (Replace(map="m", set={"claims": {}}), "/operations/0/set/claims"),
        (Replace(relation="r1", set={"target": {}}), "/operations/0/set/target"),
    ],
)
def test_a_set_of_the_wrong_type_is_malformed(
    map: Map, operation: Operation, pointer: str
) -> None:
    with pytest.raises(Malformed) as caught:
        change(map, [operation])

    assert caught.value.pointer == pointer


def test_a_map_needs_a_key() -> None:
    assert faults(Map(key="No Key"), []) == [("invalid-key", "")]
