"""Search over all maps, by words."""

from typing import Annotated, Any

from litestar import Controller, Request, Response, get
from litestar.params import QueryParameter
from msgspec import Struct

from argmap.api import answers
from argmap.api.answers import Page
from argmap.api.claims import OfKind, RestingOn, SaidBy, Tagged
from argmap.api.parameters import SLUG, Cursor, Limit, Slug
from argmap.api.reply import Reply
from argmap.api.requests import StrictRequest
from argmap.model import Author, ClaimKind, Count, Day, Name, Text
from argmap.model.words import LONGEST, query
from argmap.service import search
from argmap.service.search import Excerpt, Highlight, Hits
from argmap.store import Wanted

Words = Annotated[
    str,
    QueryParameter(
        name="q",
        max_length=LONGEST,
        description=(
            "What to look for: every word, in any order; between quotation marks a "
            "phrase. The last word may go on. Case, accents and punctuation do not "
            "count; no text is an error, and one without words finds nothing."
        ),
    ),
]
InMap = Annotated[
    str | None,
    QueryParameter(name="map", pattern=SLUG, description="In this map only."),
]


class ClaimHitOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A claim that was found, its map, and where its words are.

    ``language`` is what the map states of its texts.
    """

    map: Slug
    key: Slug
    rev: Count
    text: Text
    language: Name | None
    wordings: tuple[Text, ...]
    kind: ClaimKind
    speaker: Name | None
    tags: tuple[Name, ...]
    highlights: tuple[Highlight, ...]


class SourceHitOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A source that was found, its map, and where its words are.

    ``excerpt`` is null where the words are not in its text, or not in the first 100,000
    characters.
    """

    map: Slug
    key: Slug
    rev: Count
    title: Text
    language: Name | None
    authors: tuple[Author, ...]
    publisher: Text | None
    published_on: Day | None
    url: Text | None
    highlights: tuple[Highlight, ...]
    excerpt: Excerpt | None


class SearchController(Controller):
    """Claims and sources of all maps, by their words.

    What is found is given as it is, and where in it the words are as offsets: whoever
    shows it marks it. While others write, pages may overlap.
    """

    path = "/search"
    tags = ("search",)

    @get(operation_id="searchClaims")
    async def claims(
        self,
        request: StrictRequest,
        words: Words,
        of_map: InMap = None,
        kind: OfKind = None,
        tag: Tagged = None,
        speaker: SaidBy = None,
        source: RestingOn = None,
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> Response[Page[ClaimHitOut]]:
        """Find claims by what they say in any of their wordings, the best first."""
        wanted = Wanted(
            query=query(words),
            map=of_map,
            kind=kind,
            tag=tag,
            speaker=speaker,
            source=source,
        )
        found = await search.claims(request.desk, wanted, cursor, limit)
        return _page(request, found, ClaimHitOut)

    @get("/sources", operation_id="searchSources")
    async def sources(
        self,
        request: StrictRequest,
        words: Words,
        of_map: InMap = None,
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> Response[Page[SourceHitOut]]:
        """Find sources by title, authors, publisher and text, the best first."""
        wanted = Wanted(query=query(words), map=of_map)
        found = await search.sources(request.desk, wanted, cursor, limit)
        return _page(request, found, SourceHitOut)


def _page(
    request: Request[Any, Any, Any], found: Hits[Any], body: type[Struct]
) -> Response[Any]:
    own = ("map", "rev", "language", "highlights", "excerpt")
    shown = tuple(
        answers.show(
            body,
            hit.item,
            **{n: getattr(hit, n) for n in own if n in body.__struct_fields__},
        )
        for hit in found.items
    )
    return Reply(
        content=Page(items=shown, next=found.next),
        headers=answers.link(request, found.next),
    )
