"""The tree of a map from one claim, as JSON: nested, or flat."""

from typing import Final

import msgspec
from msgspec import Struct

from argmap.errors import NotFound
from argmap.render import cursor as cursors
from argmap.render.cursor import Order
from argmap.render.tree import Shown, flat_tree, tree
from argmap.service import evaluations
from argmap.service.desk import Desk
from argmap.service.evaluations import Asked
from argmap.service.views import View, view

MOST: Final = 10_000
"""Nodes of a tree after which it shows no more children: `next` leads on from there."""


class Asking(Struct, frozen=True, kw_only=True):
    """What of a tree is asked for: see `argmap.render.tree.Shown`."""

    depth: int | None = 3
    children: int | None = 50
    under: str | None = None
    cursor: str | None = None
    order: Order = "map"
    is_flat: bool = False


async def one(
    desk: Desk,
    map: str,
    claim: str,
    asked: Asked,
    asking: Asking,
    at: int | None = None,
) -> View:
    """View a map as a tree. A cursor takes the revision that it was made at.

    Raises:
        Malformed: The cursor is none.
        NotFound: There is no such map, revision or claim.
    """
    if asking.cursor is not None:
        at = cursors.read(asking.cursor).revision or at
    snapshot = await desk.snapshot(map, at)
    if claim not in snapshot.map.claims:
        raise NotFound("claim", claim)

    def make() -> bytes:
        shown: Shown = {
            "revs": snapshot.revs,
            "revision": snapshot.revision,
            "evaluation": evaluations.run(snapshot, asked),
            "depth": asking.depth,
            "children": asking.children,
            "most": MOST,
            "under": asking.under,
            "cursor": asking.cursor,
            "order": asking.order,
        }
        draw = flat_tree if asking.is_flat else tree
        return msgspec.json.encode(draw(snapshot.map, claim, **shown))

    key = ("tree.json", claim, asking, *asked.key)
    return view(desk, snapshot, key, make, asked.rule)
