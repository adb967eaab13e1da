"""Solve a modular rule on a graph: acyclic parts exactly in one pass, cycles at rest.

Predecessors first; a cyclic component takes their final values. That limit, component
by component, from the base scores inside, is the definition on cycles.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from argmap.engine.cyclic import Rest, come_to_rest, spread_in
from argmap.engine.graph import Graph, Strengths
from argmap.engine.inflow import NodeInflow
from argmap.engine.modular import Aggregation, Inflow, Influence, Values
from argmap.engine.outcome import Outcome
from argmap.engine.patience import check_patience
from argmap.engine.plan import Plan
from argmap.engine.reach import downstream
from argmap.engine.step import Step, claim_step, error_step, strength_step
from argmap.engine.together import come_to_rest_together
from argmap.engine.wiring import Block

Floats = NDArray[np.float64]


def solve(
    graph: Graph,
    aggregation: Aggregation,
    influence: Influence,
    *,
    base_scores: Floats | None = None,
    weights: Floats | None = None,
) -> Outcome:
    """Solve aggregation × influence on *graph*, or on a batch of its variants.

    Potyka, AAMAS 2019: within a cyclic component the strengths are the limit of
    ds/dt = influence(w, aggregation(s)) - s from s(0) = w. One pass, O(claims +
    relations), where there is no cycle.

    Args:
        graph: The compiled map, n claims and m relations, base scores resolved.
        aggregation: Reduces what flows into a claim.
        influence: Moves the base score by it.
        base_scores: Shape (n,) or (n, B), instead of the graph's own.
        weights: Shape (m, B), instead of the graph's own; B as in *base_scores*.

    Returns:
        Strengths of shape (n,), or (n, B) of a batch, whose reports are the worst of
        all.

    >>> from argmap.engine.modular import linear, PRODUCT
    >>> graph = Graph.of({"tram": 0.5, "cost": 0.75}, attacks=[("cost", "tram")])
    >>> solve(graph, PRODUCT, linear()).strengths.tolist()
    [0.125, 0.75]
    """
    step = strength_step(aggregation, influence, graph.linked)
    contracts = aggregation.gain is not None and influence.lipschitz is not None
    errors = error_step(aggregation, influence) if contracts else None
    bases = graph.base_scores if base_scores is None else base_scores
    return _solve(graph, plan_for(graph, aggregation), step, errors, bases, weights)


def settle(
    graph: Graph,
    claim: Callable[[Values, Inflow], Values],
    *,
    base_scores: Floats | None = None,
    weights: Floats | None = None,
) -> Outcome:
    """Solve a rule that is no aggregation × influence, in the same way as `solve`.

    Args:
        graph: The compiled map, n claims and m relations, base scores resolved.
        claim: From base score and what flows in to a strength in [0, 1]; asked for
            whole blocks by arrays and for single claims by floats.
        base_scores: Shape (n,) or (n, B), instead of the graph's own.
        weights: Shape (m, B), instead of the graph's own; B as in *base_scores*.

    Returns:
        As of `solve`; nothing is certified where there are cycles.

    >>> graph = Graph.of({"tram": 0.5, "cost": 0.75}, attacks=[("cost", "tram")])
    >>> settle(graph, lambda base, inflow: base * inflow.unattacked()).strengths
    array([0.125, 0.75 ])
    """
    step = claim_step(claim, graph.linked)
    bases = graph.base_scores if base_scores is None else base_scores
    return _solve(graph, graph.plan, step, None, bases, weights)


def plan_for(graph: Graph, aggregation: Aggregation) -> Plan:
    """Give the order in which an aggregation is solved: over what it reads."""
    return graph.plan if aggregation.reads_supports else graph.attack_plan


def _solve(
    graph: Graph,
    plan: Plan,
    step: Step,
    errors: Step | None,
    bases: Floats,
    weights: Floats | None,
) -> Outcome:
    if weights is not None and bases.ndim == 1:
        bases = np.repeat(bases[:, None], weights.shape[1], axis=1)
    run = Pass(plan, step, bases, weights)
    rests = run.forward(errors)
    outcome = Outcome(strengths=run.values[plan.positions[: graph.size]])
    return _report(graph, run, rests, errors, outcome) if rests else outcome


def relation_strengths(
    graph: Graph, strengths: Strengths, *, weights: Floats | None = None
) -> Strengths:
    """Compute every relation's strength from those of the claims.

    weight × premises × (1 - max(0, ∏(1 - b) - ∏(1 - u))) over the strengths b of
    backing and u of undercutting relations. A rephrase has the strength that a support
    would.

    Args:
        graph: The compiled map, m relations.
        strengths: Shape (n,), or (n, B) of a batch, values in [0, 1].
        weights: Shape (m, B), instead of the graph's own; B as in *strengths*.

    Returns:
        Shape (m,) or (m, B), in the order of ``graph.relation_ids``.

    >>> graph = Graph.of("ab", attacks=[("a", "b")], weights={("a", "b"): 0.5})
    >>> relation_strengths(graph, np.array([0.5, 1.0])).tolist()
    [0.25]
    """
    if not len(graph.relation_ids):
        return np.zeros((0, *strengths.shape[1:]))
    step = claim_step(lambda base, _: base, graph.linked)
    run = Pass(graph.relation_plan, step, strengths, weights)
    run.forward(None)
    joined = step.join.reduceat(
        strengths[graph.premises], graph.premise_starts[:-1], axis=0
    )
    carried = graph.weights if weights is None else weights
    if carried.ndim < joined.ndim:
        carried = carried[:, None]
    result = carried * joined
    relations = graph.relation_plan.wiring.relations
    is_node = relations >= 0
    result[relations[is_node]] = run.values[is_node]
    return np.asarray(result)


class Pass:
    """One way through a plan, block by block; ``values`` are by position."""

    def __init__(
        self, plan: Plan, step: Step, bases: Floats, weights: Floats | None
    ) -> None:
        self.plan, self.step, self.weights = plan, step, weights
        self.bases = np.zeros((plan.wiring.size, *bases.shape[1:]))
        self.bases[plan.positions[: plan.claim_count]] = bases
        self.values = np.zeros_like(self.bases)

    def forward(self, errors: Step | None) -> list[tuple[Block, Rest]]:
        """Compute all blocks; say how each component came to rest."""
        rests = []
        for block in self.plan.blocks:
            if block.kind == "component":
                rests.append((block, self._component(block, errors)))
            else:
                self.acyclic(block)
        return rests

    def acyclic(self, block: Block) -> None:
        """Compute a block without cycles, exactly."""
        if block.kind == "narrow" and self.values.ndim == 1:
            self._narrow(block)
            return
        for start, stop in block.ranges:
            check_patience()
            self.values[start:stop] = self.step.of(
                self.plan.part(start, stop),
                self.values,
                self.bases[start:stop],
                self.weights,
            )

    def _narrow(self, block: Block) -> None:
        """Compute node by node, on plain floats: much faster than arrays of a few."""
        wiring, start, stop = self.plan.wiring, block.start, block.stop
        edges = slice(wiring.starts[start], wiring.starts[stop])
        starts = (wiring.starts[start : stop + 1] - edges.start).tolist()
        middles = (wiring.middles[start:stop] - edges.start).tolist()
        carried = self.plan.edge_weights(edges)
        # What comes from before the block is known; the rest is filled in on the way.
        values = (self.values[wiring.sources[edges]] * carried).tolist()
        weights, bases = carried.tolist(), self.bases[start:stop].tolist()
        onward, out = wiring.onward(start, stop)
        relations = wiring.relations[start:stop].tolist()
        claim, done = self.step.claim, [0.0] * (stop - start)
        inflow = NodeInflow(cache(lambda: wiring.owners(edges)))
        for i, relation in enumerate(relations):
            inflow.attacks = values[starts[i] : middles[i]]
            inflow.supports = values[middles[i] : starts[i + 1]]
            inflow.first_support = middles[i]
            if relation < 0:
                strength = claim(bases[i], inflow)
            else:
                premises = wiring.premises_of(start + i).tolist()
                known = [
                    done[p - start] if p >= start else float(self.values[p])
                    for p in premises
                ]
                joined = float(self.step.join.reduce(known))
                weight = float(self.plan.weights[relation])
                strength = self.step.relation(weight, joined, inflow)
            done[i] = strength
            for edge in out[onward[i] : onward[i + 1]]:
                values[edge] = strength * weights[edge]
        self.values[start:stop] = done

    def _component(self, block: Block, errors: Step | None) -> Rest:
        enclave = self.plan.enclave(block)
        claims = slice(block.start + enclave.claims.start, block.stop)
        outer, bases = self.values[enclave.outer], self.bases[claims]
        if self.values.ndim == 1:
            rest = come_to_rest(enclave, self.step, errors, bases, outer)
            self.values[block.start : block.stop] = rest.values
            return rest
        rest = come_to_rest_together(
            enclave, self.step, errors, bases, outer, self.weights
        )
        self.values[block.start : block.stop] = rest.values
        return rest


def _report(
    graph: Graph,
    run: Pass,
    rests: list[tuple[Block, Rest]],
    errors: Step | None,
    outcome: Outcome,
) -> Outcome:
    """Say how far the strengths can be trusted where there are cycles."""
    loose = [block for block, rest in rests if not rest.is_settled]
    settled = None
    if loose:
        positions = np.concatenate([np.arange(b.start, b.stop) for b in loose])
        reached = downstream(run.plan.wiring, positions)
        settled = ~reached[run.plan.positions[: graph.size]]
    worst = Rest.worst([rest for _, rest in rests])
    return replace(
        outcome,
        settled=settled,
        converged=worst.converged,
        stability=worst.stability,
        iterations=sum(rest.iterations for _, rest in rests),
        residual=worst.residual,
        error_bound=_error_bound(run, rests, errors),
    )


def _error_bound(
    run: Pass, rests: list[tuple[Block, Rest]], errors: Step | None
) -> float | None:
    """Bound every claim's error: (residual + what flows in) / (1 - L), passed on."""
    if errors is None or any(rest.contraction >= 1 for _, rest in rests):
        return None
    bounds = Pass(
        run.plan,
        errors,
        run.bases[run.plan.positions[: run.plan.claim_count]],
        run.weights,
    )
    rest_of = {block.start: rest for block, rest in rests}
    for block in run.plan.blocks:
        if block.kind != "component":
            bounds.acyclic(block)
            continue
        enclave, rest = run.plan.enclave(block), rest_of[block.start]
        outer = bounds.values[enclave.outer]
        bounds.values[block.start : block.stop] = spread_in(
            enclave,
            errors,
            bounds.bases[block.start : block.stop],
            outer,
            rest,
            run.weights,
        )
    return float(bounds.values.max())
