"""Writing maps and reading them back."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from argmap.errors import (
    AlreadyExists,
    InvalidMap,
    Malformed,
    NotFound,
    Stale,
    TooLarge,
    Unavailable,
)
from argmap.model import (
    Add,
    Claim,
    Map,
    Move,
    PassagePath,
    Remove,
    Replace,
)
from argmap.settings import Settings
from argmap.store import Store, Write
from stored import RICH, change, create

TRAM = Map.of({"tram": 0.5, "cost": None}, rebuts=[("cost", "tram")], key="tram")

TRAM_AS_RICH = replace(TRAM, key="rich")


def test_a_map_comes_back_with_everything_in_it(settings: Settings) -> None:
    with Store.open(settings) as store:
        written = create(store, RICH)
    with Store.open(settings) as store:
        reread = store.snapshot("rich")

    assert reread == written
    assert reread.map.claims == RICH.claims
    assert reread.map.title == RICH.title
    assert list(reread.map.relations) == ["r2", "r1"]
    assert [p.key for p in reread.map.sources["council"].passages] == ["p2", "p1"]
    assert reread.map.sources["council"].length == 18


def test_every_item_has_the_revision_that_last_changed_it(store: Store) -> None:
    create(store, RICH)
    path = PassagePath(source="council", passage="p1")
    change(store, "rich", Replace(claim="quiet", set={"base_score": 0.5}))
    change(store, "rich", Replace(passage=path, set={"page": 9}))
    change(store, "rich", Replace(map="rich", set={"title": "Trams"}))
    change(store, "rich", Move(relation="r1", before="r2"))

    assert store.snapshot("rich").revs == {
        ("map", "rich"): 4,
        ("source", "council"): 3,
        ("passage", "council/p2"): 1,
        ("passage", "council/p1"): 3,
        ("claim", "build"): 1,
        ("claim", "quiet"): 2,
        ("claim", "rails"): 1,
        ("relation", "r2"): 1,
        ("relation", "r1"): 5,
    }


def test_what_is_removed_has_no_revision_any_more(settings: Settings) -> None:
    with Store.open(settings) as store:
        create(store, RICH)
        change(store, "rich", Remove(source="council", cascade=True))
        after = change(store, "rich", Remove(claim="rails", cascade=True)).snapshot

    assert set(after.revs) == {("map", "rich"), ("claim", "build"), ("claim", "quiet")}
    with Store.open(settings) as store:
        assert store.snapshot("rich") == after


def test_a_change_that_changes_nothing_makes_no_revision(store: Store) -> None:
    before = create(store, TRAM)

    done = change(store, "tram", Replace(claim="tram", set={"base_score": 0.5}))

    assert done.snapshot is before
    assert done.change.touched == frozenset()
    assert [entry.revision for entry in store.history("tram", 0, 10)] == [1]


def test_an_empty_map_has_a_first_revision(store: Store) -> None:
    made = store.submit(Write(map="empty", create=True)).result().snapshot

    assert (made.revision, made.revs) == (1, {("map", "empty"): 1})
    assert store.snapshot("empty") is made


def test_a_map_is_created_once(store: Store) -> None:
    create(store, TRAM)

    with pytest.raises(AlreadyExists):
        create(store, TRAM)


def test_a_map_that_is_not_there_is_not_found(store: Store) -> None:
    for ask in (
        lambda: store.snapshot("tram"),
        lambda: store.snapshot_at("tram", 1),
        lambda: store.history("tram", 0, 10),
        lambda: change(store, "tram", Remove(claim="cost")),
        lambda: store.delete("tram", "*").result(),
    ):
        with pytest.raises(NotFound) as refused:
            ask()
        assert (refused.value.kind, refused.value.key) == ("map", "tram")


def test_a_wrong_map_is_refused_and_nothing_of_it_is_kept(settings: Settings) -> None:
    bad = (Add(claim=Claim(key="good", text="Fine.")), Remove(claim="nobody"))
    with Store.open(settings) as store:
        before = create(store, TRAM)
        with pytest.raises(InvalidMap):
            change(store, "tram", *bad)
        with pytest.raises(InvalidMap):
            store.submit(Write(map="new", operations=bad, create=True)).result()

    with Store.open(settings) as store:
        assert store.snapshot("tram") == before
        assert [header.key for header in store.list_maps(None, 10)] == ["tram"]


@pytest.mark.parametrize(
    "key", ["", "Not a key", "$name", "a/b", "k" * 65, "\0", "\ud800", "é"]
)
def test_a_map_cannot_have_just_any_key(store: Store, key: str) -> None:
    with pytest.raises(InvalidMap):
        store.submit(Write(map=key, create=True)).result()
    with pytest.raises(NotFound):
        store.snapshot(key)
    assert store.list_maps(None, 9) == []


def test_an_if_that_names_another_revision_is_stale(store: Store) -> None:
    create(store, RICH)
    path = PassagePath(source="council", passage="p1")
    change(store, "rich", Replace(claim="quiet", set={"text": "Leise."}, if_match="r1"))
    change(store, "rich", Replace(passage=path, set={"page": 1}, if_match="r1"))

    with pytest.raises(Stale) as refused:
        change(store, "rich", Replace(claim="quiet", set={"text": "!"}, if_match="r1"))
    with pytest.raises(Stale, match="council/p1"):
        change(store, "rich", Remove(passage=path, cascade=True, if_match="r2"))

    stale = refused.value
    assert (stale.kind, stale.key, stale.sent, stale.current) == (
        "claim",
        "quiet",
        "r1",
        "r2",
    )
    change(store, "rich", Replace(claim="quiet", set={"text": "!"}, if_match="*"))


def test_an_if_about_nothing_is_not_found(store: Store) -> None:
    create(store, TRAM)

    with pytest.raises(NotFound):
        change(store, "tram", Remove(claim="gone", if_match="r1"))


def test_editors_of_different_items_do_not_disturb_each_other(store: Store) -> None:
    create(store, TRAM)

    change(store, "tram", Replace(claim="tram", set={"text": "Yes."}, if_match="r1"))
    change(store, "tram", Replace(claim="cost", set={"text": "No."}, if_match="r1"))

    assert store.snapshot("tram").revision == 3


def test_a_map_may_not_outgrow_its_limit_but_may_shrink(settings: Settings) -> None:
    with Store.open(settings) as store:
        create(store, Map.of(["a", "b", "c"], key="m"))
    with Store.open(replace(settings, max_items=2)) as store:
        with pytest.raises(TooLarge) as refused:
            change(store, "m", Add(claim=Claim(key="d", text="One more.")))
        change(store, "m", Remove(claim="a"))
        change(store, "m", Replace(claim="b", set={"text": "Other words."}))

        assert (refused.value.size, refused.value.limit) == (4, 2)
        assert list(store.snapshot("m").map.claims) == ["b", "c"]


def test_maps_are_listed_in_the_order_of_their_keys_page_by_page(store: Store) -> None:
    for key in ("d", "a", "c", "b", "a-1"):
        create(store, Map(key=key, title=key.upper(), targets=()))

    first = store.list_maps(None, 3)
    rest = store.list_maps(first[-1].key, 3)

    assert [header.key for header in first + rest] == ["a", "a-1", "b", "c", "d"]
    assert first[0].title == "A"
    assert (first[0].revision, first[0].rev, first[0].visibility) == (1, 1, "private")


def test_visibility_makes_a_revision_and_is_no_part_of_the_history(
    store: Store,
) -> None:
    before = create(store, TRAM)

    after = store.submit(Write(map="tram", visibility="public")).result().snapshot

    assert (after.revision, after.revs["map", "tram"]) == (2, 2)
    assert after.visibility == "public"
    assert after.map == before.map
    assert store.snapshot("tram") is after
    assert store.list_maps(None, 1)[0].visibility == "public"
    assert before.visibility == "private"
    change(store, "tram", Remove(claim="cost", cascade=True))
    assert store.snapshot_at("tram", 1).visibility == "public"


def test_a_deleted_map_is_gone_with_its_history(settings: Settings) -> None:
    with Store.open(settings) as store:
        old = create(store, RICH)
        change(store, "rich", Add(claim=Claim(key="late", text="By somebody else.")))
        with pytest.raises(Stale, match="it is at r2 now"):
            store.delete("rich", "r1").result()
        store.delete("rich", "r2").result()

        with pytest.raises(NotFound):
            store.snapshot("rich")
        assert store.list_maps(None, 1) == []
        again = create(store, TRAM_AS_RICH)
        assert [entry.revision for entry in store.history("rich", 0, 9)] == [3]
        assert again.id != old.id
        assert store.snapshot("rich").map == TRAM_AS_RICH


def test_a_map_made_again_counts_on_so_that_no_old_tag_fits(
    settings: Settings,
) -> None:
    with Store.open(settings) as store:
        for last in (2, 4):
            create(store, TRAM)
            change(store, "tram", Add(claim=Claim(key="t", text=f"Made at {last}.")))
            store.delete("tram", f"r{last}").result()
        first = create(store, TRAM)
        change(store, "tram", Remove(claim="cost", cascade=True))
        with pytest.raises(Stale):
            change(store, "tram", Replace(claim="tram", set={}, if_match="r1"))

    with Store.open(settings) as store:
        assert set(store.snapshot("tram").revs.values()) <= {5, 6}
        assert store.snapshot_at("tram", 5) == first
        assert [entry.revision for entry in store.history("tram", 0, 9)] == [5, 6]
        for gone in (1, 4, 7):
            with pytest.raises(NotFound):
                store.snapshot_at("tram", gone)


def test_derived_values_are_computed_once_per_revision(store: Store) -> None:
    computed = []

    def count() -> int:
        computed.append("once")
        return len(store.snapshot("tram").map.claims)

    create(store, TRAM)
    for _ in range(3):
        assert store.snapshot("tram").derive("claims", count) == 2
    change(store, "tram", Add(claim=Claim(text="It is quiet.")))
    for _ in range(3):
        assert store.snapshot("tram").derive("claims", count) == 3

    assert len(computed) == 2


def test_a_snapshot_is_what_it_was_when_the_map_moves_on(store: Store) -> None:
    before = create(store, TRAM)

    change(store, "tram", Replace(claim="tram", set={"text": "Other."}))

    assert before.map.claims["tram"].text == "tram"
    assert store.snapshot("tram").map.claims["tram"].text == "Other."


def test_moments_are_aware_and_in_utc(store: Store) -> None:
    start = datetime.now(UTC)
    create(store, TRAM)
    change(store, "tram", Remove(claim="cost", cascade=True))

    header = store.list_maps(None, 1)[0]
    moments = [entry.at for entry in store.history("tram", 0, 9)]

    assert moments == [header.created_at, header.updated_at]
    assert start <= moments[0] < moments[1] <= datetime.now(UTC)
    assert all(moment.tzinfo is UTC for moment in moments)


def test_a_closed_store_takes_no_writes(settings: Settings) -> None:
    with Store.open(settings) as store:
        assert store.is_healthy()
        create(store, TRAM)
    store.close()

    assert not store.is_healthy()
    with pytest.raises(Unavailable):
        change(store, "tram", Remove(claim="cost"))


@pytest.mark.parametrize(
    "url",
    ["mysql://localhost/argmap", "sqlite://", "sqlite:///:memory:", "argmap.db"],
)
def test_a_database_that_argmap_does_not_have_is_refused(url: str) -> None:
    with pytest.raises(Malformed, match="sqlite:///"):
        Store.open(Settings(database_url=url))


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "letter.db"
    file.write_text("Dear Ada, " * 1000)

    for read_only in (False, True):
        with pytest.raises(Unavailable, match="not a database"):
            Store.open(Settings(database_url=f"sqlite:///{file}"), read_only=read_only)
    assert file.read_text().startswith("Dear Ada")


def test_the_name_of_the_file_may_be_any(tmp_path: Path) -> None:
    directory = tmp_path / "100% möglich #1 & mehr"
    directory.mkdir()
    settings = Settings(database_url=f"sqlite:///{directory}/a b.db")

    with Store.open(settings) as store:
        create(store, TRAM)

    assert (directory / "a b.db").stat().st_size > 0
