"""What the endpoints of items do: claims, relations, sources and passages alike.

Each kind declares its endpoints, with the bodies and words that the document of the API
is made of; what an endpoint then does is one call of what is here.
"""

from collections.abc import Sequence
from typing import Any, Final, Generic, TypedDict, TypeVar, Unpack

from litestar import Response
from msgspec import UNSET, Struct

from argmap.api import answers
from argmap.api.answers import REVALIDATE, REVISION, Page
from argmap.api.once import once
from argmap.api.reply import Reply
from argmap.api.requests import StrictRequest
from argmap.model import ItemKind
from argmap.service import items, listing
from argmap.service.desk import Desk
from argmap.service.evaluations import Asked
from argmap.service.items import Address, Stored
from argmap.service.listing import Condition, Sort

Out = TypeVar("Out", bound=Struct)

WORTH: Final = ("strength", "rank", "verdict")
"""What of an evaluation a claim shows if a rule was asked."""


class Chosen(TypedDict, total=False):
    """Which claims are listed, and how."""

    conditions: Sequence[Condition]
    asked: Asked | None
    sort: Sort


class Items(Struct, Generic[Out], frozen=True):
    """The items of one kind in a map, as one request is about them.

    ``body`` is what shows one. Passages are those of a source.
    """

    request: StrictRequest
    kind: ItemKind
    body: type[Out]
    map: str
    source: str | None = None

    async def page(
        self,
        *,
        cursor: str | None,
        limit: int,
        at: int | None,
        fields: str | None,
        expand: str | None,
        **chosen: Unpack[Chosen],
    ) -> Response[Page[Out]]:
        """Answer with one page of them, and a link to the next.

        What is chosen, of claims, `argmap.service.listing.page` says.
        """
        found = await listing.page(
            self.request.desk,
            self.map,
            self.kind,
            source=self.source,
            cursor=cursor,
            limit=limit,
            at=at,
            **chosen,
        )
        shown = (self.show(stored) for stored in found.items)
        count = found.count if expand else None
        link = answers.link(self.request, found.next)
        return Reply(
            content=answers.page(shown, found.next, count, fields),
            headers={**link, REVISION: str(found.revision)},
        )

    async def add(self, data: Struct, key: str | None = None) -> Response[Out]:
        """Add one at the end, once if *key* names the request."""
        values = answers.values(data)

        async def act(desk: Desk) -> Stored:
            return await items.add(desk, self.map, self.kind, values, self.source)

        return await once(self.request, key, act, self._written)

    async def read(
        self,
        key: str,
        at: int | None,
        if_none_match: str | None,
        fields: str | None = None,
    ) -> Response[Out]:
        """Answer with one, or with 304 if the client has it already."""
        snapshot = await self.request.desk.snapshot(self.map, at)
        stored = items.read(snapshot, self._address(key))
        headers = {**_headers(stored), **REVALIDATE}
        if answers.holds(if_none_match, headers["ETag"]):
            return answers.unchanged(headers)
        shown = answers.sparse(self.show(stored), fields)
        return Reply(content=shown, headers=headers)

    async def put(
        self, key: str, data: Struct, if_match: str | None, absent: str | None
    ) -> Response[Out]:
        """Create one, or give it the values that were sent and else the defaults."""
        stored = await items.put(
            self.request.desk,
            self._address(key),
            answers.values(data),
            answers.tags(if_match),
            only_new=absent is not None,
        )
        return self._written(stored)

    async def patch(
        self, key: str, data: Struct, if_match: str | None
    ) -> Response[Out]:
        """Give one the values that were sent."""
        address, tags = self._address(key), answers.tags(if_match)
        values = answers.values(data)
        return self._written(
            await items.patch(self.request.desk, address, values, tags)
        )

    async def remove(
        self, key: str, cascade: bool, if_match: str | None
    ) -> Response[None]:
        """Remove one; there is nothing to show."""
        address, tags = self._address(key), answers.tags(if_match)
        revision = await items.remove(self.request.desk, address, tags, cascade=cascade)
        headers = {REVISION: str(revision)}
        return Reply(content=None, status_code=204, headers=headers)

    def _address(self, key: str) -> Address:
        return Address(map=self.map, kind=self.kind, key=key, source=self.source)

    def _written(self, stored: Stored) -> Response[Out]:
        """Answer a write: 201 and where it is if the item is new, else 200."""
        headers = _headers(stored)
        if stored.is_new:
            headers["Location"] = answers.location(self.request, stored.key)
        return Reply(
            content=self.show(stored),
            status_code=201 if stored.is_new else 200,
            headers=headers,
        )

    def show(self, stored: Stored) -> Out:
        """Make the body that shows one."""
        more: dict[str, Any] = {"rev": stored.rev}
        if self.kind == "claim":
            worth = stored.worth
            more |= {name: getattr(worth, name, UNSET) for name in WORTH}
        return answers.show(self.body, stored.item, **more)


def _headers(stored: Stored) -> dict[str, str]:
    return {"ETag": answers.tag(stored.rev), REVISION: str(stored.revision)}
