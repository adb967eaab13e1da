"""What a debate hangs on: gaps, lines of argument, cruxes, dependence."""

from typing import Annotated

from litestar import Controller, Response, get
from litestar.params import QueryParameter

from argmap.api import answers
from argmap.api.evaluations import OPTION, PARAMETER, chosen
from argmap.api.parameters import At, ClaimKey, Cursor, IfNoneMatch, MapKey, Rule
from argmap.api.requests import StrictRequest
from argmap.debate.crux import Cruxes
from argmap.debate.dependence import By, Dependence
from argmap.debate.gaps import Gaps
from argmap.debate.lines import Lines
from argmap.errors import (
    InvalidMap,
    InvalidParameters,
    PluginFault,
    PluginTooSlow,
    TooSlow,
)
from argmap.service import debate

Target = Annotated[
    str | None,
    QueryParameter(
        name="target",
        max_length=64,
        description="The claim that counts; without it, the map's targets.",
    ),
]
Most = Annotated[
    int,
    QueryParameter(name="most", ge=1, le=100, description="Lines a side, at most."),
]
AtOnce = Annotated[
    int,
    QueryParameter(
        name="limit", ge=1, le=debate.MOST, description="Gaps a part, at most."
    ),
]
LeftOut = Annotated[
    By, QueryParameter(name="by", description="What is left out, one at a time.")
]


class DebateController(Controller):
    """What a debate hangs on."""

    path = "/maps/{map:str}"
    tags = ("debate",)

    @get(
        "/gaps",
        operation_id="listGaps",
        errors=(InvalidParameters, PluginFault, PluginTooSlow, TooSlow),
        open_query=(PARAMETER, OPTION),
    )
    async def gaps(
        self,
        request: StrictRequest,
        map_key: MapKey,
        rule: Rule = None,
        cursor: Cursor = None,
        limit: AtOnce = debate.MOST,
        at: At = None,
        if_none_match: IfNoneMatch = None,
    ) -> Response[Gaps]:
        """Say what a map lacks, and the call that closes each gap.

        Unanswered attacks, unsourced claims, unasked critical questions, sides that
        rest on a single source, orphaned passages, isolated claims, claims that one
        side alone has addressed. `…` in a call's body is yours to fill in. A map that
        lacks much is answered in parts.
        """
        asked = chosen(request, rule)
        view, following = await debate.gaps_of(
            request.desk, map_key, asked, at, cursor=cursor, limit=limit
        )
        answer = await answers.derived(request, view, if_none_match)
        for name, value in answers.link(request, following).items():
            answer.set_header(name, value)
        return answer

    @get(
        "/lines",
        operation_id="listLines",
        errors=(InvalidMap, InvalidParameters, PluginFault, PluginTooSlow, TooSlow),
        open_query=(PARAMETER, OPTION),
    )
    async def lines(
        self,
        request: StrictRequest,
        map_key: MapKey,
        rule: Rule = None,
        target: Target = None,
        most: Most = 3,
        at: At = None,
        if_none_match: IfNoneMatch = None,
    ) -> Response[Lines]:
        """Give each side's strongest chains from evidence, with their weakest link."""
        view = await debate.lines_of(
            request.desk, map_key, chosen(request, rule), _named(target), most, at
        )
        return await answers.derived(request, view, if_none_match)

    @get(
        "/claims/{claim:str}/crux",
        operation_id="findCrux",
        errors=(InvalidParameters, PluginFault, PluginTooSlow, TooSlow),
        open_query=(PARAMETER, OPTION),
    )
    async def crux(
        self,
        request: StrictRequest,
        map_key: MapKey,
        claim_key: ClaimKey,
        rule: Rule = None,
        at: At = None,
        if_none_match: IfNoneMatch = None,
    ) -> Response[Cruxes]:
        """Name the claims that help one side's case and hurt the other's."""
        view = await debate.crux_of(
            request.desk, map_key, chosen(request, rule), claim_key, at
        )
        return await answers.derived(request, view, if_none_match)

    @get(
        "/dependence",
        operation_id="findDependence",
        errors=(InvalidMap, InvalidParameters, PluginFault, PluginTooSlow, TooSlow),
        open_query=(PARAMETER, OPTION),
    )
    async def dependence(
        self,
        request: StrictRequest,
        map_key: MapKey,
        by: LeftOut = "source",
        rule: Rule = None,
        target: Target = None,
        at: At = None,
        if_none_match: IfNoneMatch = None,
    ) -> Response[Dependence]:
        """Say what each verdict would be without each source, speaker or tag."""
        view = await debate.dependence_of(
            request.desk, map_key, chosen(request, rule), by, _named(target), at
        )
        return await answers.derived(request, view, if_none_match)


def _named(target: str | None) -> tuple[str, ...]:
    return (target,) if target else ()
