"""What follows from a revision is kept while there is room: of large answers, fewer."""

from datetime import UTC, datetime
from weakref import ref

from argmap.model import Map
from argmap.store import Snapshot
from argmap.store.snapshot import DERIVED, ROOM

NOW = datetime(2024, 5, 2, tzinfo=UTC)
PARTS = 8


class Large:
    """Something that can be told to be gone."""


def snapshot() -> Snapshot:
    return Snapshot(
        id=1,
        map=Map.of(["tram"]),
        revision=1,
        revs={},
        created_at=NOW,
        updated_at=NOW,
        visibility="private",
    )


def test_all_snapshots_together_keep_no_more_than_there_is_room_for() -> None:
    snapshots = [snapshot() for _ in range(2 * PARTS)]

    for each in snapshots:
        each.derive("file", lambda: bytes(DERIVED // PARTS))

    kept = [each.known("file") is not None for each in snapshots]
    assert kept == [False] * (PARTS + 1) + [True] * (PARTS - 1)


def test_a_file_weighs_as_much_with_its_report() -> None:
    first, second = snapshot(), snapshot()
    for each in (first, second):
        each.derive("written", lambda: (bytes(DERIVED // 2), ()))

    assert first.known("written") is None
    assert second.known("written") is not None


def test_what_follows_from_a_snapshot_goes_with_it() -> None:
    first, second = snapshot(), snapshot()
    large = first.derive("tree", lambda: Large())
    second.derive("tree", lambda: b"small")
    left = ref(large)

    del large, first
    second.derive("file", lambda: b"small")

    assert left() is None
    assert second.known("tree") == b"small"


def test_what_a_snapshot_has_been_asked_leaves_no_trace() -> None:
    asked = snapshot()
    for number in range(10 * ROOM):
        asked.derive(("found", number), lambda: bytes(DERIVED // 1000))

    assert len(asked._shelf.names) <= 4 * ROOM


def test_each_snapshot_has_answers_of_its_own() -> None:
    first, second = snapshot(), snapshot()
    first.derive("name", lambda: b"first")

    assert second.known("name") is None
    assert second.derive("name", lambda: b"second") == b"second"
    assert first.known("name") == b"first"
