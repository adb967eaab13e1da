"""What every installed rule must do, over and above the laws of the catalogue.

A map is drawn once and given to all of them.
"""

from collections.abc import Iterator

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import draw
from argmap.model import Map
from argmap.plugin import Graph, Host, Rule, compile_map, decode_options, evaluate
from argmap.plugin.judgement import judge

RULES = [installed.rule for installed in Host.load(strict=True).rules.values()]

some = settings(max_examples=25, deadline=None)


def every_rule() -> Iterator[Rule]:
    for rule in RULES:
        note(f"rule: {rule.name}")  # the last note of a failure is the rule that broke
        yield rule


@some
@given(map=draw.maps(), data=st.data())
def test_order_does_not_change_what_the_input_is_called(
    map: Map, data: st.DataObject
) -> None:
    claims = data.draw(st.permutations(list(map.claims.items())))
    relations = data.draw(st.permutations(list(map.relations.items())))
    shuffled = replace(map, claims=dict(claims), relations=dict(relations))

    for rule in every_rule():
        assert evaluate(map, rule).input_hash == evaluate(shuffled, rule).input_hash


@some
@given(map=draw.acyclic_maps())
def test_maps_without_cycles_are_settled(map: Map) -> None:
    for rule in every_rule():
        evaluation = evaluate(map, rule)

        assert evaluation.converged
        assert evaluation.stability == "stable"
        assert all(claim.settled for claim in evaluation.claims.values())


@some
@given(map=draw.maps())
def test_what_is_not_settled_is_said_of_the_whole(map: Map) -> None:
    for rule in every_rule():
        evaluation = evaluate(map, rule)

        is_loose = not evaluation.converged or evaluation.stability == "unstable"
        assert is_loose == any(not c.settled for c in evaluation.claims.values())


@settings(max_examples=10, deadline=None)
@given(map=draw.maps())
def test_a_judgement_says_of_any_what_the_evaluation_says(map: Map) -> None:
    claims, relations = [*map.claims][::-1], [*map.relations][1::2]
    for rule in every_rule():
        options = decode_options(rule, None)
        found = judge(compile_map(map), rule, rule.decode(None), options)
        evaluation = evaluate(map, rule)

        assert found.worth(claims) == evaluation.worth(claims)
        assert found.carried(relations) == evaluation.carried(relations)
        assert [found.carries(key) for key in relations] == found.carried(relations)


def test_the_empty_map_has_an_empty_evaluation() -> None:
    for rule in RULES:
        evaluation = evaluate(Map(key="empty"), rule)

        assert evaluation.claims == {}, rule.name
        assert evaluation.relations == {}
        assert evaluation.converged


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("kind", ["attacks", "supports"])
def test_all_claims_of_a_ring_are_treated_alike(size: int, kind: str) -> None:
    keys = [f"c{i}" for i in range(size)]
    ring = Graph.of(keys, **{kind: [(keys[i - 1], keys[i]) for i in range(size)]})

    for rule in RULES:
        strengths = evaluate(ring, rule).strengths.values()

        assert max(strengths) - min(strengths) <= 1e-12, rule.name
