"""API keys: who may call this server. There are no users; a member is a key."""

from datetime import datetime
from typing import Annotated

from litestar import Controller, Response, delete, get, post
from litestar.params import JSONBody, PathParameter
from msgspec import UNSET, Meta, Struct, UnsetType

from argmap.api import answers
from argmap.api.answers import Page
from argmap.api.errors import NotSupported
from argmap.api.parameters import SLUG, Cursor, Limit, Slug
from argmap.api.reply import Reply
from argmap.api.requests import StrictRequest
from argmap.errors import AlreadyExists, Forbidden, InvalidText, NotFound, OutOfRange
from argmap.model.names import ONE_LINE
from argmap.service import keys
from argmap.store import KeyHeader

KeyName = Annotated[
    str, PathParameter(name="key", pattern=SLUG, description="The name of the API key.")
]
Person = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=500,
        description="Whose it is: the author of what is written with it. In one line, "
        "without characters that turn the direction of writing.",
        extra_json_schema={"pattern": ONE_LINE},
    ),
]


class KeyIn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An API key to be. Without a ``key`` to go by it gets one made of its name."""

    key: Slug | UnsetType = UNSET
    name: Person
    admin: bool = False
    expires_at: Annotated[datetime, Meta(tz=True)] | None = None


class KeyOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An API key, without its secret, which nobody can tell.

    An ``admin`` may do everything; any other key what its role on each map says.
    """

    key: Slug
    name: str
    admin: bool
    created_at: datetime
    expires_at: datetime | None


class NewKeyOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An API key that was just made. Its ``secret`` is never shown again."""

    key: Slug
    secret: str
    name: str
    admin: bool
    created_at: datetime
    expires_at: datetime | None


class KeyController(Controller):
    """The API keys of this server, for its admins, and the roles of keys on maps."""

    path = "/keys"
    tags = ("access",)

    @get(operation_id="listKeys", needs="admin", errors=(Forbidden,))
    async def page(
        self, request: StrictRequest, cursor: Cursor = None, limit: Limit = 50
    ) -> Response[Page[KeyOut]]:
        """List the API keys, in the order of their names."""
        found = await keys.page(request.desk, cursor, limit)
        shown = tuple(map(_out, found.items))
        return Reply(
            content=Page(items=shown, next=found.next),
            headers=answers.link(request, found.next),
        )

    @post(
        operation_id="createKey",
        needs="admin",
        errors=(AlreadyExists, Forbidden, InvalidText, OutOfRange),
    )
    async def create(
        self, request: StrictRequest, data: JSONBody[KeyIn]
    ) -> Response[NewKeyOut]:
        """Make an API key.

        Its secret is in this answer and nowhere else, so that no Idempotency-Key is
        taken: a key whose answer was lost is to be revoked.
        """
        if "idempotency-key" in request.headers:
            raise NotSupported(
                "an answer that has a secret is not kept; leave out Idempotency-Key"
            )
        desk = request.desk
        made = await desk.run(keys.make, desk.store.people, answers.values(data))
        header = made.header
        out = answers.show(NewKeyOut, header, admin=header.is_admin, secret=made.secret)
        headers = {
            "Location": answers.location(request, header.key),
            "Cache-Control": "no-store",
        }
        return Reply(content=out, headers=headers)

    @get(
        "/{key:str}",
        operation_id="readKey",
        needs="admin",
        errors=(Forbidden, NotFound),
    )
    async def read(self, request: StrictRequest, key_name: KeyName) -> KeyOut:
        """Give what there is of an API key, but for its secret."""
        desk = request.desk
        return _out(await desk.run(desk.store.people.read_key, key_name))

    @delete(
        "/{key:str}",
        operation_id="revokeKey",
        needs="admin",
        errors=(Forbidden, NotFound),
    )
    async def revoke(self, request: StrictRequest, key_name: KeyName) -> None:
        """Make an API key worth nothing, at once; its roles on maps go with it.

        A map whose only owner it was is the admins', who may give it another.
        """
        desk = request.desk
        await desk.landed(desk.store.people.revoke_key(key_name))


def _out(header: KeyHeader) -> KeyOut:
    return answers.show(KeyOut, header, admin=header.is_admin)
