"""How one claim's strength changes with every base score and every weight.

Reverse mode: one pass forward, and one back over the same blocks, in which each node
learns how much the target changes with it. In a cyclic component that is a linear
system (implicit function theorem), solved by sparse LU. Cost about three forward
passes.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import linalg

from argmap.engine.cyclic import Rest
from argmap.engine.graph import Graph
from argmap.engine.inflow import BlockInflow
from argmap.engine.modular import Aggregation, Influence
from argmap.engine.plan import Plan
from argmap.engine.slopes import Runs, firsts, others, product_slopes
from argmap.engine.solve import Pass, plan_for
from argmap.engine.step import Step, error_step, strength_step
from argmap.engine.turned import Slopes, Turned, taken
from argmap.engine.wiring import Block

Floats = NDArray[np.float64]

_PIECE: Final = 1 << 14  # edges that are multiplied at a time: 128 KiB


@dataclass(frozen=True, eq=False)
class Gradient:
    """Derivatives of one claim's strength.

    Attributes:
        base_scores: Shape (n,), by each claim's base score.
        weights: Shape (m,), by each relation's weight.
        is_singular: Whether some component has no derivative (its linear system is
            singular, or it did not come to rest); what passes through it is NaN.
    """

    base_scores: Floats
    weights: Floats
    is_singular: bool = False


def gradient(
    graph: Graph, aggregation: Aggregation, influence: Influence, target: int
) -> Gradient:
    """Differentiate the strength of claim *target* under a modular rule.

    Yin, Potyka, Toni, ECAI 2023 (base scores) and 2025 (weights). At a kink, where a
    maximum changes hands or an aggregate crosses 0, one of the slopes that meet there.

    Args:
        graph: The compiled map, base scores resolved.
        aggregation: One that has ``slopes``.
        influence: Moves the base score.
        target: The claim's index.

    Raises:
        ValueError: The aggregation has no slopes.

    >>> from argmap.engine.modular import PRODUCT, linear
    >>> graph = Graph.of({"tram": 0.5, "cost": 0.75}, attacks=[("cost", "tram")])
    >>> found = gradient(graph, PRODUCT, linear(), 0)
    >>> found.base_scores.round(6).tolist(), found.weights.round(6).tolist()
    ([0.25, -0.5], [-0.375])
    """
    if aggregation.slopes is None:
        raise ValueError(f"no slopes are known for the aggregation {aggregation.name}")
    plan = plan_for(graph, aggregation)
    run = _Recording(plan, aggregation, influence, graph)
    rests = run.forward(error_step(aggregation, influence))
    local = _slopes(run, graph.linked)
    position = int(plan.positions[target])
    moving = {block.start for block, rest in rests if not rest.converged}
    backward = _Backward(plan, local)
    is_singular = backward.run(position, moving)
    return _collect(graph, run, local, backward, is_singular)


class _Recording(Pass):
    """A pass that keeps what claims aggregate, and how that changes with each edge.

    Part by part, while what flows in is at hand and in a processor's cache.
    """

    def __init__(
        self,
        plan: Plan,
        aggregation: Aggregation,
        influence: Influence,
        graph: Graph,
    ) -> None:
        step = strength_step(aggregation, influence, graph.linked)
        super().__init__(plan, step, graph.base_scores, None)
        self.aggregation, self.influence = aggregation, influence
        self.aggregates = np.zeros(plan.wiring.size)
        self.by_value = plan.whole.signs  # as long as edges count by their signs alone

    def forward(self, errors: Step | None) -> list[tuple[Block, Rest]]:
        """Compute all blocks, then the aggregates where cycles came to rest."""
        rests = super().forward(errors)
        for block, _ in rests:
            self._aggregate(block.start, block.stop)
        return rests

    def acyclic(self, block: Block) -> None:
        """Compute a block without cycles, keeping the aggregates."""
        if block.kind == "narrow":
            super().acyclic(block)
            self._aggregate(block.start, block.stop)
            return
        for start, stop in block.ranges:
            part, bases = self.plan.part(start, stop), self.bases[start:stop]
            if part.is_claims:
                aggregate = self._aggregate(start, stop)
                found = self.influence.apply(bases, aggregate)
            else:
                found = self.step.of(part, self.values, bases)
            self.values[start:stop] = found

    def _aggregate(self, start: int, stop: int) -> Floats:
        assert self.aggregation.slopes is not None
        flow = BlockInflow(self.plan.part(start, stop), self.values)
        self.aggregates[start:stop] = self.aggregation.combine(flow)
        slopes = self.aggregation.slopes(flow)
        if slopes is not flow.part.signs:
            if self.by_value is self.plan.whole.signs:
                self.by_value = self.by_value.copy()
            starts = self.plan.wiring.starts
            self.by_value[starts[start] : starts[stop]] = slopes
        return self.aggregates[start:stop]


@dataclass(frozen=True, eq=False)
class _Local:
    """How each node changes with what it is computed from.

    ``slopes`` are by edge and premise; the others by position: ``by_weight`` of
    relation nodes, ``by_aggregate`` times a slope by edge is a derivative by strength.
    """

    slopes: Slopes
    by_aggregate: Floats
    by_weight: Floats
    by_base: Floats


def _slopes(run: _Recording, linked: str) -> _Local:
    """Differentiate every node by its own inputs, all at once: needs no order."""
    plan, wiring, whole = run.plan, run.plan.wiring, run.plan.whole
    by_base, by_aggregate = run.influence.slopes(run.bases, run.aggregates)
    is_node = wiring.relations >= 0
    if not is_node.any():
        slopes = plan.turned.slopes(run.by_value, np.zeros(0))
        return _Local(slopes, by_aggregate, np.zeros(0), by_base)
    flow = BlockInflow(whole, run.values)
    uncut = flow.unattacked() - flow.unsupported()
    factor = 1.0 - (abs(uncut) - uncut) * 0.5
    own = np.where(is_node, plan.weights[wiring.relations], 0.0)
    joined, by_premise = _joined(run, linked)
    # An undercut starts to bite at 0, a backer only once something is cut.
    into = plan.turned.edge_targets
    bites = np.where(whole.signs < 0, (uncut <= 0)[into], (uncut < 0)[into])
    by_value = np.where(is_node[into], product_slopes(flow) * bites, run.by_value)
    by_premise = by_premise * (own * factor)[plan.turned.premise_targets]
    return _Local(
        slopes=plan.turned.slopes(by_value, by_premise),
        by_aggregate=np.where(is_node, own * joined, by_aggregate),
        by_weight=joined * factor * is_node,
        by_base=by_base,
    )


def _joined(run: Pass, linked: str) -> tuple[Floats, Floats]:
    """Give the joined premises by position, and their slopes premise by premise."""
    wiring = run.plan.wiring
    nodes = np.flatnonzero(wiring.relations >= 0)
    values = run.values[wiring.premises]
    runs = Runs(wiring.premise_starts[nodes], len(values))
    joined = np.zeros(wiring.size)
    joined[nodes] = run.step.join.reduceat(values, runs.bounds)
    if linked != "minimum":
        return joined, others(values, runs)
    slopes = np.zeros_like(values)
    slopes[firsts(values, runs, np.minimum)] = 1.0
    return joined, slopes


class _Backward:
    """Tells each position how much the target changes with it.

    ``told`` holds, for each position, what its aggregate matters and what it matters
    itself: see `argmap.engine.turned`.
    """

    def __init__(self, plan: Plan, local: _Local) -> None:
        self.plan, self.local = plan, local
        self.told = np.zeros(2 * plan.wiring.size)
        self.by_aggregate, self.felt = np.split(self.told, 2)

    def run(self, target: int, moving: set[int]) -> bool:
        """Go back from *target* over all blocks; say whether one has no derivative."""
        self.felt[target] = 1.0
        is_singular = False
        for block in reversed([b for b in self.plan.blocks if b.start <= target]):
            if block.kind == "component":
                solved = self._component(block, is_moving=block.start in moving)
                is_singular = is_singular or not solved
            elif block.kind == "narrow":
                self._one_by_one(block)
            else:
                for start, stop in reversed([*block.ranges]):
                    self.felt[start:stop] += self._told(start, stop)
                    self._pass_on(start, stop)
        return is_singular

    def _told(self, start: int, stop: int) -> Floats:
        return np.asarray(self.local.slopes.rows(start, stop) @ self.told)

    def _pass_on(self, start: int, stop: int) -> None:
        own = slice(start, stop)
        self.by_aggregate[own] = self.local.by_aggregate[own] * self.felt[own]

    def _one_by_one(self, block: Block) -> None:
        """Go back over a narrow block on plain floats."""
        turned, start, stop = self.plan.turned, block.start, block.stop
        first, last = turned.starts[start], turned.starts[stop]
        starts = (turned.starts[start : stop + 1] - first).tolist()
        columns = turned.columns[first:last].tolist()
        slopes = self.local.slopes.values[first:last].tolist()
        by_aggregate = self.local.by_aggregate[start:stop].tolist()
        told, size = self.told.data, turned.size
        for i in range(stop - start - 1, -1, -1):
            total = told[size + start + i]
            for edge in range(starts[i], starts[i + 1]):
                total += slopes[edge] * told[columns[edge]]
            told[size + start + i] = total
            told[start + i] = by_aggregate[i] * total

    def _component(self, block: Block, *, is_moving: bool) -> bool:
        """Solve (I - J^T) felt = what comes from outside, for one component."""
        own, size = slice(block.start, block.stop), self.plan.wiring.size
        target = self.felt[own].copy()
        self.felt[own] = 0.0
        outside = target + self._told(block.start, block.stop)
        if not outside.any():
            return True
        rows = self.local.slopes.rows(block.start, block.stop).tocsc()
        inside = rows[:, own] * self.local.by_aggregate[own]
        inside = inside + rows[:, block.start + size : block.stop + size]
        found = None if is_moving else _solved(inside.tocsc(), outside)
        self.felt[own] = np.nan if found is None else found
        self._pass_on(block.start, block.stop)
        return found is not None


def _solved(inside: sparse.csc_array, outside: Floats) -> Floats | None:
    """Solve (I - *inside*) x = *outside* by sparse LU; None: it is singular."""
    try:
        lower_upper = linalg.splu(sparse.eye_array(len(outside), format="csc") - inside)
    except RuntimeError:  # exactly singular
        return None
    pivots = abs(lower_upper.U.diagonal())
    if pivots.min() < 1e-9 * pivots.max():
        return None
    return np.asarray(lower_upper.solve(outside))


def _collect(
    graph: Graph, run: Pass, local: _Local, backward: _Backward, is_singular: bool
) -> Gradient:
    wiring, turned = run.plan.wiring, run.plan.turned
    by_edge = _by_edge(turned, run.values, backward.by_aggregate, local.slopes)
    if len(by_edge) == len(graph.relation_ids):
        weights = by_edge
    else:
        weights = np.zeros(len(graph.relation_ids))
        weights[turned.relations] = by_edge
        is_node = wiring.relations >= 0
        if is_node.any():
            by_node = (local.by_weight * backward.felt)[is_node]
            weights[wiring.relations[is_node]] = by_node
    positions = run.plan.positions[: graph.size]
    base_scores = (local.by_base * backward.felt)[positions]
    return Gradient(base_scores, weights, is_singular)


def _by_edge(
    turned: Turned, values: Floats, by_aggregate: Floats, slopes: Slopes
) -> Floats:
    """Multiply, for each relation that is an edge, what it carries by what it tells.

    In pieces that stay in a processor's cache: twice as fast as all at once.
    """
    found, piece = np.empty(len(turned.edges)), np.empty(_PIECE)
    for start in range(0, len(found), _PIECE):
        some = slice(start, start + _PIECE)
        product = found[some]
        other = piece[: len(product)]
        taken(values, turned.sources[some], product)
        product *= taken(by_aggregate, turned.targets[some], other)
        product *= slopes.by_relation[some]
    return found
