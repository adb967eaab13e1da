"""Why claims are in or out: against every smaller set, and against every muting."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations, pairwise
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import draw
from argmap.engine.minimal import minimal
from argmap.errors import PluginFault
from argmap.model import Map, Replace, apply
from argmap.plugin import Graph, Host, Outcome, Rule, compile_map, evaluate, project
from argmap.plugin.reasons import Reasons, reasons

HOST = Host.load(strict=True)
GROUNDED = HOST.rule("grounded")
CHOICES = [
    *((GROUNDED, {"support": s}) for s in ("evidential", "deductive", "necessary")),
    *((HOST.rule(n), {}) for n in ("preponderance", "scintilla", "weakest-link")),
]
each_choice = pytest.mark.parametrize(
    ("rule", "given_"), CHOICES, ids=lambda c: c.name if isinstance(c, Rule) else None
)


def why(map_: Map, claim: str, rule: Rule = GROUNDED, **given: object) -> Reasons:
    graph = compile_map(map_).resolved(rule.default_base_score)
    return reasons(graph, rule, rule.decode(given), claim)


def needed(found: Reasons) -> set[str] | None:
    """Give the relations that a label is said to need."""
    if found.defence is not None:
        return {*found.defence.relations}
    if found.unanswered is None or found.unanswered.defence is None:
        return None
    rebuttal = found.unanswered.relation
    return {*found.unanswered.defence.relations, *([rebuttal] if rebuttal else [])}


@given(
    enough=st.lists(st.sets(st.integers(0, 9)), min_size=1, max_size=4),
)
def test_a_minimal_set_holds_and_no_part_of_it_does(enough: list[set[int]]) -> None:
    def holds(chosen: Iterable[int]) -> bool:
        return any(s <= {*chosen} for s in enough)

    found = minimal(range(10), holds)

    assert holds(found)
    assert found == sorted(found)
    assert not any(holds({*found} - {one}) for one in found)


@each_choice
@settings(max_examples=20)
@given(map_=draw.maps(largest=5))
def test_a_label_needs_what_it_is_said_to_need_and_no_less(
    rule: Rule, given_: dict[str, str], map_: Map
) -> None:
    graph = compile_map(map_).resolved(rule.default_base_score)
    params = rule.decode(given_)
    outcome = rule.run(graph, params)
    assert isinstance(outcome, Outcome)
    assert outcome.relabel is not None
    for claim, place in graph.index.items():
        found = needed(reasons(graph, rule, params, claim))
        if found is None:
            assert outcome.labels is not None
            assert outcome.labels[place] == "undecided"
            continue
        for size in range(len(found) + 1):
            for chosen in combinations(sorted(found), size):
                acting = np.isin(graph.relation_ids, chosen)
                same = outcome.relabel(acting)[place] == outcome.strengths[place]
                assert same == (len(chosen) == len(found))


@pytest.mark.parametrize(("rule", "given_"), CHOICES[:5])
@settings(max_examples=15)
@given(map_=draw.maps(largest=4), random=st.randoms(use_true_random=False))
def test_a_label_stays_whatever_is_muted_of_what_it_does_not_need(
    rule: Rule,
    given_: dict[str, str],
    map_: Map,
    random: Random,
) -> None:
    labels = {k: c.label for k, c in evaluate(map_, rule, given_).claims.items()}
    for claim in map_.claims:
        found = needed(why(map_, claim, rule, **given_))
        spare = [
            key for key in map_.relations if found is not None and key not in found
        ]
        for _ in range(4 if spare else 0):
            muted = [key for key in spare if random.random() < 0.5]
            operations = [Replace(relation=k, set={"weight": 0.0}) for k in muted]
            changed = evaluate(apply(map_, operations), rule, given_)
            assert changed.claims[claim].label == labels[claim]


def labelled_by_hand(graph: Graph, support: str, acting: set[int]) -> list[str]:
    """Repeat the definition on the framework, round by round."""
    projection = project(graph, support)  # type: ignore[arg-type]
    framework = projection.framework
    edges = list(
        zip(
            framework.sources.tolist(),
            framework.targets.tolist(),
            projection.carriers.tolist(),
            strict=True,
        )
    )
    labels = ["undecided"] * framework.size
    while True:
        now = [
            "out"
            if any(
                b == a and labels[s] == "in" and (c < 0 or c in acting)
                for s, b, c in edges
            )
            else "in"
            if all(labels[s] == "out" for s, b, _ in edges if b == a)
            else "undecided"
            for a in range(framework.size)
        ]
        if now == labels:
            return labels[: graph.size]
        labels = now


@pytest.mark.parametrize("support", ["evidential", "deductive", "necessary", "ignore"])
@settings(max_examples=15)
@given(map_=draw.maps(largest=5), chosen=st.sets(st.integers(0, 7)))
def test_relations_that_may_not_act_still_have_to_be_answered(
    support: str, map_: Map, chosen: set[int]
) -> None:
    graph = compile_map(map_)
    outcome = GROUNDED.run(graph, GROUNDED.decode({"support": support}))
    assert isinstance(outcome, Outcome)
    assert outcome.relabel is not None
    acting = np.isin(np.arange(len(graph.relation_ids)), sorted(chosen))

    strengths = {"in": 1.0, "out": 0.0, "undecided": 0.5}
    expected = [strengths[e] for e in labelled_by_hand(graph, support, chosen)]
    assert outcome.relabel(acting).tolist() == expected


CHAIN = Map.of(
    ["tram", "cost", "grant", "delay", "noise"],
    [("grant", "tram")],
    [("cost", "tram"), ("grant", "cost"), ("delay", "grant"), ("noise", "delay")],
)


def test_a_claim_that_is_in_is_defended_link_by_link() -> None:
    found = why(CHAIN, "tram")

    assert found.unanswered is None
    assert found.defence is not None
    # r1 supports the tram, r3 answers the cost, r5 answers the delay.
    assert found.defence.relations == ("r1", "r3", "r5")
    assert found.defence.claims == ("grant", "noise")


def test_a_claim_that_nobody_attacks_needs_no_defence() -> None:
    found = why(CHAIN, "noise")

    assert found.defence is not None
    assert found.defence.relations == found.defence.claims == ()


def test_a_claim_that_is_out_has_an_attacker_that_is_not_answered() -> None:
    found = why(CHAIN, "cost")

    assert found.defence is None
    assert found.unanswered is not None
    assert (found.unanswered.relation, found.unanswered.claims) == ("r3", ("grant",))
    assert found.unanswered.defence is not None
    assert found.unanswered.defence.relations == ("r5",)


def test_a_claim_may_be_out_for_want_of_support() -> None:
    map_ = Map.of(["tram", "grant", "cut"], [("grant", "tram")], [("cut", "grant")])
    found = why(map_, "tram").unanswered

    assert found is not None
    assert (found.relation, found.claims) == (None, ())
    assert found.defence is not None
    assert found.defence.relations == ("r2",)


def test_an_undecided_claim_has_an_attacker_that_may_stand() -> None:
    map_ = Map.of(["a", "b"], rebuts=[("a", "b"), ("b", "a")])
    found = why(map_, "a").unanswered

    assert found is not None
    assert (found.relation, found.claims, found.defence) == ("r2", ("b",), None)


def test_a_long_chain_needs_every_other_link() -> None:
    keys = [f"c{i}" for i in range(401)]
    map_ = Map.of(keys, rebuts=[(b, a) for a, b in pairwise(keys)])
    found = why(map_, "c0").defence

    assert found is not None
    assert found.relations == tuple(f"r{i}" for i in range(2, 401, 2))


def test_rules_that_give_no_labelling_have_no_reasons() -> None:
    assert why(CHAIN, "tram", HOST.rule("df-quad")) == Reasons()
    silent = Rule(
        "own",
        "Own",
        lambda g: Outcome(np.ones(g.size)),
        scale="label",
        reads=frozenset(),
    )
    assert why(CHAIN, "tram", silent) == Reasons()


def test_a_rule_that_contradicts_itself_is_at_fault() -> None:
    def moody(graph: Graph) -> Outcome:
        outcome = GROUNDED.run(graph, GROUNDED.decode({}))
        assert isinstance(outcome, Outcome)
        return replace(outcome, relabel=lambda _: np.full(graph.size, 0.5))

    with pytest.raises(PluginFault, match="nothing has changed"):
        why(CHAIN, "tram", Rule("moody", "Moody", moody, scale="label"))
    with pytest.raises(PluginFault, match="relabelled"):
        why(
            CHAIN,
            "tram",
            Rule(
                "hasty",
                "Hasty",
                lambda g: replace(moody(g), relabel=lambda _: 1 / 0),
                scale="label",
            ),
        )
