"""Whole maps are there at once or not at all, however many steps that takes."""

import sqlite3
import time
from pathlib import Path
from threading import Event

import pytest

from argmap.engine import patience, progress
from argmap.errors import AlreadyExists, Cancelled, StorageFull, TooLarge
from argmap.model import Map, Remove, Replace, apply, operations_of
from argmap.settings import Settings
from argmap.store import Store, Write
from argmap.store.portions import ITEMS
from argmap.store.transaction import Transaction
from stored import RICH, change, create

SIZE = 2 * ITEMS + 10
LARGE = Map.of(
    {f"c{n}": n / SIZE for n in range(SIZE)},
    supports=[(f"c{n + 1}", f"c{n}") for n in range(ITEMS)],
    key="large",
)


def tables(settings: Settings) -> dict[str, int]:
    """Count the rows of every table that holds parts of maps."""
    names = ("map", "claim", "relation", "portion", "change", "claim_words")
    file = settings.database_url.removeprefix("sqlite:///")
    shell = sqlite3.connect(Path(file))
    counts = {
        name: shell.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
        for name in names
    }
    shell.close()
    return counts


def clear(settings: Settings) -> None:
    """Run a store for as long as it has something to take away."""
    deadline = time.monotonic() + 20
    with Store.open(settings) as store:
        while tables(settings)["map"] > store.count_maps():
            assert time.monotonic() < deadline
            time.sleep(0.01)


@pytest.mark.parametrize("of", [RICH, LARGE], ids=["rich", "large"])
def test_a_map_that_was_made_whole_has_a_history_like_any_other(
    settings: Settings, of: Map
) -> None:
    with Store.open(settings) as store:
        made = create(store, of)
        changed = change(store, of.key, Replace(map=of.key, set={"title": "New"}))
    with Store.open(settings, read_only=True) as reader:
        first, second = reader.history(of.key, 0, 10)
        old, new = (reader.snapshot_at(of.key, n) for n in (1, 2))

    assert first.operations == operations_of(made.map)
    assert apply(Map(key=of.key), first.operations) == made.map
    assert (old, new) == (made, changed.snapshot)
    assert list(old.map.claims) == list(of.claims)
    assert second.operations == changed.change.operations


def test_a_list_of_changes_need_not_hold_the_whole_map(store: Store) -> None:
    create(store, LARGE)
    change(store, "large", Replace(claim="c7", set={"base_score": 0.25}))

    all_of_it = store.history("large", 0, 10)
    some, other = store.history("large", 0, 10, most=5)

    assert some.operations == all_of_it[0].operations[:5]
    assert (some.is_whole, other.is_whole) == (False, True)
    assert all(each.is_whole for each in all_of_it)


def test_others_are_told_how_far_it_is_and_nobody_sees_it_before_the_end(
    store: Store,
) -> None:
    said: list[tuple[int, int | None]] = []

    def listen(done: int, total: int | None) -> None:
        said.append((done, total))
        assert store.list_maps(None, 10) == []
        assert store.count_maps() == 0

    with progress(listen):
        create(store, LARGE)

    assert [total for _, total in said] == [SIZE + ITEMS] * len(said)
    assert said == sorted(said)
    assert said[-1][0] == SIZE + ITEMS
    assert len(store.list_maps(None, 10)) == 1


@pytest.mark.only_sqlite
def test_what_is_called_off_leaves_no_row(settings: Settings) -> None:
    with Store.open(settings) as store:
        before = tables(settings)
        stop = Event()
        with (
            patience(is_cancelled=stop.is_set),
            progress(lambda done, _: stop.set() if done > ITEMS else None),
            pytest.raises(Cancelled),
        ):
            create(store, LARGE)
    clear(settings)

    assert tables(settings) == before


@pytest.mark.only_sqlite
def test_of_two_that_make_the_same_map_one_is_refused(settings: Settings) -> None:
    with Store.open(settings) as store:
        is_first = [True]

        def faster(_done: int, _total: int | None) -> None:
            if is_first:
                is_first.clear()
                store.submit(Write(map="large", create=True)).result()

        with progress(faster), pytest.raises(AlreadyExists):
            create(store, LARGE)
        with pytest.raises(AlreadyExists):
            create(store, LARGE)

        assert store.snapshot("large").map == Map(key="large")
    clear(settings)

    assert tables(settings)["claim"] == 0


def test_a_map_with_too_many_items_is_refused(tmp_path: Path) -> None:
    chosen = Settings(database_url=f"sqlite:///{tmp_path}/small.db", max_items=5)
    with Store.open(chosen) as store:
        with pytest.raises(TooLarge):
            create(store, Map.of("abcdef"))
        create(store, Map.of("abcde"))


@pytest.mark.only_sqlite
def test_what_a_process_left_half_made_or_half_deleted_is_cleared_away(
    settings: Settings,
) -> None:
    with Store.open(settings) as store:
        create(store, LARGE)
        file = Path(settings.database_url.removeprefix("sqlite:///"))
        shell = sqlite3.connect(file)
        shell.execute("UPDATE map SET key = '~left' WHERE key = 'large'")
        shell.commit()
        shell.close()
        assert store.list_maps(None, 10) == []
    with Store.open(settings) as store:
        create(store, Map.of("ab", key="large"))
    clear(settings)

    assert tables(settings) == {
        "map": 1,
        "claim": 2,
        "relation": 0,
        "portion": 2,
        "change": 1,
        "claim_words": 2,
    }


@pytest.mark.only_sqlite
def test_a_large_map_is_deleted_at_once_and_cleared_away_while_others_write(
    settings: Settings,
) -> None:
    with Store.open(settings) as store:
        create(store, LARGE)
        create(store, Map.of("ab", key="other"))
        gone = store.delete("large", "*")
        written = store.submit(Write(map="other", operations=(Remove(claim="a"),)))
        gone.result()
        assert [header.key for header in store.list_maps(None, 10)] == ["other"]
        again = create(store, Map.of("x", key="large"))
        assert written.result().snapshot.revision == 2

    with Store.open(settings):
        pass
    assert again.revision == 2
    assert tables(settings)["claim"] == tables(settings)["claim_words"] == 2


def leave_100_pages(transaction: Transaction) -> None:
    """Let the connection that writes have no room for more."""
    connection = transaction.reading
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 100}")


@pytest.mark.only_sqlite
def test_no_room_for_a_portion_leaves_nothing(settings: Settings) -> None:
    with Store.open(settings) as store:
        assert store._writer
        store._writer.submit(leave_100_pages).result()
        with pytest.raises(StorageFull):
            create(store, LARGE)
        assert store.list_maps(None, 10) == []
        assert create(store, Map.of("ab")).revision == 1
