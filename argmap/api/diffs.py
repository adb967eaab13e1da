"""What changed since, and what caused it."""

from typing import Annotated

from litestar import Controller, Response, get
from litestar.params import QueryParameter

from argmap.api import answers
from argmap.api.evaluations import OPTION, PARAMETER, chosen
from argmap.api.parameters import NEWEST, Expanded, IfNoneMatch, MapKey, Rule
from argmap.api.requests import StrictRequest
from argmap.debate.diff import Diff
from argmap.errors import InvalidParameters, PluginFault, PluginTooSlow, TooSlow
from argmap.service import diffs

From = Annotated[
    int | None,
    QueryParameter(
        name="from",
        ge=0,
        le=NEWEST,
        description=(
            "The revision before the changes; without it, the one before `to`. Before "
            "its first one, and at 0, a map is empty."
        ),
    ),
]
To = Annotated[
    int | None,
    QueryParameter(
        name="to",
        ge=1,
        le=NEWEST,
        description="The revision after the changes; without it, the newest.",
    ),
]


class DiffController(Controller):
    """What changed between revisions."""

    path = "/maps/{map:str}/diff"
    tags = ("changes",)

    @get(
        operation_id="compareRevisions",
        errors=(InvalidParameters, PluginFault, PluginTooSlow, TooSlow),
        open_query=(PARAMETER, OPTION),
    )
    async def read(
        self,
        request: StrictRequest,
        map_key: MapKey,
        start: From = None,
        to: To = None,
        rule: Rule = None,
        expand: Expanded = None,
        if_none_match: IfNoneMatch = None,
    ) -> Response[Diff]:
        """Say what changed from one revision to another, and which operation did what.

        Strengths and verdicts are those under a rule, whose parameters and options are
        sent as for evaluations. The operations are evaluated one after another, in the
        order of the history, so the deltas of the causes add up to those of the claims,
        exactly. Where a map is not valid between two operations they are one cause, and
        so are some of one revision where there are too many to evaluate it after each.
        """
        asked = chosen(request, rule, expand)
        view = await diffs.one(request.desk, map_key, asked, start, to)
        return await answers.derived(request, view, if_none_match)
