"""Gaps are what is not there, each with the call that closes it."""

import pytest
from msgspec.structs import replace

from argmap.debate.gaps import Gap, gaps
from argmap.model import Asks, Map, Relation, Scheme, Target
from argmap.plugin.scheme import Question, Role
from argmap.plugin.scheme import Scheme as Pattern
from cases import TRAM, cited, trials

SIGN = Pattern(
    key="sign",
    title="Argument from sign",
    names=("sign",),
    description="A finding points to something unseen.",
    premises=(Role(key="finding", text="The finding is there."),),
    conclusion="What it points to is there.",
    questions=(
        Question(key="link", text="Does it point there?", attack="undercut"),
        Question(key="other", text="What else explains it?", attack="undercut"),
        Question(
            key="there", text="Is it there?", attack="undermine", undermines="finding"
        ),
    ),
    source="made up for this test",
)


def found(map: Map, kind: str, rule: str = "quadratic-energy") -> list[Gap]:
    schemes = {"sign": SIGN, "argument from sign": SIGN}
    return [g for g in gaps(trials(map, rule), schemes).gaps if g.kind == kind]


def test_attacks_that_no_standing_answer_meets_are_gaps() -> None:
    assert [g.relation for g in found(TRAM, "unanswered")] == ["r5", "r6", "r7", "r8"]


def test_a_muted_attack_needs_no_answer() -> None:
    r6 = replace(TRAM.relations["r6"], weight=0.0)
    map = replace(TRAM, relations={**TRAM.relations, "r6": r6})
    assert "r6" not in [g.relation for g in found(map, "unanswered")]


def test_claims_that_nothing_speaks_for_are_unsourced() -> None:
    keys = [g.claim for g in found(cited(), "unsourced")]

    assert "cost" in keys  # its one passage only reports it
    assert not {"tram", "quiet", "moves"} & set(keys)


@pytest.mark.parametrize("name", ["sign", "Argument from Sign"])
def test_questions_that_nobody_has_asked_are_gaps_and_asking_closes_them(
    name: str,
) -> None:
    r1 = replace(TRAM.relations["r1"], scheme=Scheme(name=name))
    asking = Relation(
        key="q", kind="undercut", premises=("crowd",), target=Target(relation="r1"),
        asks=Asks(relation="r1", question="link"),
    )  # fmt: skip
    map = replace(TRAM, relations={**TRAM.relations, "r1": r1})
    asked = replace(map, relations={**map.relations, "q": asking})

    assert [g.question for g in found(map, "unasked")] == ["link", "other", "there"]
    assert [g.question for g in found(asked, "unasked")] == ["other", "there"]
    undermining = found(map, "unasked")[2].close.body
    assert undermining is not None
    assert undermining["operations"][1]["relation"]["target"] == {"claim": "quiet"}


def test_a_side_that_rests_on_one_source_is_a_gap() -> None:
    map = replace(cited(), targets=("tram",))

    assert [(g.claim, g.source) for g in found(map, "single-source")] == [
        ("tram", "council")
    ]


def test_passages_whose_words_are_gone_are_gaps() -> None:
    assert found(cited(), "orphaned") == []
    moved = cited(text="Now: " + (cited().sources["council"].text or ""))
    (first, *_) = found(moved, "orphaned")
    assert first.close.body == {"spans": [{"start": 5, "end": 23}]}


def test_claims_without_relations_are_isolated() -> None:
    map = Map.of(["a", "b", "alone"], supports=[("a", "b")])
    assert [g.claim for g in found(map, "isolated")] == ["alone"]


def test_claims_that_one_side_alone_has_addressed_are_one_sided() -> None:
    map = Map.of(
        ["a", "b", "c", "d", "e"],
        supports=[("a", "b"), ("b", "c")],
        rebuts=[("d", "c")],
        undercuts=[("e", "r1")],
    )
    assert found(map, "one-sided") == []
    assert [g.claim for g in found(TRAM, "one-sided")] == ["quiet", "moves", "rails"]
