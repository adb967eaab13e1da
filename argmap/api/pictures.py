"""The tree of a map from one claim as a picture, by suffix."""

from base64 import b64encode
from hashlib import sha256
from typing import Annotated, Any, Final

from litestar import Controller, Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import QueryParameter

from argmap.api import answers
from argmap.api.evaluations import OPTION, PARAMETER, chosen
from argmap.api.parameters import At, ClaimKey, IfNoneMatch, MapKey, Rule
from argmap.api.requests import StrictRequest
from argmap.api.trees import FAILURES, By, Children, Depth, Focus, Nodes, Under, levels
from argmap.errors import NotInstalled, PictureTooLarge
from argmap.render import png, svg
from argmap.render.palette import Fixed, style
from argmap.render.pictures import PICTURES, Suffix
from argmap.service import trees
from argmap.service.trees import Asking

Colours = Annotated[
    Fixed, QueryParameter(name="theme", description="Colours on light or dark ground.")
]
Scale = Annotated[
    float | None,
    QueryParameter(
        name="scale",
        ge=0.5,
        le=4,
        description="Pixels for each of the SVG's; without it two, or as many as fit.",
    ),
]

_STYLE: Final = b64encode(sha256(style("auto").encode()).digest()).decode()
SECURITY: Final = {
    svg.MEDIA_TYPE: (
        f"default-src 'none'; style-src 'sha256-{_STYLE}'; frame-ancestors 'none'"
    )
}
"""By media type: what a document may do that may do more than others, which is nothing.

An SVG has its own style, and no other.
"""


class PictureController(Controller):
    """Trees as pictures: what a tree's JSON shows, in other forms."""

    path = "/maps/{map:str}/claims/{claim:str}"
    tags = ("trees",)

    @get(
        "/tree.png",
        operation_id="drawTreePng",
        media_type=png.MEDIA_TYPE,
        shapes={png.MEDIA_TYPE: Any},
        errors=(*FAILURES, NotInstalled, PictureTooLarge),
        open_query=(PARAMETER, OPTION),
    )
    async def bitmap(
        self,
        request: StrictRequest,
        map_key: MapKey,
        claim_key: ClaimKey,
        rule: Rule = None,
        depth: Depth = None,
        children: Children = 50,
        nodes: Nodes = None,
        focus: Focus = None,
        under: Under = None,
        order: By = None,
        theme: Colours = "light",
        scale: Scale = None,
        at: At = None,
        if_none_match: IfNoneMatch = None,
    ) -> Response[Any]:
        """Draw a tree as a PNG; the server needs the extra `png` for it."""
        asking = Asking(
            depth=levels(depth, nodes),
            children=children,
            nodes=nodes,
            focus=focus,
            under=under,
            order=order,
        )
        asked = chosen(request, rule)
        view = await trees.bitmap(
            request.desk, map_key, claim_key, asked, asking, theme, scale, at
        )
        return await answers.derived(request, view, if_none_match, png.MEDIA_TYPE)


def _drawer(suffix: Suffix) -> HTTPRouteHandler:
    """Make the endpoint that gives trees in a form."""
    form = PICTURES[suffix]

    async def draw(
        self: PictureController,  # noqa: ARG001 # of Litestar's making
        request: StrictRequest,
        map_key: MapKey,
        claim_key: ClaimKey,
        rule: Rule = None,
        depth: Depth = None,
        children: Children = 50,
        nodes: Nodes = None,
        focus: Focus = None,
        under: Under = None,
        order: By = None,
        at: At = None,
        if_none_match: IfNoneMatch = None,
    ) -> Response[Any]:
        asking = Asking(
            depth=levels(depth, nodes),
            children=children,
            nodes=nodes,
            focus=focus,
            under=under,
            order=order,
        )
        asked = chosen(request, rule)
        view = await trees.picture(
            request.desk, map_key, claim_key, asked, asking, suffix, at
        )
        answer = await answers.derived(request, view, if_none_match, form.media_type)
        if policy := SECURITY.get(form.media_type):
            answer.set_header("Content-Security-Policy", policy)
        return answer

    draw.__doc__ = f"Draw a tree as {form.title}."
    return get(
        f"/tree.{suffix}",
        operation_id=f"drawTree{suffix.title()}",
        media_type=form.media_type,
        errors=FAILURES,
        open_query=(PARAMETER, OPTION),
    )(draw)


for _suffix in PICTURES:
    setattr(PictureController, f"draw_{_suffix}", _drawer(_suffix))
