"""The tree of a map from one claim."""

from typing import Annotated

from litestar import Controller, Response, get
from litestar.params import QueryParameter

from argmap.api import answers
from argmap.api.evaluations import OPTION, PARAMETER, chosen
from argmap.api.parameters import At, ClaimKey, IfNoneMatch, MapKey, Rule
from argmap.api.requests import StrictRequest
from argmap.errors import (
    InvalidParameters,
    Malformed,
    PluginFault,
    PluginTooSlow,
    Stale,
    TooDeep,
    TooSlow,
)
from argmap.render.cursor import Order
from argmap.render.nodes import FlatTree, Tree
from argmap.service import trees
from argmap.service.trees import Asking

Depth = Annotated[
    str,
    QueryParameter(
        name="depth",
        pattern=r"^(all|0|[1-9][0-9]{0,6})$",
        description="Levels below the place that is shown first, or `all`.",
    ),
]
Children = Annotated[
    int,
    QueryParameter(
        name="children",
        ge=1,
        le=500,
        description=(
            "Children a node, at most; the premises of one relation stay together, and "
            "one relation is always shown."
        ),
    ),
]
Under = Annotated[
    str | None,
    QueryParameter(
        name="under",
        max_length=50_000,
        description="The id of a place in the tree: begin there.",
    ),
]
NodeCursor = Annotated[
    str | None,
    QueryParameter(
        name="cursor",
        max_length=500,
        description=(
            "A node's `next`: begin at that node, with the children that follow, as of "
            "the revision of the page before."
        ),
    ),
]
By = Annotated[
    Order,
    QueryParameter(
        name="order", description="`contribution` shows the strongest relations first."
    ),
]
IsFlat = Annotated[
    bool,
    QueryParameter(
        name="flat", description="Nodes as a list, each with its parent, to any depth."
    ),
]


class TreeController(Controller):
    """A map as a tree, however it is knotted."""

    path = "/maps/{map:str}/claims/{claim:str}"
    tags = ("trees",)

    @get(
        ["/tree", "/tree.json"],
        operation_id="readTree",
        errors=(
            InvalidParameters,
            Malformed,
            PluginFault,
            PluginTooSlow,
            Stale,
            TooDeep,
            TooSlow,
        ),
        open_query=(PARAMETER, OPTION),
    )
    async def read(
        self,
        request: StrictRequest,
        map_key: MapKey,
        claim_key: ClaimKey,
        rule: Rule = None,
        depth: Depth = "3",
        children: Children = 50,
        under: Under = None,
        cursor: NodeCursor = None,
        order: By = "map",
        is_flat: IsFlat = False,
        at: At = None,
        if_none_match: IfNoneMatch = None,
    ) -> Response[Tree | FlatTree]:
        """Unfold a map as a tree from one claim.

        A claim that is met again is a leaf that refers to its first place, so the tree
        is valid whatever the map; ids of places do not depend on what is shown. After
        ten thousand nodes no more children are shown: `next` of a node leads on.
        Parameters and options of the rule are sent as for evaluations.
        """
        asking = Asking(
            depth=None if depth == "all" else int(depth),
            children=children,
            under=under,
            cursor=cursor,
            order=order,
            is_flat=is_flat,
        )
        asked = chosen(request, rule)
        view = await trees.one(request.desk, map_key, claim_key, asked, asking, at)
        return await answers.derived(request, view, if_none_match)
