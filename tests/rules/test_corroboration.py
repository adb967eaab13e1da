"""Corroboration: a second source adds, a second passage of the same does not."""

import math
from collections import defaultdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

import draw
import plain
from argmap.model import Passage, PassageReference, Span, Stance
from argmap.plugin import Graph, Map, Source, evaluate
from argmap_evidence.corroboration import CORROBORATION

PASSAGES = (
    Passage(key="p", spans=(Span(start=0, end=1),)),
    Passage(key="q", spans=(Span(start=1, end=2),)),
)


def sourced(
    map: Map,
    said: dict[str, list[str]],
    credibility: dict[str, float | None] | None = None,
) -> Map:
    """Let claims rest on sources, named as ``source``, ``source/q`` or ``~source``."""

    def reference(name: str) -> PassageReference:
        source, _, passage = name.lstrip("~").partition("/")
        stance: Stance = "rejects" if name.startswith("~") else "asserts"
        return PassageReference(source=source, passage=passage or "p", stance=stance)

    names = {n.lstrip("~").partition("/")[0] for each in said.values() for n in each}
    trust = credibility or {}
    return replace(
        map,
        sources={
            n: Source(key=n, title=n, credibility=trust.get(n), passages=PASSAGES)
            for n in sorted(names)
        },
        claims={
            key: replace(claim, passages=tuple(reference(n) for n in said.get(key, ())))
            for key, claim in map.claims.items()
        },
    )


def strength(map: Map, claim: str = "c") -> float:
    return evaluate(map, CORROBORATION).strengths[claim]


def test_a_claim_without_sources_has_its_base_score_to_the_last_bit() -> None:
    assert evaluate(Map.of({"a": 0.1, "b": 0.7}), CORROBORATION).strengths == {
        "a": 0.1,
        "b": 0.7,
    }


def test_a_second_source_adds_and_a_second_passage_of_the_same_does_not() -> None:
    bare = Map.of({"c": 0.5})
    once = sourced(bare, {"c": ["s"]})
    twice = sourced(bare, {"c": ["s", "s/q"]})
    two = sourced(bare, {"c": ["s", "t"]})

    assert strength(once) == strength(twice) == 0.5
    assert strength(two) == 0.75


def test_credibility_scales_what_a_source_adds() -> None:
    bare = Map.of({"c": 0.5})
    said = {"c": ["s", "t"]}

    found = strength(sourced(bare, said, {"s": 0.4, "t": 0.0}))
    assert found == pytest.approx(0.5 * 0.4)


def test_a_source_that_rejects_a_claim_is_none_for_it() -> None:
    assert strength(sourced(Map.of({"c": 0.5}), {"c": ["s", "~t"]})) == 0.5


def two_premises(first: list[str], second: list[str]) -> float:
    bare = Map.of({"a": 0.5, "b": 0.5, "c": 0.0}, supports=[("a", "c"), ("b", "c")])
    return strength(sourced(bare, {"a": first, "b": second}))


def test_two_premises_from_one_source_count_as_the_better_of_them() -> None:
    assert two_premises(["s"], ["s"]) == 0.5
    assert two_premises(["s"], ["t"]) == 0.75
    assert two_premises([], []) == 0.75
    assert two_premises(["s"], []) == 0.75


def test_a_premise_from_several_sources_shares_its_support_among_them() -> None:
    # b = 1 − ½² = ¾ from s and t; each of them gets 1 − √¼ = ½ of it; s has ½ from a.
    assert two_premises(["s"], ["s", "t"]) == pytest.approx(1 - 0.5 * 0.5)
    # Alone, it comes to ¾ whatever the number of sources.
    assert two_premises(["u"], ["s", "t"]) == pytest.approx(1 - 0.5 * 0.25)


def test_linked_premises_rest_on_the_sources_that_they_share() -> None:
    weak = sourced(
        Map.of(
            {"a": 0.5, "b": 0.5, "d": 1, "c": 0.0},
            supports=[("a", "c"), (("b", "d"), "c")],
        ),
        {"a": ["s"], "b": ["s"], "d": ["s"]},
    )
    apart = sourced(weak, {"a": ["s"], "b": ["s"], "d": ["t"]})
    half = sourced(weak, {"a": ["s"], "b": ["s"], "d": []})

    assert strength(weak) == 0.5  # both relations rest on s
    assert strength(apart) == 0.75  # the linked one rests on no source
    assert strength(half) == 0.5  # premises without sources do not count


def test_rebuts_and_undercuts_take_their_share() -> None:
    bare = Map.of(
        {"a": 0.5, "u": 0.5, "x": 0.4, "c": 0.0},
        supports=[("a", "c")],
        rebuts=[("x", "c")],
        undercuts=[("u", "r1")],
    )
    assert strength(bare) == pytest.approx(0.25 * 0.6)


@st.composite
def sourced_maps(draw_: Any) -> tuple[Map, dict[str, list[str]], dict[str, Any]]:
    bare = replace(draw_(draw.maps()), sources={})
    names = st.lists(st.sampled_from(["s", "t", "u"]), max_size=3, unique=True)
    said = {key: draw_(names) for key in bare.claims}
    trust = {name: draw_(st.none() | draw.scores) for name in "stu"}
    return sourced(bare, said, trust), said, trust


@given(drawn=sourced_maps())
def test_every_claim_has_what_the_definition_makes_of_what_is_said_for_it(
    drawn: tuple[Map, dict[str, list[str]], dict[str, Any]],
) -> None:
    graph, said, trust = drawn
    evaluation = evaluate(graph, CORROBORATION)
    flows = plain.relations(graph, evaluation.strengths)

    def flowing(claim: str, kind: str) -> list[str]:
        return [
            r.key
            for r in graph.relations.values()
            if r.kind == kind and r.target.claim == claim
        ]

    def shared(relation: str) -> set[str]:
        each = [set(said[p]) for p in graph.relations[relation].premises if said[p]]
        return set.intersection(*each) if each else set()

    for key, claim in evaluation.claims.items():
        credibility = [1.0 if trust[s] is None else trust[s] for s in said[key]]
        doubt = math.prod(1 - claim.base * c for c in credibility)
        doubt = doubt if credibility else 1 - claim.base
        by_source: dict[str, float] = defaultdict(float)
        for relation in flowing(key, "support"):
            sources = shared(relation)
            left = 1 - flows[relation]
            for source in sources:
                share = 1 - left ** (1 / len(sources))
                by_source[source] = max(by_source[source], share)
            doubt *= 1.0 if sources else left
        doubt *= math.prod(1 - q for q in by_source.values())
        unattacked = math.prod(1 - flows[r] for r in flowing(key, "rebut"))
        expected = (1 - doubt) * unattacked
        # The root of next to nothing magnifies rounding.
        assert claim.strength == pytest.approx(expected, abs=1e-7), key


def test_without_sources_supports_add_up_as_a_noisy_or() -> None:
    graph = Graph.of({"a": 0.5, "b": 0.4, "c": 0.1}, supports=[("a", "c"), ("b", "c")])
    found = evaluate(graph, CORROBORATION).strengths["c"]

    assert found == pytest.approx(1 - 0.9 * 0.5 * 0.6, abs=1e-15)


def test_blocks_and_single_claims_agree() -> None:
    keys = [f"a{i}" for i in range(40)]
    targets = [f"c{i}" for i in range(40)]
    pairs = [(a, c) for i, c in enumerate(targets) for a in keys[i : i + 3]]
    said = {key: ["s", "t", "u"][: i % 4] for i, key in enumerate(keys)}
    whole = sourced(Map.of(dict.fromkeys(keys + targets, 0.3), supports=pairs), said)
    together = evaluate(whole, CORROBORATION).strengths

    for target in (targets[0], targets[7]):
        own = [a for a, c in pairs if c == target]
        single = sourced(
            Map.of(
                dict.fromkeys([*own, target], 0.3),
                supports=[(a, target) for a in own],
            ),
            {key: said[key] for key in own},
        )
        assert strength(single, target) == together[target]
