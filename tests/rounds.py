"""A plain reference of labelling rules: rounds of the definition, all open at first.

A relation is "sure" to stand, "open", or "never" stands; a claim is in, undecided, out.
"""

from collections.abc import Callable

from argmap.model import Map

States = dict[str, str]


def labels(map: Map, judge: Callable[[str, States], str]) -> States:
    """Repeat until nothing changes: *judge* labels a claim by the relations' states."""
    claims = dict.fromkeys(map.claims, "undecided")
    states = dict.fromkeys(map.relations, "open")
    while True:
        now = (
            {key: _state(map, key, claims, states) for key in states},
            {key: judge(key, states) for key in claims},
        )
        if now == (states, claims):
            return claims
        states, claims = now


def on(map: Map, claim: str, kind: str) -> list[str]:
    """List the relations of a kind that target a claim."""
    return [
        r.key
        for r in map.relations.values()
        if r.kind == kind and r.target.claim == claim
    ]


def _state(map: Map, key: str, claims: States, states: States) -> str:
    relation = map.relations[key]
    premises = {claims[premise] for premise in relation.premises}
    cutters = {states[cutter] for cutter in _cutters(map, key)}
    if relation.weight == 0 or "out" in premises or "sure" in cutters:
        return "never"
    if premises == {"in"} and cutters <= {"never"}:
        return "sure"
    return "open"


def _cutters(map: Map, key: str) -> list[str]:
    """List the undercuts of a relation; if it is one, the backers of what it cuts."""

    def of(relation: str | None, kind: str) -> list[str]:
        return [
            r.key
            for r in map.relations.values()
            if r.kind == kind and relation and r.target.relation == relation
        ]

    relation = map.relations[key]
    is_undercut = relation.kind == "undercut"
    backers = of(relation.target.relation, "support") if is_undercut else []
    return of(key, "undercut") + backers
