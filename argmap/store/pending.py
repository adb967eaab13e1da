"""What a group of writes has done to a map, on its way to the rows.

Several writes that are committed together reach the rows as one change, from the state
that is there to the last one: so many statements for all, not for each. The history has
each by itself.
"""

from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, bindparam, update

from argmap.store import history, rows
from argmap.store.history import Revised
from argmap.store.prepared import Prepared
from argmap.store.revs import Item
from argmap.store.rewrite import rewrite
from argmap.store.snapshot import Snapshot
from argmap.store.tables import MAP


@lru_cache
def _update(*columns: str) -> Prepared:
    return Prepared(update(MAP).where(MAP.c.id == bindparam("map_id")), *columns)


class Pending:
    """What has become of one map since its rows were written."""

    def __init__(self, before: Snapshot) -> None:
        self._before = self._after = before
        self._revised: list[Revised] = []

    def put(self, after: Snapshot, revised: Revised) -> None:
        """Let this be the map's state, its next revision."""
        self._after = after
        self._revised.append(revised)

    def write(self, connection: Connection) -> None:
        """Write the map's header, its rows and its history."""
        before, after = self._before, self._after
        values: dict[str, Any] = {
            "revision": after.revision,
            "updated_at": after.updated_at,
        }
        if after.visibility != before.visibility:
            values["visibility"] = after.visibility
        touched = {item for each in self._revised for item in each.touched}
        header: Item = ("map", after.map.key)
        if header in touched:
            values |= {"rev": after.revs[header], **rows.header_values(after.map)}
        _update(*values).run_all(connection, [{"map_id": after.id, **values}])
        rewrite(connection, after.id, before.map, after.map, touched, after.revs)
        history.record(connection, self._revised)
