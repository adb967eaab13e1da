"""Pages for readers: maps, a map, a claim, its history, search, and a tree in a frame.

They are made of what the API gives, and what is wrong is told as a page. They are no
part of the API and not in its document.
"""

from typing import Annotated, Any, Final, Literal

import msgspec
from litestar import Controller, Request, Response, get
from litestar.params import PathParameter, QueryParameter

from argmap.api import answers, errors, outline, readings
from argmap.api.claims import SaidBy, Tagged
from argmap.api.page import STATIC, page
from argmap.api.parameters import (
    NEWEST,
    SLUG,
    At,
    ClaimKey,
    Cursor,
    IfNoneMatch,
    MapKey,
    Rule,
    SourceKey,
)
from argmap.api.requests import StrictRequest
from argmap.errors import NotFound
from argmap.model import ClaimKind
from argmap.model.items import END
from argmap.model.words import LONGEST, query
from argmap.plugin import Rule as EvaluationRule
from argmap.render.escapes import tag as language_tag
from argmap.render.nodes import Node, Tree
from argmap.service import changes, evaluations, listing, maps, search, trees
from argmap.service.listing import Sort, claims_that
from argmap.service.resting import counts, on_source
from argmap.service.trees import Asking
from argmap.store import Wanted
from argmap.viewer import FILES

MEDIA_TYPES: Final = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}

CLAIMS: Final = 100
"""Claims a page of a map, at most."""

Words = Annotated[
    str, QueryParameter(name="q", max_length=LONGEST, description="What to look for.")
]
Sought = Annotated[
    str | None,
    QueryParameter(name="q", max_length=LONGEST, description="That have these words."),
]
OfKind = Annotated[
    ClaimKind | Literal[""] | None,
    QueryParameter(name="kind", description="Of this kind."),
]
RestingOn = Annotated[
    str | None,
    QueryParameter(
        name="source", pattern=f"{SLUG}|^{END}", description="That rest on this source."
    ),
]
Order = Annotated[
    Sort | Literal[""], QueryParameter(name="sort", description="In which order.")
]
Start = Annotated[
    int,
    QueryParameter(name="from", ge=0, le=NEWEST, description="From this character."),
]
RestsOn = Annotated[
    str | None,
    QueryParameter(
        name="for", pattern=SLUG, description="The claim that a passage is sought for."
    ),
]
First = Annotated[
    int,
    QueryParameter(name="passages", ge=0, le=NEWEST, description="From this passage."),
]


def _wrong(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """Answer with an error as a page, under the status that the API gives it.

    Where a tree was to be in a frame, what is wrong is told in the frame.
    """
    answer = errors.response(error, request)
    told = msgspec.json.decode(answer.content)
    content = outline.problem(told["title"], told["detail"])
    is_framed = request.url.path.startswith("/embed/")
    shown = page(told["title"], content, status_code=told["status"], in_frame=is_framed)
    shown.headers.update(answer.headers)
    return shown


class PageController(Controller):
    """What people read."""

    path = "/"
    include_in_schema = False
    exception_handlers = dict.fromkeys(errors.HANDLERS, _wrong)

    @get(media_type="text/html")
    async def maps(
        self,
        request: StrictRequest,
        cursor: Cursor = None,
        words: Sought = None,
    ) -> Response[str]:
        """List the maps."""
        found = await maps.page(request.desk, cursor, 50, words=words or None)
        content = outline.maps(found.items, found.next, dict(request.query_params))
        return page("Maps", content, data={"page": "maps"})

    @get("/maps/{map:str}", media_type="text/html")
    async def one(
        self,
        request: StrictRequest,
        map_key: MapKey,
        rule: Rule = None,
        cursor: Cursor = None,
        words: Sought = None,
        kind: OfKind = None,
        tag: Tagged = None,
        speaker: SaidBy = None,
        source: RestingOn = None,
        sort: Order = "",
    ) -> Response[str]:
        """Show a map: what is under debate, and its claims."""
        desk = request.desk
        asked = evaluations.asked_as_text(desk, rule)
        # A form sends what was left empty as an empty text.
        conditions = claims_that(
            words=words or None,
            kind=kind or None,
            tag=tag or None,
            speaker=speaker or None,
            source=source or None,
        )
        listed = await listing.page(
            desk,
            map_key,
            "claim",
            conditions=conditions,
            asked=asked,
            sort=sort or "map",
            cursor=cursor,
            limit=CLAIMS,
        )
        snapshot = await desk.snapshot(map_key, listed.revision)
        evaluation = await evaluations.evaluation(desk, snapshot, asked)
        map = snapshot.map
        known = await desk.derive(snapshot, ("words",), lambda: outline.words_of(map))
        query = dict(request.query_params)
        content = outline.one_map(map, evaluation, listed, known, query)
        data = {"page": "map", "map": map_key, "rule": asked.rule.name}
        data |= {"targets": " ".join(map.targets), "revision": str(snapshot.revision)}
        data["lang"] = language_tag(map.language)
        return page(map.title or map_key, content, data=data)

    @get("/maps/{map:str}/claims/{claim:str}", media_type="text/html")
    async def claim(
        self,
        request: StrictRequest,
        map_key: MapKey,
        claim_key: ClaimKey,
        rule: Rule = None,
        at: At = None,
    ) -> Response[str]:
        """Show a claim, and what speaks for and against it."""
        root, chosen = await _tree(request, map_key, claim_key, rule, at, depth=2)
        map = (await request.desk.snapshot(map_key, at)).map
        claim = map.claims[claim_key]
        content = outline.one_claim(map, claim, root, chosen.name, at)
        data = {"page": "claim", "map": map_key, "claim": claim_key}
        data |= {"rule": chosen.name, "targets": " ".join(map.targets)}
        data["lang"] = language_tag(map.language)
        return page(claim.text, content, data=data | ({"at": str(at)} if at else {}))

    @get("/maps/{map:str}/sources", media_type="text/html")
    async def sources(
        self,
        request: StrictRequest,
        map_key: MapKey,
        cursor: Cursor = None,
        claim: RestsOn = None,
    ) -> Response[str]:
        """List the sources of a map."""
        desk = request.desk
        listed = await listing.page(desk, map_key, "source", cursor=cursor, limit=50)
        snapshot = await desk.snapshot(map_key, listed.revision)
        counted = await counts(desk, snapshot)
        shown: Any = [stored.item for stored in listed.items]
        content = readings.sources(snapshot.map, shown, counted, listed.next, claim)
        data = {"page": "sources", "map": map_key, "for": claim or ""}
        data["revision"] = str(snapshot.revision)
        title = f"Sources of {snapshot.map.title or map_key}"
        return page(title, content, data=data)

    @get("/maps/{map:str}/sources/{source:str}", media_type="text/html")
    async def source(
        self,
        request: StrictRequest,
        map_key: MapKey,
        source_key: SourceKey,
        start: Start = 0,
        first: First = 0,
        claim: RestsOn = None,
    ) -> Response[str]:
        """Show a source: its passages, and what it says."""
        desk = request.desk
        snapshot = await desk.snapshot(map_key)
        map = snapshot.map
        if source_key not in map.sources:
            raise NotFound("source", source_key)
        source = map.sources[source_key]
        items = await on_source(desk, snapshot, source_key)
        start = min(start, len(source.text or ""))
        content = await desk.work(
            readings.one_source, map, source, items, start, first, claim
        )
        rev = snapshot.revs[("source", source_key)]
        data = {"page": "source", "map": map_key, "source": source_key}
        data |= {"for": claim or "", "revision": str(snapshot.revision)}
        data |= {"rev": str(rev), "has": "text" if source.text is not None else ""}
        return page(source.title, content, data=data)

    @get("/maps/{map:str}/history", media_type="text/html")
    async def history(
        self, request: StrictRequest, map_key: MapKey, cursor: Cursor = None
    ) -> Response[str]:
        """List what was done to a map."""
        snapshot = await request.desk.snapshot(map_key)
        found = await changes.history(request.desk, map_key, cursor, 50)
        content = outline.history(snapshot.map, found.revision, found.items, found.next)
        data = {"page": "history", "map": map_key, "revision": str(found.revision)}
        data["targets"] = " ".join(snapshot.map.targets)
        return page(f"History of {snapshot.map.title or map_key}", content, data=data)

    @get("/search", media_type="text/html")
    async def search(
        self, request: StrictRequest, words: Words, cursor: Cursor = None
    ) -> Response[str]:
        """Find claims of all maps by their words."""
        wanted = Wanted(query=query(words))
        found = await search.claims(request.desk, wanted, cursor, 50)
        content = outline.found(words, found.items, found.next)
        return page(f"Search: {words}", content)

    @get("/embed/{map:str}/{claim:str}", media_type="text/html")
    async def embed(
        self,
        request: StrictRequest,
        map_key: MapKey,
        claim_key: ClaimKey,
        rule: Rule = None,
    ) -> Response[str]:
        """Show the tree of a public map and nothing else, also in a frame elsewhere."""
        if (await request.desk.snapshot(map_key)).visibility != "public":
            raise NotFound("map", map_key)
        root, chosen = await _tree(request, map_key, claim_key, rule, None, depth=1)
        map = (await request.desk.snapshot(map_key)).map
        content = outline.tree(map, root, chosen.name)
        return page(root.text, content, data={"page": "embed"}, in_frame=True)


async def _tree(
    request: StrictRequest,
    map: str,
    claim: str,
    rule: str | None,
    at: int | None,
    *,
    depth: int,
) -> tuple[Node, EvaluationRule]:
    asked = evaluations.asked_as_text(request.desk, rule)
    asking = Asking(depth=depth, order="contribution")
    view = await trees.one(request.desk, map, claim, asked, asking, at)
    tree = msgspec.json.decode(await view.body(), type=Tree)
    return tree.root, asked.rule


class StaticController(Controller):
    """The files that pages are made with, and the element for pages elsewhere."""

    path = STATIC
    include_in_schema = False

    @get("/{name:str}")
    async def read(
        self,
        request: Request[Any, Any, Any],
        name: Annotated[
            str, PathParameter(pattern=r"^[a-z][a-z-]*\.(css|js|svg)" + END)
        ],
        if_none_match: IfNoneMatch = None,
    ) -> Response[Any]:
        """Give a file."""
        path = FILES / "static" / name
        if not path.is_file():
            raise NotFound("file", name)
        content = path.read_bytes()
        return answers.fixed(
            request,
            content,
            if_none_match,
            MEDIA_TYPES[path.suffix],
            Access_Control_Allow_Origin="*",
            Cross_Origin_Resource_Policy="cross-origin",
        )
