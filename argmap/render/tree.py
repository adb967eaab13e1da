"""A map as a valid tree of nodes, whole or in pages.

Where everything has its place is said in `argmap.render.places`, and what of it is
shown in `argmap.render.view`. A nested tree ends where JSON gets too deep for many
readers; in the flat form each node names its parent, and there is no such end.
"""

from collections.abc import Callable, Collection
from typing import Any, Unpack

from msgspec import Struct

from argmap.errors import TooDeep
from argmap.model import Map
from argmap.render.boxes import arrange
from argmap.render.nodes import (
    FACTS,
    FlatNode,
    FlatTree,
    Node,
    SomeFlatNode,
    SomeFlatTree,
    SomeNode,
    SomeTree,
    Tree,
    Via,
)
from argmap.render.places import DEEPEST
from argmap.render.view import Shown, View


def tree(map: Map, root: str, **shown: Unpack[Shown]) -> Tree:
    """Unfold a map from one claim as a tree, however it is knotted.

    Cost: O(relations of the map + places down to one level below what is shown).

    Args:
        map: The map.
        root: The key of the claim to start from.
        shown: See `argmap.render.view.Shown`.

    Raises:
        NotFound: There is no such root or place.
        Malformed: *cursor* is none, or belongs to another place or order; *focus* is
            not below the place that is shown first.
        Stale: *cursor* was made at another revision.
        TooDeep: More than 248 levels would be shown; `flat_tree` has no such limit.

    >>> m = Map.of(["tram", "cost"], rebuts=[("cost", "tram")])
    >>> node = tree(m, "tram").root.children[0]
    >>> node.id, node.side, node.child_count
    ('tram_r1_cost', 'con', 0)
    """
    view = View(map, root, **shown)
    return Tree(**_header(view), root=_nested(view, _maker(view, Node)))


def some_tree(
    map: Map, root: str, fields: Collection[str], **shown: Unpack[Shown]
) -> SomeTree:
    """Unfold a map as `tree` does, with those members of nodes that *fields* name."""
    view = View(map, root, **shown)
    return SomeTree(**_header(view), root=_nested(view, _maker(view, SomeNode, fields)))


def flat_tree(map: Map, root: str, **shown: Unpack[Shown]) -> FlatTree:
    """Unfold a map as `tree` does, into a list: parents first, level by level.

    >>> m = Map.of(["tram", "cost"], rebuts=[("cost", "tram")])
    >>> [(node.claim, node.parent) for node in flat_tree(m, "tram").nodes]
    [('tram', None), ('cost', 'tram')]
    """
    view = View(map, root, **shown)
    return FlatTree(**_header(view), nodes=_flat(view, _maker(view, FlatNode)))


def some_flat_tree(
    map: Map, root: str, fields: Collection[str], **shown: Unpack[Shown]
) -> SomeFlatTree:
    """Unfold a map as `flat_tree` does, with some members of nodes."""
    view = View(map, root, **shown)
    return SomeFlatTree(
        **_header(view), nodes=_flat(view, _maker(view, SomeFlatNode, fields))
    )


Maker = Callable[[int, Any], Any]
"""Makes the node of a place, of what its kind has beside the facts."""


def _header(view: View) -> dict[str, Any]:
    rule = view.evaluation.rule if view.evaluation else None
    return {
        "map": view.map.key,
        "revision": view.revision,
        "rule": rule,
        "language": view.map.language,
    }


def _nested(view: View, make: Maker) -> Any:
    level, below = view.places.level, view.below
    if level[view.shown[-1]] - level[view.start] > DEEPEST:
        raise TooDeep(DEEPEST)
    view.places.tell_all(view.shown)
    nodes: dict[int, Any] = {}
    for place in reversed(view.shown):
        under = below.get(place)
        children = tuple([nodes.pop(child) for child in under]) if under else ()
        nodes[place] = make(place, children)
    return nodes[view.start]


def _flat(view: View, make: Maker) -> Any:
    above = {child: place for place, below in view.below.items() for child in below}
    id_ = view.places.id
    view.places.tell_all(view.shown)
    return tuple(
        make(place, id_(above[place]) if place in above else None)
        for place in view.shown
    )


def _maker(
    view: View, kind: type[Struct], fields: Collection[str] | None = None
) -> Maker:
    boxes = _boxes(view) if view.has_layout else None
    if fields is None and boxes is None:
        return _whole(view, kind)
    kept = {"id", *(FACTS if fields is None else fields)}
    last = "children" if "children" in kind.__struct_fields__ else "parent"
    facts = _whole(view, lambda *said: dict(zip((*FACTS, last), said, strict=True)))

    def make(place: int, beside: Any) -> Any:
        said = facts(place, beside)
        members = {name: said[name] for name in said if name in kept or name == last}
        return kind(**members, **(boxes[place] if boxes else {}))

    return make


def _whole(view: View, kind: Callable[..., Any]) -> Maker:
    """Make what gives *kind* what `argmap.render.nodes.Facts` lists, in its order.

    It is called for every node, so it looks nothing up twice.
    """
    scores = view.evaluation.claims if view.evaluation else {}
    strengths = view.evaluation.relations if view.evaluation else {}
    told, tell, below = view.places.told, view.places.tell, view.below

    def make(place: int, beside: Any) -> Any:
        id_, key, rev, text, side, lead, count, reference = told.get(place) or tell(
            place
        )
        scored = scores.get(key)
        return kind(
            id_,
            key,
            rev,
            text,
            scored.strength if scored else None,
            scored.verdict if scored else None,
            side,
            Via(*lead, strengths.get(lead[0])) if lead else None,
            count,
            count - len(below.get(place, ())) if count else 0,
            view.cursor(place) if place in view.next else None,
            reference,
            beside,
        )

    return make


def _boxes(view: View) -> dict[int, dict[str, float]]:
    """Say where the boxes of the places that are shown are."""
    index = {place: i for i, place in enumerate(view.shown)}
    parents = [-1] * len(index)
    for place, below in view.below.items():
        for child in below:
            parents[index[child]] = index[place]
    claims, claim = view.map.claims, view.places.claim
    boxes = arrange(parents, [claims[claim[place]].text for place in view.shown])
    return {
        place: {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
        for place, box in zip(view.shown, boxes, strict=True)
    }
