"""Who calls, and what a caller may: decided here and nowhere else.

A caller is whoever holds an API key, or nobody in particular. Where there is no caller
at all, on the command line and on a server that asks for no keys, everything is
allowed. An admin may do everything; any other key what its role on a map says, and read
public maps; nobody in particular may read public maps. What a caller may not read is
not there: the same `NotFound` says so.
"""

from datetime import UTC, datetime
from typing import Final, Literal

from msgspec import Struct

from argmap.errors import Forbidden, NotFound, Unauthorized

Visibility = Literal["private", "public"]
Role = Literal["reader", "editor", "owner"]

ROLES: Final[tuple[Role, ...]] = ("reader", "editor", "owner")
"""Each may what those before it may."""


class Caller(Struct, frozen=True, kw_only=True):
    """Whoever holds an API key. ``id`` is a number that no other key will ever have."""

    id: int
    key: str
    name: str
    is_admin: bool = False
    expires_at: datetime | None = None

    def has_expired(self) -> bool:
        """Say whether the key is of no use any more."""
        return self.expires_at is not None and self.expires_at <= datetime.now(UTC)


NOBODY: Final = Caller(id=0, key="", name="")
"""Nobody in particular: a caller without a key."""


class Act(Struct, frozen=True, kw_only=True):
    """A caller, and what that one is about to do: method and path of the request."""

    caller: Caller
    what: str


def is_visible(caller: Caller, visibility: Visibility, role: Role | None) -> bool:
    """Say whether a caller of this role on a map may read it.

    >>> is_visible(NOBODY, "public", None), is_visible(NOBODY, "private", None)
    (True, False)
    """
    return visibility == "public" or role is not None or caller.is_admin


def is_allowed(caller: Caller, role: Role | None, needed: Role) -> bool:
    """Say whether a caller of this role on a map may do what needs another."""
    if caller.is_admin:
        return True
    return role is not None and ROLES.index(role) >= ROLES.index(needed)


def require(
    caller: Caller, map: str, visibility: Visibility, role: Role | None, needed: Role
) -> None:
    """Refuse what a caller of this role on a map may not do.

    Raises:
        NotFound: The caller may not even read the map.
        Unauthorized: Nobody in particular wants to change it.
        Forbidden: The caller may read it, and *needed* is more than the role.
    """
    if not is_visible(caller, visibility, role):
        raise NotFound("map", map)
    if needed == "reader" or is_allowed(caller, role, needed):
        return
    if caller == NOBODY:
        raise Unauthorized("who changes a map has to have an API key")
    raise Forbidden(needed, map)


def require_admin(act: Act | None) -> None:
    """Refuse what is for admins alone.

    Raises:
        Unauthorized: Nobody in particular wants it.
        Forbidden: The caller is no admin.
    """
    if act is None or act.caller.is_admin:
        return
    if act.caller == NOBODY:
        raise Unauthorized("this needs the API key of an admin")
    raise Forbidden("admin")
