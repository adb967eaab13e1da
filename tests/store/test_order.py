"""Items keep the order in which the map has them, wherever they are put."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.model import Add, Claim, Map, Move, NewPassage, PassagePath, Source, Span
from argmap.settings import Settings
from argmap.store import Store
from argmap.store.positions import GAP, LIMIT, Run, afresh, between, runs
from stored import change, create


def claim(key: str, before: str | None = None) -> Add:
    return Add(claim=Claim(key=key, text=key), before=before)


def test_claims_stay_where_they_were_put(settings: Settings) -> None:
    with Store.open(settings) as store:
        create(store, Map.of(["a", "b", "c"], key="m"))
        change(store, "m", claim("first", before="a"), claim("last"))
        change(store, "m", claim("x", before="b"), claim("y", before="x"))
        change(store, "m", Move(claim="c", before="first"), Move(claim="a"))
    with Store.open(settings) as store:
        claims = store.snapshot("m").map.claims

    assert list(claims) == ["c", "first", "y", "x", "b", "last", "a"]


def test_a_gap_that_is_used_up_is_opened_again(settings: Settings) -> None:
    with Store.open(settings) as store:
        create(store, Map.of(["a", "z"], key="m"))
        for n in range(40):
            change(store, "m", claim(f"n{n}", before="z"))
        written = store.snapshot("m")
    with Store.open(settings) as store:
        reread = store.snapshot("m")

    assert list(reread.map.claims) == ["a", *(f"n{n}" for n in range(40)), "z"]
    assert reread == written


def test_many_items_among_many_others_find_their_places(settings: Settings) -> None:
    old = [f"c{n}" for n in range(1200)]
    with Store.open(settings) as store:
        create(store, Map.of(old, key="m"))
        change(store, "m", *(claim(f"before-{key}", key) for key in old))
    with Store.open(settings) as store:
        claims = store.snapshot("m").map.claims

    assert list(claims) == [name for key in old for name in (f"before-{key}", key)]


def test_passages_have_their_order_in_their_source(settings: Settings) -> None:
    def passage(source: str, key: str, before: str | None = None) -> Add:
        spans = (Span(start=0, end=1),)
        return Add(
            passage=NewPassage(source=source, key=key, spans=spans), before=before
        )

    with Store.open(settings) as store:
        create(store, Map(key="m"))
        for key in ("s", "t"):
            change(store, "m", Add(source=Source(key=key, title="News")))
            change(store, "m", passage(key, "p2"), passage(key, "p1"))
        change(store, "m", passage("s", "p0", before="p1"))
        moved = PassagePath(source="t", passage="p2")
        change(store, "m", Move(passage=moved), Move(source="t", before="s"))
    with Store.open(settings) as store:
        sources = store.snapshot("m").map.sources

    assert {key: [p.key for p in s.passages] for key, s in sources.items()} == {
        "t": ["p1", "p2"],
        "s": ["p2", "p0", "p1"],
    }
    assert list(sources) == ["t", "s"]


@given(order=st.lists(st.integers(0, 99).map(str), unique=True), data=st.data())
def test_positions_rise_along_any_order(order: list[str], data: st.DataObject) -> None:
    placed = set(data.draw(st.lists(st.sampled_from(order)))) if order else set()
    gaps = st.integers(1, 5) | st.just(GAP)
    there: dict[str, int] = {}
    at = data.draw(st.sampled_from([-LIMIT, 0, LIMIT - 400]))
    for key in order:
        if key not in placed:
            there[key] = at = min(at + data.draw(gaps), LIMIT - 1)
    found = dict(there)
    for run in runs(order, placed):
        positions = between(run, there)
        if positions is None:
            found = afresh(order)
            break
        found |= positions

    values = [found[key] for key in order]
    assert set(found) == set(order)
    assert values == sorted(values)
    assert all(-LIMIT <= value < LIMIT for value in values)
    if len(set(there.values())) == len(there):
        assert len(set(values)) == len(values)


@pytest.mark.parametrize("room", [0, 1, 2])
def test_there_is_no_place_where_there_is_no_room(room: int) -> None:
    run = Run("a", ["x", "y"], "b")

    assert between(run, {"a": 5, "b": 5 + room}) is None
    assert between(run, {"a": 5, "b": 8}) == {"x": 6, "y": 7}
