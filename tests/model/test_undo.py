"""Taking a change back: from where it was made, and from where the map has gone on."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import draw
from argmap.model import (
    Add,
    Claim,
    Map,
    Move,
    Operation,
    PassagePath,
    Relation,
    Remove,
    Replace,
    Target,
    apply,
    read,
    write,
)
from argmap.model.undo import Undoing, moved, undo
from stored import RICH as UNHASHED

RICH = read(write(UNHASHED))
MAP = Map.of(
    {"a": 0.5, "b": 0.5, "c": 0.5, "d": 0.5},
    supports=[("b", "a"), ("c", "b")],
    undercuts=[("d", "r1")],
)


def taken_back(
    map_: Map, operations: list[Operation], later: list[Operation]
) -> Undoing:
    now = apply(apply(map_, operations), later)
    return undo(map_, operations, now, set(moved(later)))


@given(st.data())
def test_what_was_done_last_is_taken_back_to_the_letter(data: st.DataObject) -> None:
    map_ = data.draw(draw.maps())
    operations = data.draw(draw.operations(map_))
    after = apply(map_, operations)

    back = undo(map_, operations, after)
    forth = undo(after, back.operations, apply(after, back.operations))

    assert write(apply(after, back.operations)) == write(map_)
    assert write(apply(map_, forth.operations)) == write(after)


@given(st.data())
def test_what_came_later_stays_or_is_said_to_stand_in_the_way(
    data: st.DataObject,
) -> None:
    map_ = data.draw(draw.maps())
    operations = data.draw(draw.operations(map_, most=3))
    middle = apply(map_, operations)
    later = data.draw(draw.operations(middle, most=3, first=3))
    now = apply(middle, later)

    found = undo(map_, operations, now, set(moved(later)))

    assert not (found.operations and found.obstacles)
    if not found.obstacles:
        back = apply(now, found.operations)
        again = undo(now, found.operations, back)
        assert write(apply(back, again.operations)) == write(now)
        for kind in ("claims", "relations", "sources"):
            old, mid, new, end = (getattr(m, kind) for m in (map_, middle, now, back))
            for key in end:
                if old.get(key) == mid.get(key):
                    assert end[key] == new[key]
                elif mid.get(key) == new.get(key):
                    assert end[key] == old[key]


@pytest.mark.parametrize(
    ("done", "later"),
    [
        (
            Replace(claim="a", set={"text": "A!"}),
            Replace(claim="a", set={"tags": ["x"]}),
        ),
        (Replace(claim="a", set={"text": "A!"}), Remove(claim="c", cascade=True)),
        (Remove(claim="b", cascade=True), Add(claim=Claim(key="e", text="E."))),
        (Move(claim="d", before="a"), Replace(claim="d", set={"text": "D!"})),
        (Move(claim="d", before="a"), Remove(claim="a", cascade=True)),
        (Add(claim=Claim(key="e", text="E.")), Move(claim="a")),
    ],
)
def test_what_is_elsewhere_in_the_map_is_in_nobodys_way(
    done: Operation, later: Operation
) -> None:
    assert taken_back(MAP, [done], [later]).operations


def test_what_comes_back_stands_where_it_did_among_what_is_left() -> None:
    later: list[Operation] = [
        Remove(claim="c", cascade=True),
        Add(claim=Claim(key="e", text="E.")),
        Add(claim=Claim(key="f", text="F."), before="a"),
    ]
    removal: list[Operation] = [Remove(claim="b", cascade=True)]

    kept = apply(apply(MAP, removal), later)
    # The relation from c cannot come back: what it needs has gone.
    assert undo(MAP, removal, kept).obstacles
    found = undo(MAP, removal, apply(apply(MAP, removal), later[1:]))

    back = apply(apply(apply(MAP, removal), later[1:]), found.operations)
    assert list(back.claims) == ["f", "a", "b", "c", "d", "e"]
    assert list(back.relations) == ["r1", "r2", "r3"]


ADDED = Add(claim=Claim(key="e", text="E."))
LINK = Relation(key="r9", kind="support", premises=("e",), target=Target(claim="a"))


@pytest.mark.parametrize(
    ("done", "later", "why", "item", "more"),
    [
        (
            Replace(claim="a", set={"text": "A!", "tags": ["x"]}),
            Replace(claim="a", set={"text": "A?"}),
            "changed",
            ("claim", "a"),
            ("text",),
        ),
        (
            ADDED,
            Replace(claim="e", set={"kind": "fact"}),
            "changed",
            ("claim", "e"),
            ("kind",),
        ),
        (
            Replace(claim="a", set={"text": "A!"}),
            Remove(claim="a", cascade=True),
            "removed",
            ("claim", "a"),
            (),
        ),
        (
            Remove(relation="r2"),
            Add(
                relation=Relation(
                    key="r2", kind="rebut", premises=("c",), target=Target(claim="b")
                )
            ),
            "added",
            ("relation", "r2"),
            ("kind",),
        ),
        (
            Move(claim="d", before="a"),
            Move(claim="d", before="b"),
            "moved",
            ("claim", "d"),
            (),
        ),
        (ADDED, Add(relation=LINK), "used", ("claim", "e"), (("relation", "r9"),)),
        (
            ADDED,
            Replace(map="map", set={"targets": ["e"]}),
            "used",
            ("claim", "e"),
            (("map", "map"),),
        ),
        (
            Remove(relation="r2"),
            Remove(claim="c", cascade=True),
            "needs",
            ("relation", "r2"),
            (("claim", "c"),),
        ),
    ],
)
def test_what_stands_in_the_way_is_named(
    done: Operation, later: Operation, why: str, item: Any, more: Any
) -> None:
    found = taken_back(MAP, [done], [later])

    assert found.operations == ()
    (obstacle,) = found.obstacles
    assert (obstacle.why, (obstacle.kind, obstacle.key)) == (why, item)
    assert obstacle.members + obstacle.others == more


def test_what_is_so_already_needs_nothing() -> None:
    done = Replace(claim="a", set={"text": "A!"})
    back = Replace(claim="a", set={"text": "a"})

    found = taken_back(MAP, [done], [back])

    assert (found.operations, found.obstacles) == ((), ())
    gone = taken_back(MAP, [ADDED], [Remove(claim="e")])

    assert (gone.operations, gone.obstacles) == ((), ())


def test_sources_come_back_with_their_passages_in_order() -> None:
    path = PassagePath(source="council", passage="p2")
    for done in (
        [Remove(source="council", cascade=True)],
        [Remove(passage=path, cascade=True)],
        [Move(passage=path)],
    ):
        after = apply(RICH, done)
        back = apply(after, undo(RICH, done, after).operations)
        assert write(back) == write(RICH)


def test_a_passage_that_came_later_goes_with_no_source() -> None:
    source = Add(source=RICH.sources["council"])
    bare = apply(RICH, [Remove(source="council", cascade=True)])
    later = Replace(
        passage=PassagePath(source="council", passage="p1"), set={"page": 9}
    )

    (obstacle,) = taken_back(bare, [source], [later]).obstacles

    assert (obstacle.key, obstacle.members) == ("council", ("passages",))
