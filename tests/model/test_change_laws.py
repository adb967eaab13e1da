"""What holds of every change, whatever the map and the operations."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

import draw
from argmap.model import Map, Operation, apply, change, invert, validate
from argmap.model.uses import references


def ordered(map: Map) -> list[object]:
    """Make order count: dicts are equal in any order."""
    return [
        map,
        [list(items) for items in (map.sources, map.claims, map.relations)],
    ]


@given(st.data())
def test_apply_then_invert_gives_the_same_map_in_the_same_order(
    data: st.DataObject,
) -> None:
    map = data.draw(draw.maps())
    operations = data.draw(draw.operations(map))

    changed = apply(map, operations)

    assert ordered(apply(changed, invert(map, operations))) == ordered(map)


@given(st.data())
def test_what_results_is_valid_and_no_reference_dangles(data: st.DataObject) -> None:
    map = data.draw(draw.maps())

    changed = apply(map, data.draw(draw.operations(map)))

    items = {("claim", key) for key in changed.claims}
    items |= {("relation", key) for key in changed.relations}
    items |= {("source", key) for key in changed.sources}
    items |= {
        ("passage", f"{source.key}/{passage.key}")
        for source in changed.sources.values()
        for passage in source.passages
    }
    users = [changed, *changed.claims.values(), *changed.relations.values()]
    assert validate(changed) == []
    assert all(ref in items for user in users for ref in references(user))


@given(st.data())
def test_resolved_operations_give_the_same_map_through_json_too(
    data: st.DataObject,
) -> None:
    map = data.draw(draw.maps())
    done = change(map, data.draw(draw.operations(map)))

    sent = msgspec.json.encode(done.operations)
    again = change(map, msgspec.json.decode(sent, type=tuple[Operation, ...]))

    assert ordered(again.map) == ordered(done.map)
    assert msgspec.json.encode(again.operations) == sent
    assert again.touched == done.touched


@given(st.data())
def test_what_is_not_touched_is_as_it_was(data: st.DataObject) -> None:
    map = data.draw(draw.maps())

    done = change(map, data.draw(draw.operations(map)))

    for kind in ("source", "claim", "relation"):
        before, after = getattr(map, f"{kind}s"), getattr(done.map, f"{kind}s")
        for key in before.keys() | after.keys():
            if (kind, key) not in done.touched:
                assert after.get(key) is before.get(key)


@given(st.data())
def test_untouched_items_keep_their_order(data: st.DataObject) -> None:
    map = data.draw(draw.maps())

    done = change(map, data.draw(draw.operations(map)))

    for kind in ("source", "claim", "relation"):
        before, after = getattr(map, f"{kind}s"), getattr(done.map, f"{kind}s")
        kept = [key for key in before if (kind, key) not in done.touched]
        assert [key for key in after if key in kept] == kept


@given(st.data())
def test_the_map_that_is_changed_stays_as_it_was(data: st.DataObject) -> None:
    map = data.draw(draw.maps())
    copy = msgspec.msgpack.decode(msgspec.msgpack.encode(map), type=Map)

    change(map, data.draw(draw.operations(map)))

    assert ordered(copy) == ordered(map)


@given(draw.maps())
def test_drawn_maps_are_valid(map: Map) -> None:
    assert validate(map) == []


@given(draw.acyclic_maps())
def test_drawn_acyclic_maps_are_valid(map: Map) -> None:
    assert validate(map) == []


@given(draw.maps())
def test_renaming_claims_leaves_a_valid_map(map: Map) -> None:
    renamed, names = draw.renamed(map)

    assert validate(renamed) == []
    assert list(renamed.claims) == [names[key] for key in map.claims]
