"""A plan counts only for the state of the map that it was made of."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from argmap.errors import InvalidMap
from argmap.model import Add, Claim, Map, Remove, change
from argmap.settings import Settings
from argmap.store import Planned, Snapshot, Store, Write

TRAM = Map.of(["tram", "cost"], rebuts=[("cost", "tram")])
OPERATIONS = (Add(claim=Claim(text="It is quiet.")),)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    settings = Settings(database_url=f"sqlite:///{tmp_path}/argmap.db")
    with Store.open(settings) as store:
        store.create(Write(map=TRAM.key, content=TRAM))
        yield store


def planned(snapshot: Snapshot) -> Write:
    made = change(snapshot.map, OPERATIONS)
    plan = Planned(of=snapshot, change=made)
    return Write(map=TRAM.key, operations=OPERATIONS, planned=plan)


def test_a_plan_for_a_map_that_has_not_moved_is_what_is_done(store: Store) -> None:
    write = planned(store.snapshot(TRAM.key))

    done = store.submit(write).result()

    assert write.planned is not None
    assert done.change is write.planned.change
    assert list(store.snapshot(TRAM.key).map.claims) == ["tram", "cost", "it-is-quiet"]


def test_a_plan_for_a_map_that_has_moved_is_made_anew(store: Store) -> None:
    write = planned(store.snapshot(TRAM.key))
    other = (Add(claim=Claim(key="it-is-quiet", text="Other.")),)
    store.submit(Write(map=TRAM.key, operations=other)).result()

    store.submit(write).result()

    claims = store.snapshot(TRAM.key).map.claims
    assert [claims[key].text for key in list(claims)[2:]] == ["Other.", "It is quiet."]


def test_a_plan_that_no_longer_holds_is_refused(store: Store) -> None:
    before = store.snapshot(TRAM.key)
    made = change(before.map, (Remove(relation="r1"),))
    late = Write(
        map=TRAM.key,
        operations=(Remove(relation="r1"),),
        planned=Planned(of=before, change=made),
    )
    store.submit(Write(map=TRAM.key, operations=late.operations)).result()

    with pytest.raises(InvalidMap):
        store.submit(late).result()
    assert store.snapshot(TRAM.key).revision == before.revision + 1
