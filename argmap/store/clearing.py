"""Taking away maps that nobody sees any more, a little at a time.

What was deleted, and what was given up while it was being made, has a name that no map
may have. Its rows go in steps, each in a transaction of its own, so that whoever writes
meanwhile does not wait for all of them.
"""

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

from sqlalchemy import Table, bindparam, delete, select, update

from argmap.errors import Unavailable
from argmap.model import ItemKind
from argmap.store import dialect, search
from argmap.store.tables import CLAIM, MAP, RELATION, SOURCE, UNSEEN
from argmap.store.transaction import Transaction

STEP: Final = 2000
"""Rows that are taken away in one transaction."""
AT_ONCE: Final = 500
"""Keys in one statement."""

Step = Callable[[Transaction], bool]

LEFT: Final = timedelta(minutes=10)
"""How long nothing has become of a map that some process was making, and is not."""

_UNSEEN = select(MAP.c.id).where(MAP.c.key >= UNSEEN)
_LEFT = _UNSEEN.where(MAP.c.updated_at < bindparam("until"))
_HIDE = update(MAP).where(MAP.c.id == bindparam("map_id"))
_DELETE = delete(MAP).where(MAP.c.id == bindparam("map_id"))

_KINDS: Final[tuple[tuple[ItemKind, Table], ...]] = (
    ("relation", RELATION),
    ("claim", CLAIM),
    ("source", SOURCE),
)
_INDEXED: Final = ("claim", "source")


def hide(transaction: Transaction, map_id: int) -> None:
    """Let nobody see a map any more."""
    named = {"map_id": map_id, "key": f"{UNSEEN}{map_id}"}
    transaction.connection.execute(_HIDE, named)


def unseen(transaction: Transaction, *, is_shared: bool) -> list[int]:
    """List the maps that are to be taken away: none is being made now.

    *is_shared*: other processes may be making some, and touch them as they go on.
    """
    connection = transaction.connection
    if is_shared:
        until = {"until": datetime.now(UTC) - LEFT}
        return list(connection.scalars(_LEFT, until))
    return list(connection.scalars(_UNSEEN))


def clear(transaction: Transaction, map_id: int) -> bool:
    """Take some rows of a map away; say whether it has more."""
    connection, left = transaction.connection, STEP
    if not dialect.hold(connection, f"clearing {map_id}", waiting=False):
        return False  # another process does it
    if map_id not in unseen(transaction, is_shared=False):
        return False  # whoever hid it has taken that back
    for kind, table in _KINDS:
        of_map = table.c.map_id == map_id
        keys = list(connection.scalars(select(table.c.key).where(of_map).limit(left)))
        if kind in _INDEXED:
            search.forget(connection, kind, map_id, keys)
        for start in range(0, len(keys), AT_ONCE):
            some = keys[start : start + AT_ONCE]
            connection.execute(delete(table).where(of_map, table.c.key.in_(some)))
        left -= len(keys)
        if left == 0:
            return True
    connection.execute(_DELETE, {"map_id": map_id})  # the history goes with it
    return False


def sweep(submit: Callable[[Step], Future[bool]], map_id: int) -> None:
    """Take away what nobody sees any more, step by step, while others write."""

    def again(step: Future[bool]) -> None:
        if not step.exception() and step.result():
            sweep(submit, map_id)

    with suppress(Unavailable):  # closed: the next start takes it away
        submit(partial(clear, map_id=map_id)).add_done_callback(again)
