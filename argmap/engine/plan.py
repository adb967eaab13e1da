"""The order in which a graph is solved.

Nodes are the claims and the *relation nodes*: relations with several premises or with
an undercut or a backer, whose strength is more than weight times premise. Every other
relation is a plain edge. Nodes are renumbered so that whatever a node depends on has a
smaller position, except within a strongly connected component; a position range is a
block that is computed at once:

* wide blocks, one level of the graph, by array operations;
* narrow blocks, a run of levels with few nodes each, by a plain loop: a level costs
tens
  of microseconds whatever it holds, so a chain of 100,000 would take seconds;
* components, solved by `argmap.engine.cyclic`, relation nodes before claims.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
from numpy.typing import NDArray

from argmap.engine.inflow import Part, weigh
from argmap.engine.levels import CLAIM_RANK, Nodes, levels, read_nodes
from argmap.engine.turned import Turned
from argmap.engine.wiring import Block, Indices, Wiring, cut_out

if TYPE_CHECKING:
    from argmap.engine.graph import Graph

# Below this many nodes in a level a plain loop beats array operations (measured).
NARROW: Final = 12


@dataclass(frozen=True, eq=False)
class Enclave:
    """A component cut out of its graph, with what flows into it behind it.

    Attributes:
        size: How many nodes: relation nodes, claims, then those that flow in.
        relations: The relation nodes, undercuts before what they cut.
        claims: The claims.
        outer: The positions, in the whole graph, of what flows in.
    """

    size: int
    relations: tuple[Part, ...]
    claims: Part
    outer: Indices


@dataclass(frozen=True, eq=False)
class Plan:
    """Blocks in order; ``positions[node]`` for claims, then relation nodes."""

    wiring: Wiring
    blocks: tuple[Block, ...]
    positions: Indices
    claim_count: int
    weights: NDArray[np.float64]
    _parts: dict[tuple[int, int], Part] = field(default_factory=dict)
    _enclaves: dict[int, Enclave] = field(default_factory=dict)

    def part(self, start: int, stop: int) -> Part:
        """Prepare a range of positions for array operations, once."""
        found = self._parts.get((start, stop))
        if found is None:
            found = Part(self.wiring, self.weights, start, stop)
            self._parts[start, stop] = found
        return found

    def enclave(self, block: Block) -> Enclave:
        """Cut a component out, once."""
        found = self._enclaves.get(block.start)
        if found is None:
            wiring, outer = cut_out(self.wiring, block)
            cuts = [cut - block.start for cut in (*block.cuts, block.stop)]
            parts = [Part(wiring, self.weights, a, b) for a, b in pairwise(cuts)]
            found = Enclave(wiring.size, tuple(parts[:-1]), parts[-1], outer)
            self._enclaves[block.start] = found
        return found

    @cached_property
    def whole(self) -> Part:
        """Prepare all positions at once, for what needs no order."""
        return Part(self.wiring, self.weights, 0, self.wiring.size)

    @cached_property
    def turned(self) -> Turned:
        """Turn the graph round: from each position to what depends on it."""
        return Turned(self.wiring, self.whole)

    def edge_weights(self, edges: slice) -> NDArray[np.float64]:
        """Give the weights that edges carry."""
        return weigh(self.weights, self.wiring.edge_relations[edges])

    def reweighted(self, weights: NDArray[np.float64]) -> Plan:
        """Order the same graph with other weights: the order is the same."""
        return Plan(self.wiring, self.blocks, self.positions, self.claim_count, weights)

    @property
    def components(self) -> tuple[Block, ...]:
        """Give the cyclic components, predecessors first."""
        return tuple(b for b in self.blocks if b.kind == "component")


def make_plan(
    graph: Graph, *, claims_are_given: bool = False, reads_supports: bool = True
) -> Plan:
    """Order *graph* for solving. O(claims + relations) and one sort.

    With *claims_are_given* nothing flows into claims, so that only the relations' own
    strengths remain to be computed. Without *reads_supports* supports of claims, and
    what bears on them, are left out.
    """
    nodes = read_nodes(
        graph, claims_are_given=claims_are_given, reads_supports=reads_supports
    )
    component, level = levels(nodes)
    # In a level: relation nodes and claims on no cycle, then component by component;
    # in a component relation nodes before claims, undercuts before what they cut.
    keys = (nodes.rank, component, level)
    order = np.lexsort((np.arange(nodes.count), *keys))
    positions = np.empty(nodes.count, dtype=np.int64)
    positions[order] = np.arange(nodes.count)
    return Plan(
        wiring=_wire(nodes, order, positions),
        blocks=tuple(_blocks(*(key[order] for key in keys))),
        positions=positions,
        claim_count=nodes.claim_count,
        weights=graph.weights,
    )


def _wire(nodes: Nodes, order: Indices, positions: Indices) -> Wiring:
    """Sort edges and premises by the position that they flow into."""
    into = positions[nodes.edge_targets] * 2 + nodes.edge_supports
    by_target = np.argsort(into, kind="stable")
    bounds = np.concatenate(
        [[0], np.cumsum(np.bincount(into, minlength=2 * nodes.count))]
    )
    node_of_premise = positions[nodes.premise_targets]
    by_node = np.argsort(node_of_premise, kind="stable")
    return Wiring(
        starts=bounds[::2],
        middles=bounds[1::2],
        sources=positions[nodes.edge_sources][by_target],
        edge_relations=nodes.edge_relations[by_target],
        premise_starts=np.concatenate(
            [[0], np.cumsum(np.bincount(node_of_premise, minlength=nodes.count))]
        ),
        premises=positions[nodes.premise_sources][by_node],
        relations=nodes.relations[order],
    )


def _blocks(rank: Indices, component: Indices, level: Indices) -> Iterator[Block]:
    """Cut the ordered nodes into blocks; runs of narrow levels become one."""
    if not len(level):
        return
    change = (np.diff(level) != 0) | (np.diff(component) != 0)
    groups = np.concatenate([[0], np.flatnonzero(change) + 1, [len(level)]])
    # Acyclic ranges part only between relation nodes and claims.
    part = np.where(component < 0, rank == CLAIM_RANK, rank)
    cuts = np.flatnonzero(change | (np.diff(part) != 0)) + 1
    first_cut = np.searchsorted(cuts, groups).tolist()
    is_component = (component[groups[:-1]] >= 0).tolist()
    bounds, cut_list = groups.tolist(), cuts.tolist()
    run: list[int] = []
    for i, (start, stop) in enumerate(pairwise(bounds)):
        inner = [c for c in cut_list[first_cut[i] : first_cut[i + 1]] if c > start]
        if stop - start < NARROW and not is_component[i]:
            run += [start, *inner]
            continue
        if run:
            yield Block("narrow", tuple(run), start)
            run = []
        kind: Literal["wide", "component"] = "component" if is_component[i] else "wide"
        yield Block(kind, (start, *inner), stop)
    if run:
        yield Block("narrow", tuple(run), bounds[-1])
