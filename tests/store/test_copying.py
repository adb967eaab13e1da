"""A database is moved to another, of the same kind or not, and nothing is different."""

from pathlib import Path
from typing import Any

import pytest

from argmap.errors import Malformed, NotFound, Unavailable
from argmap.model import Add, Claim, Map, Replace
from argmap.model.words import query
from argmap.settings import Settings
from argmap.store import Store, Wanted, copying
from argmap.store.checking import check
from stored import RICH, change, create


@pytest.fixture
def filled(tmp_path: Path) -> Settings:
    settings = Settings(database_url=f"sqlite:///{tmp_path}/filled.db")
    with Store.open(settings) as store:
        create(store, RICH)
        change(store, "rich", Replace(claim="quiet", set={"text": "Leise, 日本."}))
        create(store, Map.of(["x"], key="gone"))
        store.delete("gone", "*").result()
    return settings


def test_a_copy_answers_as_the_original_does(
    filled: Settings, settings: Settings
) -> None:
    copying.copy(filled, settings)

    assert check(settings) == []
    with Store.open(filled) as old, Store.open(settings) as new:
        assert new.snapshot("rich") == old.snapshot("rich")
        assert new.snapshot_at("rich", 1) == old.snapshot_at("rich", 1)
        assert new.history("rich", 0, 9) == old.history("rich", 0, 9)
        (found,) = new.search_claims(Wanted(query=query("日本")), 0, 9)
        assert found.item == old.snapshot("rich").map.claims["quiet"]
        # What comes next gets numbers and revisions as it would have there.
        for store in (old, new):
            made = create(store, Map.of(["x"], key="gone"))
            added = change(store, "gone", Add(claim=Claim(key="y", text="Neu.")))
            assert (made.id, made.revision) == (3, 2)
            assert added.snapshot.revision == 3


def test_a_copy_comes_back_to_a_file(
    filled: Settings, settings: Settings, tmp_path: Path
) -> None:
    back = Settings(database_url=f"sqlite:///{tmp_path}/back.db")
    counts = copying.copy(filled, settings)

    assert copying.copy(settings, back) == counts
    with Store.open(filled) as old, Store.open(back) as new:
        assert new.snapshot("rich") == old.snapshot("rich")


def test_nothing_is_copied_over_what_is_there(
    filled: Settings, settings: Settings
) -> None:
    with Store.open(settings) as store:
        create(store, Map.of(["x"], key="mine"))

    with pytest.raises(Malformed, match="not empty"):
        copying.copy(filled, settings)
    with pytest.raises(Malformed, match="to be copied"):
        copying.copy(filled, filled)
    with Store.open(settings) as store:
        assert [header.key for header in store.list_maps(None, 9)] == ["mine"]


def test_what_is_not_there_is_not_copied(settings: Settings, tmp_path: Path) -> None:
    nowhere = Settings(database_url=f"sqlite:///{tmp_path}/nowhere.db")

    with pytest.raises(NotFound):
        copying.copy(nowhere, settings)


def test_what_comes_out_otherwise_than_it_went_in_is_not_kept(
    filled: Settings, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[object] = []
    true = copying._digest

    def digest(row: Any) -> int:
        seen.append(row)
        return true(row) + (len(seen) == 20)

    monkeypatch.setattr(copying, "_digest", digest)
    with pytest.raises(Unavailable, match="differ"):
        copying.copy(filled, settings)
    with Store.open(settings) as store:
        assert store.list_maps(None, 9) == []
