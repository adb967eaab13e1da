"""Maps by hand that several tests begin with."""

from collections.abc import Sequence
from typing import Any

import pytest

from argmap.errors import InvalidMap
from argmap.model import (
    Add,
    Asks,
    Map,
    NewPassage,
    Operation,
    PassagePath,
    PassageReference,
    Relation,
    Replace,
    Source,
    Span,
    Target,
    apply,
    change,
)

TEXT = "Trams are quiet. Trams cost much."
SPANS = (Span(start=0, end=5),)
P = PassagePath(source="s", passage="p")


def rebut(premise: str, claim: str, key: str = "", **members: Any) -> Relation:
    target = Target(claim=claim)
    return Relation(
        key=key, kind="rebut", premises=(premise,), target=target, **members
    )


def used() -> Map:
    """Make a map in which everything is used by something."""
    reference = PassageReference(source="s", passage="p")
    blank = Map.of(
        ["a", "b", "c"], rebuts=[("b", "a")], undercuts=[("c", "r1"), ("b", "r2")]
    )
    relations = {
        **blank.relations,
        "r4": rebut("c", "b", "r4", asks=Asks(relation="r3", question="Who says so?")),
    }
    return apply(
        Map(key="m"),
        [
            Add(source=Source(key="s", title="S", text=TEXT)),
            Add(passage=NewPassage(source="s", key="p", spans=SPANS)),
            Replace(map="m", set={"targets": ["a"]}),
            *(Add(claim=claim) for claim in blank.claims.values()),
            *(Add(relation=relation) for relation in relations.values()),
            Replace(claim="a", set={"passages": [{"source": "s", "passage": "p"}]}),
            Replace(relation="r4", set={"passages": [reference]}),
        ],
    )


def faults(map: Map, operations: Sequence[Operation]) -> list[tuple[str, str]]:
    """List kind and place of what is wrong; the map that was given stays."""
    with pytest.raises(InvalidMap) as caught:
        change(map, operations)
    return [(fault.code, fault.pointer) for fault in caught.value.faults]
