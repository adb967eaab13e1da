"""The door of the store: who comes in, and which maps they may see.

What has been looked up holds until the next commit, so that most requests need no
query. Nothing is remembered of secrets that are not known here.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress

from sqlalchemy import Connection

from argmap.errors import NotFound
from argmap.store import access
from argmap.store.callers import NOBODY, Caller, Role, is_allowed, is_visible
from argmap.store.memo import Memo
from argmap.store.present import Identity

CALLERS = 10_000
"""Callers that are remembered."""
ROLES = 100_000
"""Roles of callers on maps that are remembered."""


class Door:
    """Remembers callers by the hash of their secrets, and their roles on maps.

    *version* changes with every commit; where it is None, every answer takes a query.
    """

    def __init__(
        self,
        asking: Callable[[], AbstractContextManager[Connection]],
        version: Callable[[], int | None],
    ) -> None:
        self._asking, self._version = asking, version
        self._callers: Memo[tuple[int, Caller]] = Memo(CALLERS)
        self._standing: Memo[tuple[int, bool]] = Memo(CALLERS)
        self._roles: Memo[tuple[int, Role | None]] = Memo(ROLES)

    def known(self, digest: str) -> Caller | None:
        """Return whose secret has this hash if no query is needed: never blocks."""
        seen = self._callers.get(digest)
        return seen[1] if seen and seen[0] == self._version() else None

    def find(self, digest: str) -> Caller | None:
        """Find whose secret has this hash."""
        version = self._version()
        with self._asking() as connection:
            caller = access.find_caller(connection, digest)
        if caller is not None and version is not None:
            self._callers.put(digest, (version, caller))
        return caller

    def is_open(self, caller: Caller) -> bool:
        """Say whether a caller's key is still what it was when it was found."""
        if caller.id == NOBODY.id:
            return True
        version = self._version()
        seen = self._standing.get(caller.id)
        if not seen or seen[0] != version:
            with self._asking() as connection:
                found = access.standing(connection, caller, 0)
            seen = version or 0, bool(found and found.is_admin == caller.is_admin)
            if version is not None:
                self._standing.put(caller.id, seen)
        return seen[1] and not caller.has_expired()

    def shows(self, caller: Caller, map: Identity, version: int | None) -> bool:
        """Say whether a caller may surely read a map: never blocks.

        *version* is that of now, here and in `permits`.
        """
        role = self._known_role(caller, map, version)
        return is_visible(caller, map.visibility, role)

    def permits(
        self, caller: Caller, map: Identity, needed: Role, version: int | None
    ) -> bool:
        """Say whether a caller may surely do what needs a role: never blocks."""
        return is_allowed(caller, self._known_role(caller, map, version), needed)

    def has_map(self, key: str) -> bool:
        """Say whether a map has this key, also one that is hidden.

        For who would give it to another map, and is told that much in any case.
        """
        with self._asking() as connection, suppress(NotFound):
            access.identify(connection, key, NOBODY)
            return True
        return False

    def identify(
        self, connection: Connection, key: str, caller: Caller
    ) -> tuple[Identity, Role | None]:
        """Find a map, and a caller's role on it.

        Raises:
            NotFound: There is no such map.
        """
        version = self._version()  # of before the look
        map, role = access.identify(connection, key, caller)
        if version is not None and caller.id != NOBODY.id:
            self._roles.put((caller.id, map.id), (version, role))
        return map, role

    def _known_role(
        self, caller: Caller, map: Identity, version: int | None
    ) -> Role | None:
        if caller.id == NOBODY.id or caller.is_admin:
            return None
        seen = self._roles.get((caller.id, map.id))
        return seen[1] if seen and seen[0] == version else None
