"""Acyclic maps: exact, in any shape, alone or in a batch."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import draw
import plain
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
    relation_strengths,
    solve,
)
from argmap.model import Map

RULES: dict[str, tuple[Aggregation, Influence]] = {
    "df-quad": (PRODUCT, linear()),
    "quadratic-energy": (SUM, p_max(2)),
    "euler-based": (SUM, euler()),
    "euler-based-top": (TOP, euler()),
    "mlp-based": (SUM, mlp()),
}

every_rule = pytest.mark.parametrize("rule", RULES)


def strengths(map_: Map, rule: str) -> dict[str, float]:
    graph = compile_map(map_).resolved()
    return dict(zip(graph.ids, solve(graph, *RULES[rule]).strengths, strict=True))


@every_rule
@given(map_=draw.acyclic_maps())
def test_acyclic_maps_get_what_the_plain_reference_says(rule: str, map_: Map) -> None:
    expected = plain.strengths(map_, rule)

    assert strengths(map_, rule) == pytest.approx(expected, abs=1e-12)


@given(map_=draw.maps())
def test_relations_get_what_the_plain_reference_says(map_: Map) -> None:
    graph = compile_map(map_)
    given_ = np.linspace(0.1, 1.0, graph.size)
    expected = plain.relations(map_, dict(zip(graph.ids, given_, strict=True)))

    found = dict(
        zip(graph.relation_ids, relation_strengths(graph, given_), strict=True)
    )
    assert found == pytest.approx(expected, abs=1e-12)


@given(map_=draw.maps())
def test_relations_of_a_batch_are_those_of_its_variants(map_: Map) -> None:
    graph = compile_map(map_)
    given_ = np.linspace(0.1, 1.0, 3 * graph.size).reshape(graph.size, 3)
    weights = np.linspace(0.0, 1.0, 3 * len(graph.weights)).reshape(-1, 3)

    found = relation_strengths(graph, given_, weights=weights)
    as_it_is = relation_strengths(graph, given_)

    for i in range(3):
        variant = replace(graph, weights=weights[:, i])
        alone = relation_strengths(variant, given_[:, i])
        assert found[:, i] == pytest.approx(alone, abs=1e-12)
        own = relation_strengths(graph, given_[:, i])
        assert as_it_is[:, i] == pytest.approx(own, abs=1e-12)


@every_rule
@given(map_=draw.maps(), data=st.data())
def test_a_batch_gives_what_one_by_one_does_and_its_bits_where_it_contracts(
    rule: str, map_: Map, data: st.DataObject
) -> None:
    graph = compile_map(map_).resolved()
    score = st.floats(0, 1)
    bases = np.array(
        [data.draw(st.lists(score, min_size=3, max_size=3)) for _ in graph.ids]
    ).reshape(graph.size, 3)

    together = solve(graph, *RULES[rule], base_scores=bases).strengths

    for b in range(3):
        alone = solve(graph, *RULES[rule], base_scores=bases[:, b].copy())
        if alone.error_bound is not None:
            assert np.array_equal(together[:, b], alone.strengths)
        assert together[:, b] == pytest.approx(alone.strengths, abs=1e-9)


@every_rule
@given(map_=draw.maps())
def test_weights_given_as_a_batch_do_what_weights_of_the_map_do(
    rule: str, map_: Map
) -> None:
    graph = compile_map(map_).resolved()
    muted = np.zeros(len(graph.relation_ids))
    batch = np.stack([graph.weights, muted], axis=1)

    together = solve(graph, *RULES[rule], weights=batch).strengths

    assert np.array_equal(together[:, 0], solve(graph, *RULES[rule]).strengths)
    assert np.allclose(together[:, 1], graph.base_scores, atol=1e-15)


def test_an_undercut_weakens_the_relation_and_not_its_premise() -> None:
    plain_map = Map.of({"a": 0.8, "b": 0.5, "u": 0.9}, supports=[("a", "b")])
    cut = Map.of(
        {"a": 0.8, "b": 0.5, "u": 0.9}, supports=[("a", "b")], undercuts=[("u", "r1")]
    )
    for rule in RULES:
        before, after = strengths(plain_map, rule), strengths(cut, rule)
        assert 0.5 < after["b"] < before["b"]
        assert after["a"] == before["a"] == 0.8


def test_a_full_undercut_cuts_and_a_backer_restores_no_more_than_was_taken() -> None:
    claims = {"a": 1.0, "u": 1.0, "b": 0.75, "c": 0.5}

    def strength(**more: list[tuple[str, str]]) -> float:
        supports = [("a", "c"), *more.pop("backed", [])]
        graph = compile_map(Map.of(claims, supports=supports, **more))
        return float(relation_strengths(graph, graph.base_scores)[0])

    assert strength() == 1
    assert strength(undercuts=[("u", "r1")]) == 0
    assert strength(backed=[("b", "r1")]) == 1
    assert strength(backed=[("b", "r1")], undercuts=[("u", "r1")]) == 0.75


def test_linked_premises_count_by_product_or_by_the_weakest() -> None:
    graph = compile_map(Map.of({"a": 0.8, "b": 0.5, "c": 0}, [(("a", "b"), "c")]))

    product = solve(graph, PRODUCT, linear()).strengths
    weakest = solve(graph.resolved(linked="minimum"), PRODUCT, linear()).strengths

    assert product[2] == pytest.approx(0.4)
    assert weakest[2] == pytest.approx(0.5)


def test_a_rephrase_and_what_is_about_it_have_no_influence() -> None:
    from argmap.model import Relation, Target

    map_ = Map.of({"a": 0.9, "b": 0.2, "u": 1.0})
    relations = {
        "same": Relation(
            key="same", kind="rephrase", premises=("a",), target=Target(claim="b")
        ),
        "cut": Relation(
            key="cut", kind="undercut", premises=("u",), target=Target(relation="same")
        ),
    }
    map_ = Map(key="m", claims=map_.claims, relations=relations)

    for rule in RULES:
        assert strengths(map_, rule) == {"a": 0.9, "b": 0.2, "u": 1.0}


@every_rule
def test_maps_without_claims_or_relations_are_no_special_case(rule: str) -> None:
    assert strengths(Map.of({}), rule) == {}
    assert strengths(Map.of({"a": 0.25}), rule) == {"a": 0.25}


@every_rule
def test_a_long_chain_gives_what_its_links_give_one_by_one(rule: str) -> None:
    links = 3000
    graph = Graph.of(
        [str(i) for i in range(links)],
        supports=[(str(i), str(i + 1)) for i in range(0, links - 1, 2)],
        attacks=[(str(i), str(i + 1)) for i in range(1, links - 1, 2)],
    )
    aggregate, influence = plain.RULES[rule]
    expected = [0.5]
    for i in range(links - 1):
        flow = ([], [expected[i]]) if i % 2 == 0 else ([expected[i]], [])
        expected.append(influence(0.5, aggregate(*flow)))

    found = solve(graph, *RULES[rule]).strengths

    assert found == pytest.approx(np.array(expected), abs=1e-12)
    assert {block.kind for block in graph.plan.blocks} == {"narrow"}


def test_a_chain_of_undercuts_as_deep_as_one_likes_is_solved() -> None:
    depth = 20_000
    undercuts = [("u", f"r{i}") for i in range(1, depth + 1)]
    graph = compile_map(Map.of({"a": 1, "u": 0.5, "c": 0}, [("a", "c")], (), undercuts))

    outcome = solve(graph, PRODUCT, linear())

    # r = 0.5·(1 - r) has the fixed point 1/3; the first relation is cut by it.
    assert outcome.strengths[2] == pytest.approx(2 / 3, abs=1e-12)


def test_wide_and_narrow_levels_meet() -> None:
    wide = [f"w{i}" for i in range(200)]
    chain = [f"n{i}" for i in range(30)]
    graph = Graph.of(
        [*wide, *chain, "end"],
        attacks=[(w, chain[0]) for w in wide]
        + list(pairwise(chain))
        + [(chain[-1], "end")],
        supports=[(w, "end") for w in wide],
    )
    kinds = {block.kind for block in graph.plan.blocks}
    found = solve(graph, SUM, euler()).strengths

    assert kinds == {"wide", "narrow"}
    state = 0.5
    x = -100.0
    for link in chain:
        state = 1 - 0.75 / (1 + 0.5 * np.exp(x))
        x = -state
        assert found[graph.index[link]] == pytest.approx(state)
    assert found[-1] == pytest.approx(1 - 0.75 / (1 + 0.5 * np.exp(100 - state)))


def test_supports_that_nobody_reads_make_no_cycle() -> None:
    attacked = Aggregation(
        "attacked", lambda inflow: inflow.unattacked() - 1.0, reads_supports=False
    )
    graph = Graph.of(
        {"a": 0.5, "b": 0.5, "c": 0.5},
        supports=[("a", "b"), ("b", "a")],
        attacks=[("c", "a")],
    )
    outcome = solve(graph, attacked, linear())

    assert outcome.strengths.tolist() == [0.25, 0.5, 0.5]
    assert (outcome.iterations, outcome.error_bound) == (0, 0.0)
