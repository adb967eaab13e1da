"""How fast the engine is, against a compiled kernel and a plain-Python peer."""

import tracemalloc

import numpy as np
import pytest
from numpy.typing import NDArray

from argmap.engine import PRODUCT, SUM, Graph, gradient, linear, p_max, solve
from figures import Figures

QUADRATIC = p_max(2)


def random_graph(claims: int, relations: int, *, is_acyclic: bool = True) -> Graph:
    """Draw a graph with about *relations* relations, half of them attacks."""
    random = np.random.default_rng(7)
    a, b = random.integers(0, claims, (2, relations))
    if is_acyclic:
        a, b = np.minimum(a, b), np.maximum(a, b)
    a, b = random.permutation(claims)[np.stack([a, b])[:, a != b]]
    return Graph.from_arrays(
        ids=tuple(f"c{i}" for i in range(claims)),
        base_scores=random.random(claims),
        relation_ids=tuple(f"r{i}" for i in range(len(a))),
        kinds=random.integers(0, 2, len(a)),
        premise_starts=np.arange(len(a) + 1),
        premises=a,
        targets=b,
        on_relation=np.zeros(len(a)),
        weights=np.ones(len(a)),
    )


def solved(graph: Graph) -> NDArray[np.float64]:
    return solve(graph, SUM, QUADRATIC).strengths


def kernel_seconds(graph: Graph, figures: Figures) -> float:
    """Time a compiled loop over the claims in topological order."""
    numba = pytest.importorskip("numba", reason="comes with the extra bench")
    wiring, positions = graph.plan.wiring, graph.plan.positions
    bases = np.empty(graph.size)
    bases[positions] = graph.base_scores

    @numba.njit(cache=False)  # type: ignore[untyped-decorator]
    def kernel(starts, middles, sources, bases):  # type: ignore[no-untyped-def]
        strengths = np.empty_like(bases)
        for i in range(len(bases)):
            x = 0.0
            for e in range(starts[i], middles[i]):
                x -= strengths[sources[e]]
            for e in range(middles[i], starts[i + 1]):
                x += strengths[sources[e]]
            h = x * x / (1.0 + x * x)
            w = bases[i]
            strengths[i] = w + (1.0 - w) * h if x > 0 else w - w * h
        return strengths

    arguments = (wiring.starts, wiring.middles, wiring.sources, bases)
    assert np.allclose(kernel(*arguments)[positions], solved(graph), atol=1e-12)
    return figures.seconds(lambda: kernel(*arguments), times=9)


def peer_seconds(graph: Graph, figures: Figures) -> float:
    """Time formal-argumentation's discrete form on the same graph."""
    peer = pytest.importorskip(
        "argumentation.gradual.gradual", reason="comes with the extra bench"
    )
    ends = list(zip(graph.premises.tolist(), graph.targets.tolist(), strict=True))
    named = [(graph.ids[a], graph.ids[b]) for a, b in ends]
    attacks = {e for e, kind in zip(named, graph.kinds, strict=True) if kind == 1}
    theirs = peer.WeightedBipolarGraph(
        arguments=frozenset(graph.ids),
        initial_weights=dict(zip(graph.ids, graph.base_scores.tolist(), strict=True)),
        attacks=frozenset(attacks),
        supports=frozenset(set(named) - attacks),
    )
    return figures.seconds(
        lambda: peer.quadratic_energy_strengths_discrete(theirs), times=1
    )


def test_a_thousand_claims(figures: Figures) -> None:
    graph = random_graph(1_000, 10_000)
    ours = figures.seconds(lambda: solved(graph), times=20)
    figures.note("1,000 claims, 10,000 relations", f"{ours * 1e3:.2f} ms")

    peer = peer_seconds(graph, figures)
    figures.at_least("  formal-argumentation, discrete / argmap", peer / ours, 50)

    batch = np.random.default_rng(1).random((graph.size, 64))
    many = figures.seconds(
        lambda: solve(graph, SUM, QUADRATIC, base_scores=batch), times=20
    )
    figures.at_most("  64 base-score vectors / one", many / ours, 8)


def last_claim(graph: Graph) -> int:
    """Find a claim that much leads to."""
    return int(np.argmax(graph.plan.positions[: graph.size]))


def test_all_gradients_of_one_claim(figures: Figures) -> None:
    small = random_graph(1_000, 10_000)
    forward = figures.seconds(lambda: solved(small), times=20)
    back = figures.seconds(
        lambda: gradient(small, SUM, QUADRATIC, last_claim(small)), times=20
    )
    figures.at_most("all gradients, 1,000 claims / one pass", back / forward, 3)

    large = random_graph(100_000, 1_000_000)
    forward = figures.seconds(lambda: solved(large), times=15)
    back = figures.seconds(
        lambda: gradient(large, SUM, QUADRATIC, last_claim(large)), times=15
    )
    figures.at_most("all gradients, 100,000 claims / one pass", back / forward, 3)

    forward = figures.seconds(lambda: solve(large, PRODUCT, linear()))
    back = figures.seconds(
        lambda: gradient(large, PRODUCT, linear(), last_claim(large))
    )
    figures.note("  of products", f"{back / forward:.3g} ×")


def test_a_hundred_thousand_claims(figures: Figures) -> None:
    graph = random_graph(100_000, 1_000_000)
    ours = figures.seconds(lambda: solved(graph), times=9)
    figures.note("100,000 claims, 1,000,000 relations", f"{ours * 1e3:.2f} ms")

    kernel = kernel_seconds(graph, figures)
    figures.at_most("  argmap / numba kernel", ours / kernel, 4)
    peer = peer_seconds(graph, figures)
    figures.at_least("  formal-argumentation, discrete / argmap", peer / ours, 1_000)


def test_a_chain(figures: Figures) -> None:
    links = 100_000
    graph = Graph.from_arrays(
        ids=tuple(f"c{i}" for i in range(links)),
        base_scores=np.full(links, 0.5),
        relation_ids=tuple(f"r{i}" for i in range(links - 1)),
        kinds=np.arange(links - 1) % 2,
        premise_starts=np.arange(links),
        premises=np.arange(links - 1),
        targets=np.arange(1, links),
        on_relation=np.zeros(links - 1),
        weights=np.ones(links - 1),
    )
    seconds = figures.seconds(lambda: solved(graph))
    figures.at_most("a chain of 100,000", seconds, 0.3, "s")


def test_a_million_claims_fit(figures: Figures) -> None:
    graph = random_graph(1_000_000, 5_000_000)
    tracemalloc.start()
    solved(graph)
    peak = tracemalloc.get_traced_memory()[1] / 2**30
    tracemalloc.stop()
    seconds = figures.seconds(lambda: solved(graph), times=1)
    figures.note("1,000,000 claims, 5,000,000 relations", f"{seconds:.2f} s")
    figures.at_most("  memory beyond the map", peak, 1, "GiB")
