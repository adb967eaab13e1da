"""Changes of a map: several operations at once, and the history."""

from datetime import datetime
from typing import Annotated

from litestar import Controller, Response, get, post
from litestar.params import JSONBody
from msgspec import Meta, Struct

from argmap.api import answers
from argmap.api.answers import Page
from argmap.api.jobs import Prefer, perhaps_later
from argmap.api.once import once
from argmap.api.parameters import Cursor, Expand, Fields, Limit, MapKey, Once, Revision
from argmap.api.reply import Reply
from argmap.api.requests import StrictRequest
from argmap.errors import (
    DuplicateKey,
    InUse,
    InvalidMap,
    PreconditionRequired,
    RevertBlocked,
    Stale,
)
from argmap.model import Count, ItemKind, Operation
from argmap.service import changes, reverting
from argmap.service.changes import Applied
from argmap.service.desk import Desk

Operations = Annotated[tuple[Operation, ...], Meta(min_length=1, max_length=10_000)]


class ChangesIn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Operations to be applied in order, all of them or none.

    What replaces or removes an item that is there says of which state, by ``if``: its
    ETag without the quotes (``r4``), or ``*``. ``$name`` as the key of an item that is
    added stands for it in the operations that follow.
    """

    operations: Operations
    message: Annotated[str, Meta(max_length=5000)] = ""


class Changed(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The item that one operation was about. A passage's key has its source before it.

    ``rev`` is null if the item is gone.
    """

    kind: ItemKind
    key: str
    rev: Count | None


class ChangesOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What came of a batch: the items that its operations were about, in order."""

    revision: Count
    items: tuple[Changed, ...]


class ChangeSetOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One entry of the history, with the operations as they were carried out.

    ``author`` is null where the server does not know whom it serves. Of an import no
    more than the first 500 operations are listed; then ``is_whole`` is false, and the
    export as of its revision has all that it made.
    """

    revision: Count
    author: str | None
    at: datetime
    message: str
    operations: tuple[Operation, ...]
    is_whole: bool


class ChangeController(Controller):
    """What was done to a map, and several things to be done at once."""

    path = "/maps/{map:str}/changes"
    tags = ("changes",)

    @get(operation_id="listChanges")
    async def page(
        self,
        request: StrictRequest,
        map_key: MapKey,
        cursor: Cursor = None,
        limit: Limit = 50,
        fields: Fields = None,
        expand: Expand = None,
    ) -> Response[Page[ChangeSetOut]]:
        """List what was done to a map, oldest first."""
        found = await changes.history(
            request.desk, map_key, cursor, limit, count=bool(expand)
        )
        shown = (answers.show(ChangeSetOut, each) for each in found.items)
        headers = {
            **answers.link(request, found.next),
            answers.REVISION: str(found.revision),
        }
        page = answers.page(shown, found.next, found.count, fields)
        return await answers.large(request.desk, page, headers)

    @post(
        operation_id="changeMap",
        status_code=200,
        errors=(InvalidMap, DuplicateKey, InUse, PreconditionRequired, Stale),
    )
    async def apply(
        self,
        request: StrictRequest,
        map_key: MapKey,
        data: JSONBody[ChangesIn],
        key: Once = None,
        prefer: Prefer = None,
    ) -> Response[ChangesOut]:
        """Apply several operations as one change set, all of them or none.

        Others wait while it is written, so it may not be longer: what is to be a large
        map is imported.
        """

        async def act(desk: Desk) -> Applied:
            return await changes.apply(desk, map_key, data.operations, data.message)

        async def work() -> Response[ChangesOut]:
            return await once(request, key, act, _applied)

        return await perhaps_later(request, prefer, work)

    @post(
        "/{revision:int}/revert",
        operation_id="revertChange",
        status_code=200,
        errors=(RevertBlocked,),
    )
    async def revert(
        self,
        request: StrictRequest,
        map_key: MapKey,
        revision: Revision,
        key: Once = None,
        prefer: Prefer = None,
    ) -> Response[ChangesOut]:
        """Make a revision that undoes another one, with keys and order.

        Any revision, also one that was itself a revert. What is undone already makes no
        revision. Where later ones stand in the way nothing is done: the problem's
        `obstacles` say which items, why (`changed`, `removed`, `added`, `moved`,
        `used`, `needs`, `invalid`), and in which revisions.
        """

        async def act(desk: Desk) -> Applied:
            return await reverting.revert(desk, map_key, revision)

        async def work() -> Response[ChangesOut]:
            return await once(request, key, act, _applied)

        return await perhaps_later(request, prefer, work)


def _applied(done: Applied) -> Response[ChangesOut]:
    out = ChangesOut(
        revision=done.revision,
        items=tuple(answers.show(Changed, each) for each in done.items),
    )
    return Reply(content=out, headers={answers.REVISION: str(done.revision)})
