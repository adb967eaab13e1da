"""A map has an owner, whoever gives up the role at the same time."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from argmap.errors import LastOwner
from argmap.model import Map
from argmap.service.keys import make
from argmap.settings import Settings
from argmap.store import Store
from databases import Postgres
from stored import create, hold

PLAN = Map.of(["build"], key="plan")


def owned(store: Store) -> None:
    create(store, PLAN)
    for name in ("anna", "bert"):
        make(store.people, {"name": name})
        store.people.set_member("plan", name, "owner").result()


def owners(store: Store) -> list[str]:
    return [each.key for each in store.people.list_members("plan", "", 9)]


def test_of_two_owners_who_leave_in_one_group_one_stays(store: Store) -> None:
    owned(store)
    gate = hold(store)
    leaving = [store.people.remove_member("plan", name) for name in ("anna", "bert")]
    gate.set()

    assert leaving[0].result() is None
    assert isinstance(leaving[1].exception(), LastOwner)
    assert owners(store) == ["bert"]


@pytest.fixture
def two(postgresql: Postgres) -> Iterator[tuple[Store, Store]]:
    """Open two stores on one database, as two processes do."""
    url = postgresql.make()
    with ExitStack() as stack:
        open_ = Store.open
        yield (
            stack.enter_context(open_(Settings(database_url=url))),
            stack.enter_context(open_(Settings(database_url=url))),
        )
    postgresql.drop(url)


def test_of_two_owners_who_leave_in_two_processes_one_stays(
    two: tuple[Store, Store],
) -> None:
    owned(two[0])
    for _ in range(10):
        leaving = {
            name: store.people.remove_member("plan", name)
            for store, name in zip(two, ("anna", "bert"), strict=True)
        }
        refused = [name for name, done in leaving.items() if done.exception()]

        assert owners(two[0]) == refused
        (left,) = leaving.keys() - {*refused}
        two[0].people.set_member("plan", left, "owner").result()
