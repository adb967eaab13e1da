"""How much claims, relations and sources contribute to one claim's strength.

"Without x" means *mute*: relations get weight 0 and keep their place, so that cycles
stay the same cycles. A claim is muted with every relation that it is a premise of.
Without a source, a claim or relation is absent if it rests on passages and all of them
lie in absent sources. The claim in question itself is never absent.

Everything here asks for strengths under other weights, many at once, and nothing else
of a rule: it holds for any.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import factorial
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from argmap.engine.graph import Graph
from argmap.engine.patience import check_patience

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

# From weights of shape (m, B) to strengths of the claim in question, shape (B,).
Revalue = Callable[[Floats], Floats]

EXACT_PLAYERS: Final = 12  # 2^12 coalitions
_COLUMNS: Final = 256  # variants of a map that are evaluated at once
_CELLS: Final = 4_000_000  # weights and players of them all: 32 MB an array


@dataclass(frozen=True, eq=False)
class Players:
    """What may be present or absent, and which relations are mute without it.

    Attributes:
        keys: The players' keys.
        needs: Shape (conditions, players): each condition names players …
        mutes: Shape (conditions,): … and the relation that is mute when all of those
            are absent. A relation may have several conditions: one is enough.
    """

    keys: tuple[str, ...]
    needs: sparse.csr_array
    mutes: NDArray[np.int64]

    def about(self, relations: Mask) -> "Players":
        """Keep the conditions that mute one of *relations*, shape (m,)."""
        is_kept = np.flatnonzero(relations[self.mutes])
        return Players(self.keys, self.needs[is_kept], self.mutes[is_kept])

    @property
    def active(self) -> NDArray[np.int64]:
        """List the players that some condition names; the others change nothing."""
        return np.flatnonzero(self.needs.sum(axis=0))

    @staticmethod
    def of(
        keys: Sequence[str], conditions: Iterable[tuple[Collection[int], int]]
    ) -> "Players":
        """Make players from conditions: who must be absent to mute which relation."""
        known = [
            (sorted(absent), relation) for absent, relation in conditions if absent
        ]
        rows = np.repeat(np.arange(len(known)), [len(absent) for absent, _ in known])
        columns = np.array([i for absent, _ in known for i in absent], dtype=np.int64)
        needs = sparse.csr_array(
            (np.ones(len(columns)), (rows, columns)), shape=(len(known), len(keys))
        )
        mutes = np.array([relation for _, relation in known], dtype=np.int64)
        return Players(tuple(keys), needs, mutes)

    def weights(self, graph: Graph, absent: Mask) -> Floats:
        """Give the weights that coalitions leave, shape (m, B).

        Args:
            graph: The compiled map, m relations.
            absent: Shape (players, B).
        """
        is_met = self.needs @ absent.astype(np.float64)
        is_met = is_met >= self.needs.sum(axis=1)[:, None]
        is_mute = np.zeros((len(graph.relation_ids), absent.shape[1]), dtype=bool)
        np.logical_or.at(is_mute, self.mutes, is_met)
        return np.where(is_mute, 0.0, graph.weights[:, None])


def claim_players(graph: Graph, target: int) -> Players:
    """Let every claim but *target* be a player."""
    seat = {claim: i for i, claim in enumerate(others_than(graph, target))}
    premises = zip(graph.premises.tolist(), _owners(graph).tolist(), strict=True)
    return Players.of(
        [graph.ids[claim] for claim in seat],
        (([seat[claim]], relation) for claim, relation in premises if claim != target),
    )


def relation_players(graph: Graph) -> Players:
    """Let every relation be a player."""
    count = len(graph.relation_ids)
    return Players.of(graph.relation_ids, (([i], i) for i in range(count)))


def others_than(graph: Graph, target: int) -> list[int]:
    """List the claims but *target*."""
    return [claim for claim in range(graph.size) if claim != target]


def _owners(graph: Graph) -> NDArray[np.int64]:
    """Give the relation that each premise belongs to."""
    relations = np.arange(len(graph.relation_ids))
    return np.repeat(relations, np.diff(graph.premise_starts))


def removal(graph: Graph, players: Players, revalue: Revalue) -> Floats:
    """Give what each player adds last: the strength with all, less that without it.

    Kampik, Potyka, Yin, Čyras, Toni, IJAR 2024. One evaluation per player that some
    condition names, in batches.

    Returns:
        Shape (players,), in [-1, 1].
    """
    values = np.zeros(len(players.keys))
    active = players.active

    def absent(batch: slice) -> Mask:
        return _each_alone(active[batch], len(values))

    whole = revalue(graph.weights[:, None])[0]
    values[active] = whole - _revalue(graph, players, revalue, absent, len(active))
    return values


def intrinsic_removal(graph: Graph, target: int, revalue: Revalue) -> Floats:
    """Give what each claim adds by itself, whatever supports or attacks it apart.

    The same paper: relations into the claim are taken away first, then the claim.

    Returns:
        Shape (n - 1,), for the claims but *target*, in order.
    """
    players = claim_players(graph, target)
    claims = np.array(others_than(graph, target), dtype=np.int64)
    values = np.zeros(len(claims))
    for batch in _batches(len(claims), graph, len(claims)):
        targets = graph.targets[:, None] == claims[batch]
        enters = targets & ~graph.on_relation[:, None]
        seats = np.arange(len(claims))[batch]
        left = players.weights(graph, _each_alone(seats, len(claims)))
        with_claim = np.where(enters, 0.0, graph.weights[:, None])
        without = np.where(enters, 0.0, left)
        values[batch] = revalue(with_claim) - revalue(without)
    return values


@dataclass(frozen=True, eq=False)
class Shapley:
    """Shapley values.

    Attributes:
        values: Shape (players,); they sum to the strength with all players, less that
            with none.
        errors: Standard errors, shape (players,); zero where the values are exact.
        is_exact: Whether every coalition was looked at.
    """

    values: Floats
    errors: Floats
    is_exact: bool


def shapley(
    graph: Graph,
    players: Players,
    revalue: Revalue,
    *,
    permutations: int = 200,
    seed: int = 0,
) -> Shapley:
    """Share the strength out: each player's mean marginal contribution.

    Shapley 1953; to arguments Kampik et al., IJAR 2024, to relations Yin, Potyka, Toni,
    IJCAI 2024. Exact, by all coalitions, up to `EXACT_PLAYERS` players that matter;
    above that the mean over random permutations, each followed by its reverse (Mitchell
    et al., JMLR 2022), which halves much of the error.

    Args:
        graph: The compiled map.
        players: Who shares.
        revalue: Evaluates the claim in question.
        permutations: How many are drawn where not all coalitions are looked at; in
            pairs, so an odd one counts one less.
        seed: Of the draw: the same seed gives the same values.
    """
    values = np.zeros(len(players.keys))
    errors = np.zeros(len(players.keys))
    matters = players.active
    keys = tuple(players.keys[i] for i in matters)
    active = Players(keys, players.needs[:, matters], players.mutes)
    if len(matters) <= EXACT_PLAYERS:
        values[matters] = _exact(graph, active, revalue)
        return Shapley(values, errors, is_exact=True)
    values[matters], errors[matters] = _sampled(
        graph, active, revalue, permutations, np.random.default_rng(seed)
    )
    return Shapley(values, errors, is_exact=False)


def _exact(graph: Graph, players: Players, revalue: Revalue) -> Floats:
    count = len(players.keys)
    coalitions = np.arange(2**count)
    present = (coalitions[None, :] >> np.arange(count)[:, None]) & 1 == 1
    worth = _revalue(graph, players, revalue, lambda b: ~present[:, b], 2**count)
    sizes = present.sum(axis=0)
    share = np.array(
        [
            factorial(s) * factorial(count - s - 1) / factorial(count)
            for s in range(count)
        ]
    )
    values = np.zeros(count)
    for player in range(count):
        without = coalitions[~present[player]]
        marginal = worth[without | (1 << player)] - worth[without]
        values[player] = (share[sizes[without]] * marginal).sum()
    return values


def _sampled(
    graph: Graph,
    players: Players,
    revalue: Revalue,
    permutations: int,
    random: np.random.Generator,
) -> tuple[Floats, Floats]:
    count = len(players.keys)
    pairs = max(1, permutations // 2)
    total, squares = np.zeros(count), np.zeros(count)
    for _ in range(pairs):
        order = random.permutation(count)
        mean = np.zeros(count)
        for direction in (order, order[::-1]):
            place = np.empty(count, dtype=np.int64)
            place[direction] = np.arange(count)

            def absent(batch: slice, place: NDArray[np.int64] = place) -> Mask:
                return place[:, None] >= np.arange(count + 1)[None, batch]

            worth = _revalue(graph, players, revalue, absent, count + 1)
            mean[direction] += np.diff(worth) / 2
        total += mean
        squares += mean**2
    values = total / pairs
    spread = np.maximum(squares / pairs - values**2, 0.0)
    return values, np.sqrt(spread / max(1, pairs - 1))


def _each_alone(players: NDArray[np.int64], count: int) -> Mask:
    """Let each of some players be absent alone: shape (count, players)."""
    absent = np.zeros((count, len(players)), dtype=bool)
    absent[players, np.arange(len(players))] = True
    return absent


def _revalue(
    graph: Graph,
    players: Players,
    revalue: Revalue,
    absent: Callable[[slice], Mask],
    count: int,
) -> Floats:
    """Evaluate *count* coalitions, shape (players, B), in batches that fit."""
    values = np.zeros(count)
    for batch in _batches(count, graph, len(players.keys)):
        values[batch] = revalue(players.weights(graph, absent(batch)))
    return values


def _batches(count: int, graph: Graph, players: int) -> Iterator[slice]:
    """Cut *count* columns into runs that are evaluated at once."""
    height = max(len(graph.relation_ids), graph.size, players)
    width = max(1, min(_COLUMNS, _CELLS // max(1, height)))
    for start, stop in pairwise([*range(0, count, width), count]):
        check_patience()
        yield slice(start, stop)
