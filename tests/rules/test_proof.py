"""Proof standards: pro against con, on any map."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

import draw
import rounds
from argmap.plugin import Graph, InvalidParameters, Map, Rule, evaluate
from argmap_proof.beyond_reasonable_doubt import BEYOND_REASONABLE_DOUBT
from argmap_proof.clear_and_convincing import CLEAR_AND_CONVINCING
from argmap_proof.dialectical_validity import DIALECTICAL_VALIDITY
from argmap_proof.preponderance import PREPONDERANCE
from argmap_proof.scintilla import SCINTILLA

# From the least demanding on, but for dialectical validity, which weighs nothing.
STANDARDS = (SCINTILLA, PREPONDERANCE, CLEAR_AND_CONVINCING, BEYOND_REASONABLE_DOUBT)
RULES = (*STANDARDS, DIALECTICAL_VALIDITY)

HOLDS: dict[str, Callable[[float, float], bool]] = {
    "scintilla": lambda pro, _: pro > 0,
    "preponderance": lambda pro, con: pro > con,
    "clear-and-convincing": lambda pro, con: pro > 0.4 and pro - con > 0.3 + 1e-12,
    "beyond-reasonable-doubt": lambda pro, con: (
        pro > 0.4 and pro - con > 0.3 + 1e-12 and con < 0.2
    ),
    "dialectical-validity": lambda pro, con: pro > 0 and con == 0,
}

every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


def labels(map: Map | Graph, rule: Rule, **parameters: Any) -> dict[str, str | None]:
    return {k: c.label for k, c in evaluate(map, rule, parameters).claims.items()}


def weighed(map: Map, **weights: float) -> Map:
    relations = {
        key: replace(r, weight=weights.get(key, r.weight))
        for key, r in map.relations.items()
    }
    return replace(map, relations=relations)


def by_rounds(map: Map, rule: str) -> rounds.States:
    holds = HOLDS[rule]

    def judge(claim: str, states: rounds.States) -> str:
        pros, cons = (rounds.on(map, claim, kind) for kind in ("support", "rebut"))

        def heaviest(keys: list[str], *allowed: str) -> float:
            weights = [map.relations[k].weight for k in keys if states[k] in allowed]
            return max([0.0, *weights])

        score = map.claims[claim].base_score
        implied = 0.0 if pros else 1.0 if score is None else score
        possible = ("sure", "open")
        if holds(max(implied, heaviest(pros, "sure")), heaviest(cons, *possible)):
            return "in"
        if holds(max(implied, heaviest(pros, *possible)), heaviest(cons, "sure")):
            return "undecided"
        return "out"

    return rounds.labels(map, judge)


@every_rule
@given(map_=draw.maps(largest=6))
def test_every_map_gets_what_rounds_of_the_definition_give(
    rule: Rule, map_: Map
) -> None:
    assert labels(map_, rule) == by_rounds(map_, rule.name)


@given(map_=draw.acyclic_maps())
def test_without_cycles_nothing_stays_undecided(map_: Map) -> None:
    for rule in RULES:
        assert "undecided" not in labels(map_, rule).values()


@given(
    pro=st.floats(0, 1),
    con=st.floats(0, 1),
    supports=st.booleans(),
    rebuts=st.booleans(),
)
def test_a_higher_standard_accepts_no_more(
    pro: float, con: float, supports: bool, rebuts: bool
) -> None:
    map_ = Map.of(
        {"p": 1, "q": 1, "c": pro},
        supports=[("p", "c")] if supports else [],
        rebuts=[("q", "c")] if rebuts else [],
    )
    weights = {"r1": pro if supports else con, "r2": con}
    accepted = [
        labels(weighed(map_, **weights), rule)["c"] == "in" for rule in STANDARDS
    ]
    assert all(lower or not higher for lower, higher in pairwise(accepted))


def test_pro_and_con_are_the_heaviest_applicable() -> None:
    map_ = Map.of(
        {"p": 1, "q": 1, "x": 0, "c": 1},
        supports=[("p", "c"), ("x", "c")],
        rebuts=[("q", "c"), ("p", "c")],
    )
    weights = {"r1": 0.6, "r2": 1.0, "r3": 0.5, "r4": 0.4}

    assert labels(weighed(map_, **weights), PREPONDERANCE)["c"] == "in"
    assert labels(weighed(map_, **weights | {"r3": 0.6}), PREPONDERANCE)["c"] == "out"


def test_a_claim_without_supports_has_its_base_score_as_pro() -> None:
    map_ = Map.of(
        {"free": None, "weak": 0.3, "void": 0, "q": 1}, rebuts=[("q", "weak")]
    )

    found = labels(weighed(map_, r1=0.3), PREPONDERANCE)
    assert found == {"free": "in", "weak": "out", "void": "out", "q": "in"}
    assert labels(weighed(map_, r1=0.29), PREPONDERANCE)["weak"] == "in"


def test_a_claim_whose_only_support_is_muted_has_no_pro() -> None:
    map_ = Map.of(["p", "c"], supports=[("p", "c")])

    assert labels(map_, SCINTILLA)["c"] == "in"
    assert labels(weighed(map_, r1=0.0), SCINTILLA)["c"] == "out"


def test_parameters_move_the_standard() -> None:
    map_ = weighed(
        Map.of(["p", "q", "c"], supports=[("p", "c")], rebuts=[("q", "c")]),
        r1=0.9,
        r2=0.6,
    )
    assert labels(map_, CLEAR_AND_CONVINCING)["c"] == "out"
    assert labels(map_, CLEAR_AND_CONVINCING, beta=0.2)["c"] == "in"
    assert labels(map_, CLEAR_AND_CONVINCING, beta=0.2, alpha=0.9)["c"] == "out"
    assert labels(map_, BEYOND_REASONABLE_DOUBT, beta=0.2)["c"] == "out"
    assert labels(map_, BEYOND_REASONABLE_DOUBT, beta=0.2, gamma=0.7)["c"] == "in"


def test_decimals_that_differ_by_exactly_beta_do_not_exceed_it() -> None:
    map_ = weighed(
        Map.of(["p", "q", "c"], supports=[("p", "c")], rebuts=[("q", "c")]),
        r1=0.9,
        r2=0.6,
    )
    assert 0.9 - 0.6 > 0.3
    assert labels(map_, CLEAR_AND_CONVINCING, beta=0.3)["c"] == "out"


def test_a_parameter_out_of_range_is_refused() -> None:
    with pytest.raises(InvalidParameters) as caught:
        evaluate(Map.of(["a"]), BEYOND_REASONABLE_DOUBT, {"gamma": 1.5})

    assert caught.value.pointer == "/parameters/gamma"


def test_claims_that_rebut_each_other_are_undecided_until_one_weighs_more() -> None:
    even = Map.of({"a": 1, "b": 1}, rebuts=[("a", "b"), ("b", "a")])

    for rule in RULES[1:]:
        assert set(labels(even, rule).values()) == {"undecided"}
    found = labels(weighed(even, r1=0.9, r2=1.0), PREPONDERANCE)
    assert found == {"a": "out", "b": "in"}


def test_an_island_that_supports_itself_is_undecided_and_infects_what_follows() -> None:
    map_ = Map.of("abc", supports=[("a", "b"), ("b", "a"), ("b", "c")])

    for rule in RULES:
        assert set(labels(map_, rule).values()) == {"undecided"}


def test_relations_say_whether_they_are_applicable() -> None:
    map_ = Map.of(
        {"p": 1, "o": 0, "u": 1, "x": 1, "y": 1, "c": 1},
        supports=[("p", "c"), (("p", "o"), "c"), ("p", "c")],
        rebuts=[("x", "y"), ("y", "x"), ("x", "c")],
        undercuts=[("u", "r3")],
    )
    evaluation = evaluate(map_, PREPONDERANCE)

    assert evaluation.relations == {
        "r1": 1.0,
        "r2": 0.0,
        "r3": 0.0,
        "r4": 0.5,
        "r5": 0.5,
        "r6": 0.5,
        "r7": 1.0,
    }


def test_a_long_chain_is_labelled_without_recursion() -> None:
    keys = [f"c{i}" for i in range(20_000)]
    graph = Graph.of(dict.fromkeys(keys, 1.0), attacks=[*pairwise(keys)])

    found = labels(graph, PREPONDERANCE)
    assert [found[key] for key in keys[:4]] == ["in", "out", "in", "out"]
    assert found[keys[-1]] == "out"
