"""Keys, members and the trail of who has changed what: their rows.

What callers may is said in `argmap.store.callers`; here is what that is decided by.
"""

import hmac
from datetime import datetime
from typing import Any, Final, NamedTuple, TypeVar

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    bindparam,
    delete,
    exists,
    insert,
    or_,
    select,
)

from argmap.errors import AlreadyExists, NotFound, Unauthorized
from argmap.model import is_key
from argmap.store.callers import NOBODY, Act, Caller, Role, require
from argmap.store.prepared import Prepared
from argmap.store.present import Identity
from argmap.store.rounds import RoundWrite
from argmap.store.snapshot import Write
from argmap.store.tables import MAP
from argmap.store.tables_of_callers import API_KEY, AUDIT, MEMBER, RECEIPT
from argmap.store.transaction import Transaction

W = TypeVar("W", Write, RoundWrite)


class NewKey(Struct, frozen=True, kw_only=True):
    """An API key to be; *digest* is the SHA-256 of its secret, in hexadecimal."""

    key: str
    name: str
    digest: str
    is_admin: bool = False
    created_at: datetime
    expires_at: datetime | None = None


class KeyHeader(Struct, frozen=True, kw_only=True):
    """An API key, as it is shown: nobody can tell its secret."""

    key: str
    name: str
    is_admin: bool
    created_at: datetime
    expires_at: datetime | None


class Member(Struct, frozen=True, kw_only=True):
    """What an API key may do with a map."""

    key: str
    name: str
    role: Role


class Entry(Struct, frozen=True, kw_only=True):
    """Who has changed what, and when; ``key`` is null for the command line."""

    number: int
    at: datetime
    key: str | None
    what: str
    map: str | None
    revision: int | None


class Standing(NamedTuple):
    """What a key is, and its role on a map."""

    is_admin: bool
    role: Role | None


_CALLER = Prepared(select(API_KEY).where(API_KEY.c.digest == bindparam("digest")))
_STANDING = Prepared(
    select(API_KEY.c.is_admin, MEMBER.c.role)
    .select_from(API_KEY)
    .outerjoin(
        MEMBER,
        and_(MEMBER.c.map_id == bindparam("of_map"), MEMBER.c.key_id == API_KEY.c.id),
    )
    .where(API_KEY.c.id == bindparam("caller"))
)
_IDENTITY = Prepared(
    select(MAP.c.id, MAP.c.revision, MAP.c.visibility, MEMBER.c.role)
    .select_from(MAP)
    .outerjoin(
        MEMBER,
        and_(MEMBER.c.map_id == MAP.c.id, MEMBER.c.key_id == bindparam("caller")),
    )
    .where(MAP.c.key == bindparam("key"))
)
_KEYS = select(API_KEY).order_by(API_KEY.c.key)
_MEMBERS = (
    select(API_KEY.c.key, API_KEY.c.name, MEMBER.c.role)
    .select_from(MEMBER)
    .join(API_KEY, API_KEY.c.id == MEMBER.c.key_id)
    .where(MEMBER.c.map_id == bindparam("of_map"))
    .order_by(API_KEY.c.key)
)
_OWNERS = (
    select(API_KEY.c.key)
    .join(MEMBER, MEMBER.c.key_id == API_KEY.c.id)
    .where(MEMBER.c.map_id == bindparam("of_map"), MEMBER.c.role == bindparam("role"))
    .limit(2)
)
_MEMBER: Final = (
    MEMBER.c.map_id == bindparam("of_map"),
    MEMBER.c.key_id == bindparam("caller"),
)
_JOINED = (
    select(MAP.c.key)
    .join(MEMBER, MEMBER.c.map_id == MAP.c.id)
    .where(MEMBER.c.key_id == bindparam("caller"))
)
_TRAIL = (
    select(AUDIT)
    .where(AUDIT.c.id < bindparam("before"))
    .order_by(AUDIT.c.id.desc())
    .limit(bindparam("limit"))
)


def find_caller(connection: Connection, digest: str) -> Caller | None:
    """Find whose secret has this SHA-256."""
    row = _CALLER.row(connection, {"digest": digest})
    if row is None or not hmac.compare_digest(row["digest"], digest):
        return None
    return Caller(**{name: row[name] for name in Caller.__struct_fields__})


def identify(
    connection: Connection, key: str, caller: Caller
) -> tuple[Identity, Role | None]:
    """Say which map has this key now, and a caller's role on it.

    In one query, whatever there is: what the caller may not see takes as long as what
    is not there.

    Raises:
        NotFound: There is no such map.
    """
    asked = {"key": key, "caller": caller.id}
    row = _IDENTITY.run(connection, asked).fetchone() if is_key(key) else None
    if row is None:
        raise NotFound("map", key)
    return Identity(*row[:-1]), row[-1]


def standing(connection: Connection, caller: Caller, map_id: int) -> Standing | None:
    """Say what a caller's key is, and may do with a map; None if it was revoked."""
    if caller.id == NOBODY.id:
        return Standing(False, None)
    row = _STANDING.row(connection, {"of_map": map_id, "caller": caller.id})
    return Standing(**row) if row else None


def readable(act: Act | None) -> list[ColumnElement[bool]]:
    """Say on which rows of the table of maps a caller's eye may fall."""
    if act is None or act.caller.is_admin:
        return []
    is_public = MAP.c.visibility == "public"
    if act.caller.id == NOBODY.id:
        return [is_public]
    is_member = exists().where(
        MEMBER.c.map_id == MAP.c.id, MEMBER.c.key_id == act.caller.id
    )
    return [or_(is_public, is_member)]


def permit(
    transaction: Transaction, act: Act | None, key: str, map: Identity, needed: Role
) -> None:
    """Refuse a write that the caller may not do, as things are in this transaction.

    Raises:
        NotFound: The caller may not even read the map.
        Unauthorized: There is no key, or it has been revoked.
        Forbidden: The caller may read it, and do less.
    """
    if act is not None:
        now = _still(transaction.reading, act.caller, map.id)
        caller = Caller(
            id=act.caller.id,
            key=act.caller.key,
            name=act.caller.name,
            is_admin=now.is_admin,
        )
        require(caller, key, map.visibility, now.role, needed)


def permit_new(transaction: Transaction, act: Act | None) -> None:
    """Refuse to make a map for who has no key.

    Raises:
        Unauthorized: There is no key, or it has been revoked.
    """
    if act is not None:
        if act.caller.id == NOBODY.id:
            raise Unauthorized("who makes a map has to have an API key")
        _still(transaction.reading, act.caller, 0)


def own(transaction: Transaction, act: Act | None, map_id: int) -> None:
    """Let who has made a map be its owner."""
    if act is not None:
        join(transaction.connection, map_id, act.caller.id, "owner")


def join(connection: Connection, map_id: int, key_id: int, role: Role) -> None:
    """Give a key a role on a map, in place of the one that it has."""
    leave(connection, map_id, key_id)
    row = {"map_id": map_id, "key_id": key_id, "role": role}
    connection.execute(insert(MEMBER), row)


def leave(connection: Connection, map_id: int, key_id: int) -> None:
    """Take a key's role on a map away, if it has one."""
    row = {"of_map": map_id, "caller": key_id}
    connection.execute(delete(MEMBER).where(*_MEMBER), row)


def members(
    connection: Connection, map_id: int, after: str, limit: int
) -> list[Member]:
    """List who has a role on a map, by key."""
    query = _MEMBERS.where(API_KEY.c.key > after).limit(limit)
    found = connection.execute(query, {"of_map": map_id})
    return [Member(key=row.key, name=row.name, role=row.role) for row in found]


def member(connection: Connection, map_id: int, key: str) -> Member | None:
    """Find the role of a key on a map."""
    if not is_key(key):
        return None
    query = _MEMBERS.where(API_KEY.c.key == key)
    row = connection.execute(query, {"of_map": map_id}).first()
    return Member(key=row.key, name=row.name, role=row.role) if row else None


def is_last_owner(connection: Connection, map_id: int, key: str) -> bool:
    """Say whether a map has this key for its owner, and no other."""
    asked = {"of_map": map_id, "role": "owner"}
    return connection.execute(_OWNERS, asked).scalars().all() == [key]


def keys(connection: Connection, after: str, limit: int) -> list[KeyHeader]:
    """List the API keys, by key."""
    query = _KEYS.where(API_KEY.c.key > after).limit(limit)
    return [_header(row) for row in connection.execute(query)]


def find_key(connection: Connection, key: str) -> tuple[int, KeyHeader] | None:
    """Find an API key, and its number."""
    if not is_key(key):
        return None
    row = connection.execute(_KEYS.where(API_KEY.c.key == key)).first()
    return (row.id, _header(row)) if row else None


def add_key(connection: Connection, new: NewKey) -> None:
    """Keep a new API key.

    Raises:
        AlreadyExists: There is one of that name.
    """
    if find_key(connection, new.key):
        raise AlreadyExists("key", new.key)
    row = {name: getattr(new, name) for name in NewKey.__struct_fields__}
    connection.execute(insert(API_KEY), row)


def drop_key(connection: Connection, key: str) -> list[str]:
    """Revoke an API key, with its roles and the answers that are kept for it.

    Returns:
        The keys of the maps on which it had a role.

    Raises:
        NotFound: There is none of that name.
    """
    found = find_key(connection, key)
    if found is None:
        raise NotFound("key", key)
    maps = connection.execute(_JOINED, {"caller": found[0]}).scalars().all()
    connection.execute(delete(RECEIPT).where(RECEIPT.c.caller == found[0]))
    connection.execute(delete(API_KEY).where(API_KEY.c.id == found[0]))
    return list(maps)


def trail(connection: Connection, before: int, limit: int) -> list[Entry]:
    """List what was done before an entry, the newest first."""
    found = connection.execute(_TRAIL, {"before": before, "limit": limit})
    return [
        Entry(
            number=row.id,
            at=row.at,
            key=row.key,
            what=row.what,
            map=row.map,
            revision=row.revision,
        )
        for row in found
    ]


def _still(connection: Connection, caller: Caller, map_id: int) -> Standing:
    found = standing(connection, caller, map_id)
    if found is None or caller.has_expired():
        raise Unauthorized("this API key has been revoked, or has expired")
    return found


def _header(row: Row[Any]) -> KeyHeader:
    return KeyHeader(
        key=row.key,
        name=row.name,
        is_admin=row.is_admin,
        created_at=row.created_at,
        expires_at=row.expires_at,
    )


def signed(write: W, act: Act | None, author: str | None) -> W:
    """Say whose a write is: the caller's, or this author's if nobody is named."""
    named: dict[str, Any] = {"by": act}
    if write.author is None:
        named["author"] = author
    if write.receipt and act:
        named["receipt"] = replace(write.receipt, caller=act.caller.id)
    return replace(write, **named)
