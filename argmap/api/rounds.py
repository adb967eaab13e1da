"""Debate rounds beside a map: moves in speeches, and the flow that they make."""

from functools import partial
from typing import Annotated, Any

from litestar import Controller, Response, delete, get, post
from litestar.params import JSONBody, PathParameter, QueryParameter
from msgspec import UNSET, Meta, Struct, UnsetType

from argmap.api import answers
from argmap.api.answers import REVALIDATE, REVISION, Page
from argmap.api.evaluations import OPTION, PARAMETER, chosen
from argmap.api.once import once
from argmap.api.parameters import (
    SLUG,
    Cursor,
    Expand,
    Fields,
    IfMatch,
    IfNoneMatch,
    Limit,
    MapKey,
    Once,
    Rule,
    Slug,
)
from argmap.api.reply import JSON, Reply
from argmap.api.requests import StrictRequest
from argmap.debate.flow import Flow
from argmap.debate.round_formats import RoundFormat, Speeches, round_formats
from argmap.debate.sheet import MadeMove, RoundMove
from argmap.errors import (
    AlreadyExists,
    BadMove,
    InvalidMap,
    InvalidParameters,
    PluginFault,
    PluginTooSlow,
    TooSlow,
)
from argmap.model import Count
from argmap.model.items import END
from argmap.service import rounds
from argmap.service.desk import Desk
from argmap.service.evaluations import Asked
from argmap.service.rounds import Form, Kept

MARKDOWN = "text/markdown"

RoundKey = Annotated[
    str, PathParameter(name="round", pattern=SLUG, description="The key of the round.")
]
MoveKey = Annotated[
    str,
    PathParameter(
        name="move", pattern="^m[0-9]{1,9}" + END, description="The key of the move."
    ),
]
After = Annotated[
    str | None,
    QueryParameter(
        name="after",
        max_length=32,
        description=(
            "The speech that is over, with all before it; without it, as it is now: "
            "the speech of the last move goes on."
        ),
    ),
]


class RoundIn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A round to be. Without a key it gets one made of its format.

    With ``speeches`` it is in a format of one's own, called ``format``. Without
    targets it is about the map's own, without a rule the server's default judges it.
    """

    key: Slug | UnsetType = UNSET
    format: Slug
    speeches: Speeches | UnsetType = UNSET
    targets: Annotated[tuple[Slug, ...], Meta(max_length=100)] = ()
    rule: Slug | UnsetType = UNSET


class RoundOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A round. ``revision`` 4 means that its ETag is ``"r4"``; it is not the map's."""

    key: Slug
    revision: Count
    format: str
    targets: tuple[str, ...]
    rule: str
    speeches: Speeches
    moves: tuple[MadeMove, ...]


class RoundListedOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A round, and how many moves have been made in it."""

    key: Slug
    revision: Count
    format: str
    targets: tuple[str, ...]
    rule: str
    move_count: Count


class RoundFormatController(Controller):
    """The formats of debate rounds that argmap knows."""

    path = "/round-formats"
    tags = ("rounds",)

    @get(operation_id="listRoundFormats")
    async def page(self) -> Page[RoundFormat]:
        """List the formats, with their speeches in order."""
        return Page(items=tuple(round_formats().values()), next=None)


class RoundController(Controller):
    """Debate rounds beside a map, which they do not change: the live flow."""

    path = "/maps/{map:str}/rounds"
    tags = ("rounds",)

    @get(operation_id="listRounds")
    async def page(
        self,
        request: StrictRequest,
        map_key: MapKey,
        cursor: Cursor = None,
        limit: Limit = 50,
        fields: Fields = None,
        expand: Expand = None,
    ) -> Response[Page[RoundListedOut]]:
        """List the rounds of a map, in the order of their keys."""
        found = await rounds.page(
            request.desk, map_key, cursor, limit, count=bool(expand)
        )
        shown = (
            answers.show(RoundListedOut, round, move_count=len(round.moves))
            for round in found.items
        )
        return Reply(
            content=answers.page(shown, found.next, found.count, fields),
            headers={
                **answers.link(request, found.next),
                REVISION: str(found.revision),
            },
        )

    @post(
        operation_id="beginRound",
        errors=(AlreadyExists, InvalidMap, InvalidParameters),
    )
    async def begin(
        self,
        request: StrictRequest,
        map_key: MapKey,
        data: JSONBody[RoundIn],
        key: Once = None,
    ) -> Response[RoundOut]:
        """Begin a round about claims of a map."""

        async def act(desk: Desk) -> Kept:
            return await rounds.begin(desk, map_key, **answers.values(data))

        def show(kept: Kept) -> Response[RoundOut]:
            answer = _round(kept, 201)
            place = answers.location(request, kept.round.key)
            answer.set_header("Location", place)
            return answer

        return await once(request, key, act, show)

    @get("/{round:str}", operation_id="readRound")
    async def read(
        self,
        request: StrictRequest,
        map_key: MapKey,
        round_key: RoundKey,
        if_none_match: IfNoneMatch = None,
    ) -> Response[RoundOut]:
        """Give a round with all its moves."""
        kept = await rounds.read(request.desk, map_key, round_key)
        headers = {**_headers(kept), **REVALIDATE}
        if answers.holds(if_none_match, headers["ETag"]):
            return answers.unchanged(headers)
        return _round(kept, 200)

    @delete("/{round:str}", operation_id="deleteRound")
    async def remove(
        self,
        request: StrictRequest,
        map_key: MapKey,
        round_key: RoundKey,
        if_match: IfMatch = None,
    ) -> None:
        """Delete a round. What was adopted into the map stays there."""
        tags = answers.tags(if_match)
        await rounds.remove(request.desk, map_key, round_key, tags)

    @get("/{round:str}/moves", operation_id="listMoves")
    async def moves(
        self, request: StrictRequest, map_key: MapKey, round_key: RoundKey
    ) -> Response[Page[MadeMove]]:
        """List the moves of a round, the last one last."""
        kept = await rounds.read(request.desk, map_key, round_key)
        return Reply(
            content=Page(items=kept.round.moves, next=None), headers=_headers(kept)
        )

    @post("/{round:str}/moves", operation_id="makeMove", errors=(BadMove, InvalidMap))
    async def move(
        self,
        request: StrictRequest,
        map_key: MapKey,
        round_key: RoundKey,
        data: JSONBody[RoundMove],
        key: Once = None,
    ) -> Response[MadeMove]:
        """Make a move: introduce, extend, answer, turn, concede or kick an argument.

        Speeches come in their order; a move in a later one ends those before it. What
        was not answered in time is dropped, and no more to be answered.
        """

        async def act(desk: Desk) -> Kept:
            return await rounds.move(desk, map_key, round_key, data)

        return await once(request, key, act, partial(_move, request, status=201))

    @delete("/{round:str}/moves", operation_id="takeMoveBack", status_code=200)
    async def undo(
        self,
        request: StrictRequest,
        map_key: MapKey,
        round_key: RoundKey,
        if_match: IfMatch = None,
    ) -> Response[RoundOut]:
        """Take the last move back. What was adopted into the map stays there."""
        tags = answers.tags(if_match)
        return _round(await rounds.undo(request.desk, map_key, round_key, tags), 200)

    @get("/{round:str}/moves/{move:str}", operation_id="readMove")
    async def one(
        self,
        request: StrictRequest,
        map_key: MapKey,
        round_key: RoundKey,
        move_key: MoveKey,
    ) -> Response[MadeMove]:
        """Give one move."""
        kept = await rounds.read_move(request.desk, map_key, round_key, move_key)
        return _move(request, kept, status=200)

    @post(
        "/{round:str}/moves/{move:str}/adopt",
        operation_id="adoptMove",
        status_code=200,
        errors=(BadMove, InvalidMap),
    )
    async def adopt(
        self,
        request: StrictRequest,
        map_key: MapKey,
        round_key: RoundKey,
        move_key: MoveKey,
        key: Once = None,
    ) -> Response[MadeMove]:
        """Put a move's own text into the map: a claim, and a relation that it names.

        A turn becomes two relations. Map and round change together, or neither does.
        """

        async def act(desk: Desk) -> Kept:
            return await rounds.adopt(desk, map_key, round_key, move_key)

        return await once(request, key, act, partial(_move, request, status=200))

    @get(
        ["/{round:str}/flow", "/{round:str}/flow.json"],
        operation_id="readFlow",
        errors=(InvalidMap, InvalidParameters, PluginFault, PluginTooSlow, TooSlow),
        open_query=(PARAMETER, OPTION),
    )
    async def flow(
        self,
        request: StrictRequest,
        map_key: MapKey,
        round_key: RoundKey,
        after: After = None,
        rule: Rule = None,
        if_none_match: IfNoneMatch = None,
    ) -> Response[Flow]:
        """Say what became of every argument, and what to answer next.

        An argument is dropped if the speech that should have answered it is over and
        no answer is on the flow. Relations that nobody has introduced do not count.
        Without `rule` the round's own judges.
        """
        return await _flow(
            request, map_key, round_key, after, rule, "json", if_none_match
        )

    @get(
        "/{round:str}/flow.md",
        operation_id="readFlowAsMarkdown",
        errors=(InvalidMap, InvalidParameters, PluginFault, PluginTooSlow, TooSlow),
        open_query=(PARAMETER, OPTION),
        media_type=MARKDOWN,
    )
    async def text(
        self,
        request: StrictRequest,
        map_key: MapKey,
        round_key: RoundKey,
        after: After = None,
        rule: Rule = None,
        if_none_match: IfNoneMatch = None,
    ) -> Response[str]:
        """Give the same as Markdown, to be read or printed."""
        return await _flow(
            request, map_key, round_key, after, rule, "markdown", if_none_match
        )


async def _flow(
    request: StrictRequest,
    map: str,
    key: str,
    after: str | None,
    rule: str | None,
    form: Form,
    if_none_match: str | None,
) -> Response[Any]:
    def choose(of_round: str) -> Asked:
        return chosen(request, rule or of_round)

    view = await rounds.flow_of(request.desk, map, key, choose, after, form)
    media_type = MARKDOWN if form == "markdown" else JSON
    return await answers.derived(request, view, if_none_match, media_type)


def _headers(kept: Kept) -> dict[str, str]:
    return {"ETag": answers.tag(kept.round.revision), REVISION: str(kept.revision)}


def _round(kept: Kept, status: int) -> Response[RoundOut]:
    shown = answers.show(RoundOut, kept.round)
    return Reply(content=shown, status_code=status, headers=_headers(kept))


def _move(request: StrictRequest, kept: Kept, *, status: int) -> Response[MadeMove]:
    assert kept.move is not None
    headers = _headers(kept)
    if status == 201:
        headers["Location"] = answers.location(request, kept.move.key)
    return Reply(content=kept.move, status_code=status, headers=headers)
