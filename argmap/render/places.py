"""The places of a map's tree, without page or limit, as arrays.

A map is no tree: claims are shared, and cycles are legal. It has exactly one tree per
root all the same, once two things are agreed. A relation hangs under what it targets: a
claim, or, where it undercuts or backs a relation, that relation's first premise. And a
claim unfolds only at its first place, breadth-first and in the map's order; wherever
else it is met it refers to that place. So every relation that the root can reach has
one place per premise and no more, and the whole has as many places as the relations
have premises, plus one. All four kinds of relation hang there: a tree that left out
rephrases would hide claims.

Places are numbered breadth-first. The numbers depend on map and root alone, never on
what is shown of the tree, and every place's children follow each other. Nothing here
recurses: a chain of 100,000 claims is 100,000 places deep.
"""

from collections.abc import Iterable
from functools import cached_property
from itertools import groupby

from argmap.errors import NotFound
from argmap.model.items import Map, Relation, RelationKind

DEEPEST = 248
"""Levels below the root that fit into JSON nested 500 deep: two for each, and four."""

_SIGN: dict[RelationKind, int] = {
    "support": 1,
    "rebut": -1,
    "undercut": -1,
    "rephrase": 0,
}


class Places:
    """The places of one tree, laid out until *depth* levels under two are known.

    ``start`` is the one that *under* names, or of number *place*, else the root, which
    is 0; ``focus`` is the one that *focus* names, else the start. Per place: the claim
    there, the relation that leads to it and the place that this relation hangs under
    (none at the root), the level below the root, the sign relative to the root (+1 for
    it, -1 against it, 0 neither) and, one number longer, where its children begin.
    ``ids`` has the names that are known: see `id`.

    Cost: O(relations of the map + places laid out).
    """

    def __init__(
        self,
        map: Map,
        root: str,
        *,
        under: str | None = None,
        place: int = 0,
        focus: str | None = None,
        depth: int | None = None,
    ) -> None:
        if root not in map.claims:
            raise NotFound("claim", root)
        self._on_claim: dict[str, list[Relation]] = {}
        self._on_relation: dict[str, list[Relation]] = {}
        for relation in map.relations.values():
            if relation.target.claim is not None:
                self._on_claim.setdefault(relation.target.claim, []).append(relation)
            elif relation.target.relation is not None:
                self._on_relation.setdefault(relation.target.relation, []).append(
                    relation
                )
        self.claim: list[str] = [root]
        self.relation: list[Relation | None] = [None]
        self.parent: list[int] = [0]
        self.level: list[int] = [0]
        self.sign: list[int] = [1]
        self.first: dict[str, int] = {root: 0}
        self.children_from: list[int] = []
        self.ids: dict[int, str] = {0: root}
        self.start = place if under is None else self._find(under)
        while self.start >= len(self.claim) and self._grow():
            pass
        if self.start >= len(self.claim):
            raise NotFound("place", str(place))
        self.focus = self.start if focus is None else self._find(focus)
        level = max(self.level[self.start], self.level[self.focus])
        deepest = None if depth is None else level + depth
        while (deepest is None or self.level[-1] <= deepest) and self._grow():
            pass
        self.children_from.append(len(self.claim))

    def children(self, place: int) -> range:
        """List the places under one, those of one relation side by side."""
        return range(self.children_from[place], self.children_from[place + 1])

    def groups(self, place: int) -> list[tuple[Relation, list[int]]]:
        """Group the places under one by the relation that leads to them."""
        return [
            (relation, list(group))
            for relation, group in groupby(
                self.children(place), key=self.relation.__getitem__
            )
            if relation is not None
        ]

    def id(self, place: int) -> str:
        """Name a place: its root, then relation and claim in turn, joined by ``_``.

        Deeper than ``DEEPEST`` the steps between are left out: ``root__relation_claim``
        is as unique (a relation hangs once in a tree), and the ids of a long chain do
        not grow with its square.
        """
        ids = self.ids
        if (name := ids.get(place)) is not None:
            return name
        if self.level[place] > DEEPEST:
            return f"{self.claim[0]}__{self._step(place)}"
        unnamed = []
        while place not in ids:
            unnamed.append(place)
            place = self.parent[place]
        name = ids[place]
        for below in reversed(unnamed):
            name = ids[below] = f"{name}_{self._step(below)}"
        return name

    def name(self, places: Iterable[int]) -> None:
        """Name many places at once, parents first: `id` then knows them."""
        ids, claim, relations = self.ids, self.claim, self.relation
        for place in places:
            above = ids.get(self.parent[place])
            relation = relations[place]
            if above and relation and self.level[place] <= DEEPEST:
                ids[place] = f"{above}_{relation.key}_{claim[place]}"

    def is_cycle(self, place: int) -> bool:
        """Say whether the claim at a place is met again below its own first place."""
        order, size = self._preorder
        above = self.first[self.claim[place]]
        return order[above] < order[place] < order[above] + size[above]

    @cached_property
    def _preorder(self) -> tuple[list[int], list[int]]:
        """Number the places depth-first, and count those at and under each."""
        places = range(len(self.claim))
        size = [1] * len(places)
        for place in reversed(places[1:]):
            size[self.parent[place]] += size[place]
        order, following = [0] * len(places), [1] * len(places)
        for place in places[1:]:
            above = self.parent[place]
            order[place] = following[above]
            following[above] += size[place]
            following[place] = order[place] + 1
        return order, size

    def _step(self, place: int) -> str:
        relation = self.relation[place]
        return f"{relation.key if relation else ''}_{self.claim[place]}"

    def _grow(self) -> bool:
        """Lay out what hangs under the deepest level, one more; False at the end."""
        unfolded, known = len(self.children_from), len(self.claim)
        for place in range(unfolded, known):
            self.children_from.append(len(self.claim))
            for relation in self._hanging(place):
                # A relation's premises have its own sign, so this holds for a
                # target that is a relation as well.
                sign = self.sign[place] * _SIGN[relation.kind]
                for premise in relation.premises:
                    self.first.setdefault(premise, len(self.claim))
                    self.claim.append(premise)
                    self.relation.append(relation)
                    self.parent.append(place)
                    self.level.append(self.level[place] + 1)
                    self.sign.append(sign)
        return len(self.claim) > known

    def _hanging(self, place: int) -> list[Relation]:
        """List the relations that hang under a place, in the map's order."""
        claim, relation = self.claim[place], self.relation[place]
        hanging: list[Relation] = []
        if self.first[claim] == place:
            hanging += self._on_claim.get(claim, ())
        if relation is not None and self.relation[place - 1] is not relation:
            hanging += self._on_relation.get(relation.key, ())
        return hanging

    def _find(self, name: str) -> int:
        """Find the place of an id, laying out as many levels as that takes."""
        step = "_".join(name.split("_")[-2:]) if "_" in name else f"_{name}"
        known = 0
        while True:
            for place in range(known, len(self.claim)):
                if self._step(place) == step and self.id(place) == name:
                    return place
            known = len(self.claim)
            if not self._grow():
                raise NotFound("place", name)
