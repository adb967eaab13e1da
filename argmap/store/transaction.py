"""The state that one group of writes works on, until it is committed or given up."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert

from argmap.store import dialect
from argmap.store.callers import Act
from argmap.store.history import Revised
from argmap.store.memo import Memo
from argmap.store.pending import Pending
from argmap.store.prepared import Prepared
from argmap.store.present import Identity, hold, load
from argmap.store.snapshot import Snapshot
from argmap.store.tables_of_callers import AUDIT

_NOTE = Prepared(insert(AUDIT), "at", "key", "what", "map", "revision")


class Held(Exception):
    """Another process is changing a map: it is this one's turn after a commit."""


class Transaction:
    """The database as the writes so far in this group have left it.

    Readers may see only what is committed. So what these writes make is kept here, and
    goes to the common memory with `publish`, after the commit. Changes of maps wait
    until the end of the group, or until some write needs the database itself.

    ``steps`` counts what has been done here: who has added none can leave no trace.

    Where several processes write, whoever looks at a map here holds its key until the
    end. Only for the first key does a transaction wait, so that no two wait for each
    other: to want another that is not to be had is to be `Held`.
    """

    def __init__(self, connection: Connection, snapshots: Memo[Snapshot]) -> None:
        self._connection = connection
        self._snapshots = snapshots
        self._newest: dict[str, Snapshot | None] = {}
        self._pending: dict[int, Pending] = {}
        self._held: set[str] = set()
        self._trail: list[dict[str, Any]] = []
        self._roused: set[str] = set()
        self.steps = 0

    @property
    def connection(self) -> Connection:
        """The database, which has all changes so far."""
        self.steps += 1
        self.write()
        return self._connection

    @property
    def reading(self) -> Connection:
        """The database, to read what changes of maps do not touch: that leaves none."""
        return self._connection

    def find_snapshot(self, key: str) -> Snapshot | None:
        """Return the newest state of a map, or None if there is no such map."""
        if key in self._newest:
            return self._newest[key]
        identity = self._identify(key)
        if identity is None:
            return None
        return self._snapshots.find(
            identity, lambda: load(self._connection, identity.id)
        )

    def has(self, key: str) -> bool:
        """Say whether there is a map of this key, without reading it."""
        if key in self._newest:
            return self._newest[key] is not None
        return self._identify(key) is not None

    def _identify(self, key: str) -> Identity | None:
        self.hold(f"map {key}")
        return hold(self._connection, key)

    def hold(self, name: str) -> None:
        """Keep what has this name from other processes until the end.

        Raises:
            Held: One of them has it, and here something is kept already.
        """
        if name not in self._held:
            is_first = not self._held
            if not dialect.hold(self._connection, name, waiting=is_first):
                raise Held
            self._held.add(name)

    def change(self, before: Snapshot, after: Snapshot, revised: Revised) -> None:
        """Bring a map that has rows from its newest state to the next revision."""
        self._pending.setdefault(after.id, Pending(before)).put(after, revised)
        self.put(after)

    def put(self, snapshot: Snapshot) -> None:
        """Let this be the newest state of its map, whose rows are written."""
        self.steps += 1
        self._newest[snapshot.map.key] = snapshot

    def drop(self, key: str) -> None:
        """Let there be no such map: the last step of a deletion."""
        self.steps += 1
        self._newest[key] = None

    def note(self, act: Act | None, map: str | None, revision: int | None) -> None:
        """Put into the trail what a caller has done, with the rest of this group."""
        if act is not None:
            self.steps += 1
            entry = {
                "at": datetime.now(UTC),
                "key": act.caller.key or None,
                "what": act.what,
                "map": map,
                "revision": revision,
            }
            self._trail.append(entry)

    def rouse(self, maps: Iterable[str]) -> None:
        """Let who listens for these maps look whether they still may."""
        self._roused.update(maps)

    @property
    def touched(self) -> Iterable[str]:
        """The keys of the maps that are others now, or gone, or others' to read."""
        return self._newest.keys() | self._roused

    def write(self) -> None:
        """Write what waits."""
        while self._pending:
            _, pending = self._pending.popitem()
            pending.write(self._connection)

    def tell(self) -> None:
        """Let other processes know of all this, once it is committed."""
        dialect.tell(self._connection, list(self.touched))
        if self._trail:
            _NOTE.run_all(self._connection, self._trail)
            self._trail = []

    def publish(self) -> None:
        """Show readers what has been committed.

        Of several revisions of a map the last is kept at hand: who wants one before it
        reads the history.
        """
        for snapshot in self._newest.values():
            if snapshot is not None:
                self._snapshots.put(Identity.of(snapshot), snapshot)
