"""Evaluations of a map: what a rule makes of its claims, or several side by side."""

from typing import Annotated, Any, Final, Literal

from litestar import Controller, Response, get, post
from litestar.params import JSONBody, QueryParameter
from msgspec import Meta, Struct, field
from msgspec.structs import asdict

from argmap.api import answers
from argmap.api.errors import Document, problem
from argmap.api.jobs import Prefer, perhaps_later
from argmap.api.parameters import At, Cursor, Expanded, IfNoneMatch, MapKey, Rule
from argmap.api.requests import StrictRequest
from argmap.debate.disagreement import Disagreement
from argmap.errors import InvalidParameters, PluginFault, PluginTooSlow, TooSlow
from argmap.plugin import Evaluation
from argmap.service import evaluations
from argmap.service.evaluations import Asked, Part, Texts

PARAMETER: Final = "param."
OPTION: Final = "option."


CSV: Final = "text/csv"

Claims = Annotated[
    int,
    QueryParameter(
        name="limit",
        ge=1,
        le=evaluations.WHOLE,
        description="Claims a part, at most; without it, all up to ten thousand.",
    ),
]
WithText = Annotated[
    Literal["text"] | None,
    QueryParameter(name="expand", description="`text`: also give the claims' texts."),
]

RuleName = Annotated[str, Meta(min_length=1, max_length=64)]


class RuleChoice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule, with its own parameters and the options that every rule has."""

    rule: RuleName
    parameters: dict[str, Any] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)


class EvaluationsIn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Rules to run side by side."""

    rules: Annotated[tuple[RuleChoice, ...], Meta(min_length=1, max_length=50)]


class RuleResult(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What came of one rule: an evaluation, or the problem that there was."""

    rule: str
    evaluation: Evaluation | None
    problem: Document | None


class EvaluationsOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One result a rule, in the order of the request, and where the rules part.

    A rule that was asked for twice is ``rule#2`` there.
    """

    results: tuple[RuleResult, ...]
    disagreement: Disagreement


class EvaluationController(Controller):
    """What rules make of a map."""

    path = "/maps/{map:str}/evaluations"
    tags = ("evaluations",)

    @get(
        operation_id="evaluateMap",
        errors=(InvalidParameters, PluginFault, PluginTooSlow, TooSlow),
        open_query=(PARAMETER, OPTION),
    )
    async def read(
        self,
        request: StrictRequest,
        map_key: MapKey,
        rule: Rule = None,
        cursor: Cursor = None,
        limit: Claims = evaluations.WHOLE,
        at: At = None,
        expand: Expanded = None,
        if_none_match: IfNoneMatch = None,
    ) -> Response[Part]:
        """Run one rule on a map.

        The rule's own parameters are sent as ``param.k=1``, the options that every rule
        has as ``option.threshold=0.5``. A map of many claims is answered in parts.
        """
        asked = chosen(request, rule, expand)
        view, following = await evaluations.one(
            request.desk, map_key, asked, at, cursor=cursor, limit=limit
        )
        answer = await answers.derived(request, view, if_none_match)
        for name, value in answers.link(request, following).items():
            answer.set_header(name, value)
        return answer

    @post(operation_id="compareRules", status_code=200, needs="reader")
    async def compare(
        self,
        request: StrictRequest,
        map_key: MapKey,
        data: JSONBody[EvaluationsIn],
        at: At = None,
        expand: Expanded = None,
        prefer: Prefer = None,
    ) -> Response[EvaluationsOut]:
        """Run several rules on a map, side by side, and say where they part.

        A rule that fails yields a problem; the others stand.
        """
        snapshot = await request.desk.snapshot(map_key, at)

        async def work() -> Response[EvaluationsOut]:
            found, disagreement = await evaluations.several(
                request.desk,
                snapshot,
                [asdict(choice) for choice in data.rules],
                has_manifest=expand is not None,
            )
            out = EvaluationsOut(
                results=tuple(
                    RuleResult(
                        rule=each.rule,
                        evaluation=each.evaluation,
                        problem=problem(each.error, f"/rules/{index}")
                        if each.error
                        else None,
                    )
                    for index, each in enumerate(found)
                ),
                disagreement=disagreement,
            )
            headers = {answers.REVISION: str(snapshot.revision)}
            return await answers.large(request.desk, out, headers)

        return await perhaps_later(request, prefer, work)


class EvaluationTableController(Controller):
    """What rules make of a map."""

    path = "/maps/{map:str}/evaluations.csv"
    tags = ("evaluations",)

    @get(
        operation_id="evaluateMapAsTable",
        errors=(InvalidParameters, PluginFault, PluginTooSlow, TooSlow),
        open_query=(PARAMETER, OPTION),
        media_type=CSV,
    )
    async def read(
        self,
        request: StrictRequest,
        map_key: MapKey,
        rule: Rule = None,
        at: At = None,
        expand: WithText = None,
        if_none_match: IfNoneMatch = None,
    ) -> Response[str]:
        """Run one rule on a map, and give all claims as a table.

        Its columns are claim, base, strength, rank, verdict, label and settled. A cell
        that a spreadsheet would take for a formula begins with an apostrophe.
        """
        view = await evaluations.table(
            request.desk,
            map_key,
            chosen(request, rule),
            at,
            has_texts=expand is not None,
        )
        return await answers.derived(request, view, if_none_match, CSV)


def chosen(
    request: StrictRequest, rule: str | None, expand: str | None = None
) -> Asked:
    """Read the rule that a query asks for, with its parameters and options.

    *expand* is not null if the answer is to say what it was computed with.

    Raises:
        InvalidParameters: The rule does not take them.
        NotFound: No rule of that name is installed.
    """
    asked = evaluations.asked_as_text(
        request.desk, rule, beginning(request, PARAMETER), beginning(request, OPTION)
    )
    return asked.with_manifest() if expand else asked


def beginning(request: StrictRequest, prefix: str) -> Texts:
    """Give the query parameters whose names begin so, without that."""
    if not request.scope["query_string"]:
        return ()
    return tuple(
        (name.removeprefix(prefix), value)
        for name, value in request.query_params.items()
        if name.startswith(prefix)
    )
