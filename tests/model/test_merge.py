"""Two claims that say the same become one; what was about either stays."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

import draw
from argmap.errors import InvalidMap
from argmap.model import (
    Asks,
    Claim,
    Map,
    PassageReference,
    Relation,
    Scheme,
    Target,
    apply,
    change,
    invert,
    write,
)
from argmap.model.merge import Dropped, merge


def merged(map_: Map, duplicate: str, into: str) -> tuple[Map, tuple[Dropped, ...]]:
    found = merge(map_, duplicate, into)
    return apply(map_, found.operations), found.dropped


def test_every_relation_of_the_duplicate_is_the_other_claims_from_then_on() -> None:
    map_ = replace(
        Map.of(
            ["t", "a", "a-2", "x", "y"],
            supports=[("a-2", "t"), (("x", "a-2"), "t")],
            rebuts=[("y", "a-2")],
            undercuts=[("a-2", "r3")],
        ),
        targets=("a-2", "t", "a"),
    )

    after, dropped = merged(map_, "a-2", "a")

    assert list(after.claims) == ["t", "a", "x", "y"]
    assert [(r.premises, r.target) for r in after.relations.values()] == [
        (("a",), Target(claim="t")),
        (("x", "a"), Target(claim="t")),
        (("y",), Target(claim="a")),
        (("a",), Target(relation="r3")),
    ]
    assert (after.targets, dropped) == (("a", "t"), ())


def test_the_claim_that_stays_has_what_both_said() -> None:
    ref = PassageReference(source="s", passage="p")
    first = Claim(key="a", text="A.", wordings=("Ah.",), tags=("x",), data={"n": 1})
    second = Claim(
        key="b",
        text="B.",
        wordings=("A.", "Beh."),
        tags=("x", "y"),
        base_score=0.25,
        speaker="Ada",
        passages=(ref,),
        data={"n": 2, "m": 3},
    )
    map_ = Map(key="m", claims={"a": first, "b": second})
    found = merge(map_, "b", "a").operations[0]

    assert found.set == {  # type: ignore[union-attr]
        "wordings": ["Ah.", "B.", "Beh."],
        "tags": ["x", "y"],
        "base_score": 0.25,
        "speaker": "Ada",
        "passages": [
            {"source": "s", "passage": "p", "stance": "asserts", "attributed_to": None}
        ],
        "data": {"n": 1, "m": 3},
    }


def test_of_relations_that_become_alike_one_stays_with_what_is_about_either() -> None:
    map_ = Map.of(
        ["t", "a", "a-2", "x"],
        supports=[("a-2", "t"), ("a", "t")],
        undercuts=[("x", "r1"), ("x", "r2"), ("a", "r3"), ("a-2", "r4")],
    )

    after, dropped = merged(map_, "a-2", "a")

    assert list(after.relations) == ["r2", "r4", "r5"]
    assert after.relations["r5"].target == Target(relation="r4")
    assert [(d.relation, d.same_as) for d in dropped] == [
        ("r1", "r2"),
        ("r3", "r4"),
        ("r6", "r5"),
    ]


def test_relations_that_differ_in_what_counts_both_stay() -> None:
    map_ = Map.of(["t", "a", "b"], supports=[("a", "t"), ("b", "t")])
    relations = map_.relations
    for other in (
        replace(relations["r1"], weight=0.5),
        replace(relations["r1"], kind="rebut"),
        replace(relations["r1"], scheme=Scheme(name="sign")),
        replace(relations["r1"], asks=Asks(relation="r2", question="Is it?")),
    ):
        both = replace(map_, relations={**relations, "r1": other})
        after, dropped = merged(both, "b", "a")
        assert (len(after.relations), dropped) == (2, ())


def test_premises_that_become_one_count_once() -> None:
    map_ = Map.of(["t", "a", "b"], supports=[(("a", "b"), "t")])

    after, _ = merged(map_, "b", "a")

    assert after.relations["r1"].premises == ("a",)


def test_nobody_needs_to_say_any_more_that_the_two_say_the_same() -> None:
    says = Relation(
        key="r1", kind="rephrase", premises=("b",), target=Target(claim="a")
    )
    asks = Relation(
        key="r2",
        kind="rebut",
        premises=("c",),
        target=Target(claim="b"),
        asks=Asks(relation="r1", question="Do they?"),
    )
    map_ = replace(Map.of(["a", "b", "c"]), relations={"r2": asks, "r1": says})

    after, dropped = merged(map_, "b", "a")

    assert dropped == (Dropped(relation="r1", same_as=None),)
    assert after.relations["r2"].asks is None


@pytest.mark.parametrize(
    ("relation", "codes"),
    [
        (("rebut", ("b",), "a"), {"self-support"}),
        (("support", ("a", "c"), "b"), {"self-support"}),
        (("rephrase", ("a", "c"), "b"), {"self-support"}),
    ],
)
def test_claims_that_bear_on_each_other_do_not_say_the_same(
    relation: tuple[str, tuple[str, ...], str], codes: set[str]
) -> None:
    kind, premises, target = relation
    between = Relation(
        key="r1",
        kind=kind,  # type: ignore[arg-type]
        premises=premises,
        target=Target(claim=target),
    )
    map_ = replace(Map.of(["a", "b", "c"]), relations={"r1": between})

    with pytest.raises(InvalidMap) as caught:
        merge(map_, "b", "a")

    assert {(f.code, f.pointer) for f in caught.value.faults} == {
        (code, "/into") for code in codes
    }


def test_a_rephrasing_that_others_are_about_does_not_go() -> None:
    says = Relation(
        key="r1", kind="rephrase", premises=("b",), target=Target(claim="a")
    )
    cut = Relation(
        key="r2", kind="undercut", premises=("c",), target=Target(relation="r1")
    )
    map_ = replace(Map.of(["a", "b", "c"]), relations={"r1": says, "r2": cut})

    with pytest.raises(InvalidMap) as caught:
        merge(map_, "b", "a")

    assert [fault.code for fault in caught.value.faults] == ["in-use"]


def test_there_must_be_a_claim_to_merge_into() -> None:
    with pytest.raises(InvalidMap, match="/into: there is no claim 'b'"):
        merge(Map.of(["a"]), "a", "b")


@given(st.data())
def test_a_merge_is_valid_can_be_undone_and_loses_no_relation_in_silence(
    data: st.DataObject,
) -> None:
    map_ = data.draw(draw.maps())
    assume(len(map_.claims) > 1)
    duplicate, into = data.draw(st.permutations(list(map_.claims)))[:2]
    try:
        found = merge(map_, duplicate, into)
    except InvalidMap:
        return

    done = change(map_, found.operations)

    gone = {each.relation for each in found.dropped}
    assert map_.claims.keys() - done.map.claims.keys() == {duplicate}
    assert map_.relations.keys() - done.map.relations.keys() == gone
    assert write(apply(done.map, invert(map_, found.operations))) == write(map_)
    for key, relation in done.map.relations.items():
        old = map_.relations[key]
        assert (relation.kind, relation.weight) == (old.kind, old.weight)
        assert {*relation.premises} == {
            into if premise == duplicate else premise for premise in old.premises
        }
