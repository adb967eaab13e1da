"""What goes when something goes, and what stands in the way."""

import pytest
from msgspec.structs import replace

from argmap.errors import InUse, InvalidMap, Unknown
from argmap.model import (
    Add,
    Claim,
    Map,
    Operation,
    PassageReference,
    Relation,
    Remove,
    Replace,
    apply,
    change,
    invert,
)
from argmap.model.uses import references
from argmap.model.validate import faults_of
from examples import P, used


@pytest.fixture
def map() -> Map:
    return used()


@pytest.mark.parametrize(
    ("removal", "users"),
    [
        (Remove(claim="a"), {"targets", "relations/r1"}),
        (Remove(claim="b"), {"relations/r1", "relations/r3", "relations/r4"}),
        (Remove(relation="r1"), {"relations/r2"}),
        (Remove(relation="r3"), {"relations/r4"}),
        (Remove(passage=P), {"claims/a", "relations/r4"}),
        (Remove(source="s"), {"claims/a", "relations/r4"}),
    ],
)
def test_what_is_in_use_is_not_removed(
    map: Map, removal: Operation, users: set[str]
) -> None:
    with pytest.raises(InvalidMap) as caught:
        change(map, [removal])

    (fault,) = caught.value.faults
    assert isinstance(fault, InUse)
    assert fault.pointer == "/operations/0"
    assert set(fault.users) == users


@pytest.mark.parametrize(
    ("removal", "gone", "targets"),
    [
        (Remove(claim="a", cascade=True), {"a", "r1", "r2", "r3"}, ()),
        (Remove(claim="b", cascade=True), {"b", "r1", "r2", "r3", "r4"}, ("a",)),
        (Remove(relation="r1", cascade=True), {"r1", "r2", "r3"}, ("a",)),
        (Remove(relation="r3", cascade=True), {"r3"}, ("a",)),
        (Remove(passage=P, cascade=True), set(), ("a",)),
        (Remove(source="s", cascade=True), {"s"}, ("a",)),
    ],
)
def test_a_cascade_takes_what_could_not_stand_and_spells_it_out(
    map: Map, removal: Operation, gone: set[str], targets: tuple[str, ...]
) -> None:
    done = change(map, [removal])

    def keys(map: Map) -> set[str]:
        return {*map.sources, *map.claims, *map.relations}

    assert keys(map) - keys(done.map) == gone
    assert done.map.targets == targets
    assert all(
        not getattr(operation, "cascade", False) for operation in done.operations
    )
    assert apply(map, done.operations) == done.map
    assert apply(done.map, invert(map, [removal])) == map


def test_a_cascade_lets_go_of_what_can_stand_alone(map: Map) -> None:
    new = apply(
        map, [Remove(relation="r3", cascade=True), Remove(source="s", cascade=True)]
    )

    assert new.relations["r4"].asks is None
    assert new.relations["r4"].passages == ()
    assert new.claims["a"].passages == ()


def test_what_is_removed_may_be_added_again(map: Map) -> None:
    new = apply(map, [Remove(claim="a"), Add(claim=Claim(key="a", text="Another"))])

    assert [*new.claims] == ["b", "c", "a"]


def test_users_may_be_removed_after_what_they_use(map: Map) -> None:
    removals = [Remove(relation=key) for key in ("r1", "r2", "r3")]
    new = apply(map, [*removals, Replace(relation="r4", set={"asks": None})])

    assert [*new.relations] == ["r4"]


@pytest.mark.parametrize("is_first", [True, False])
def test_what_goes_is_not_cited_even_for_what_it_never_had(
    map: Map, is_first: bool
) -> None:
    never = PassageReference(source="s", passage="never")
    citing = Add(claim=Claim(key="d", text="D", passages=(never,)))
    removing = Remove(source="s", cascade=True)

    with pytest.raises(InvalidMap) as caught:
        change(map, [citing, removing] if is_first else [removing, citing])

    (fault,) = caught.value.faults
    assert isinstance(fault, InUse)
    assert fault.users == ("claims/d",)


def test_what_stands_in_the_way_of_validity_is_what_an_item_refers_to(map: Map) -> None:
    alone = replace(map, sources={}, claims={}, relations={})
    users: list[Claim | Relation | Map] = [
        *map.claims.values(),
        *map.relations.values(),
        map,
    ]
    for item, place in [(user, "/map".__add__) for user in users]:
        missing = {
            (fault.kind, fault.key)
            for fault in faults_of(alone, [(item, place)])
            if isinstance(fault, Unknown)
        }
        assert missing <= {*references(item)}
