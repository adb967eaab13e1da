"""The tree of a map from one claim."""

from typing import Annotated, Final

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
from argmap.model.items import END
from argmap.render.cursor import Order
from argmap.render.nodes import (
    FACTS,
    PLACE,
    FlatTree,
    SomeFlatTree,
    SomeTree,
    Tree,
)
from argmap.render.places import DEEPEST
from argmap.service import trees
from argmap.service.trees import Asking

Depth = Annotated[
    str | None,
    QueryParameter(
        name="depth",
        pattern=r"^(all|0|[1-9][0-9]{0,6})" + END,
        description=(
            "Levels below the place that is shown first, or `all`; without it 3, or "
            "with `nodes` as many as fit into nested JSON."
        ),
    ),
]
Nodes = Annotated[
    int | None,
    QueryParameter(
        name="nodes",
        ge=1,
        le=trees.MOST,
        description=(
            "Nodes, at most: those that matter most, which is as much as the product "
            "of the strengths of the relations on their way."
        ),
    ),
]
Focus = Annotated[
    str | None,
    QueryParameter(
        name="focus",
        max_length=50_000,
        description=(
            "The id of a place: the way there is shown, and `depth` levels below it."
        ),
    ),
]
HasLayout = Annotated[
    bool,
    QueryParameter(
        name="layout",
        description="Say where each node's box is in a picture, in pixels.",
    ),
]
Members = Annotated[
    str | None,
    QueryParameter(
        name="fields",
        max_length=500,
        description=(
            "Give only these members of nodes, by name, separated by commas; `id`, and "
            "`children` or `parent`, are always there."
        ),
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
    Order | None,
    QueryParameter(
        name="order",
        description=(
            "`contribution` shows the strongest relations first. Without it that of "
            "the cursor, or with `nodes` by contribution, or the map's."
        ),
    ),
]
IsFlat = Annotated[
    bool,
    QueryParameter(
        name="flat", description="Nodes as a list, each with its parent, to any depth."
    ),
]


FAILURES: Final = (
    InvalidParameters,
    Malformed,
    PluginFault,
    PluginTooSlow,
    Stale,
    TooDeep,
    TooSlow,
)
"""What may be wrong with asking for a tree, in whatever form."""


def levels(depth: str | None, nodes: int | None) -> int | None:
    """Read how many levels to show; None is all."""
    if depth is None:
        return 3 if nodes is None else DEEPEST
    return None if depth == "all" else int(depth)


class TreeController(Controller):
    """A map as a tree, however it is knotted."""

    path = "/maps/{map:str}/claims/{claim:str}"
    tags = ("trees",)

    @get(
        ["/tree", "/tree.json"],
        operation_id="readTree",
        errors=FAILURES,
        members=FACTS,
        open_query=(PARAMETER, OPTION),
    )
    async def read(
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
        cursor: NodeCursor = None,
        order: By = None,
        has_layout: HasLayout = False,
        node_members: Members = None,
        is_flat: IsFlat = False,
        at: At = None,
        if_none_match: IfNoneMatch = None,
    ) -> Response[Tree | FlatTree | SomeTree | SomeFlatTree]:
        """Unfold a map as a tree from one claim.

        A claim that is met again is a leaf that refers to its first place, so the tree
        is valid whatever the map; ids of places do not depend on what is shown. After
        ten thousand nodes no more children are shown: `next` of a node leads on.
        Parameters and options of the rule are sent as for evaluations.
        """
        asking = Asking(
            depth=levels(depth, nodes),
            children=children,
            nodes=nodes,
            focus=focus,
            under=under,
            cursor=cursor,
            order=order,
            has_layout=has_layout,
        )
        asked = chosen(request, rule)
        fields = (*node_members.split(","), *PLACE) if node_members else ()
        view = await trees.one(
            request.desk,
            map_key,
            claim_key,
            asked,
            asking,
            at,
            fields=fields,
            is_flat=is_flat,
        )
        return await answers.derived(request, view, if_none_match)
