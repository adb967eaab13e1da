"""Many variants of a map at once: what each gives by itself, however they are asked."""

import time
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import argmap
import draw
from argmap.errors import PluginFault
from argmap.model import Map
from argmap.plugin import Graph, Host, Rule, compile_map
from argmap.plugin.answer import answer
from argmap.plugin.variants import vary

HOST = Host.load(strict=True)
BATCHED = [i.rule for i in HOST.rules.values() if i.rule.batch is not None]
each_rule = pytest.mark.parametrize("rule", BATCHED, ids=lambda rule: rule.name)


def without_batch(rule: Rule) -> Rule:
    return replace(rule, batch=None)


@each_rule
@settings(max_examples=40)
@given(map_=draw.maps(largest=6), seed=st.integers(0, 1000))
def test_a_batch_gives_what_every_variant_gives_by_itself(
    rule: Rule, map_: Map, seed: int
) -> None:
    graph = compile_map(map_).resolved(rule.default_base_score)
    random = np.random.default_rng(seed)
    bases = random.random((graph.size, 4))
    weights = random.random((len(graph.relation_ids), 4)).round(1)
    params = rule.decode({})

    both = [
        vary(graph, each, params, base_scores=bases, weights=weights)
        for each in (rule, without_batch(rule))
    ]

    for b in range(4):
        own = replace(graph, base_scores=bases[:, b], weights=weights[:, b])
        settled = answer(rule, own, params).settled
        if settled is not None and settled.all():
            assert np.allclose(both[0][:, b], both[1][:, b], rtol=0, atol=1e-12)


@each_rule
def test_a_seed_map_is_explained_in_batches_with_the_same_numbers(rule: Rule) -> None:
    map_, _ = argmap.load(argmap.seed("japan-nato"))
    graph = compile_map(map_).resolved(rule.default_base_score)
    params, muted = rule.decode({}), np.arange(0, len(graph.relation_ids), 6)
    weights = np.repeat(graph.weights[:, None], len(muted), axis=1)
    weights[muted, np.arange(len(muted))] = 0.0
    seconds, found = [], []
    for each in (rule, without_batch(rule)):
        start = time.perf_counter()
        found.append(vary(graph, each, params, weights=weights))
        seconds.append(time.perf_counter() - start)

    assert abs(found[0] - found[1]).max() <= 1e-12
    assert seconds[0] < seconds[1] / 4


@pytest.mark.parametrize(
    ("returned", "detail"),
    [
        (np.zeros((2, 3)), "shape"),
        ([[0.5]], "no array"),
        (np.full((2, 1), np.nan), "finite"),
        (np.full((2, 1), 1.5), "outside"),
    ],
)
def test_what_a_batch_gives_is_checked(returned: Any, detail: str) -> None:
    graph = Graph.of({"a": 0.5, "b": 0.5}, attacks=[("a", "b")])
    rule = Rule(
        "own", "Own", lambda g: g.base_scores, batch=lambda *_: returned, plugin="mine"
    )

    with pytest.raises(PluginFault, match=detail):
        vary(graph, rule, rule.decode({}), weights=np.ones((1, 1)))


def test_a_batch_that_raises_is_a_fault_of_its_plugin() -> None:
    graph = Graph.of({"a": 0.5, "b": 0.5}, attacks=[("a", "b")])

    def fails(*_: object) -> Any:
        return 1 / 0

    rule = Rule("own", "Own", lambda g: g.base_scores, batch=fails)

    with pytest.raises(PluginFault, match="ZeroDivisionError"):
        vary(graph, rule, rule.decode({}), weights=np.ones((1, 1)))


def test_a_modular_rule_needs_no_batch_of_its_own() -> None:
    with pytest.raises(ValueError, match="batch"):
        replace(HOST.rule("df-quad"), batch=vary)
