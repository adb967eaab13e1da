"""What operations make: keys, order, normal form, and what they touch."""

import pytest
from msgspec.structs import replace

from argmap.model import (
    Add,
    Asks,
    Claim,
    Map,
    Move,
    NewPassage,
    Operation,
    PassageReference,
    Relation,
    Remove,
    Replace,
    Source,
    Target,
    apply,
    change,
    digest,
    invert,
    validate,
)
from argmap.model.keys import slug
from examples import SPANS, TEXT, P, faults, rebut, used


@pytest.fixture
def map() -> Map:
    return used()


# keys and names


def test_a_key_is_derived_from_the_text_and_unlike_every_other(map: Map) -> None:
    claims = [Add(claim=Claim(text="Trams: “quiet”!")) for _ in range(3)]

    done = change(map, [*claims, Add(relation=rebut("a", "b"))])

    assert [*done.map.claims][3:] == ["trams-quiet", "trams-quiet-2", "trams-quiet-3"]
    assert [*done.map.relations][4:] == ["r5"]


def test_a_derived_key_gives_way_to_the_keys_that_the_batch_names(map: Map) -> None:
    done = change(
        map, [Add(claim=Claim(text="Quiet")), Add(claim=Claim(key="quiet", text="Q"))]
    )

    assert [*done.map.claims][3:] == ["quiet-2", "quiet"]


def test_a_key_that_was_removed_is_not_derived_again(map: Map) -> None:
    done = change(map, [Remove(relation="r4"), Add(relation=rebut("c", "b"))])

    assert [*done.map.relations] == ["r1", "r2", "r3", "r5"]


def test_names_stand_for_keys_that_are_not_known_yet(map: Map) -> None:
    done = change(
        map,
        [
            Add(source=Source(key="$s", title="The Times", text=TEXT)),
            Add(passage=NewPassage(source="$s", key="$p", spans=SPANS)),
            Add(
                claim=Claim(
                    key="$new",
                    text="Quiet",
                    passages=(PassageReference(source="$s", passage="$p"),),
                )
            ),
            Add(relation=rebut("$new", "a", "$r")),
            Add(
                relation=Relation(
                    key="$u",
                    kind="undercut",
                    premises=("$new",),
                    target=Target(relation="$r"),
                    asks=Asks(relation="$r", question="How loud?"),
                )
            ),
            Replace(map="m", set={"targets": ["$new"]}),
            Replace(claim="$new", set={"tags": ["noise"]}),
            Move(relation="$u", before="$r"),
        ],
    )

    assert done.map.targets == ("quiet",)
    assert done.map.claims["quiet"].passages[0].source == "the-times"
    assert [*done.map.relations][-2:] == ["r6", "r5"]
    assert done.map.relations["r6"].target == Target(relation="r5")
    assert done.map.relations["r6"].asks == Asks(relation="r5", question="How loud?")
    assert b"$" not in repr(done.operations).encode()


def test_a_relation_may_come_before_its_premises(map: Map) -> None:
    done = change(
        map, [Add(relation=rebut("d", "a")), Add(claim=Claim(key="d", text="D"))]
    )

    assert validate(done.map) == []


# what comes back


def test_replacing_by_the_same_touches_nothing(map: Map) -> None:
    done = change(
        map,
        [
            Replace(claim="a", set={"text": "a", "tags": []}),
            Replace(map="m", set={"targets": ["a"], "key": "m"}),
            Replace(passage=P, set={"spans": [{"start": 0, "end": 5}]}),
            Move(claim="b", before="c"),
            Move(claim="c"),
        ],
    )

    assert done.map == map
    assert (done.operations, done.touched) == ((), frozenset())


def test_true_is_not_the_same_as_1(map: Map) -> None:
    one = apply(map, [Replace(claim="a", set={"data": {"votes": 1}})])

    done = change(one, [Replace(claim="a", set={"data": {"votes": True}})])

    assert done.touched == {("claim", "a")}


def test_touched_names_every_item_that_is_not_as_it_was(map: Map) -> None:
    done = change(
        map,
        [
            Add(claim=Claim(key="d", text="D")),
            Replace(relation="r4", set={"weight": 0.5}),
            Move(claim="c", before="a"),
            Replace(passage=P, set={"page": 3}),
            Replace(map="m", set={"title": "Trams"}),
            Add(relation=rebut("d", "a", "x")),
            Remove(relation="x"),
        ],
    )

    assert done.touched == {
        ("claim", "d"),
        ("relation", "r4"),
        ("claim", "c"),
        ("source", "s"),
        ("passage", "s/p"),
        ("map", "m"),
        ("relation", "x"),
    }


def test_adding_or_removing_a_source_touches_its_passages(map: Map) -> None:
    removed = change(map, [Remove(source="s", cascade=True)])
    back = change(removed.map, [Add(source=map.sources["s"])])

    assert {("source", "s"), ("passage", "s/p")} <= removed.touched
    assert back.touched == {("source", "s"), ("passage", "s/p")}


def test_what_does_not_change_is_the_same_object(map: Map) -> None:
    done = change(map, [Replace(claim="a", set={"text": "A"})])

    assert done.map.relations is map.relations
    assert done.map.claims["b"] is map.claims["b"]
    assert map.claims["a"].text == "a"


def test_an_empty_batch_changes_nothing(map: Map) -> None:
    assert change(map, []).map == map


# order


@pytest.mark.parametrize(
    ("move", "order"),
    [
        (Move(claim="c", before="a"), "cab"),
        (Move(claim="a"), "bca"),
        (Move(claim="a", before="c"), "bac"),
        (Move(claim="a", before="a"), "abc"),
        (Add(claim=Claim(key="d", text="D"), before="b"), "adbc"),
        (Add(claim=Claim(key="d", text="D")), "abcd"),
    ],
)
def test_items_stand_where_they_are_put(map: Map, move: Operation, order: str) -> None:
    assert "".join(apply(map, [move]).claims) == order


def test_passages_keep_an_order_in_their_source(map: Map) -> None:
    new = apply(
        map,
        [
            Add(passage=NewPassage(source="s", key="q", spans=SPANS), before="p"),
            Add(passage=NewPassage(source="s", spans=SPANS)),
            Move(passage=P),
        ],
    )

    assert [passage.key for passage in new.sources["s"].passages] == ["q", "p3", "p"]


# text and hashes


def test_texts_come_in_normal_form_but_those_of_sources_stay(map: Map) -> None:
    new = apply(
        map,
        [
            Add(claim=Claim(key="d", text="cafe\u0301\r\nau lait", tags=("e\u0301",))),
            Replace(claim="a", set={"speaker": "Ze\u0301"}),
            Add(source=Source(key="t", title="e\u0301", text="e\u0301\r\n")),
        ],
    )

    assert new.claims["d"].text == "café\nau lait"
    assert new.claims["d"].tags == ("é",)
    assert new.claims["a"].speaker == "Zé"
    assert new.sources["t"].title == "é"
    assert new.sources["t"].text == "e\u0301\r\n"
    assert new.sources["t"].length == 4


def test_hashes_that_are_left_out_are_filled_in(map: Map) -> None:
    source = map.sources["s"]

    assert source.sha256 == digest(TEXT)
    assert source.length == len(TEXT)
    assert source.passages[0].sha256 == digest("Trams")


def test_other_spans_have_another_hash(map: Map) -> None:
    spans = [{"start": 0, "end": 5}, {"start": 10, "end": 15}]

    new = apply(map, [Replace(passage=P, set={"spans": spans})])

    assert new.sources["s"].passages[0].sha256 == digest("Trams\0quiet")


def test_a_new_text_of_a_source_is_measured_anew_unless_the_batch_says(
    map: Map,
) -> None:
    old = apply(map, [Add(source=Source(key="new", title="New", text="Trams."))])

    new = apply(old, [Replace(source="new", set={"text": "Trams, quiet."})])
    told = [Replace(source="new", set={"text": "Buses.", "sha256": digest("Cars.")})]

    assert old.sources["new"].length == 6
    measured = new.sources["new"]
    assert (measured.sha256, measured.length) == (digest("Trams, quiet."), 13)
    assert faults(old, told) == [("passage-mismatch", "/operations/0/set/sha256")]
    gone = apply(old, [Replace(source="new", set={"text": None})])
    assert gone.sources["new"].sha256 == digest("Trams.")
    another = [Replace(source="new", set={"text": "Buses."})]
    assert faults(gone, another) == [("passage-mismatch", "/operations/0")]


def test_a_text_that_is_attached_must_be_what_was_hashed(map: Map) -> None:
    bare = apply(map, [Replace(source="s", set={"text": None})])

    again = apply(bare, [Replace(source="s", set={"text": TEXT})])

    assert again == map
    assert faults(bare, [Replace(source="s", set={"text": "?" * len(TEXT)})]) == [
        ("passage-mismatch", "/operations/0"),
        ("passage-mismatch", "/operations/0/set/text"),
    ]


def test_ten_thousand_operations_cost_no_copy_each() -> None:
    """Each is undone too: quadratic work would take minutes here."""
    claims = [Add(claim=Claim(text="The same text")) for _ in range(4000)]
    key = slug("The same text", ())
    relations = [
        Add(relation=rebut(key, f"{key}-{i}"), before="r1" if i > 2 else None)
        for i in range(2, 4001)
    ]
    moves = [Move(claim=f"{key}-{i}", before=key) for i in range(2, 4001)]
    removals = [Remove(claim=f"{key}-{i}", cascade=True) for i in range(2, 4001)]
    blank = Map(key="m")
    first = [Add(claim=Claim(key=key, text="first"))]

    done = change(blank, [*first, *claims, *relations, *moves, *removals])

    assert len(done.map.claims) == 2
    assert done.map.relations == {}
    assert replace(done.map, claims={}) == blank


def test_a_cascade_down_a_chain_of_10_000_undercuts_ends() -> None:
    links = [
        Relation(
            key=f"r{i}",
            kind="undercut",
            premises=("a",),
            target=Target(relation=f"r{i - 1}"),
        )
        for i in range(2, 10_001)
    ]
    map = apply(
        Map.of(["a", "b"], rebuts=[("a", "b")]), [Add(relation=r) for r in links]
    )

    done = change(map, [Remove(relation="r1", cascade=True)])

    assert done.map.relations == {}
    assert apply(done.map, invert(map, [Remove(relation="r1", cascade=True)])) == map
