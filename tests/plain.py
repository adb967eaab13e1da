"""A plain reference of the modular rules: slow, short, independent of the engine."""

import math
from collections.abc import Callable

from argmap.model.items import Map, Relation

Floats = dict[str, float]


def _sum(attacks: list[float], supports: list[float]) -> float:
    return sum(supports) - sum(attacks)


def _product(attacks: list[float], supports: list[float]) -> float:
    return math.prod(1 - v for v in attacks) - math.prod(1 - v for v in supports)


def _top(attacks: list[float], supports: list[float]) -> float:
    return max([0.0, *supports]) - max([0.0, *attacks])


def _linear(w: float, x: float) -> float:
    return w + x * (1 - w) if x > 0 else w + x * w


def _quadratic(w: float, x: float) -> float:
    h = x * x / (1 + x * x)
    return w + (1 - w) * h if x > 0 else w - w * h


def _euler(w: float, x: float) -> float:
    return 1 - (1 - w * w) / (1 + w * math.exp(x))


def _mlp(w: float, x: float) -> float:
    if w in (0, 1):
        return w
    return 1 / (1 + math.exp(-math.log(w / (1 - w)) - x))


Aggregate = Callable[[list[float], list[float]], float]
Influence = Callable[[float, float], float]

RULES: dict[str, tuple[Aggregate, Influence]] = {
    "df-quad": (_product, _linear),
    "quadratic-energy": (_sum, _quadratic),
    "euler-based": (_sum, _euler),
    "euler-based-top": (_top, _euler),
    "mlp-based": (_sum, _mlp),
}


def strengths(map_: Map, rule: str, default: float = 0.5) -> Floats:
    """Repeat the definition until nothing changes: for maps without cycles."""
    bases = {
        key: default if claim.base_score is None else claim.base_score
        for key, claim in map_.claims.items()
    }
    state = dict(bases)
    while (after := step(map_, rule, bases, state)) != state:
        state = after
    return state


def step(map_: Map, rule: str, bases: Floats, state: Floats) -> Floats:
    """Evaluate every claim once."""
    aggregate, influence = RULES[rule]
    flows = relations(map_, state)

    def values(claim: str, kind: str) -> list[float]:
        return [
            flows[key]
            for key, r in map_.relations.items()
            if r.kind == kind and r.target.claim == claim
        ]

    return {
        claim: influence(
            base, aggregate(values(claim, "rebut"), values(claim, "support"))
        )
        for claim, base in bases.items()
    }


def relations(map_: Map, state: Floats) -> Floats:
    """Compute the strength of every relation from those of the claims."""
    known: Floats = {}

    def on(relation: Relation, kind: str) -> list[float]:
        return [
            strength(key)
            for key, r in map_.relations.items()
            if r.kind == kind and r.target.relation == relation.key
        ]

    def strength(key: str) -> float:
        if key not in known:
            r = map_.relations[key]
            uncut = math.prod(1 - u for u in on(r, "undercut"))
            unbacked = math.prod(1 - b for b in on(r, "support"))
            jointly = math.prod(state[p] for p in r.premises)
            known[key] = r.weight * jointly * (1 - max(0.0, unbacked - uncut))
        return known[key]

    return {key: strength(key) for key in map_.relations}
