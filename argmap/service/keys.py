"""API keys: making them, and knowing who calls by them.

A secret is 256 random bits after a prefix that scanners for leaked secrets can look
for. It is shown once; what is kept is its SHA-256, which is enough, as nobody can try
out so many.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any, Final

from msgspec import Struct

from argmap.errors import AlreadyExists, InvalidText, OutOfRange, Unauthorized
from argmap.model.names import unruly
from argmap.model.text import tidied
from argmap.service import pages
from argmap.service.desk import Desk
from argmap.service.naming import names
from argmap.store import Caller, KeyHeader, NewKey, People

PREFIX: Final = "amk_"
BYTES: Final = 32
LONGEST: Final = 100
"""Characters of what could be a secret."""

_SPOILT: Final = "this API key is unknown here, was revoked, or has expired"


class Made(Struct, frozen=True, kw_only=True):
    """An API key that was just made, with its secret."""

    header: KeyHeader
    secret: str


class Keys(Struct, frozen=True, kw_only=True):
    """API keys in the order of their names, and where to go on."""

    items: tuple[KeyHeader, ...]
    next: str | None


def digest(secret: str) -> str:
    """Give what is kept of a secret."""
    return sha256(secret.encode()).hexdigest()


def known(desk: Desk, secret: str) -> Caller | None:
    """Say who calls with a secret, if no query is needed: never blocks."""
    if len(secret) > LONGEST:
        return None
    found = desk.store.door.known(digest(secret))
    return None if found is None or found.has_expired() else found


async def caller(desk: Desk, secret: str) -> Caller:
    """Say who calls with a secret.

    Raises:
        Unauthorized: The secret is none that is good for anything, any more.
    """
    if not secret.startswith(PREFIX) or len(secret) > LONGEST:
        raise Unauthorized(_SPOILT)
    found = await desk.run(desk.store.door.find, digest(secret))
    if found is None or found.has_expired():
        raise Unauthorized(_SPOILT)
    return found


def make(people: People, values: Mapping[str, Any]) -> Made:
    """Make an API key, and wait until it is kept.

    Args:
        people: Where it is kept.
        values: ``name``, ``admin``, ``expires_at``, and ``key``, which is made of the
            name if it is left out.

    Raises:
        AlreadyExists: There is one of that key.
        InvalidText: The name is blank, has a line break, or turns the direction of
            writing.
        OutOfRange: It would have expired already, or expires after the year 9999.
        Unauthorized, Forbidden: The caller is no admin.
    """
    now, expires = datetime.now(UTC), values.get("expires_at")
    if expires is not None:
        _check_expiry(expires, now)
    name = tidied(values["name"])
    _check_name(name)
    secret = PREFIX + token_urlsafe(BYTES)
    tries = names(name, people.has_key, fallback="key")
    while True:
        new = NewKey(
            key=values.get("key") or next(tries),
            name=name,
            digest=digest(secret),
            is_admin=values.get("admin", False),
            created_at=now,
            expires_at=expires,
        )
        try:
            people.add_key(new).result()
        except AlreadyExists:
            if values.get("key"):
                raise
            continue
        header = KeyHeader(
            key=new.key,
            name=new.name,
            is_admin=new.is_admin,
            created_at=now,
            expires_at=expires,
        )
        return Made(header=header, secret=secret)


def _check_name(name: str) -> None:
    if (character := unruly(name)) is not None:
        detail = f"holds {character!a}, which no name may hold; leave it out"
        raise InvalidText(detail, "/name")
    if not name.strip():
        raise InvalidText("is blank; write at least a word", "/name")


def _check_expiry(expires: datetime, now: datetime) -> None:
    if expires <= now:
        raise OutOfRange(f"{expires.isoformat()} is over", "/expires_at")
    try:
        expires.astimezone(UTC)
    except OverflowError:
        raise OutOfRange(
            f"{expires.isoformat()} is after the year 9999 in UTC", "/expires_at"
        ) from None


async def page(desk: Desk, cursor: str | None, limit: int) -> Keys:
    """List the API keys.

    Raises:
        Malformed: *cursor* is none of this list.
        Unauthorized, Forbidden: The caller is no admin.
    """
    after = pages.after("keys", cursor, "")
    found = await desk.run(desk.store.people.list_keys, after, limit + 1)
    shown = tuple(found[:limit])
    more = len(found) > limit
    return Keys(items=shown, next=pages.cursor("keys", shown[-1].key) if more else None)
