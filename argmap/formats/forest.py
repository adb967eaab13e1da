"""A map as an outline: each claim once with what is about it, then as a reference.

For formats that hold trees. The roots are the claims under debate, else those that
serve no relation; what no root leads to, in cycles say, comes last with roots of its
own. Nothing recurses.
"""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from argmap.model import Map, Relation

ALL = ("support", "rebut", "undercut", "rephrase")


class Line(NamedTuple):
    """A line of an outline: a root, or a premise of a relation to the line above it.

    ``is_reference`` says that the claim unfolds elsewhere, ``on_relation`` that the
    relation is about the relation of the line above, not about its claim.
    """

    depth: int
    claim: str
    relation: Relation | None
    is_reference: bool
    on_relation: bool = False


def outline(
    map: Map,
    kinds: Collection[str] = ALL,
    deepest: int | None = None,
    *,
    on_relations: bool = True,
) -> Iterator[Line]:
    """List the lines of a map's outline, depth first. O(claims + relations).

    Args:
        map: The map.
        kinds: Of relations that are followed.
        on_relations: Whether those about relations are.
        deepest: The level from which on claims unfold as roots of their own.

    >>> m = Map.of("ab", rebuts=[("b", "a")])
    >>> [(line.depth, line.claim) for line in outline(m)]
    [(0, 'a'), (1, 'b')]
    """
    about: dict[str, list[Relation]] = {}
    on: dict[str, list[Relation]] = {}
    for relation in map.relations.values():
        if relation.kind in kinds:
            claim, other = relation.target.claim, relation.target.relation
            if claim is not None:
                about.setdefault(claim, []).append(relation)
            elif other is not None and on_relations:
                on.setdefault(other, []).append(relation)
    seen: set[str] = set()
    later: list[str] = []
    serving = {
        premise
        for relations in (*about.values(), *on.values())
        for relation in relations
        for premise in relation.premises
    }
    for root in _roots(map, serving, seen, later):
        if root in seen:
            continue
        waiting = [Line(0, root, None, False)]
        while waiting:
            line = waiting.pop()
            is_reference = line.claim in seen
            if not is_reference and deepest is not None and line.depth >= deepest:
                later.append(line.claim)
                is_reference = True
            yield line._replace(is_reference=is_reference)
            if not is_reference:
                seen.add(line.claim)
            below = [] if is_reference else about.get(line.claim, [])
            cuts = on.get(line.relation.key, []) if line.relation else []
            if line.relation and line.relation.premises[0] != line.claim:
                cuts = []  # they stand under the first of several premises
            waiting += [
                Line(line.depth + 1, premise, relation, False, on_relation)
                for relations, on_relation in ((cuts, True), (below, False))
                for relation in reversed(relations)
                for premise in reversed(relation.premises)
            ]


def _roots(
    map: Map, serving: set[str], seen: set[str], later: list[str]
) -> Iterator[str]:
    """Name roots, while what they lead to is being seen."""
    first = map.targets or tuple(key for key in map.claims if key not in serving)
    for roots in (first, map.claims):
        for root in roots:
            yield root
            while later:
                if (claim := later.pop(0)) not in seen:
                    yield claim
