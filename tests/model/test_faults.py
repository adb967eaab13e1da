"""Whatever can be wrong in a file: the kind of fault and its place."""

import json
from typing import Any

import pytest

from argmap import errors
from argmap.model import Claim, Map, Relation, Target, read, validate

TEXT = "Trams are quiet. Trams cost much."


def file(**parts: Any) -> dict[str, Any]:
    """Make a file that is right, but for the parts given."""
    good = {
        "format": "argmap/1",
        "map": {"key": "m", "targets": ["a"]},
        "sources": [{"key": "s", "title": "S", "passages": [passage()]}],
        "claims": [
            {"key": "a", "text": "A", "passages": [{"source": "s", "passage": "p"}]},
            {"key": "b", "text": "B"},
            {"key": "c", "text": "C"},
        ],
        "relations": [
            relation("r1", "rebut", ["b"], claim="a"),
            relation("r2", "undercut", ["c"], relation="r1"),
            relation("r3", "support", ["b"], relation="r2"),
        ],
    }
    return good | parts


def passage(start: int = 0, end: int = 5, **members: Any) -> dict[str, Any]:
    return {"key": "p", "spans": [span(start, end)]} | members


def span(start: int, end: int) -> dict[str, Any]:
    return {"start": start, "end": end}


def relation(
    key: str,
    kind: str,
    premises: list[str],
    claim: str | None = None,
    relation: str | None = None,
    **members: Any,
) -> dict[str, Any]:
    target = {"claim": claim} if claim else {"relation": relation}
    return {"key": key, "kind": kind, "premises": premises, "target": target} | members


def source(**members: Any) -> dict[str, Any]:
    return {"sources": [{"key": "s", "title": "S", "passages": [passage()]} | members]}


def claims(**members: Any) -> dict[str, Any]:
    """Make the first claim another."""
    return {"claims": [{"key": "a", "text": "A"} | members, *file()["claims"][1:]]}


def relations(*items: dict[str, Any]) -> dict[str, Any]:
    return {"relations": [*items]}


DEEP: Any = []
for _ in range(80):
    DEEP = [DEEP]

WRONG = [
    # keys
    (claims(key="$a") | {"map": {"key": "m"}, "relations": []},
     [("InvalidKey", "/claims/0/key")]),
    ({"claims": [*file()["claims"], {"text": "no key"}]},
     [("InvalidKey", "/claims/3/key")]),
    ({"map": {"key": "$m"}}, [("InvalidKey", "/map/key")]),
    ({"claims": [*file()["claims"], {"key": "b", "text": "again"}]},
     [("DuplicateKey", "/claims/3/key")]),
    ({"relations": [*file()["relations"], file()["relations"][0]]},
     [("DuplicateKey", "/relations/3/key")]),
    (source(passages=[passage(), passage(6, 7)]),
     [("DuplicateKey", "/sources/0/passages/1/key")]),
    # texts
    (claims(text=" \n\t "), [("InvalidText", "/claims/0/text")]),
    (claims(wordings=["ok", " "]), [("InvalidText", "/claims/0/wordings/1")]),
    (claims(tags=[" "], speaker="\u2003"),
     [("InvalidText", "/claims/0/speaker"), ("InvalidText", "/claims/0/tags/0")]),
    ({"map": {"key": "m", "language": " "}}, [("InvalidText", "/map/language")]),
    # numbers, data
    (claims(data={"x": [1, DEEP]}),
     [("InvalidData", "/claims/0/data/x/1" + "/0" * 62)]),
    # references
    (relations(relation("r", "rebut", ["b", "x"], claim="a")),
     [("Unknown", "/relations/0/premises/1")]),
    (relations(relation("r", "rebut", ["b"], claim="x")),
     [("Unknown", "/relations/0/target/claim")]),
    (relations(relation("r", "undercut", ["b"], relation="x")),
     [("Unknown", "/relations/0/target/relation")]),
    (relations(relation("r", "rebut", ["b"], claim="a",
                        asks={"relation": "x", "question": "Why?"})),
     [("Unknown", "/relations/0/asks/relation")]),
    (relations(relation("r", "rebut", ["b"], claim="a",
                        passages=[{"source": "x", "passage": "p"}])),
     [("Unknown", "/relations/0/passages/0/source")]),
    (claims(passages=[{"source": "s", "passage": "x"}]),
     [("Unknown", "/claims/0/passages/0/passage")]),
    ({"map": {"key": "m", "targets": ["b", "x"]}}, [("Unknown", "/map/targets/1")]),
    # shapes
    (relations(relation("r", "rebut", ["b", "c", "b"], claim="a")),
     [("Repeated", "/relations/0/premises/2")]),
    ({"map": {"key": "m", "targets": ["b", "b"]}},
     [("Repeated", "/map/targets/1")]),
    (relations(relation("r", "support", ["b", "a"], claim="a")),
     [("SelfSupport", "/relations/0/premises/1")]),
    (relations(relation("r", "rebut", ["a"], claim="a")),
     [("SelfSupport", "/relations/0/premises/0")]),
    (relations(relation("r", "rephrase", ["a"], claim="a")),
     [("SelfSupport", "/relations/0/premises/0")]),
    (relations(relation("r", "undercut", ["b"], claim="a")),
     [("WrongTarget", "/relations/0/target")]),
    (relations(relation("r", "rebut", ["b"], claim="a"),
               relation("q", "rebut", ["b"], relation="r")),
     [("WrongTarget", "/relations/1/target")]),
    (relations(relation("r", "rebut", ["b"], claim="a"),
               relation("q", "rephrase", ["b"], relation="r")),
     [("WrongTarget", "/relations/1/target")]),
    (relations(relation("r", "undercut", ["b"], relation="r")),
     [("CircularUndercut", "/relations/0/target/relation")]),
    (relations(relation("o", "undercut", ["b"], relation="r"),
               relation("r", "undercut", ["b"], relation="q"),
               relation("q", "support", ["b"], relation="r")),
     [("CircularUndercut", "/relations/1/target/relation")]),
    # passages
    (source(passages=[passage(5, 5)]),
     [("InvalidSpan", "/sources/0/passages/0/spans/0")]),
    (source(passages=[passage(6, 5)]),
     [("InvalidSpan", "/sources/0/passages/0/spans/0")]),
    (source(passages=[passage(spans=[span(4, 9), span(8, 12)])]),
     [("InvalidSpan", "/sources/0/passages/0/spans/1")]),
    (source(passages=[passage(spans=[span(8, 9), span(2, 4)])]),
     [("InvalidSpan", "/sources/0/passages/0/spans/1")]),
    (source(passages=[passage(0, 9)], length=8),
     [("InvalidSpan", "/sources/0/passages/0/spans/0")]),
    (source(passages=[passage(0, 99)], text=TEXT),
     [("InvalidSpan", "/sources/0/passages/0/spans/0")]),
    (source(text=TEXT, length=7), [("PassageMismatch", "/sources/0/length")]),
    (source(text=TEXT, sha256="0" * 64), [("PassageMismatch", "/sources/0/sha256")]),
    (source(text=TEXT, passages=[passage(sha256="0" * 64)]),
     [("PassageMismatch", "/sources/0/passages/0/sha256")]),
    # all of it
    ({"claims": [{"key": "$a", "text": " "}]}
     | relations(relation("r", "undercut", ["x", "x"], claim="y")),
     [("InvalidKey", "/claims/0/key"), ("InvalidText", "/claims/0/text"),
      ("Unknown", "/map/targets/0"), ("Unknown", "/relations/0/premises/0"),
      ("Unknown", "/relations/0/premises/1"), ("WrongTarget", "/relations/0/target"),
      ("Repeated", "/relations/0/premises/1"),
      ("Unknown", "/relations/0/target/claim")]),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "faults"), WRONG, ids=lambda part: str(part)[:70])
def test_every_fault_in_a_file_is_listed_with_its_place(
    parts: dict[str, Any], faults: list[tuple[str, str]]
) -> None:
    with pytest.raises(errors.InvalidMap) as caught:
        read(json.dumps(file(**parts)).encode())

    found = [(type(fault).__name__, fault.pointer) for fault in caught.value.faults]
    assert sorted(found) == sorted(faults)


def test_the_file_that_the_others_differ_from_is_right() -> None:
    assert validate(read(json.dumps(file()).encode())) == []


@pytest.mark.parametrize(
    "parts",
    [
        relations(
            relation("r1", "rebut", ["b"], claim="a"),
            relation("r2", "rebut", ["a"], claim="b"),
        ),
        relations(
            relation("r1", "rebut", ["b"], claim="a"),
            relation("r2", "undercut", ["a"], relation="r1"),
            relation("r3", "undercut", ["b"], relation="r2"),
        ),
        relations(
            relation("r1", "support", ["b"], claim="a"),
            relation("r2", "support", ["b"], claim="a"),
        ),
        relations(
            relation("r2", "undercut", ["c"], relation="r1"),
            relation("r1", "rephrase", ["b"], claim="a"),
        ),
        claims(text="B"),
        source(text=TEXT, passages=[passage(0, len(TEXT))]),
    ],
)
def test_what_the_model_allows_is_no_fault(parts: dict[str, Any]) -> None:
    assert validate(read(json.dumps(file(**parts)).encode())) == []


@pytest.mark.parametrize(
    ("claim", "kind", "pointer"),
    [
        (Claim(key="a", text="x" * 5001), "InvalidText", "/claims/0/text"),
        (Claim(key="a", text="nul \0"), "InvalidText", "/claims/0/text"),
        (Claim(key="a", text="\x1b[31m"), "InvalidText", "/claims/0/text"),
        (Claim(key="a", text="lone \ud800"), "InvalidText", "/claims/0/text"),
        (Claim(key="a", text="none \uffff"), "InvalidText", "/claims/0/text"),
        (Claim(key="a", text=7), "InvalidData", "/claims/0/text"),  # type: ignore[arg-type]
        (Claim(key="a", text="a", base_score=1.01), "OutOfRange",
         "/claims/0/base_score"),
        (Claim(key="a", text="a", base_score=-0.1), "OutOfRange",
         "/claims/0/base_score"),
        (Claim(key="a", text="a", base_score=float("nan")), "OutOfRange",
         "/claims/0/base_score"),
        (Claim(key="a", text="a", base_score="1"), "InvalidData",  # type: ignore[arg-type]
         "/claims/0/base_score"),
        (Claim(key="a", text="a", kind="joke"), "InvalidData",  # type: ignore[arg-type]
         "/claims/0/kind"),
        (Claim(key="a", text="a", tags=["t"]), "InvalidData",  # type: ignore[arg-type]
         "/claims/0/tags"),
        (Claim(key="a", text="a", implicit=1), "InvalidData",  # type: ignore[arg-type]
         "/claims/0/implicit"),
        (Claim(key="a", text="a", data={"x": float("inf")}), "OutOfRange",
         "/claims/0/data/x"),
        (Claim(key="a", text="a", data={"x/y": [2**53]}), "OutOfRange",
         "/claims/0/data/x~1y/0"),
        (Claim(key="a", text="a", data={"x": ("tuple",)}), "InvalidData",
         "/claims/0/data/x"),
        (Claim(key="a", text="a", data={1: 2}), "InvalidData",  # type: ignore[dict-item]
         "/claims/0/data"),
        (Claim(key="a", text="a", residue={"x": "\0"}), "InvalidText",
         "/claims/0/residue/x"),
        (Claim(key="a\n", text="a"), "InvalidKey", "/claims/0/key"),
    ],
)  # fmt: skip
def test_limits_hold_for_what_no_decoder_has_seen(
    claim: Claim, kind: str, pointer: str
) -> None:
    faults = validate(Map(key="m", claims={claim.key: claim}))

    found = [(type(fault).__name__, fault.pointer) for fault in faults]
    assert found == [(kind, pointer)]


def test_an_item_stands_under_its_own_key() -> None:
    (fault,) = validate(Map(key="m", claims={"a": Claim(key="b", text="B")}))

    assert (fault.code, fault.pointer) == ("invalid-key", "/claims/0/key")


def test_a_chain_of_100_000_undercuts_is_no_fault_and_a_ring_of_them_one() -> None:
    last = 99_999
    relations = {
        f"r{i}": Relation(
            key=f"r{i}",
            kind="undercut",
            premises=("a",),
            target=Target(relation=f"r{i + 1}"),
        )
        for i in range(last)
    }
    claims = {key: Claim(key=key, text=key) for key in "ab"}
    end = Relation(
        key=f"r{last}", kind="rebut", premises=("a",), target=Target(claim="b")
    )
    ring = Relation(
        key=end.key, kind="undercut", premises=("a",), target=Target(relation="r0")
    )

    chain = Map(key="m", claims=claims, relations=relations | {end.key: end})
    (fault,) = validate(
        Map(key="m", claims=claims, relations=relations | {ring.key: ring})
    )

    assert validate(chain) == []
    assert isinstance(fault, errors.CircularUndercut)
    assert len(str(fault)) < 500


def test_every_kind_of_fault_is_in_these_tables() -> None:
    shown = {kind for _, faults in WRONG for kind, _ in faults} | {"OutOfRange"}
    shown |= {"InUse"}  # of a removal: see the tests of changes
    shown |= {"WrongExact"}  # of words that are given: see the tests of editions

    assert shown == {kind.__name__ for kind in errors.Fault.__subclasses__()}
