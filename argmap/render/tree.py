"""A map as a valid tree of nodes, whole or in pages.

Where everything has its place is said in `argmap.render.places`, and what of it is
shown in `argmap.render.view`. A nested tree ends where JSON gets too deep for many
readers; in the flat form each node names its parent, and there is no such end.
"""

from collections.abc import Collection
from typing import Any, Final, Unpack

from argmap.errors import TooDeep
from argmap.model import Map, Relation
from argmap.render.boxes import arrange
from argmap.render.nodes import (
    FlatNode,
    FlatTree,
    Node,
    Reference,
    Side,
    SomeFlatNode,
    SomeFlatTree,
    SomeNode,
    SomeTree,
    Tree,
    Via,
)
from argmap.render.places import DEEPEST
from argmap.render.view import Shown, View

_SIDES: Final[dict[int, Side | None]] = {1: "pro", -1: "con", 0: None}


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
    return Tree(**_header(view), root=_nested(view, Node, _facts(view)))


def some_tree(
    map: Map, root: str, fields: Collection[str], **shown: Unpack[Shown]
) -> SomeTree:
    """Unfold a map as `tree` does, with those members of nodes that *fields* name."""
    view = View(map, root, **shown)
    facts = _some(_facts(view), fields)
    return SomeTree(**_header(view), root=_nested(view, SomeNode, facts))


def flat_tree(map: Map, root: str, **shown: Unpack[Shown]) -> FlatTree:
    """Unfold a map as `tree` does, into a list: parents first, level by level.

    >>> m = Map.of(["tram", "cost"], rebuts=[("cost", "tram")])
    >>> [(node.claim, node.parent) for node in flat_tree(m, "tram").nodes]
    [('tram', None), ('cost', 'tram')]
    """
    view = View(map, root, **shown)
    return FlatTree(**_header(view), nodes=_flat(view, FlatNode, _facts(view)))


def some_flat_tree(
    map: Map, root: str, fields: Collection[str], **shown: Unpack[Shown]
) -> SomeFlatTree:
    """Unfold a map as `flat_tree` does, with some members of nodes."""
    view = View(map, root, **shown)
    facts = _some(_facts(view), fields)
    return SomeFlatTree(**_header(view), nodes=_flat(view, SomeFlatNode, facts))


Facts = list[dict[str, Any]]
"""What `argmap.render.nodes.Facts` lists, for each place that is shown, in order."""


def _header(view: View) -> dict[str, Any]:
    rule = view.evaluation.rule if view.evaluation else None
    return {"map": view.map.key, "revision": view.revision, "rule": rule}


def _nested(view: View, kind: type, facts: Facts) -> Any:
    level, below = view.places.level, view.below
    if level[view.shown[-1]] - level[view.start] > DEEPEST:
        raise TooDeep(DEEPEST)
    nodes: dict[int, Any] = {}
    for place, said in zip(reversed(view.shown), reversed(facts), strict=True):
        children = below.get(place)
        said["children"] = (
            tuple([nodes.pop(child) for child in children]) if children else ()
        )
        nodes[place] = kind(**said)
    return nodes[view.start]


def _flat(view: View, kind: type, facts: Facts) -> Any:
    above = {child: place for place, below in view.below.items() for child in below}
    nodes = []
    for place, said in zip(view.shown, facts, strict=True):
        said["parent"] = view.places.id(above[place]) if place in above else None
        nodes.append(kind(**said))
    return tuple(nodes)


def _some(facts: Facts, fields: Collection[str]) -> Facts:
    kept = {"id", *fields}
    return [{name: said[name] for name in said if name in kept} for said in facts]


def _facts(view: View) -> Facts:
    """Say of each place that is shown what there is to say. Called for every node."""
    places, claims, revs = view.places, view.map.claims, view.revs
    scores = view.evaluation.claims if view.evaluation else {}
    below: Any = view.below
    facts: Facts = []
    for place in view.shown:
        key = places.claim[place]
        scored = scores.get(key)
        relation = places.relation[place]
        count = len(places.children(place))
        first = places.first[key]
        facts.append(
            {
                "id": places.id(place),
                "claim": key,
                "rev": revs.get(("claim", key)),
                "text": claims[key].text,
                "strength": scored.strength if scored else None,
                "verdict": scored.verdict if scored else None,
                "side": _SIDES[places.sign[place]] if place else None,
                "via": _via(view, relation) if relation else None,
                "child_count": count,
                "hidden": count - len(below.get(place, ())) if count else 0,
                "next": view.cursor(place) if place in view.next else None,
                "reference_to": Reference(
                    id=places.id(first), cycle=places.is_cycle(place)
                )
                if first != place
                else None,
            }
        )
    if view.has_layout:
        _lay_out(view, facts)
    return facts


def _via(view: View, relation: Relation) -> Via:
    return Via(
        relation=relation.key,
        rev=view.revs.get(("relation", relation.key)),
        kind=relation.kind,
        target=relation.target,
        group=relation.key if len(relation.premises) > 1 else None,
        weight=relation.weight,
        strength=view.strength(relation),
    )


def _lay_out(view: View, facts: Facts) -> None:
    index = {place: i for i, place in enumerate(view.shown)}
    parents = [-1] * len(index)
    for place, below in view.below.items():
        for child in below:
            parents[index[child]] = index[place]
    boxes = arrange(parents, [said["text"] for said in facts])
    for said, box in zip(facts, boxes, strict=True):
        said |= {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
