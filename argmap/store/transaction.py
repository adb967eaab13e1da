"""The state that one group of writes works on, until it is committed or given up."""

from collections.abc import Iterable

from sqlalchemy import Connection

from argmap.store.history import Revised
from argmap.store.memo import Memo
from argmap.store.pending import Pending
from argmap.store.present import Identity, identify, load
from argmap.store.snapshot import Snapshot


class Transaction:
    """The database as the writes so far in this group have left it.

    Readers may see only what is committed. So what these writes make is kept here, and
    goes to the common memory with `publish`, after the commit. Changes of maps wait
    until the end of the group, or until some write needs the database itself.

    ``steps`` counts what has been done here: who has added none can leave no trace.
    """

    def __init__(self, connection: Connection, snapshots: Memo[Snapshot]) -> None:
        self._connection = connection
        self._snapshots = snapshots
        self._newest: dict[str, Snapshot | None] = {}
        self._made: list[Snapshot] = []
        self._pending: dict[int, Pending] = {}
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
        identity = identify(self._connection, key)
        if identity is None:
            return None
        return self._snapshots.find(
            identity, lambda: load(self._connection, identity.id)
        )

    def has(self, key: str) -> bool:
        """Say whether there is a map of this key, without reading it."""
        if key in self._newest:
            return self._newest[key] is not None
        return identify(self._connection, key) is not None

    def change(
        self, before: Snapshot, after: Snapshot, revised: Revised | None
    ) -> None:
        """Bring a map that has rows from its newest state to another."""
        self._pending.setdefault(after.id, Pending(before)).put(after, revised)
        self.put(after)

    def put(self, snapshot: Snapshot) -> None:
        """Let this be the newest state of its map, whose rows are written."""
        self.steps += 1
        self._newest[snapshot.map.key] = snapshot
        self._made.append(snapshot)

    def drop(self, key: str) -> None:
        """Let there be no such map: the last step of a deletion."""
        self.steps += 1
        self._newest[key] = None

    @property
    def touched(self) -> Iterable[str]:
        """The keys of the maps that are others now, or gone."""
        return self._newest

    def write(self) -> None:
        """Write what waits."""
        while self._pending:
            _, pending = self._pending.popitem()
            pending.write(self._connection)

    def publish(self) -> None:
        """Show readers what has been committed."""
        for snapshot in self._made:
            self._snapshots.put(Identity.of(snapshot), snapshot)
