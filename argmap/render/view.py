"""What is shown of a tree: some of its places, chosen by depth, by page or by weight.

Of a place's children the first ones are shown, in an order, so that one number says
where to go on. Premises of one relation stay together.
"""

from heapq import heappop, heappush
from math import inf
from typing import TypedDict

from argmap.errors import Malformed, Stale
from argmap.model import Map, Relation
from argmap.plugin import Evaluation
from argmap.plugin.judgement import Judgement
from argmap.render import cursor as cursors
from argmap.render.cursor import Cursor, Order
from argmap.render.places import Places, Revs

Groups = list[tuple[Relation, list[int]]]


class Shown(TypedDict, total=False):
    """What to show of a tree.

    Members:
        revs: The revision that last changed each item, if known and not in *places*.
        revision: The map's; cursors hold on to it.
        evaluation: Gives strengths and verdicts, which are null without one. So does
            the judgement that evaluations are told of.
        depth: Levels below the place that is shown first (default 3); None is all.
        children: At most so many children a node (default 50), though the premises of
            one relation stay together and one relation is always shown; None is all.
        most: Show no more children once so many nodes are there; None is all.
        nodes: At most so many nodes: those that matter most. A place matters as much as
            the product of the strengths of the relations on its way; of a relation
            about a relation, that one's own is left out, for what an undercut has taken
            away is in it no more. Of equals the nearest comes first.
        focus: The id of a place: the way there is shown, and *depth* levels below it.
        under: The id of a place: begin there, in the same tree. Default: the root.
        cursor: A node's ``next``: begin at that node, with the children that follow.
        order: ``contribution`` shows the strongest relations first; default ``map``, or
            what *cursor* says. Places and their ids are the same in both.
        layout: Say where each node is in a picture.
        places: Those of the map's tree from this root, whole, where they are at hand.
    """

    revs: Revs | None
    revision: int | None
    evaluation: Evaluation | Judgement | None
    depth: int | None
    children: int | None
    most: int | None
    nodes: int | None
    focus: str | None
    under: str | None
    cursor: str | None
    order: Order | None
    layout: bool
    places: Places | None


class View:
    """The places that are shown, level by level, and so those under one side by side.

    ``below`` has each one's children among them, ``next`` for each that has more the
    number of relations to skip.
    """

    def __init__(
        self,
        map: Map,
        root: str,
        *,
        revs: Revs | None = None,
        revision: int | None = None,
        evaluation: Evaluation | Judgement | None = None,
        depth: int | None = 3,
        children: int | None = 50,
        most: int | None = None,
        nodes: int | None = None,
        focus: str | None = None,
        under: str | None = None,
        cursor: str | None = None,
        order: Order | None = None,
        layout: bool = False,
        places: Places | None = None,
    ) -> None:
        self.map, self.revision = map, revision
        self.evaluation, self.has_layout = evaluation, layout
        page = None if cursor is None else cursors.read(cursor)
        default: Order = "map" if nodes is None else "contribution"
        self.order: Order = order or (page.order if page else default)
        if page:
            self._check(page, root)
        self.places = places = places or Places(map, root, revs)
        start = page.place if page else 0
        self.start = places.reach(start) if under is None else places.find(under)
        self.focus = self.start if focus is None else places.find(focus)
        if page and page.place != self.start:
            raise Malformed("this cursor belongs to another place", "/cursor")
        self.below = dict[int, list[int] | range]()
        self.next = dict[int, int]()
        self._skip = page.skip if page else 0
        self._limit = inf if children is None else children
        self._depth = inf if depth is None else depth
        deepest = max(places.level[self.start], places.level[self.focus])
        places.lay(deepest + self._depth)
        self._way = self._find_way()
        if nodes is None:
            self.shown = self._by_level(inf if most is None else most)
        else:
            self.shown = self._by_weight(nodes)

    def strength(self, relation: Relation) -> float | None:
        """Say how strong a relation is, where that is known."""
        return self.evaluation.carries(relation.key) if self.evaluation else None

    def cursor(self, place: int) -> str | None:
        """Say how to go on below a place, if there is more."""
        if (skip := self.next.get(place)) is None:
            return None
        root = self.places.claim[0]
        at = self.map.key, self.revision
        return cursors.write(Cursor(*at, root, self.order, place, skip))

    def above(self) -> list[int]:
        """Say of each place that is shown which of them it hangs under; first -1."""
        below = self.below
        return [
            -1,
            *(i for i, place in enumerate(self.shown) for _ in below.get(place, ())),
        ]

    def _check(self, page: Cursor, root: str) -> None:
        if page.map != self.map.key:
            raise Malformed("this cursor belongs to another map", "/cursor")
        if page.revision != self.revision:
            sent, current = f"r{page.revision}", f"r{self.revision}"
            raise Stale("map", self.map.key, sent, current)
        if (page.root, page.order) != (root, self.order):
            raise Malformed("this cursor belongs to another tree or order", "/cursor")

    def _find_way(self) -> dict[int, int]:
        """Find the way from the start to the focus: the child to go to, by place."""
        way = dict[int, int]()
        place = self.focus
        while place > self.start:
            above = self.places.parent[place]
            way[above] = place
            place = above
        if place != self.start:
            raise Malformed("this place is not below the one shown first", "/focus")
        return way

    def _groups(self, place: int) -> Groups:
        groups = self.places.groups(place)
        if self.order == "contribution":
            groups.sort(key=lambda group: -(self.strength(group[0]) or 0.0))
        return groups

    def _by_level(self, most: float) -> list[int]:
        shown, left = [self.start], dict[int, float]()
        begins, parent = self.places.children_from, self.places.parent
        for place in shown:
            if begins[place] == begins[place + 1]:
                continue  # most are leaves
            begins_here = place in (self.start, self.focus)
            left[place] = self._depth if begins_here else left[parent[place]] - 1
            skip = self._skip if place == self.start else 0
            is_full = len(shown) >= most and place != self.start
            limit = self._limit if left[place] > 0 and not is_full else 0
            if page := self._page(place, skip, limit):
                self.below[place] = page
                shown += page
        return shown

    def _page(self, place: int, skip: int, limit: float) -> list[int] | range:
        """Choose children: whole relations, one at least unless the limit is 0."""
        every = self.places.children(place)
        if not skip and len(every) <= limit and self.order == "map":
            return every
        page: list[int] = []
        wanted = self._way.get(place)
        for _, premises in self._groups(place)[skip:] if every else ():
            is_over = len(page) + len(premises) > limit
            if is_over and wanted is None and (page or not limit):
                self.next[place] = skip
                break
            page += premises
            skip += 1
            if wanted in premises:
                wanted = None
        return page

    def _by_weight(self, nodes: int) -> list[int]:
        places, start, wanted = self.places, self.start, dict(self._way)
        weight, left = {start: 1.0}, {start: self._depth}
        groups: dict[int, Groups] = {}
        below: dict[int, list[int]] = {}
        offered: list[tuple[float, int, int, int]] = []

        def offer(place: int) -> None:
            """Put a place's next relation among those that could be shown."""
            if self.next[place] >= len(groups[place]):
                del self.next[place]
                return
            relation, premises = groups[place][self.next[place]]
            if place in wanted:  # what leads to the focus comes before everything
                matters = inf
            elif left[place] > 0:
                is_about_relation = relation.target.relation is not None
                above = places.parent[place] if is_about_relation else place
                matters = weight.get(above, 1.0) * (self.strength(relation) or 0.0)
            else:
                return
            row = (-matters, places.level[place], premises[0], place)
            heappush(offered, row)

        def reach(place: int, skip: int) -> None:
            groups[place] = self._groups(place) if places.children(place) else []
            self.next[place] = skip
            offer(place)

        reach(start, self._skip)
        while offered and (len(weight) < nodes or offered[0][0] == -inf):
            matters, _, _, place = heappop(offered)
            _, premises = groups[place][self.next[place]]
            page = below.setdefault(place, [])
            size = len(page) + len(premises)
            is_over = len(weight) + len(premises) > nodes or (
                bool(page) and size > self._limit
            )
            if is_over and matters > -inf:
                continue
            page += premises
            self.next[place] += 1
            if wanted.get(place) in premises:
                del wanted[place]
            for child in premises:
                weight[child] = min(-matters, 1.0)
                is_focus = child == self.focus
                left[child] = self._depth if is_focus else left[place] - 1
                reach(child, 0)
            offer(place)
        self.below |= below
        shown = [start]
        for place in shown:
            shown += below.get(place, ())
        return shown
