"""The text of a source, as it is, and new editions of it."""

from typing import Annotated, Final, Literal

from litestar import Controller, Response, delete, get, put
from litestar.params import QueryParameter, RawBody
from msgspec import Struct

from argmap.api import answers
from argmap.api.answers import REVALIDATE, REVISION
from argmap.api.errors import UnsupportedMediaType
from argmap.api.parameters import (
    At,
    IfMatch,
    IfNoneMatch,
    MapKey,
    Slug,
    SourceKey,
)
from argmap.api.reply import Reply
from argmap.api.requests import StrictRequest
from argmap.errors import InvalidMap, Malformed, TooSlow, WrongText
from argmap.model import Count, Digest, Span
from argmap.model.anchors import Status
from argmap.service import anchors
from argmap.service.items import Stored

PLAIN: Final = "text/plain"

Edition = Annotated[
    Literal["new"] | None,
    QueryParameter(
        name="edition",
        description=(
            "`new`: another text than the known one is a new edition; without it, it "
            "is refused."
        ),
    ),
]


class AnchorOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What became of a passage.

    `exact`: its words are where it says. `moved`: they are in exactly one other place,
    where it is now. `orphaned`: they are nowhere, or in several other places; its spans
    are those in an earlier text. Passages are found by their words alone.
    """

    passage: Slug
    state: Status
    spans: tuple[Span, ...]


class TextOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A source that has its text, and what became of each of its passages.

    ``rev`` is the source's own.
    """

    key: Slug
    rev: Count
    sha256: Digest
    length: Count
    passages: tuple[AnchorOut, ...]


class TextController(Controller):
    """The text of a source: plain, in UTF-8, to the last character as it was given.

    Its ETag is that of the source. Earlier texts are read with ``at``.
    """

    path = "/maps/{map:str}/sources/{source:str}/text"
    tags = ("sources",)

    @get(operation_id="readText", media_type=PLAIN)
    async def read(
        self,
        request: StrictRequest,
        map_key: MapKey,
        source_key: SourceKey,
        at: At = None,
        if_none_match: IfNoneMatch = None,
    ) -> Response[str]:
        """Give the text of a source, if it has one."""
        text, stored = await anchors.text_of(request.desk, map_key, source_key, at)
        headers = {**_headers(stored), **REVALIDATE}
        if answers.holds(if_none_match, headers["ETag"]):
            return answers.unchanged(headers)
        return Reply(content=text, headers=headers, media_type=PLAIN)

    @put(
        operation_id="putText",
        reads=(PLAIN,),
        errors=(InvalidMap, TooSlow, WrongText),
        statuses=(200, 201),
    )
    async def replace(
        self,
        request: StrictRequest,
        map_key: MapKey,
        source_key: SourceKey,
        body: RawBody,
        edition: Edition = None,
        if_match: IfMatch = None,
    ) -> Response[TextOut]:
        """Give a source its text, or a new edition of it.

        The first text has to have the source's ``sha256`` and ``length``, if it has
        them, and the passages in their place. A new edition needs If-Match; in the same
        revision each passage then is exact, moved or orphaned. The text that is there
        changes nothing.
        """
        done = await anchors.attach(
            request.desk,
            map_key,
            source_key,
            _decoded(request, body),
            answers.tags(if_match),
            is_edition=edition == "new",
        )
        headers = _headers(done.stored)
        if done.stored.is_new:
            headers["Location"] = answers.location(request, "")
        return Reply(
            content=_shown(done),
            status_code=201 if done.stored.is_new else 200,
            headers=headers,
        )

    @delete(operation_id="removeText")
    async def remove(
        self,
        request: StrictRequest,
        map_key: MapKey,
        source_key: SourceKey,
        if_match: IfMatch = None,
    ) -> Response[None]:
        """Take its text from a source; its hash, length and passages stay."""
        stored = await anchors.detach(
            request.desk, map_key, source_key, answers.tags(if_match)
        )
        return Reply(content=None, status_code=204, headers=_headers(stored))


def _decoded(request: StrictRequest, body: bytes) -> str:
    charset = request.content_type[1].get("charset", "utf-8").lower()
    if charset not in ("utf-8", "us-ascii"):
        raise UnsupportedMediaType(f"the charset is {charset}; send utf-8")
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise Malformed(f"byte {error.start} of the body is not UTF-8") from None


def _headers(stored: Stored) -> dict[str, str]:
    return {"ETag": answers.tag(stored.rev), REVISION: str(stored.revision)}


def _shown(done: anchors.Attached) -> TextOut:
    shown = tuple(
        AnchorOut(passage=each.passage, state=each.status, spans=each.spans)
        for each in done.anchors
    )
    return answers.show(TextOut, done.stored.item, rev=done.stored.rev, passages=shown)
