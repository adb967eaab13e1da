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

from collections.abc import Mapping
from functools import cached_property
from itertools import groupby
from typing import Any, Final

from argmap.errors import NotFound
from argmap.model.items import ItemKind, Map, Relation, RelationKind, Target
from argmap.render.nodes import Reference, Side

DEEPEST = 248
"""Levels below the root that fit into JSON nested 500 deep: two for each, and four."""

NAMED = 1_000_000
"""Characters of names that are kept, about: those of deep places are long."""

_BYTES = 500
"""What a place takes in memory, about, two thirds of it once it has been told of."""

Revs = Mapping[tuple[ItemKind, str], int]
"""The revision that last changed each item, as far as that is known."""

Lead = tuple[str, int | None, RelationKind, Target, str | None, float]
"""Of the relation that leads to a place: key, rev, kind, target, group and weight."""

_NO_LEAD: Final = (None, None, None, None, None, None)  # that of the root

Told = tuple[
    str, str, int | None, str, Side | None, int, Reference | None,
    str | None, int | None, RelationKind | None, Target | None, str | None,
    float | None,
]  # fmt: skip
"""What holds at a place under every rule, and whatever of the tree is shown.

Its id, the claim's key, rev and text, its side, how many places are under it, where
the claim unfolds if not here, and what `Lead` lists: None at the root.
"""

_SIDES: Final[dict[int, Side | None]] = {1: "pro", -1: "con", 0: None}

_SIGN: dict[RelationKind, int] = {
    "support": 1,
    "rebut": -1,
    "undercut": -1,
    "rephrase": 0,
}


class Places:
    """The places of one tree, those that are laid out: at first the root alone.

    Per place: the claim there, the relation that leads to it and the place that this
    relation hangs under (none at the root), the level below the root, the sign relative
    to the root (+1 for it, -1 against it, 0 neither) and, where that level is laid
    out, where its children begin. ``first`` is the place where a claim unfolds, and
    ``told`` has what was said of places: see `tell`.

    One that is `whole` can be shared: nothing changes it but what it has told.

    Cost: O(relations of the map + places laid out).
    """

    def __init__(self, map: Map, root: str, revs: Revs | None = None) -> None:
        if root not in map.claims:
            raise NotFound("claim", root)
        self._claims, self._revs = map.claims, revs or {}
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
        self.children_from: list[int] = [1]
        self.told: dict[int, Told] = {}
        self._columns: list[tuple[Any, ...]] = []
        self._named = 0

    def whole(self) -> "Places":
        """Lay out all there is, and give this."""
        while self._grow():
            pass
        self._on_claim, self._on_relation = {}, {}  # nobody asks for them again
        return self

    def lay(self, level: float) -> None:
        """Lay out until the children of what is on a level are known."""
        while self.level[-1] <= level and self._grow():
            pass

    def find(self, name: str) -> int:
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

    def reach(self, place: int) -> int:
        """Give a place by number, laying out as many levels as that takes."""
        while place >= len(self.claim):
            if not self._grow():
                raise NotFound("place", str(place))
        return place

    @property
    def nbytes(self) -> int:
        """How much memory all this takes, about."""
        return _BYTES * len(self.claim)

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
        if self.level[place] > DEEPEST:
            return f"{self.claim[0]}__{self._step(place)}"
        steps = []
        while place and (told := self.told.get(place)) is None:
            steps.append(self._step(place))
            place = self.parent[place]
        name = told[0] if place and told else self.claim[0]
        return "_".join([name, *reversed(steps)])

    def columns(self, places: list[int]) -> list[tuple[Any, ...]]:
        """Tell of many places, parents first, in the columns of `Told`.

        That is kept while there is room, and so are the columns of all places. What is
        kept of a place above leaves little to join for the names below.
        """
        is_all = len(places) == len(self.claim) and places == [*range(len(places))]
        if is_all and self._columns:
            return self._columns
        told = [self.told.get(place) or self._kept(place) for place in places]
        columns = list(zip(*told, strict=True))
        if is_all and self._named <= NAMED:
            self._columns = columns
        return columns

    def _kept(self, place: int) -> Told:
        told = self.tell(place)
        if self._named <= NAMED:
            self.told[place] = told
            self._named += len(told[0])
        return told

    def tell(self, place: int) -> Told:
        """Say what holds at a place that is laid out, with its children."""
        key, relation = self.claim[place], self.relation[place]
        lead: Lead | tuple[None, None, None, None, None, None] = _NO_LEAD
        above = self.told.get(self.parent[place])
        if above and relation and self.level[place] <= DEEPEST:
            name = f"{above[0]}_{relation.key}_{key}"  # what `id` says, at once
        else:
            name = self.id(place)
        if relation:
            lead = (
                relation.key,
                self._revs.get(("relation", relation.key)),
                relation.kind,
                relation.target,
                relation.key if len(relation.premises) > 1 else None,
                relation.weight,
            )
        reference = None
        if (first := self.first[key]) != place:
            reference = Reference(id=self.id(first), cycle=self.is_cycle(place))
        return (
            name,
            key,
            self._revs.get(("claim", key)),
            self._claims[key].text,
            _SIDES[self.sign[place]] if place else None,
            self.children_from[place + 1] - self.children_from[place],
            reference,
            *lead,
        )

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
        claims, first = self.claim, self.first
        unfolded, known = len(self.children_from) - 1, len(claims)
        below = self.level[-1] + 1
        for place in range(unfolded, known):
            for relation in self._hanging(place):
                # A relation's premises have its own sign, so this holds for a
                # target that is a relation as well.
                sign = self.sign[place] * _SIGN[relation.kind]
                for premise in relation.premises:
                    first.setdefault(premise, len(claims))
                    claims.append(premise)
                    self.relation.append(relation)
                    self.parent.append(place)
                    self.level.append(below)
                    self.sign.append(sign)
            self.children_from.append(len(claims))
        return len(claims) > known

    def _hanging(self, place: int) -> list[Relation]:
        """List the relations that hang under a place, in the map's order."""
        claim, relation = self.claim[place], self.relation[place]
        hanging: list[Relation] = []
        if self.first[claim] == place and claim in self._on_claim:
            hanging += self._on_claim[claim]
        if relation is None or self.relation[place - 1] is relation:
            return hanging  # those about a relation hang under its first premise
        if relation.key in self._on_relation:
            hanging += self._on_relation[relation.key]
        return hanging
