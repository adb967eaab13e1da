"""A map as a valid tree of nodes, whole or in pages.

Where everything has its place is said in `argmap.render.places`; here is decided what
of it is shown. A nested tree ends where JSON gets too deep for many readers; in the
flat form each node names its parent, and there is no such end.
"""

from collections.abc import Mapping
from typing import Any, TypedDict, Unpack

from argmap.errors import Malformed, Stale, TooDeep
from argmap.model import ItemKind, Map, Relation
from argmap.plugin import Evaluation
from argmap.render import cursor as cursors
from argmap.render.cursor import Cursor, Order
from argmap.render.nodes import FlatNode, FlatTree, Node, Reference, Side, Tree, Via
from argmap.render.places import DEEPEST, Places

_SIDES: dict[int, Side | None] = {1: "pro", -1: "con", 0: None}


class Shown(TypedDict, total=False):
    """What to show of a tree.

    Members:
        revs: The revision that last changed each item, if known.
        revision: The map's; cursors hold on to it.
        evaluation: Gives strengths and verdicts, which are null without one.
        depth: Levels below the place that is shown first (default 3); None is all.
        children: At most so many children a node (default 50), though the premises of
            one relation stay together and one relation is always shown; None is all.
        under: The id of a place: begin there, in the same tree. Default: the root.
        cursor: A node's ``next``: begin at that node, with the children that follow.
        order: ``contribution`` shows the strongest relations first; default ``map``.
            Places and their ids are the same in both.
    """

    revs: Mapping[tuple[ItemKind, str], int] | None
    revision: int | None
    evaluation: Evaluation | None
    depth: int | None
    children: int | None
    under: str | None
    cursor: str | None
    order: Order


def tree(map: Map, root: str, **shown: Unpack[Shown]) -> Tree:
    """Unfold a map from one claim as a tree, however it is knotted.

    Cost: O(relations of the map + places down to one level below what is shown).

    Args:
        map: The map.
        root: The key of the claim to start from.
        shown: See `Shown`.

    Raises:
        NotFound: There is no such root or place.
        Malformed: *cursor* is none, or belongs to another place or order.
        Stale: *cursor* was made at another revision.
        TooDeep: More than 248 levels would be shown; `flat_tree` has no such limit.

    >>> m = Map.of(["tram", "cost"], rebuts=[("cost", "tram")])
    >>> node = tree(m, "tram").root.children[0]
    >>> node.id, node.side, node.child_count
    ('tram_r1_cost', 'con', 0)
    """
    view = _View(map, root, **shown)
    level = view.places.level
    if level[view.shown[-1]] - level[view.shown[0]] > DEEPEST:
        raise TooDeep(DEEPEST)
    nodes: dict[int, Node] = {}
    for place in reversed(view.shown):
        children = tuple(nodes.pop(child) for child in view.below.get(place, ()))
        nodes[place] = Node(**view.facts(place), children=children)
    return Tree(
        map=map.key,
        revision=view.revision,
        rule=view.rule,
        root=nodes[view.shown[0]],
    )


def flat_tree(map: Map, root: str, **shown: Unpack[Shown]) -> FlatTree:
    """Unfold a map as `tree` does, into a list: parents first, level by level.

    >>> m = Map.of(["tram", "cost"], rebuts=[("cost", "tram")])
    >>> [(node.claim, node.parent) for node in flat_tree(m, "tram").nodes]
    [('tram', None), ('cost', 'tram')]
    """
    view = _View(map, root, **shown)
    above = {child: place for place, below in view.below.items() for child in below}
    return FlatTree(
        map=map.key,
        revision=view.revision,
        rule=view.rule,
        nodes=tuple(
            FlatNode(
                **view.facts(place),
                parent=view.places.id(above[place]) if place in above else None,
            )
            for place in view.shown
        ),
    )


class _View:
    """The places that are shown, and (``below``) each one's children among them."""

    def __init__(
        self,
        map: Map,
        root: str,
        *,
        revs: Mapping[tuple[ItemKind, str], int] | None = None,
        revision: int | None = None,
        evaluation: Evaluation | None = None,
        depth: int | None = 3,
        children: int | None = 50,
        under: str | None = None,
        cursor: str | None = None,
        order: Order = "map",
    ) -> None:
        self.map, self.revs, self.revision = map, revs or {}, revision
        self.evaluation = evaluation
        self.rule = evaluation.rule if evaluation else None
        self.by = order
        page = None if cursor is None else self._read(cursor, root)
        self.places = Places(
            map, root, under=under, place=page.place if page else 0, depth=depth
        )
        start = self.places.start
        if page and page.place != start:
            raise Malformed("this cursor belongs to another place", "/cursor")
        self.shown, self.below = [start], dict[int, list[int]]()
        self._next: dict[int, int] = {}
        level = self.places.level
        for place in self.shown:
            skip = page.skip if page and place == start else 0
            if depth is None or level[place] - level[start] < depth:
                self._show(place, skip, children)
                self.shown += self.below.get(place, ())
            elif self.places.children(place):
                self._next[place] = skip

    def _show(self, place: int, skip: int, limit: int | None) -> None:
        """Choose a page of children: whole relations, at least one."""
        groups = self.places.groups(place)
        if self.by == "contribution":
            groups.sort(key=lambda group: -(self._strength(group[0]) or 0.0))
        page: list[int] = []
        for _, premises in groups[skip:]:
            if limit is not None and page and len(page) + len(premises) > limit:
                self._next[place] = skip
                break
            page += premises
            skip += 1
        if page:
            self.below[place] = page

    def facts(self, place: int) -> dict[str, Any]:
        """Say of a place what `argmap.render.nodes.Facts` lists."""
        key = self.places.claim[place]
        scored = self.evaluation.claims[key] if self.evaluation else None
        count = len(self.places.children(place))
        first = self.places.first[key]
        return {
            "id": self.places.id(place),
            "claim": key,
            "rev": self.revs.get(("claim", key)),
            "text": self.map.claims[key].text,
            "strength": scored.strength if scored else None,
            "verdict": scored.verdict if scored else None,
            "side": _SIDES[self.places.sign[place]] if place else None,
            "via": self._via(place),
            "child_count": count,
            "hidden": count - len(self.below.get(place, ())),
            "next": self._cursor(place),
            "reference_to": Reference(
                id=self.places.id(first), cycle=self.places.is_cycle(place)
            )
            if first != place
            else None,
        }

    def _via(self, place: int) -> Via | None:
        relation = self.places.relation[place]
        if relation is None:
            return None
        return Via(
            relation=relation.key,
            rev=self.revs.get(("relation", relation.key)),
            kind=relation.kind,
            target=relation.target,
            group=relation.key if len(relation.premises) > 1 else None,
            weight=relation.weight,
            strength=self._strength(relation),
        )

    def _strength(self, relation: Relation) -> float | None:
        if self.evaluation is None:
            return None
        return self.evaluation.relations[relation.key]

    def _cursor(self, place: int) -> str | None:
        if place not in self._next:
            return None
        root = self.places.claim[0]
        return cursors.write(
            Cursor(self.revision, root, self.by, place, self._next[place])
        )

    def _read(self, text: str, root: str) -> Cursor:
        cursor = cursors.read(text)
        if cursor.revision != self.revision:
            sent, current = f"r{cursor.revision}", f"r{self.revision}"
            raise Stale("map", self.map.key, sent, current)
        if (cursor.root, cursor.order) != (root, self.by):
            raise Malformed("this cursor belongs to another tree or order", "/cursor")
        return cursor
