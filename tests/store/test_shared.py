"""Several processes share one PostgreSQL database, and agree on what is in it.

Planted and found: writers that do not wait for each other.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event

import psycopg
import pytest

from argmap.errors import AlreadyExists, NotFound, Stale, Unavailable, UnderWay
from argmap.model import Add, Claim, Map, Replace
from argmap.settings import Settings
from argmap.store import Answer, Receipt, Store, Write
from databases import Postgres
from stored import change, create

COUNTERS = Map.of(["a", "b"], key="m")


@pytest.fixture
def settings(postgresql: Postgres) -> Iterator[Settings]:
    url = postgresql.make()
    yield Settings(database_url=url)
    postgresql.drop(url)


@pytest.fixture
def stores(settings: Settings) -> Iterator[tuple[Store, Store]]:
    """Open it twice: what two stores share is the database, as in two processes."""
    with Store.open(settings) as one, Store.open(settings) as other:
        yield one, other


def test_what_one_has_written_the_other_sees_at_once(
    stores: tuple[Store, Store],
) -> None:
    one, other = stores
    create(one, COUNTERS)

    for n in range(20):
        store, reader = stores[n % 2], stores[1 - n % 2]
        done = change(store, "m", Add(claim=Claim(key=f"c{n}", text="New.")))
        assert reader.snapshot("m") == done.snapshot
    one.delete("m", "*").result()
    with pytest.raises(NotFound):
        other.snapshot("m")
    with pytest.raises(NotFound):
        change(other, "m", Add(claim=Claim(key="late", text="Late.")))


@pytest.mark.parametrize(
    ("editors", "times"),
    [(8, 10), pytest.param(32, 20, marks=pytest.mark.faults)],
)
def test_of_increments_through_two_none_is_lost(
    stores: tuple[Store, Store], editors: int, times: int
) -> None:
    create(stores[0], COUNTERS)

    def edit(editor: int) -> None:
        store = stores[editor % 2]
        for _ in range(times):
            while True:
                seen = store.snapshot("m")
                so_far = seen.map.claims["a"].data.get("count", 0)
                operation = Replace(
                    claim="a",
                    set={"data": {"count": so_far + 1}},
                    if_match=f"r{seen.revs['claim', 'a']}",
                )
                try:
                    change(store, "m", operation)
                except Stale:
                    continue
                break

    with ThreadPoolExecutor(editors) as pool:
        list(pool.map(edit, range(editors)))

    for store in stores:
        assert store.snapshot("m").map.claims["a"].data["count"] == editors * times
        assert store.snapshot("m").revision == 1 + editors * times


def test_of_many_that_want_the_same_key_one_gets_it(
    stores: tuple[Store, Store],
) -> None:
    def attempt(n: int) -> int:
        try:
            create(stores[n % 2], COUNTERS)
        except AlreadyExists:
            return 0
        return 1

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(8))) == 1


def test_what_is_sent_to_both_under_one_key_is_done_once(
    stores: tuple[Store, Store],
) -> None:
    create(stores[0], COUNTERS)
    answer = Answer(status=201, headers={}, body=b"done")

    def attempt(n: int) -> int:
        write = Write(
            map="m",
            operations=(Add(claim=Claim(key=f"c{n}", text="Once.")),),
            receipt=Receipt(key="k", request="same", answer=lambda _: answer),
        )
        try:
            stores[n % 2].submit(write).result()
        except UnderWay:
            return 0
        return 1

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(8))) == 1
    assert stores[0].snapshot("m").revision == 2
    assert stores[1].find_answer("k") == ("same", answer)


def test_each_hears_of_what_the_other_has_written(stores: tuple[Store, Store]) -> None:
    one, other = stores
    heard = Event()
    create(one, COUNTERS)
    other.wakes.listen(lambda key: heard.set() if key == "m" else None)

    # What is written before the other has begun to listen, it hears of as of all maps.
    for number in range(20):
        change(one, "m", Add(claim=Claim(key=f"c{number}", text="New.")))
        if heard.wait(1):
            break

    assert heard.is_set()


def test_who_was_cut_off_from_news_is_woken_when_they_come_again(
    stores: tuple[Store, Store], settings: Settings
) -> None:
    _, other = stores
    heard = Event()
    other.wakes.listen(lambda key: heard.set() if key is None else None)

    with psycopg.connect(settings.database_url, autocommit=True) as shell:
        shell.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

    assert heard.wait(10)
    # A connection that was lost is found out by who uses it, who is told to try again.
    with suppress(Unavailable):
        create(other, COUNTERS)
    with suppress(AlreadyExists):
        create(other, COUNTERS)
    assert other.snapshot("m").revision == 1


def test_writes_of_two_groups_that_touch_two_maps_do_not_wait_for_ever(
    stores: tuple[Store, Store],
) -> None:
    for key in ("m", "n"):
        create(stores[0], Map.of(["a"], key=key))

    def edit(n: int) -> None:
        for turn in range(20):
            key = "mn"[(n + turn) % 2]
            claim = Claim(key=f"c{n}-{turn}", text="New.")
            change(stores[n % 2], key, Add(claim=claim))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(edit, range(8)))

    revisions = [stores[1].snapshot(key).revision for key in ("m", "n")]
    assert sum(revisions) == 2 + 8 * 20
