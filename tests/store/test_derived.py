"""What follows from a revision is kept while there is room: of large answers, fewer."""

from datetime import UTC, datetime

from argmap.model import Map
from argmap.store import Snapshot
from argmap.store.snapshot import CHUNK, DERIVED

NOW = datetime(2024, 5, 2, tzinfo=UTC)


def test_of_large_answers_fewer_are_kept() -> None:
    snapshot = Snapshot(
        id=1,
        map=Map.of(["tram"]),
        revision=1,
        revs={},
        created_at=NOW,
        updated_at=NOW,
        visibility="private",
    )
    for number in range(DERIVED):
        snapshot.derive(number, lambda: b"small")
    assert snapshot.known(0) is not None

    snapshot.derive("large", lambda: bytes(CHUNK * DERIVED // 2))

    kept = [number for number in range(DERIVED) if snapshot.known(number) is not None]
    assert len(kept) == DERIVED // 2 - 1
    assert snapshot.known("large") is not None
