"""What admins and owners do: keys, members of maps, and the trail of all changes.

Like any write, each is one transaction, with its entry in the trail. A key's secret
never comes here: its hash does.
"""

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager, suppress
from typing import Any

from sqlalchemy import Connection

from argmap.errors import LastOwner, NotFound
from argmap.store import access
from argmap.store.access import Entry, KeyHeader, Member, NewKey
from argmap.store.callers import NOBODY, Act, Role, require_admin
from argmap.store.present import Identity
from argmap.store.transaction import Transaction

_BY_HAND = Act(caller=NOBODY, what="without a key")
"""On the command line, or on a server that asks for none."""

Submit = Callable[[Callable[[Transaction], Any]], Future[Any]]


class People:
    """Keys, members and the trail, as one caller may see and change them."""

    def __init__(
        self,
        reader: Callable[[], AbstractContextManager[Connection]],
        identify: Callable[[Connection, str, Role], Identity],
        submit: Submit,
        act: Act | None,
    ) -> None:
        """Take what the store does it with; `Store.people` is the way in."""
        self._reader, self._identify, self._submit = reader, identify, submit
        self._act = act

    def list_keys(self, after: str, limit: int) -> list[KeyHeader]:
        """List API keys, from the one that follows *after*.

        Raises:
            Unauthorized, Forbidden: The caller is no admin.
        """
        require_admin(self._act)
        with self._reader() as connection:
            return access.keys(connection, after, limit)

    def read_key(self, key: str) -> KeyHeader:
        """Return what there is of an API key.

        Raises:
            NotFound: There is none of that name.
            Unauthorized, Forbidden: The caller is no admin.
        """
        require_admin(self._act)
        with self._reader() as connection:
            return _found(connection, key)[1]

    def has_key(self, key: str) -> bool:
        """Say whether there is an API key of that name.

        Raises:
            Unauthorized, Forbidden: The caller is no admin.
        """
        with suppress(NotFound):
            self.read_key(key)
            return True
        return False

    def add_key(self, new: NewKey) -> Future[None]:
        """Keep a new API key.

        Raises:
            Unauthorized, Forbidden: The caller is no admin.

        The future raises AlreadyExists if there is a key of that name.
        """
        require_admin(self._act)

        def work(transaction: Transaction) -> None:
            transaction.hold(f"key {new.key}")
            access.permit_new(transaction, self._act)
            access.add_key(transaction.connection, new)
            admin = " of an admin" if new.is_admin else ""
            self._note(transaction, f"made the key{admin} {new.key}")

        return self._submit(work)

    def revoke_key(self, key: str) -> Future[None]:
        """Make an API key worth nothing; its roles go with it.

        Raises:
            Unauthorized, Forbidden: The caller is no admin.

        The future raises NotFound if there is no key of that name.
        """
        require_admin(self._act)

        def work(transaction: Transaction) -> None:
            access.permit_new(transaction, self._act)
            transaction.rouse(access.drop_key(transaction.connection, key))
            self._note(transaction, f"revoked the key {key}")

        return self._submit(work)

    def list_members(self, map: str, after: str, limit: int) -> list[Member]:
        """List who has a role on a map, from the key that follows *after*.

        Raises:
            NotFound: There is no such map.
            Unauthorized, Forbidden: The caller is no owner of it.
        """
        with self._reader() as connection:
            identity = self._identify(connection, map, "owner")
            return access.members(connection, identity.id, after, limit)

    def read_member(self, map: str, key: str) -> Member:
        """Return the role of a key on a map.

        Raises:
            NotFound: There is no such map, or the key has no role on it.
            Unauthorized, Forbidden: The caller is no owner of it.
        """
        with self._reader() as connection:
            identity = self._identify(connection, map, "owner")
            return _member(connection, identity, key)

    def set_member(self, map: str, key: str, role: Role) -> Future[Member]:
        """Give a key a role on a map, in place of what it has.

        The future raises NotFound if there is no such map or key; Unauthorized or
        Forbidden, if the caller is no owner; LastOwner, if the map would have none.
        """

        def work(transaction: Transaction) -> Member:
            identity = self._permitted(transaction, map)
            number, found = _found(transaction.reading, key)
            if role != "owner":
                _leave_an_owner(transaction, identity, map, key)
            access.join(transaction.connection, identity.id, number, role)
            transaction.rouse([map])
            self._note(transaction, f"made {key} {role}", map)
            return Member(key=found.key, name=found.name, role=role)

        return self._submit(work)

    def remove_member(self, map: str, key: str) -> Future[None]:
        """Take a key's role on a map away; anybody may give up their own.

        The future raises as that of `set_member`, and NotFound if it has none.
        """
        is_own = self._act is not None and self._act.caller.key == key

        def work(transaction: Transaction) -> None:
            needed: Role = "reader" if is_own else "owner"
            identity = self._permitted(transaction, map, needed)
            _member(transaction.reading, identity, key)
            _leave_an_owner(transaction, identity, map, key)
            number, _ = _found(transaction.reading, key)
            access.leave(transaction.connection, identity.id, number)
            transaction.rouse([map])
            self._note(transaction, f"made {key} no member", map)

        return self._submit(work)

    def trail(self, before: int, limit: int) -> list[Entry]:
        """List what was done before an entry of the trail, the newest first.

        Raises:
            Unauthorized, Forbidden: The caller is no admin.
        """
        require_admin(self._act)
        with self._reader() as connection:
            return access.trail(connection, before, limit)

    def _note(
        self, transaction: Transaction, done: str, map: str | None = None
    ) -> None:
        by = self._act or _BY_HAND
        transaction.note(Act(caller=by.caller, what=f"{by.what}: {done}"), map, None)

    def _permitted(
        self, transaction: Transaction, map: str, needed: Role = "owner"
    ) -> Identity:
        snapshot = transaction.find_snapshot(map)
        if snapshot is None:
            raise NotFound("map", map)
        identity = Identity.of(snapshot)
        access.permit(transaction, self._act, map, identity, needed)
        return identity


def _found(connection: Connection, key: str) -> tuple[int, KeyHeader]:
    found = access.find_key(connection, key)
    if found is None:
        raise NotFound("key", key)
    return found


def _member(connection: Connection, map: Identity, key: str) -> Member:
    member = access.member(connection, map.id, key)
    if member is None:
        raise NotFound("member", key)
    return member


def _leave_an_owner(
    transaction: Transaction, identity: Identity, map: str, key: str
) -> None:
    """Make sure that a map has an owner also without this key.

    Whoever else would change its members waits: they hold the map, as we do.
    """
    if access.is_last_owner(transaction.reading, identity.id, key):
        raise LastOwner(key, map)
