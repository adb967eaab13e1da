"""The state that one group of writes works on, until it is committed or given up."""

from sqlalchemy import Connection

from argmap.store.memo import Memo
from argmap.store.present import Identity, identify, load
from argmap.store.snapshot import Snapshot


class Transaction:
    """The database as the writes so far in this group have left it.

    Readers may see only what is committed. So what these writes make is kept here, and
    goes to the common memory with `publish`, after the commit.
    """

    def __init__(self, connection: Connection, snapshots: Memo[Snapshot]) -> None:
        self.connection = connection
        self._snapshots = snapshots
        self._newest: dict[str, Snapshot | None] = {}
        self._made: list[Snapshot] = []

    def find_snapshot(self, key: str) -> Snapshot | None:
        """Return the newest state of a map, or None if there is no such map."""
        if key in self._newest:
            return self._newest[key]
        identity = identify(self.connection, key)
        if identity is None:
            return None
        return self._snapshots.find(
            identity, lambda: load(self.connection, identity.id)
        )

    def has(self, key: str) -> bool:
        """Say whether there is a map of this key, without reading it."""
        if key in self._newest:
            return self._newest[key] is not None
        return identify(self.connection, key) is not None

    def put(self, snapshot: Snapshot) -> None:
        """Let this be the newest state of its map: the last step of a write."""
        self._newest[snapshot.map.key] = snapshot
        self._made.append(snapshot)

    def drop(self, key: str) -> None:
        """Let there be no such map: the last step of a deletion."""
        self._newest[key] = None

    def publish(self) -> None:
        """Show readers what has been committed."""
        for snapshot in self._made:
            self._snapshots.put(Identity.of(snapshot), snapshot)
