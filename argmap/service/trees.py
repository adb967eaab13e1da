"""The tree of a map from one claim: as JSON, nested or flat, and as pictures."""

from collections.abc import Callable, Hashable
from typing import Final

import msgspec
from msgspec import Struct

from argmap.errors import Malformed, NotFound
from argmap.model import Map
from argmap.render import cursor as cursors
from argmap.render.cursor import Order
from argmap.render.palette import Fixed
from argmap.render.pictures import PICTURES, Suffix
from argmap.render.places import Places
from argmap.render.png import png
from argmap.render.tree import flat_tree, some_flat_tree, some_tree, tree
from argmap.render.view import Shown
from argmap.service import evaluations, pages
from argmap.service.desk import Desk
from argmap.service.evaluations import Asked
from argmap.service.views import View, view

MOST: Final = 10_000
"""Nodes of a tree after which it shows no more children: `next` leads on from there."""


class Asking(Struct, frozen=True, kw_only=True):
    """What of a tree is asked for: see `argmap.render.view.Shown`."""

    depth: int | None = 3
    children: int | None = 50
    nodes: int | None = None
    focus: str | None = None
    under: str | None = None
    cursor: str | None = None
    order: Order | None = None
    has_layout: bool = False


async def one(
    desk: Desk,
    map: str,
    claim: str,
    asked: Asked,
    asking: Asking,
    at: int | None = None,
    *,
    fields: tuple[str, ...] = (),
    is_flat: bool = False,
) -> View:
    """View a map as a tree. A cursor takes the revision that it was made at.

    *fields* are the members that nodes have; all of them if none is named.

    Raises:
        Malformed: The cursor is none of this map, or not of the revision *at*.
        NotFound: There is no such map, revision or claim.
    """

    def make(map: Map, shown: Shown) -> bytes:
        if fields:
            some = some_flat_tree if is_flat else some_tree
            return msgspec.json.encode(some(map, claim, fields, **shown))
        whole = flat_tree if is_flat else tree
        return msgspec.json.encode(whole(map, claim, **shown))

    form = ("tree.json", fields, is_flat)
    return await _view(desk, map, claim, asked, asking, at, form, make)


async def picture(
    desk: Desk,
    map: str,
    claim: str,
    asked: Asked,
    asking: Asking,
    suffix: Suffix,
    at: int | None = None,
) -> View:
    """View a map as a picture of a tree, in one of the forms that are text."""
    draw = PICTURES[suffix].draw

    def make(map: Map, shown: Shown) -> bytes:
        return draw(flat_tree(map, claim, **shown)).encode()

    return await _view(desk, map, claim, asked, asking, at, (suffix,), make)


async def bitmap(
    desk: Desk,
    map: str,
    claim: str,
    asked: Asked,
    asking: Asking,
    theme: Fixed,
    scale: float | None,
    at: int | None = None,
) -> View:
    """View a map as a PNG of a tree."""

    def make(map: Map, shown: Shown) -> bytes:
        return png(flat_tree(map, claim, **shown), theme, scale)

    form = ("png", theme, scale)
    return await _view(desk, map, claim, asked, asking, at, form, make)


async def _view(
    desk: Desk,
    map: str,
    claim: str,
    asked: Asked,
    asking: Asking,
    at: int | None,
    form: tuple[Hashable, ...],
    make: Callable[[Map, Shown], bytes],
) -> View:
    if asking.cursor is not None:
        page = cursors.read(asking.cursor)
        if page.map != map:
            raise Malformed("this cursor belongs to another map", "/cursor")
        pages.check(page.revision, at)
        at = page.revision
    snapshot = await desk.snapshot(map, at)
    if claim not in snapshot.map.claims:
        raise NotFound("claim", claim)

    def places() -> Places:
        return Places(snapshot.map, claim, snapshot.revs.whole()).whole()

    def made() -> bytes:
        shown: Shown = {
            "revision": snapshot.revision,
            "evaluation": evaluations.judgement(snapshot, asked),
            "depth": asking.depth,
            "children": asking.children,
            "most": MOST,
            "nodes": asking.nodes,
            "focus": asking.focus,
            "under": asking.under,
            "cursor": asking.cursor,
            "order": asking.order,
            "layout": asking.has_layout,
            "places": snapshot.derive(("places", claim), places),
        }
        return make(snapshot.map, shown)

    return view(desk, snapshot, (*form, claim, asking, *asked.key), made, asked.rule)
