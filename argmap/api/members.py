"""Members of a map: the roles that API keys have on it."""

from litestar import Controller, Response, delete, get, put
from litestar.params import JSONBody
from msgspec import Struct

from argmap.api import answers
from argmap.api.answers import Page
from argmap.api.keys import KeyName
from argmap.api.parameters import Cursor, Limit, MapKey, Slug
from argmap.api.reply import Reply
from argmap.api.requests import StrictRequest
from argmap.errors import Forbidden, LastOwner
from argmap.service import people
from argmap.store import Role


class MemberIn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a key may do: read, change what is in the map, or decide who else may."""

    role: Role


class MemberOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A key that has a role on the map, and the name that goes with it."""

    key: Slug
    name: str
    role: Role


class MemberController(Controller):
    """The API keys of this server, for its admins, and the roles of keys on maps."""

    path = "/maps/{map:str}/members"
    tags = ("access",)

    @get(operation_id="listMembers", needs="owner", errors=(Forbidden,))
    async def page(
        self,
        request: StrictRequest,
        map_key: MapKey,
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> Response[Page[MemberOut]]:
        """List who has a role on a map, in the order of their keys.

        Whoever has made it is its owner. Admins need no role.
        """
        found = await people.members(request.desk, map_key, cursor, limit)
        shown = tuple(answers.show(MemberOut, each) for each in found.items)
        return Reply(
            content=Page(items=shown, next=found.next),
            headers=answers.link(request, found.next),
        )

    @get("/{key:str}", operation_id="readMember", needs="owner", errors=(Forbidden,))
    async def read(
        self, request: StrictRequest, map_key: MapKey, key_name: KeyName
    ) -> MemberOut:
        """Give the role that a key has on a map."""
        desk = request.desk
        found = await desk.run(desk.store.people.read_member, map_key, key_name)
        return answers.show(MemberOut, found)

    @put(
        "/{key:str}",
        operation_id="putMember",
        needs="owner",
        errors=(Forbidden, LastOwner),
    )
    async def replace(
        self,
        request: StrictRequest,
        map_key: MapKey,
        key_name: KeyName,
        data: JSONBody[MemberIn],
    ) -> MemberOut:
        """Give a key a role on a map, in place of the one that it has.

        The last owner of a map stays one until there is another. What a key
        is called is told by its holder, or by an admin; whoever is no owner of the map
        learns nothing here of which keys there are.

        Roles are not part of the map's history, and have no ETag.
        """
        member = await people.set_role(request.desk, map_key, key_name, data.role)
        return answers.show(MemberOut, member)

    @delete(
        "/{key:str}",
        operation_id="removeMember",
        needs="member",
        errors=(Forbidden, LastOwner),
    )
    async def remove(
        self, request: StrictRequest, map_key: MapKey, key_name: KeyName
    ) -> None:
        """Take a key's role on a map away; it reads the map if that is public.

        Owners may do that to any member, and a member to itself: to leave. The last
        owner stays until there is another.
        """
        await people.remove(request.desk, map_key, key_name)
