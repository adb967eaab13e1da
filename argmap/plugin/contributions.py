"""How much each claim, relation and source contributes to one claim, under any rule."""

from collections.abc import Iterator, Sequence
from typing import Final, Literal, get_args

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from argmap.engine import (
    Graph,
    Players,
    claim_players,
    foresee,
    gradient,
    intrinsic_removal,
    relation_players,
    removal,
    shapley,
)
from argmap.engine.attribution import EXACT_PLAYERS
from argmap.engine.reach import bearing
from argmap.errors import Malformed
from argmap.model import Claim, Map, Relation
from argmap.plugin.rule import Rule
from argmap.plugin.variants import vary

Floats = NDArray[np.float64]
Method = Literal["gradient", "removal", "intrinsic-removal", "shapley"]
METHODS: Final[tuple[Method, ...]] = get_args(Method)

_STEP: Final = 1e-6  # of finite differences, for rules that give no derivatives

# Variants of the map that sampled Shapley values may take for the claims, the relations
# or the sources: one or two seconds for a map of a few hundred claims.
_VARIANTS: Final = {"modular": 10_000, "other": 1_000}
_FEWEST: Final = 8  # orders of joining, unless fewer are asked for
PERMUTATIONS: Final = (4, 100_000)  # that can be asked for: of fewer, no standard error
SEEDS: Final = (0, 2**53 - 1)

_AGAIN: Final = "; by evaluating again for each variant, since the rule has no batches"

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
    """Contributions by one method, and how they came about.

    ``seed`` and ``permutations`` are those of sampled ones, null where they are exact.
    """

    method: Method
    exact: bool
    seed: int | None
    permutations: int | None
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
    permutations: int | None = None,
    seed: int = 0,
) -> Attribution:
    """Say what contributes to the strength of claim *target*.

    See `argmap.engine.attribution` and `argmap.engine.gradient` for the definitions and
    their sources.

    Args:
        map_: The map.
        graph: The same, compiled, base scores resolved.
        rule: Any rule; one without batches is evaluated again for each variant. One
            that is not modular has to be asked of everything: nothing says what cannot
            matter to it.
        params: Its parameters, decoded.
        target: A claim's key.
        method: What "contributes" means.
        permutations: For Shapley values of many players, from 4 to 100,000, drawn in
            pairs; None: as many as take a few seconds on a map of a few hundred claims,
            the same on every machine.
        seed: Of the permutations, from 0 to 2^53 - 1.

    Raises:
        Malformed: There cannot be so many permutations, or such a seed.
        PluginFault: The rule failed on a variant.
        TooSlow, Cancelled: Whoever asked does not wait any longer.
    """
    for name, value, (least, most) in (
        ("permutations", permutations, PERMUTATIONS),
        ("seed", seed, SEEDS),
    ):
        if value is not None and not least <= value <= most:
            detail = f"{value} is not between {least} and {most}"
            raise Malformed(detail, f"/{name}")
    place = graph.index[target]
    if method == "gradient":
        return _gradient(graph, rule, params, place)

    def revalue(weights: Floats) -> Floats:
        return np.asarray(vary(graph, rule, params, weights=weights)[place])

    games = _games(map_, graph, rule, target)
    actives = [len(players.active) for players in games]
    note = _ABOUT[method] + ("" if rule.is_batched else _AGAIN)
    if method == "intrinsic-removal":
        _foresee(graph, 2 * len(games[0].keys))
        by_claim = intrinsic_removal(graph, place, revalue)
        found = Contributions(
            claims=_ranked(games[0].keys, by_claim), relations=(), sources=()
        )
        return _attribution(method, note, found)
    if method == "removal":
        _foresee(graph, sum(actives))
        values = [removal(graph, players, revalue) for players in games]
        return _attribution(method, note, _together(games, values))
    if permutations is None:
        budget = _VARIANTS["other" if rule.aggregation is None else "modular"]
        permutations = max(_FEWEST, budget // (max(actives) + 1))
    orders = permutations // 2 * 2
    _foresee(graph, orders * sum(count for count in actives if count > EXACT_PLAYERS))
    shares = [
        shapley(graph, players, revalue, permutations=orders, seed=seed)
        for players in games
    ]
    values, errors = (
        [getattr(s, part) for s in shares] for part in ("values", "errors")
    )
    is_exact = all(share.is_exact for share in shares)
    drawn = None if is_exact else (seed, orders)
    return _attribution(method, note, _together(games, values, errors), drawn)


def _foresee(graph: Graph, variants: int) -> None:
    """Refuse at once what no machine could be done with in time."""
    height = max(graph.size, len(graph.relation_ids))
    foresee(variants * height, "the method gradient, a claim that fewer lead to")


def _games(map_: Map, graph: Graph, rule: Rule, target: str) -> list[Players]:
    """Let claims, relations and sources be players; what cannot matter names none."""
    place = graph.index[target]
    matters = graph.weights != 0
    if rule.aggregation is not None:
        matters = matters & bearing(graph, place)
    return [
        players.about(matters)
        for players in (
            claim_players(graph, place),
            relation_players(graph),
            _source_players(map_, graph, target),
        )
    ]


def _gradient(graph: Graph, rule: Rule, params: Struct, target: int) -> Attribution:
    pair = rule.modules(params)
    note = _ABOUT["gradient"]
    if pair and pair[0].slopes is not None:
        found = gradient(graph, *pair, target)
        by_base, by_weight, is_exact = found.base_scores, found.weights, True
        if found.is_singular:
            note += "; null: it passes through a cycle that has no derivative"
    elif rule.scale == "label":
        by_base, by_weight = (
            np.full(len(keys), np.nan) for keys in (graph.ids, graph.relation_ids)
        )
        is_exact = True
        note += "; null: labels jump, there is no derivative"
    else:
        by_base, by_weight = _differences(graph, rule, params, target)
        is_exact = False
        note += "; by finite differences, since the rule gives no derivatives"
    return Attribution(
        method="gradient",
        exact=is_exact,
        seed=None,
        permutations=None,
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
    count = graph.size + len(graph.relation_ids)
    foresee(2 * count * count, "a rule that gives derivatives, a smaller map")
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


def _together(
    games: Sequence[Players],
    values: Sequence[Floats],
    errors: Sequence[Floats | None] = (None, None, None),
) -> Contributions:
    claims, relations, sources = (
        _ranked(players.keys, own, error)
        for players, own, error in zip(games, values, errors, strict=True)
    )
    return Contributions(claims=claims, relations=relations, sources=sources)


def _attribution(
    method: Method,
    note: str,
    found: Contributions,
    drawn: tuple[int, int] | None = None,
) -> Attribution:
    seed, permutations = drawn or (None, None)
    return Attribution(
        method=method,
        exact=drawn is None,
        seed=seed,
        permutations=permutations,
        note=note,
        contributions=found,
    )
