"""The brief: a case file for one side of a claim."""

from typing import Annotated

from litestar import Controller, Response, get
from litestar.params import QueryParameter

from argmap.api import answers
from argmap.api.evaluations import OPTION, PARAMETER, chosen
from argmap.api.parameters import At, ClaimKey, IfNoneMatch, MapKey, Rule
from argmap.api.requests import StrictRequest
from argmap.debate.brief import MINUTES, Brief
from argmap.debate.citations import WORDS_PER_MINUTE
from argmap.debate.plan import Side
from argmap.errors import InvalidParameters, PluginFault, PluginTooSlow, TooSlow
from argmap.service import debate
from argmap.service.debate import Briefing

MARKDOWN = "text/markdown"

OfSide = Annotated[
    Side, QueryParameter(name="side", description="For the claim, or against it.")
]
Minutes = Annotated[
    float,
    QueryParameter(
        name="minutes", gt=0, le=600, description="How long the speech may be."
    ),
]
Pace = Annotated[
    int,
    QueryParameter(
        name="words_per_minute", ge=1, le=1000, description="How fast it is read."
    ),
]
Rules = Annotated[
    str | None,
    QueryParameter(
        name="rules",
        max_length=1000,
        description=(
            "Rules to compare with, by name, separated by commas, besides those that "
            "ship and those that are trusted."
        ),
    ),
]
Known = Annotated[
    str | None,
    QueryParameter(
        name="known",
        max_length=5000,
        description=(
            "Claims that the other side is known to use, by key, separated by commas: "
            "attacks from these come first."
        ),
    ),
]
KnownTag = Annotated[
    str | None,
    QueryParameter(
        name="known_tag",
        max_length=200,
        description="Those that have this tag.",
    ),
]


class BriefController(Controller):
    """Case files for one side of a claim, as data and to be read."""

    path = "/maps/{map:str}/claims/{claim:str}"
    tags = ("debate",)

    @get(
        "/brief",
        operation_id="readBrief",
        errors=(InvalidParameters, PluginFault, PluginTooSlow, TooSlow),
        open_query=(PARAMETER, OPTION),
    )
    async def read(
        self,
        request: StrictRequest,
        map_key: MapKey,
        claim_key: ClaimKey,
        side: OfSide,
        rule: Rule = None,
        minutes: Minutes = MINUTES,
        words_per_minute: Pace = WORDS_PER_MINUTE,
        rules: Rules = None,
        known: Known = None,
        known_tag: KnownTag = None,
        at: At = None,
        if_none_match: IfNoneMatch = None,
    ) -> Response[Brief]:
        """Prepare one side: its case, what to expect, gaps, pivots, a plan.

        Attacks are `unanswered` exactly where no answer to them stands. The same map
        gives the same bytes.
        """
        briefing = Briefing(
            claim=claim_key,
            side=side,
            minutes=minutes,
            words_per_minute=words_per_minute,
            rules=_listed(rules),
            known=_listed(known),
            known_tag=known_tag,
        )
        view = await debate.brief_of(
            request.desk, map_key, chosen(request, rule), briefing, at
        )
        return await answers.derived(request, view, if_none_match)

    @get(
        "/brief.md",
        operation_id="readBriefAsMarkdown",
        errors=(InvalidParameters, PluginFault, PluginTooSlow, TooSlow),
        open_query=(PARAMETER, OPTION),
        media_type=MARKDOWN,
    )
    async def text(
        self,
        request: StrictRequest,
        map_key: MapKey,
        claim_key: ClaimKey,
        side: OfSide,
        rule: Rule = None,
        minutes: Minutes = MINUTES,
        words_per_minute: Pace = WORDS_PER_MINUTE,
        rules: Rules = None,
        known: Known = None,
        known_tag: KnownTag = None,
        at: At = None,
        if_none_match: IfNoneMatch = None,
    ) -> Response[str]:
        """Give the same as Markdown, to be read or printed."""
        briefing = Briefing(
            claim=claim_key,
            side=side,
            minutes=minutes,
            words_per_minute=words_per_minute,
            rules=_listed(rules),
            known=_listed(known),
            known_tag=known_tag,
            form="markdown",
        )
        view = await debate.brief_of(
            request.desk, map_key, chosen(request, rule), briefing, at
        )
        return await answers.derived(request, view, if_none_match, MARKDOWN)


def _listed(text: str | None) -> tuple[str, ...]:
    return tuple(part for part in (text or "").split(",") if part)
