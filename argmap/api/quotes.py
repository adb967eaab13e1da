"""Passages as people read them, with what stands round them."""

from typing import Annotated

from litestar import Controller, Response, get
from litestar.params import QueryParameter

from argmap.api import answers
from argmap.api.parameters import At, IfNoneMatch, MapKey, PassageKey, SourceKey
from argmap.api.requests import StrictRequest
from argmap.service import anchors
from argmap.service.anchors import Quoted

Before = Annotated[
    int,
    QueryParameter(
        name="before", ge=0, le=5000, description="Characters before it, at most."
    ),
]
After = Annotated[
    int,
    QueryParameter(
        name="after", ge=0, le=5000, description="Characters after it, at most."
    ),
]


class QuoteController(Controller):
    """What passages say."""

    path = "/maps/{map:str}/sources/{source:str}/passages/{passage:str}/quote"
    tags = ("passages",)

    @get(operation_id="quotePassage")
    async def read(
        self,
        request: StrictRequest,
        map_key: MapKey,
        source_key: SourceKey,
        passage_key: PassageKey,
        before: Before = 120,
        after: After = 120,
        at: At = None,
        if_none_match: IfNoneMatch = None,
    ) -> Response[Quoted]:
        """Quote a passage in its context, and say whether it is where it should be."""
        view = await anchors.quote(
            request.desk,
            map_key,
            source_key,
            passage_key,
            before=before,
            after=after,
            at=at,
        )
        return await answers.derived(request, view, if_none_match)
