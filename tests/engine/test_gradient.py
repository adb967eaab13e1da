"""Gradients: what a small change of one number does, against doing it."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

import draw
from argmap.engine import (
    PRODUCT,
    SUM,
    TOP,
    Aggregation,
    Graph,
    Influence,
    compile_map,
    euler,
    linear,
    mlp,
    p_max,
    solve,
)
from argmap.engine.gradient import gradient
from argmap.model import Map

RULES = {
    "df-quad": (PRODUCT, linear()),
    "quadratic-energy": (SUM, p_max(2)),
    "euler-based": (SUM, euler()),
    "euler-based-top": (TOP, euler()),
    "mlp-based": (SUM, mlp()),
}

STEP = 1e-6
CLOSE = 1e-5


def differences(
    graph: Graph, rule: str, target: int, side: str
) -> tuple[NDArray[np.float64], bool]:
    """Differentiate by pushing each number up and down; say whether that is smooth."""
    given_ = graph.base_scores if side == "base_scores" else graph.weights
    pushes = STEP * np.eye(len(given_))
    columns = np.concatenate([given_ + pushes, given_ - pushes]).T
    strengths = solve(graph, *RULES[rule], **{side: columns}).strengths[target]
    up, down = np.split(strengths, 2)
    middle = solve(graph, *RULES[rule]).strengths[target]
    # Where the slopes of the two sides differ there is a kink, and no gradient.
    is_smooth = np.allclose(up - middle, middle - down, rtol=0, atol=STEP * CLOSE)
    return np.asarray((up - down) / (2 * STEP)), is_smooth


@pytest.mark.parametrize("side", ["base_scores", "weights"])
@pytest.mark.parametrize("rule", RULES)
@settings(max_examples=25)
@given(map_=draw.maps(), data=st.data())
def test_gradients_are_what_differences_say(
    rule: str, side: str, map_: Map, data: st.DataObject
) -> None:
    graph = compile_map(map_).resolved()
    assume(graph.relation_ids)
    target = data.draw(st.integers(0, graph.size - 1))
    found = gradient(graph, *RULES[rule], target)
    assume(not found.is_singular)
    expected, is_smooth = differences(graph, rule, target, side)
    assume(is_smooth)

    assert getattr(found, side) == pytest.approx(expected, abs=CLOSE)


@pytest.mark.parametrize("side", ["base_scores", "weights"])
@pytest.mark.parametrize("rule", RULES)
def test_wide_maps_are_differentiated_as_narrow_ones(rule: str, side: str) -> None:
    count = 100
    pairs = [(f"p{i}", f"m{i}") for i in range(count)]
    said = {"t": 0.5, **{f"p{i}": 0.3 + 0.004 * i for i in range(count)}}
    said |= {f"m{i}": 0.2 + 0.006 * i for i in range(count)}
    said |= {f"u{i}": 0.1 + 0.008 * i for i in range(count)}
    map_ = Map.of(
        said,
        supports=[*pairs[::2], ("m0", "t"), ("m1", "t")],
        rebuts=[*pairs[1::2], ("m50", "t")],
        undercuts=[(f"u{i}", f"r{i + 1}") for i in range(count // 2)],
    )
    graph = compile_map(map_).resolved()
    assert {block.kind for block in graph.plan.blocks} >= {"wide"}

    found = gradient(graph, *RULES[rule], 0)
    expected, is_smooth = differences(graph, rule, 0, side)
    assert is_smooth
    assert getattr(found, side) == pytest.approx(expected, abs=CLOSE)
    assert np.count_nonzero(abs(expected) > CLOSE) > count / 20


@pytest.mark.parametrize(
    "influence",
    [linear(), linear(2.0), p_max(1, 2.0), p_max(2), p_max(3, 0.5), euler(), mlp()],
    ids=lambda influence: influence.name,
)
def test_an_influence_is_as_steep_as_it_says_and_no_steeper(
    influence: Influence,
) -> None:
    w, x = np.meshgrid(np.linspace(0, 1, 41), np.linspace(-1, 1, 1001))
    assert influence.lipschitz is not None
    most = influence.lipschitz(w)
    found = abs(influence.apply(w, x + STEP) - influence.apply(w, x - STEP)) / STEP / 2

    assert (found <= most + 1e-9).all()
    assert (found / most).max() > 0.9


def test_rounding_leads_nowhere_beyond_1() -> None:
    w, x = np.meshgrid(np.linspace(0, 1, 1001), np.linspace(0, 60, 301))

    found = euler().apply(w, x)

    assert found.max() == 1
    assert (found >= w).all()


@pytest.mark.parametrize(
    ("influence", "down", "up"),
    [
        # What is worth 1/2 is attacked, or supported, by 1/2.
        (linear(), 1 / 4, 3 / 4),
        (linear(2.0), 3 / 8, 5 / 8),
        (p_max(), 2 / 5, 3 / 5),
        (p_max(1), 1 / 3, 2 / 3),
        (p_max(3, 0.5), 1 / 4, 3 / 4),
        (p_max(2, 0.25), 1 / 10, 9 / 10),
        (
            euler(),
            1 - 0.75 / (1 + 0.5 * np.exp(-0.5)),
            1 - 0.75 / (1 + 0.5 * np.e**0.5),
        ),
        (mlp(), 1 / (1 + np.e**0.5), 1 / (1 + np.exp(-0.5))),
    ],
    ids=lambda each: each.name if isinstance(each, Influence) else "",
)
def test_an_influence_moves_as_far_as_its_paper_says(
    influence: Influence, down: float, up: float
) -> None:
    found = [influence.apply(0.5, x) for x in (-0.5, 0.0, 0.5)]

    assert found == pytest.approx([down, 0.5, up], abs=1e-12)


def test_zeros_are_no_trouble_for_products() -> None:
    graph = Graph.of(
        {"a": 1, "b": 1, "c": 0.5, "t": 0.5},
        attacks=[("a", "t"), ("b", "t"), ("c", "t")],
    )
    assert gradient(graph, PRODUCT, linear(), 3).base_scores[:3].tolist() == [0, 0, 0]
    one = Graph.of({"a": 1, "c": 0.5, "t": 0.5}, attacks=[("a", "t"), ("c", "t")])
    found = gradient(one, PRODUCT, linear(), 2).base_scores
    assert found == pytest.approx([-0.25, 0, 0], abs=1e-9)


def test_minimum_joins_pass_their_slope_to_the_weakest_premise() -> None:
    map_ = Map.of({"a": 0.8, "b": 0.5, "c": 0.0}, [(("a", "b"), "c")])
    graph = compile_map(map_).resolved(linked="minimum")

    found = gradient(graph, PRODUCT, linear(), 2)

    assert found.base_scores == pytest.approx([0, 1, 0.5], abs=1e-9)
    assert found.weights == pytest.approx([0.5], abs=1e-9)


def test_a_claim_is_felt_through_a_cycle() -> None:
    graph = Graph.of({"a": 0.5, "b": 0.5}, attacks=[("a", "b"), ("b", "a")])
    # a = w(1 - b), b = v(1 - a): a = w(1 - v)/(1 - wv).
    found = gradient(graph, PRODUCT, linear(), 0).base_scores

    assert found == pytest.approx([0.5 / 0.75**2, -0.5 * 0.5 / 0.75**2], abs=1e-8)


@pytest.mark.parametrize("rule", RULES)
def test_claims_are_felt_through_and_behind_a_cycle(rule: str) -> None:
    graph = Graph.of(
        {"x": 0.5, "y": 0.25, "a": 0.5, "b": 0.25, "c": 0.75, "d": 0.5}
        | {"e": 0.25, "f": 0.5},
        attacks=[
            ("a", "b"),
            ("b", "c"),
            ("b", "e"),
            ("e", "f"),
            ("x", "y"),
            ("y", "x"),
        ],
        supports=[("c", "a"), ("c", "d"), ("d", "e")],
    )
    for target in range(graph.size):
        expected, is_smooth = differences(graph, rule, target, "base_scores")
        assert is_smooth
        found = gradient(graph, *RULES[rule], target)
        assert found.base_scores == pytest.approx(expected, abs=CLOSE)
        assert not found.is_singular  # whatever of the graph it does not feel


def test_an_undercut_starts_to_bite_at_0_and_a_backer_where_something_is_cut() -> None:
    map_ = Map.of(
        {"a": 1.0, "t": 0.5, "u": 0.0, "b": 0.0},
        supports=[("a", "t"), ("b", "r1")],
        undercuts=[("u", "r1")],
    )
    found = gradient(compile_map(map_), PRODUCT, linear(), 1).base_scores

    # The support of t by a carries 1 less what the undercut has that no backer takes.
    assert dict(zip(map_.claims, found, strict=True)) == pytest.approx(
        {"a": 0.5, "t": 0.0, "u": -0.5, "b": 0.0}, abs=1e-9
    )


@pytest.mark.parametrize("rule", RULES)
def test_a_graph_is_the_same_after_its_gradient(rule: str) -> None:
    # Of two attackers one takes from the slope of the other, if they are multiplied.
    graph, other = (
        Graph.of(
            {"t": 0.5, "a": 0.5, "b": 0.25, "c": 0.25},
            attacks=[("a", "t"), ("b", "t")],
            supports=[("c", "t")],
        )
        for _ in range(2)
    )
    gradient(graph, *RULES[rule], 0)
    after, before = (gradient(each, SUM, p_max(2), 0) for each in (graph, other))

    assert after.base_scores.tolist() == before.base_scores.tolist()


def test_what_has_no_derivative_is_said_to_have_none() -> None:
    # b = 1 - a and a = 1 - b: a line of fixed points, no isolated one.
    graph = Graph.of({"a": 1.0, "b": 1.0}, attacks=[("a", "b"), ("b", "a")])

    found = gradient(graph, PRODUCT, linear(), 0)

    assert found.is_singular
    assert np.isnan(found.base_scores).all()


def test_where_nothing_rests_there_is_no_derivative() -> None:
    # The two turn round each other for ever, though where they are has slopes.
    spin = Influence("spin", lambda w, x: 0.5 + 0.5 * np.sign(x + w - 0.5 + 1e-9))
    graph = Graph.of(
        {"a": 0.4, "b": 0.6}, attacks=[("a", "b"), ("a", "a")], supports=[("b", "a")]
    )

    found = gradient(graph, SUM, spin, 0)

    assert found.is_singular
    assert np.isnan(found.base_scores).all()


def test_an_aggregation_without_slopes_is_refused() -> None:
    plain = Aggregation("mine", lambda inflow: inflow.energy())

    with pytest.raises(ValueError, match="no slopes"):
        gradient(Graph.of(["a"]), plain, linear(), 0)
