"""Members of maps, and the trail of who has changed what."""

from msgspec import Struct

from argmap.service import pages
from argmap.service.desk import Desk
from argmap.store import Entry, Member, Role

_LATEST = 2**53 - 1


class Members(Struct, frozen=True, kw_only=True):
    """Who has a role on a map, in the order of their keys, and where to go on."""

    items: tuple[Member, ...]
    next: str | None


class Trail(Struct, frozen=True, kw_only=True):
    """What was done, the newest first, and where to go on."""

    items: tuple[Entry, ...]
    next: str | None


async def members(desk: Desk, map: str, cursor: str | None, limit: int) -> Members:
    """List the members of a map.

    Raises:
        Malformed: *cursor* is none of this list.
        NotFound: There is no such map.
        Unauthorized, Forbidden: The caller is no owner of it.
    """
    name = f"members {map}"
    after = pages.after(name, cursor, "")
    people = desk.store.people
    found = await desk.run(people.list_members, map, after, limit + 1)
    shown = tuple(found[:limit])
    more = len(found) > limit
    return Members(
        items=shown, next=pages.cursor(name, shown[-1].key) if more else None
    )


async def set_role(desk: Desk, map: str, key: str, role: Role) -> Member:
    """Give a key a role on a map.

    Raises:
        NotFound: There is no such map or key.
        Unauthorized, Forbidden: The caller is no owner of it.
        LastOwner: It would have none.
    """
    return await desk.landed(desk.store.people.set_member(map, key, role))


async def remove(desk: Desk, map: str, key: str) -> None:
    """Take a key's role on a map away; anybody may give up their own.

    Raises:
        NotFound: There is no such map, or the key has no role on it.
        Unauthorized, Forbidden: It is another's, and the caller is no owner of the map.
        LastOwner: The map would have no owner.
    """
    await desk.landed(desk.store.people.remove_member(map, key))


async def trail(desk: Desk, cursor: str | None, limit: int) -> Trail:
    """List what was done, the newest first.

    Raises:
        Malformed: *cursor* is none of this list.
        Unauthorized, Forbidden: The caller is no admin.
    """
    before = pages.after("audit", cursor, _LATEST)
    found = await desk.run(desk.store.people.trail, before, limit + 1)
    shown = tuple(found[:limit])
    more = len(found) > limit
    return Trail(
        items=shown, next=pages.cursor("audit", shown[-1].number) if more else None
    )
