"""How much each claim, relation and source contributes to one claim, under any rule."""

from collections.abc import Iterator
from typing import Final, Literal, get_args

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from argmap.engine import (
    Graph,
    Players,
    claim_players,
    gradient,
    intrinsic_removal,
    relation_players,
    removal,
    shapley,
)
from argmap.model import Claim, Map, Relation
from argmap.plugin.rule import Rule
from argmap.plugin.variants import vary

Floats = NDArray[np.float64]
Method = Literal["gradient", "removal", "intrinsic-removal", "shapley"]
METHODS: Final[tuple[Method, ...]] = get_args(Method)

_STEP: Final = 1e-6  # of finite differences, for rules that are not modular

_ABOUT: Final[dict[Method, str]] = {
    "gradient": (
        "value: how fast the strength changes with the claim's base score or the "
        "relation's weight; sources have neither"
    ),
    "removal": "value: the strength as it is, less the strength without",
    "intrinsic-removal": (
        "value: the same as removal, once all relations into the claim are muted; "
        "defined for claims only"
    ),
    "shapley": (
        "value: the mean marginal contribution over all orders of joining; the values "
        "sum to the strength as it is, less the strength with none"
    ),
}


class Contribution(Struct, frozen=True, kw_only=True):
    """What one claim, relation or source contributes.

    ``value`` is null where there is no derivative; ``stderr`` is the standard error of
    a sampled value, 0 where it is exact.
    """

    key: str
    value: float | None
    stderr: float = 0.0


class Contributions(Struct, frozen=True, kw_only=True):
    """What everything contributes, largest first, ties in the map's order."""

    claims: tuple[Contribution, ...]
    relations: tuple[Contribution, ...]
    sources: tuple[Contribution, ...]


class Attribution(Struct, frozen=True, kw_only=True):
    """Contributions by one method, and how they came about."""

    method: Method
    exact: bool
    seed: int | None
    note: str
    contributions: Contributions


def contributions(
    map_: Map,
    graph: Graph,
    rule: Rule,
    params: Struct,
    target: str,
    method: Method,
    *,
    permutations: int = 200,
    seed: int = 0,
) -> Attribution:
    """Say what contributes to the strength of claim *target*.

    See `argmap.engine.attribution` and `argmap.engine.gradient` for the definitions and
    their sources.

    Args:
        map_: The map.
        graph: The same, compiled, base scores resolved.
        rule: Any rule; one that is not modular is evaluated again for each variant.
        params: Its parameters, decoded.
        target: A claim's key.
        method: What "contributes" means.
        permutations: For Shapley values of many players.
        seed: Of the permutations.
    """
    place = graph.index[target]
    if method == "gradient":
        return _gradient(graph, rule, params, place)

    def revalue(weights: Floats) -> Floats:
        return np.asarray(vary(graph, rule, params, weights=weights)[place])

    by_claim, by_relation = claim_players(graph, place), relation_players(graph)
    by_source = _source_players(map_, graph, target)
    if method == "intrinsic-removal":
        values = intrinsic_removal(graph, place, revalue)
        found = Contributions(
            claims=_ranked(by_claim.keys, values), relations=(), sources=()
        )
        return _attribution(method, found)
    if method == "removal":
        games = [
            _ranked(players.keys, removal(graph, players, revalue))
            for players in (by_claim, by_relation, by_source)
        ]
        return _attribution(method, _together(games))
    shares = [
        shapley(graph, players, revalue, permutations=permutations, seed=seed)
        for players in (by_claim, by_relation, by_source)
    ]
    keys = (by_claim.keys, by_relation.keys, by_source.keys)
    games = [
        _ranked(own, share.values, share.errors)
        for own, share in zip(keys, shares, strict=True)
    ]
    is_exact = all(share.is_exact for share in shares)
    return _attribution(method, _together(games), None if is_exact else seed)


def _gradient(graph: Graph, rule: Rule, params: Struct, target: int) -> Attribution:
    pair = rule.modules(params)
    note = _ABOUT["gradient"]
    if pair and pair[0].slopes is not None:
        found = gradient(graph, *pair, target)
        by_base, by_weight, is_exact = found.base_scores, found.weights, True
        if found.is_singular:
            note += "; null: it passes through a cycle that has no derivative"
    else:
        by_base, by_weight = _differences(graph, rule, params, target)
        is_exact = False
        note += "; by finite differences, since the rule is not modular"
    return Attribution(
        method="gradient",
        exact=is_exact,
        seed=None,
        note=note,
        contributions=Contributions(
            claims=_ranked(graph.ids, by_base),
            relations=_ranked(graph.relation_ids, by_weight),
            sources=(),
        ),
    )


def _differences(
    graph: Graph, rule: Rule, params: Struct, target: int
) -> tuple[Floats, Floats]:
    """Differentiate by evaluating again, never outside [0, 1]."""
    slopes = []
    own = {"base_scores": graph.base_scores, "weights": graph.weights}
    for name, values in own.items():
        pushes = _STEP * np.eye(len(values))
        up = np.minimum(values[:, None] + pushes, np.maximum(values, 1.0)[:, None])
        down = np.maximum(values[:, None] - pushes, np.minimum(values, 0.0)[:, None])
        both = vary(graph, rule, params, **{name: np.concatenate([up, down], axis=1)})
        ahead, behind = np.split(both[target], 2)
        slopes.append((ahead - behind) / np.diagonal(up - down))
    return slopes[0], slopes[1]


def _source_players(map_: Map, graph: Graph, target: str) -> Players:
    """Let sources be players: an item that rests on absent ones alone is absent."""
    seat = {key: i for i, key in enumerate(graph.source_ids)}

    def rests_on(item: Claim | Relation) -> set[int]:
        return {seat[reference.source] for reference in item.passages}

    def conditions() -> Iterator[tuple[set[int], int]]:
        for i, relation in enumerate(map_.relations.values()):
            yield rests_on(relation), i
            for premise in relation.premises:
                if premise != target:
                    yield rests_on(map_.claims[premise]), i

    return Players.of(graph.source_ids, conditions())


def _ranked(
    keys: tuple[str, ...], values: Floats, errors: Floats | None = None
) -> tuple[Contribution, ...]:
    stderr = np.zeros(len(keys)) if errors is None else errors
    order = np.argsort(-abs(np.nan_to_num(values)).round(12), kind="stable")
    return tuple(
        Contribution(
            key=keys[i],
            value=None if np.isnan(values[i]) else float(values[i]),
            stderr=float(stderr[i]),
        )
        for i in order.tolist()
    )


def _together(games: list[tuple[Contribution, ...]]) -> Contributions:
    return Contributions(claims=games[0], relations=games[1], sources=games[2])


def _attribution(
    method: Method, found: Contributions, seed: int | None = None
) -> Attribution:
    return Attribution(
        method=method,
        exact=seed is None,
        seed=seed,
        note=_ABOUT[method],
        contributions=found,
    )
