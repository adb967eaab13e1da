"""Search over all maps: claims and sources by their words, and where the words are."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, TypeVar

from msgspec import Struct

from argmap.model import Claim, Source, Span
from argmap.model.anchors import moved
from argmap.model.words import Query, folded
from argmap.service.desk import Desk
from argmap.service.pages import after, cursor
from argmap.store import Found, Wanted

T = TypeVar("T")

# Characters of a source's text that are looked at in one go, and so many again on
# either side of what is found there.
_WINDOW = 4000
_AROUND = 120


class Highlight(Struct, frozen=True, kw_only=True):
    """Where in a member of an item the words are: code points, half-open.

    ``pointer`` is a JSON Pointer into the item, such as ``/text``.
    """

    pointer: str
    spans: tuple[Span, ...]


class Excerpt(Struct, frozen=True, kw_only=True):
    """A piece of a source's text that has the words.

    ``start``, ``end`` and ``spans`` are places in the whole text, as passages have
    them.
    """

    start: int
    end: int
    text: str
    spans: tuple[Span, ...]


class Hit(Struct, Generic[T], frozen=True, kw_only=True):
    """A claim or a source that was found, and where its words are.

    ``language`` is what the source states, or of a claim its map. ``excerpt`` is of a
    source that has the words in the beginning of its text.
    """

    map: str
    language: str | None
    item: T
    rev: int
    highlights: tuple[Highlight, ...]
    excerpt: Excerpt | None = None


class Hits(Struct, Generic[T], frozen=True, kw_only=True):
    """One page of what was found, the best first, and where to go on."""

    items: tuple[Hit[T], ...]
    next: str | None


async def claims(
    desk: Desk, wanted: Wanted, page: str | None, limit: int
) -> Hits[Claim]:
    """Find claims by what they say in any of their wordings.

    A page shows the maps as they are when it is asked for.

    Raises:
        Malformed: *page* is no cursor of a search for claims.
    """

    def show(found: Found) -> Hit[Claim]:
        wordings = (
            (f"/wordings/{index}", wording)
            for index, wording in enumerate(found.item.wordings)
        )
        texts = (("/text", found.item.text), *wordings)
        return _hit(wanted.query, found, found.language, texts)

    return await _page(
        desk, "claims", desk.store.search_claims, show, wanted, page, limit
    )


async def sources(
    desk: Desk, wanted: Wanted, page: str | None, limit: int
) -> Hits[Source]:
    """Find sources by title, authors, publisher and, where it is there, text.

    Raises:
        Malformed: *page* is no cursor of a search for sources.
    """

    def show(found: Found) -> Hit[Source]:
        source: Source = found.item
        authors = (
            (f"/authors/{index}/name", author.name)
            for index, author in enumerate(source.authors)
        )
        texts = (
            ("/title", source.title),
            *authors,
            ("/publisher", source.publisher or ""),
        )
        shown = excerpt(source.text or "", wanted.query)
        return _hit(wanted.query, found, source.language, texts, shown)

    return await _page(
        desk, "sources", desk.store.search_sources, show, wanted, page, limit
    )


def excerpt(text: str, query: Query) -> Excerpt | None:
    """Cut the first piece out of a text that has words of a query.

    >>> from argmap.model.words import query
    >>> excerpt("The tram is quiet.", query("quiet")).spans
    (Span(start=12, end=17),)
    """
    for start in range(0, len(text), _WINDOW):
        piece = text[start : start + _WINDOW + _AROUND]
        if not query.touches(folded(piece)):
            continue
        first = query.find(piece)[:1]
        for span in moved(first, start):
            begin, end = max(0, span.start - _AROUND), span.end + _AROUND
            shown = text[begin:end]
            return Excerpt(
                start=begin,
                end=begin + len(shown),
                text=shown,
                spans=moved(query.find(shown), begin),
            )
    return None


async def _page(
    desk: Desk,
    kind: str,
    search: Callable[[Wanted, int, int], list[Found]],
    show: Callable[[Found], Hit[Any]],
    wanted: Wanted,
    page: str | None,
    limit: int,
) -> Hits[Any]:
    name = f"search {kind}"
    start = after(name, page, 0)

    def look() -> tuple[tuple[Hit[Any], ...], bool]:
        found = search(wanted, start, limit + 1)
        return tuple(map(show, found[:limit])), len(found) > limit

    items, is_more = await desk.run(look)
    return Hits(items=items, next=cursor(name, start + limit) if is_more else None)


def _hit(
    query: Query,
    found: Found,
    language: str | None,
    texts: Iterable[tuple[str, str]],
    excerpt: Excerpt | None = None,
) -> Hit[Any]:
    return Hit(
        map=found.map,
        language=language,
        item=found.item,
        rev=found.rev,
        highlights=tuple(_highlights(query, texts)),
        excerpt=excerpt,
    )


def _highlights(query: Query, texts: Iterable[tuple[str, str]]) -> Iterator[Highlight]:
    for pointer, text in texts:
        if spans := query.find(text):
            yield Highlight(pointer=pointer, spans=spans)
