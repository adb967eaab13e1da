"""Short ways to write to a store in tests."""

from threading import Event

from argmap.model import Map, Operation, operations_of
from argmap.store import Committed, Snapshot, Store, Write


def create(store: Store, map_: Map) -> Snapshot:
    """Store a map that is not there yet."""
    write = Write(map=map_.key, operations=operations_of(map_), create=True)
    return store.submit(write).result().snapshot


def change(store: Store, key: str, *operations: Operation) -> Committed:
    """Change a map, and wait until that is durable."""
    return store.submit(Write(map=key, operations=operations)).result()


def hold(store: Store) -> Event:
    """Keep the writer busy, so that what is submitted next becomes one group.

    It goes on when what comes back is set.
    """
    gate = Event()
    assert store._writer
    store._writer.submit(lambda _: gate.wait())
    return gate
