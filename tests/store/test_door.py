"""What the door of a store remembers of callers, and for how long."""

from contextlib import AbstractContextManager
from hashlib import sha256

import pytest
from sqlalchemy import Connection

from argmap.store import NOBODY, Caller, Store
from argmap.store.door import Door
from stored import key, seen


@pytest.mark.only_sqlite
def test_what_the_door_remembers_holds_until_the_next_commit(
    store: Store, anna: Caller
) -> None:
    door, digest = store.door, sha256(b"anna").hexdigest()
    assert door.find(digest) == anna
    assert door.known(digest) == anna
    assert door.known(sha256(b"bert").hexdigest()) is None
    assert door.find(sha256(b"bert").hexdigest()) is None
    assert (door.has_map("plan"), door.has_map("absent")) == (True, False)
    mine = seen(store, anna)
    assert mine.snapshot("plan")
    assert mine.permits("plan", "owner")
    assert mine.cached("plan") is not None
    bert = key(store, "bert")
    assert door.known(digest) is None
    assert not mine.permits("plan", "reader")
    assert mine.snapshot("plan")
    theirs = seen(store, bert)
    for other in (theirs, seen(store, NOBODY)):
        assert not other.permits("plan", "reader")
        assert other.cached("plan") is None

    store.people.set_member("plan", "bert", "reader").result()
    assert theirs.snapshot("plan") is theirs.cached("plan")
    assert theirs.permits("plan", "reader")
    assert not theirs.permits("plan", "editor")
    store.people.remove_member("plan", "bert").result()
    assert mine.snapshot("plan")
    assert not theirs.permits("plan", "reader")
    assert theirs.cached("plan") is None
    assert door.is_open(anna)
    assert door.is_open(NOBODY)


@pytest.mark.only_sqlite
def test_a_door_that_is_told_of_no_commits_remembers_nobody(
    store: Store, anna: Caller
) -> None:
    door, digest = Door(store._asking, lambda: None), sha256(b"anna").hexdigest()
    assert door.find(digest) == anna
    assert door.known(digest) is None
    with store._asking() as connection:
        map_, role = door.identify(connection, "plan", anna)
    assert role == "owner"
    assert not door.permits(anna, map_, "reader", None)
    assert door.is_open(anna)
    store.people.revoke_key("anna").result()
    assert not door.is_open(anna)


@pytest.mark.only_sqlite
def test_a_key_is_looked_up_once_until_the_next_commit(
    store: Store, anna: Caller
) -> None:
    asked, versions = [0], [1]

    def asking() -> AbstractContextManager[Connection]:
        asked[0] += 1
        return store._asking()

    door = Door(asking, lambda: versions[0])
    assert all(door.is_open(anna) for _ in range(3))
    assert asked == [1]
    versions[0] += 1
    assert all(door.is_open(anna) for _ in range(3))
    assert asked == [2]
    assert door.is_open(NOBODY)
    assert asked == [2]
