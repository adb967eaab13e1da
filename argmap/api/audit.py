"""The trail of who has changed what, for admins."""

from datetime import datetime

from litestar import Controller, Response, get
from msgspec import Struct

from argmap.api import answers
from argmap.api.answers import Page
from argmap.api.parameters import Cursor, Limit, Slug
from argmap.api.reply import Reply
from argmap.api.requests import StrictRequest
from argmap.errors import Forbidden
from argmap.model import Count
from argmap.service import people


class EntryOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """That a key has changed something: by which request, of which map.

    ``revision`` is the one that a change of the map has made, or the last one of a map
    that was deleted.
    """

    number: Count
    at: datetime
    key: Slug | None
    what: str
    map: Slug | None
    revision: Count | None


class AuditController(Controller):
    """The API keys of this server, for its admins, and the roles of keys on maps."""

    path = "/audit"
    tags = ("access",)

    @get(operation_id="listAudit", needs="admin", errors=(Forbidden,))
    async def page(
        self, request: StrictRequest, cursor: Cursor = None, limit: Limit = 50
    ) -> Response[Page[EntryOut]]:
        """List what was changed with API keys, the newest first.

        An entry is written together with what it speaks of, or not at all. It outlives
        the key and the map.
        """
        found = await people.trail(request.desk, cursor, limit)
        shown = tuple(answers.show(EntryOut, each) for each in found.items)
        return Reply(
            content=Page(items=shown, next=found.next),
            headers=answers.link(request, found.next),
        )
