"""Why claims are in or out under rules with several extensions, by the definitions."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings

import argmap
import draw
from argmap.errors import TooSlow
from argmap.model import Map
from argmap.plugin import (
    Graph,
    Host,
    Outcome,
    Projection,
    Rule,
    compile_map,
    patience,
    project,
)
from argmap.plugin.reasons import Reasons, reasons
from brute import Arguments, Brute

HOST = Host.load(strict=True)
NAMES = ("complete", "preferred", "stable", "semi-stable", "ideal")
LARGEST = 9  # arguments whose sets are all tried


def positions(
    brute: Brute, projection: Projection, chosen: set[int], claim: int, *, is_in: bool
) -> Iterator[Arguments]:
    """Give the admissible sets that have a claim in, or out, by *chosen* relations.

    Whatever attacks them they attack by one of these, or by what is of no relation.
    """
    ends = projection.framework.sources.tolist(), projection.framework.targets.tolist()
    carriers = projection.carriers.tolist()
    acts = {(s, t) for s, t, c in zip(*ends, carriers, strict=True) if c in chosen}
    for some in brute.admissible:
        beaten = {t for s, t in acts if s in some}
        attackers = {s for s, t in brute.attacks if t in some}
        if attackers <= beaten and claim in (some if is_in else beaten):
            yield some


def needed(graph: Graph, found: Reasons) -> set[int] | None:
    defence = found.defence or (found.unanswered and found.unanswered.defence)
    if not defence:
        return None
    rebuttal = found.unanswered.relation if found.unanswered else None
    keys = {*defence.relations, *([rebuttal] if rebuttal else [])}
    return {graph.relation_ids.index(key) for key in keys}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("acceptance", ["sceptical", "credulous"])
@settings(max_examples=15)
@given(map_=draw.maps(largest=4))
def test_a_reason_is_a_smallest_defence_that_lies_in_an_extension(
    name: str, acceptance: str, map_: Map
) -> None:
    rule, graph = HOST.rule(name), compile_map(map_).resolved(0.5)
    params = rule.decode({"acceptance": acceptance})
    projection = project(graph)
    size, framework = projection.framework.size, projection.framework
    assume(size <= LARGEST)
    ends = framework.sources.tolist(), framework.targets.tolist()
    brute = Brute(size, frozenset(zip(*ends, strict=True)))
    extensions = brute.extensions(name, frozenset(range(graph.size)))
    outcome = rule.run(graph, params)
    assert isinstance(outcome, Outcome)
    for key, claim in graph.index.items():
        found = reasons(graph, rule, params, key)
        is_in = outcome.strengths[claim] == 1
        chosen = needed(graph, found)

        assert (found.defence is not None) == is_in
        if chosen is None:
            assert outcome.strengths[claim] == 0.5
            assert all(claim not in brute.beaten_by(each) for each in extensions)
            continue
        acting = {*chosen, -1}
        holding = positions(brute, projection, acting, claim, is_in=is_in)
        assert any(some <= each for some in holding for each in extensions)
        for one in chosen:
            fewer = positions(brute, projection, acting - {one}, claim, is_in=is_in)
            assert not [*fewer]


def why(map_: Map, claim: str, rule: str, acceptance: str = "sceptical") -> Reasons:
    graph, chosen = compile_map(map_).resolved(0.5), HOST.rule(rule)
    return reasons(graph, chosen, chosen.decode({"acceptance": acceptance}), claim)


RIVALS = Map.of(["tram", "bus", "cars"], rebuts=[("tram", "bus"), ("bus", "tram")])


def test_a_claim_of_one_position_is_defended_there_and_beaten_elsewhere() -> None:
    held = why(RIVALS, "tram", "preferred", "credulous")
    open_ = why(RIVALS, "tram", "preferred").unanswered

    assert held.defence is not None
    assert (held.defence.relations, held.defence.claims) == (("r1",), ("tram",))
    assert open_ is not None
    assert (open_.relation, open_.claims) == ("r2", ("bus",))
    assert open_.defence is not None
    assert open_.defence.relations == ()  # the rebuttal answers the rebuttal


def test_without_an_extension_nothing_decides() -> None:
    odd = Map.of("abc", rebuts=[("a", "b"), ("b", "c"), ("c", "a")])
    found = why(odd, "a", "stable").unanswered

    assert found is not None
    assert (found.relation, found.defence) == ("r3", None)


def test_a_long_defence_is_found_in_a_large_framework() -> None:
    keys = [f"c{i}" for i in range(2_001)]
    cycle = [(keys[-1], "d"), ("d", keys[-1])]  # nothing is grounded
    map_ = Map.of([*keys, "d"], rebuts=[*((b, a) for a, b in pairwise(keys)), *cycle])
    found = why(map_, "c0", "preferred", "credulous").defence

    assert found is not None
    assert len(found.relations) == 1_001


def test_a_reason_that_takes_too_long_is_said_to_be_missing() -> None:
    full = argmap.explain(RIVALS, "tram", "preferred")
    short = argmap.explain(RIVALS, "tram", "preferred", seconds=0.0)

    assert full.unanswered is not None
    assert short.unanswered is None
    assert "not found within 0 seconds" in short.note
    assert short.strength == full.strength
    with pytest.raises(TooSlow), patience(0):
        argmap.explain(RIVALS, "tram", "preferred")


def test_a_rule_that_finds_no_labelling_leaves_the_rest_to_what_is_open() -> None:
    def shy(graph: Graph) -> Outcome:
        half = np.full(graph.size, 0.5)
        return Outcome(half, relations=np.full(2, 0.5), within=lambda *_: None)

    rule = Rule("shy", "Shy", shy, scale="label")
    graph = compile_map(RIVALS).resolved(0.5)
    found = reasons(graph, rule, rule.decode({}), "tram").unanswered

    assert found is not None
    assert (found.relation, found.defence) == ("r2", None)
