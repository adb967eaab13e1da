"""How one claim's strength changes with every base score and every weight.

Reverse mode: one pass forward, and one back over the same blocks, in which each node
learns how much the target changes with it. In a cyclic component that is a linear
system (implicit function theorem), solved by sparse LU. Cost about three forward
passes.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import linalg

from argmap.engine.graph import Graph
from argmap.engine.inflow import BlockInflow
from argmap.engine.modular import Aggregation, Influence
from argmap.engine.plan import Plan
from argmap.engine.slopes import others, product_slopes
from argmap.engine.solve import Pass, plan_for
from argmap.engine.step import error_step, strength_step
from argmap.engine.wiring import Block

Floats = NDArray[np.float64]


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
    step = strength_step(aggregation, influence, graph.linked)
    plan = plan_for(graph, aggregation)
    run = Pass(plan, step, graph.base_scores, None)
    rests = run.forward(error_step(aggregation, influence))
    local = _slopes(run, aggregation, influence, graph.linked)
    position = int(plan.positions[target])
    moving = {block.start for block, rest in rests if not rest.converged}
    felt, is_singular = _backward(plan, local, position, moving)
    return _collect(graph, plan, local, felt, is_singular)


@dataclass(frozen=True, eq=False)
class _Slopes:
    """How each node changes with what it is computed from.

    ``by_source`` has one value per edge, then per premise; ``by_weight`` per edge, then
    per position (of relation nodes); ``by_base`` per position.
    """

    by_source: Floats
    edge_weight: Floats
    node_weight: Floats
    by_base: Floats


def _slopes(
    run: Pass, aggregation: Aggregation, influence: Influence, linked: str
) -> _Slopes:
    """Differentiate every node by its own inputs, all at once: needs no order."""
    wiring, whole = run.plan.wiring, run.plan.whole
    flow = BlockInflow(whole, run.values)
    is_node = wiring.relations >= 0
    edge_targets = run.plan.onward.targets[: len(whole.sources)]
    assert aggregation.slopes is not None
    by_value = aggregation.slopes(flow)
    by_base, by_aggregate = influence.slopes(run.bases, aggregation.combine(flow))
    by_base = np.where(is_node, 0.0, by_base)
    node_weight = np.zeros(wiring.size)
    by_premise = np.zeros(len(wiring.premises))
    if is_node.any():
        uncut = flow.unattacked() - flow.unsupported()
        factor = 1.0 - (abs(uncut) - uncut) * 0.5
        own = np.where(is_node, run.plan.weights[wiring.relations], 0.0)
        joined, by_premise = _joined(run, linked)
        node_weight = joined * factor * is_node
        # An undercut starts to bite at 0, a backer only once something is cut.
        bites = np.where(
            whole.signs < 0, (uncut <= 0)[edge_targets], (uncut < 0)[edge_targets]
        )
        into_node = is_node[edge_targets]
        by_value = np.where(into_node, product_slopes(flow) * bites, by_value)
        by_aggregate = np.where(is_node, own * joined, by_aggregate)
        owners = run.plan.onward.targets[len(whole.sources) :]
        by_premise = by_premise * (own * factor)[owners]
    by_value = by_value * by_aggregate[edge_targets]
    return _Slopes(
        by_source=np.concatenate([by_value * whole.edge_weights, by_premise]),
        edge_weight=by_value * run.values[whole.sources],
        node_weight=node_weight,
        by_base=by_base,
    )


def _joined(run: Pass, linked: str) -> tuple[Floats, Floats]:
    """Give the joined premises by position, and their slopes premise by premise."""
    wiring = run.plan.wiring
    nodes = np.flatnonzero(wiring.relations >= 0)
    bounds = wiring.premise_starts[nodes]
    values = run.values[wiring.premises]
    joined = np.zeros(wiring.size)
    joined[nodes] = run.step.join.reduceat(values, bounds)
    if linked != "minimum":
        return joined, others(values, bounds)
    widths = np.diff(np.append(bounds, len(values)))
    is_least = np.flatnonzero(values == np.repeat(joined[nodes], widths))
    slopes = np.zeros_like(values)
    slopes[is_least[np.searchsorted(is_least, bounds)]] = 1.0
    return joined, slopes


def _backward(
    plan: Plan, local: _Slopes, target: int, moving: set[int]
) -> tuple[Floats, bool]:
    """Tell each position how much the target changes with it."""
    onward, felt = plan.onward, np.zeros(plan.wiring.size)
    passed = local.by_source[onward.order]
    felt[target] = 1.0
    is_singular = False
    blocks = [block for block in plan.blocks if block.start <= target]
    for block in reversed(blocks):
        if block.kind == "component":
            solved = _component(plan, block, passed, felt, block.start in moving)
            is_singular = is_singular or not solved
        elif block.kind == "narrow":
            _one_by_one(plan, block, passed, felt)
        else:
            for start, stop in reversed([*block.ranges]):
                felt[start:stop] += _rows(plan, start, stop, passed) @ felt
    return felt, is_singular


def _rows(plan: Plan, start: int, stop: int, passed: Floats) -> sparse.csr_array:
    """Give how a range of positions is felt by all: a slice of the turned graph."""
    onward = plan.onward
    first, last = onward.starts[start], onward.starts[stop]
    return sparse.csr_array(
        (
            passed[first:last],
            onward.reached[first:last],
            onward.starts[start : stop + 1] - first,
        ),
        shape=(stop - start, plan.wiring.size),
    )


def _one_by_one(plan: Plan, block: Block, passed: Floats, felt: Floats) -> None:
    """Go back over a narrow block on plain floats."""
    onward, start, stop = plan.onward, block.start, block.stop
    first, last = onward.starts[start], onward.starts[stop]
    starts = (onward.starts[start : stop + 1] - first).tolist()
    reached, slopes = onward.reached[first:last].tolist(), passed[first:last].tolist()
    known = felt.data
    for i in range(stop - start - 1, -1, -1):
        total = known[start + i]
        for edge in range(starts[i], starts[i + 1]):
            total += slopes[edge] * known[reached[edge]]
        known[start + i] = total


def _component(
    plan: Plan, block: Block, passed: Floats, felt: Floats, is_moving: bool
) -> bool:
    """Solve (I - J^T) felt = what comes from outside, for one component."""
    start, stop = block.start, block.stop
    rows = _rows(plan, start, stop, passed)
    felt[start:stop] += rows @ felt - rows[:, start:stop] @ felt[start:stop]
    if not felt[start:stop].any():
        return True
    system = sparse.eye_array(stop - start, format="csc") - rows[:, start:stop].tocsc()
    try:
        if is_moving:
            raise RuntimeError("there is no rest to differentiate")
        lower_upper = linalg.splu(system)
    except RuntimeError:  # exactly singular
        felt[start:stop] = np.nan
        return False
    pivots = abs(lower_upper.U.diagonal())
    if pivots.min() < 1e-9 * pivots.max():
        felt[start:stop] = np.nan
        return False
    felt[start:stop] = lower_upper.solve(felt[start:stop])
    return True


def _collect(
    graph: Graph, plan: Plan, local: _Slopes, felt: Floats, is_singular: bool
) -> Gradient:
    wiring = plan.wiring
    weights = np.zeros(len(graph.relation_ids))
    edge_targets = plan.onward.targets[: len(wiring.sources)]
    has_weight = wiring.edge_relations >= 0
    by_edge = local.edge_weight * felt[edge_targets]
    weights[wiring.edge_relations[has_weight]] = by_edge[has_weight]
    is_node = wiring.relations >= 0
    weights[wiring.relations[is_node]] = (local.node_weight * felt)[is_node]
    base_scores = (local.by_base * felt)[plan.positions[: graph.size]]
    return Gradient(base_scores, weights, is_singular)
