"""What bears on what in a map, over any number of relations."""

from collections.abc import Iterable

from argmap.model import Map, Relation


def end(map: Map, relation: Relation) -> str:
    """Follow undercuts and backing to the claim that a relation is about in the end."""
    while relation.target.claim is None:
        relation = map.relations[relation.target.relation or ""]
    return relation.target.claim


def upstream(map: Map, claims: Iterable[str]) -> set[str]:
    """Give these claims and all that bear on them."""
    return _closed(claims, [(end(map, r), r.premises) for r in map.relations.values()])


def downstream(map: Map, claims: Iterable[str]) -> set[str]:
    """Give these claims and all that they bear on."""
    relations = map.relations.values()
    return _closed(claims, [(p, [end(map, r)]) for r in relations for p in r.premises])


def _closed(start: Iterable[str], steps: list[tuple[str, Iterable[str]]]) -> set[str]:
    found: set[str] = set()
    waiting = list(start)
    while waiting:
        if (claim := waiting.pop()) not in found:
            found.add(claim)
            waiting += (k for left, right in steps if left == claim for k in right)
    return found
