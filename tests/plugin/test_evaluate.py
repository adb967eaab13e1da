"""From a map and a rule to an evaluation: verdicts, ranks, options, warnings."""

import math
from typing import Annotated, Any

import msgspec
import numpy as np
import pytest
from msgspec import Meta, Struct

from argmap.errors import InvalidParameters
from argmap.model import Claim, Map, Relation, Target
from argmap.plugin import (
    Evaluation,
    Graph,
    Host,
    Options,
    Outcome,
    Rule,
    Strengths,
    compile_map,
    evaluate,
)


class Weighing(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Parameters of a rule made up for these tests."""

    k: Annotated[float, Meta(ge=1)] = 1.0
    side: str = "pro"
    strict: bool = False
    rounds: int = 3
    free: float = 0.0


def constant(*strengths: float) -> Rule:
    return Rule("constant", "Constant", lambda _: np.array(strengths))


def weighing(graph: Graph, parameters: Weighing) -> Strengths:
    """Divide by k."""
    return graph.base_scores / parameters.k


WEIGHING = Rule("weighing", "Weighing", weighing, params=Weighing)
FIVE = Map.of(["a", "b", "c", "d", "e"])
PAIR = Map.of({"a": None, "b": 0.25}, rebuts=[("a", "b")])


def test_verdicts_follow_the_bands_and_their_edges_are_undecided() -> None:
    evaluation = evaluate(FIVE, constant(0.56, 0.55, 0.5, 0.45, 0.44))

    assert list(evaluation.verdicts.values()) == [
        "accepted",
        "undecided",
        "undecided",
        "undecided",
        "rejected",
    ]


def test_threshold_and_margin_move_the_bands() -> None:
    rule = constant(0.56, 0.55, 0.5, 0.45, 0.44)

    strict = evaluate(FIVE, rule, options={"threshold": 0.52, "margin": 0})

    assert list(strict.verdicts.values()) == ["accepted"] * 2 + ["rejected"] * 3


def test_no_verdict_hangs_on_rounding() -> None:
    pair = Map.of(["a", "b"])

    verdicts = evaluate(pair, constant(0.55 + 1e-12, 0.45 - 1e-12)).verdicts

    assert set(verdicts.values()) == {"undecided"}


def test_claims_of_one_strength_share_a_rank_and_the_next_ranks_are_left_out() -> None:
    evaluation = evaluate(FIVE, constant(0.2, 0.7, 0.7 + 1e-12, 0.9, 0.2))

    assert [claim.rank for claim in evaluation.claims.values()] == [4, 2, 2, 1, 4]


def test_an_evaluation_says_all_that_is_needed_to_get_it_again() -> None:
    rule = Host.load().rule("quadratic-energy")

    first = evaluate(PAIR, rule, {"k": 2}, {"margin": 0.1}, revision=7)
    again = evaluate(PAIR, rule, first.parameters, first.options, revision=7)

    assert msgspec.json.encode(first) == msgspec.json.encode(again)
    assert (first.map, first.revision, first.rule) == ("map", 7, "quadratic-energy")
    assert first.parameters == {"k": 2.0}
    assert first.options == Options(default_base_score=0.5, margin=0.1)
    assert first.rule_version == again.rule_version is not None
    assert len(first.rule_digest or "") == len(first.input_hash) == 64


def test_an_evaluation_survives_json() -> None:
    evaluation = evaluate(PAIR, Host.load().rule("grounded"))

    assert (
        msgspec.json.decode(msgspec.json.encode(evaluation), type=Evaluation)
        == evaluation
    )


def test_a_compiled_map_gives_the_same_as_the_map() -> None:
    rule = Host.load().rule("df-quad")

    assert evaluate(compile_map(PAIR), rule, map_key="map") == evaluate(PAIR, rule)


def test_a_claim_without_base_score_counts_what_the_rule_says_or_the_caller() -> None:
    def first(rule: Rule, **options: Any) -> float:
        return evaluate(PAIR, rule, options=options).claims["a"].base

    bipolar = Rule("one", "One", lambda graph: graph.base_scores)
    attack_only = Rule(
        "two", "Two", lambda graph: graph.base_scores, default_base_score=1.0
    )

    assert first(bipolar) == 0.5
    assert first(attack_only) == 1.0
    assert first(attack_only, default_base_score=0.75) == 0.75
    assert first(attack_only, default_base_score=None) == 1.0


def test_linked_premises_count_by_product_or_by_minimum() -> None:
    linked = Map.of({"a": 0.5, "b": 0.5, "c": 0.5}, supports=[(("a", "b"), "c")])
    rule = Host.load().rule("df-quad")

    assert evaluate(linked, rule).relations == {"r1": 0.25}
    assert evaluate(linked, rule, options={"linked": "minimum"}).relations == {
        "r1": 0.5
    }


@pytest.mark.parametrize(
    ("parameters", "pointer"),
    [
        ({"k": "2"}, "/parameters/k"),
        ({"k": True}, "/parameters/k"),
        ({"k": 0.5}, "/parameters/k"),
        ({"k": math.nan}, "/parameters/k"),
        ({"k": math.inf}, "/parameters"),
        ({"free": math.nan}, "/parameters"),
        ({"k": None}, "/parameters/k"),
        ({"side": 1}, "/parameters/side"),
        ({"strict": 1}, "/parameters/strict"),
        ({"rounds": 2.5}, "/parameters/rounds"),
        ({"rounds": 2**53}, "/parameters"),
        ({"q": 1}, "/parameters/q"),
        (Weighing(k=0.5), "/parameters/k"),
    ],
)
def test_parameters_are_read_strictly_however_they_come(
    parameters: Any, pointer: str
) -> None:
    with pytest.raises(InvalidParameters) as caught:
        evaluate(PAIR, WEIGHING, parameters)

    assert caught.value.rule == "weighing"
    assert caught.value.pointer == pointer


@pytest.mark.parametrize("given", [-0.0, 0.0, 0])
def test_there_is_one_zero(given: float) -> None:
    found = evaluate(PAIR, WEIGHING, options={"default_base_score": given})

    assert str(found.options.default_base_score) == "0.0"


def test_an_unknown_parameter_is_told_what_there_is() -> None:
    names = ", ".join(Weighing.__struct_fields__)
    with pytest.raises(InvalidParameters, match=f"'q'; there is {names}$"):
        evaluate(PAIR, WEIGHING, {"q": 1})
    with pytest.raises(InvalidParameters, match="'k'; there is none"):
        evaluate(PAIR, Rule("plain", "Plain", lambda g: g.base_scores), {"k": 1})


@pytest.mark.parametrize(
    ("options", "pointer"),
    [
        ({"threshold": 1.5}, "/options/threshold"),
        ({"threshold": "0.5"}, "/options/threshold"),
        ({"margin": -0.1}, "/options/margin"),
        ({"default_base_score": 2}, "/options/default_base_score"),
        ({"linked": "maximum"}, "/options/linked"),
        ({"k": 1}, "/options/k"),
        (Options(threshold=7.0), "/options/threshold"),
    ],
)
def test_options_are_read_as_strictly(options: Any, pointer: str) -> None:
    with pytest.raises(InvalidParameters) as caught:
        evaluate(PAIR, WEIGHING, options=options)

    assert caught.value.pointer == pointer


def test_a_rule_without_parameters_takes_none() -> None:
    with pytest.raises(InvalidParameters) as caught:
        evaluate(PAIR, constant(0.5, 0.5), {"k": 1})

    assert caught.value.pointer == "/parameters/k"


def test_a_query_is_text_and_is_read_as_what_the_rule_declares() -> None:
    query = {"k": "2", "side": "3", "strict": "true", "rounds": "4"}

    assert WEIGHING.decode(query, is_text=True) == Weighing(
        k=2.0, side="3", strict=True, rounds=4
    )
    for bad in ({"k": "two"}, {"k": "nan"}, {"free": "inf"}, {"rounds": "2.5"}):
        with pytest.raises(InvalidParameters):
            WEIGHING.decode(bad, is_text=True)


def test_an_int_is_a_float_where_json_has_one_kind_of_number() -> None:
    assert evaluate(PAIR, WEIGHING, {"k": 2}).parameters["k"] == 2.0


def test_what_a_rule_does_not_read_is_named_with_the_relations_it_concerns() -> None:
    def relation(
        key: str, kind: Any, premises: tuple[str, ...], weight: float
    ) -> Relation:
        target = Target(relation="plain") if kind == "undercut" else Target(claim="a")
        return Relation(
            key=key, kind=kind, premises=premises, target=target, weight=weight
        )

    relations = [
        relation("plain", "rebut", ("b",), 1.0),
        relation("backed", "support", ("b", "c"), 0.5),
        relation("doubt", "undercut", ("c",), 0.0),
        relation("same", "rephrase", ("b",), 0.5),
    ]
    claims = [Claim(key=key, text=key, base_score=score) for key, score in
              (("a", None), ("b", 0.5), ("c", 1.0))]  # fmt: skip
    map_ = Map(
        key="m",
        claims={claim.key: claim for claim in claims},
        relations={relation.key: relation for relation in relations},
    )

    def warnings(rule: Rule) -> dict[str, tuple[int, tuple[str, ...]]]:
        return {w.code: (w.count, w.relations) for w in evaluate(map_, rule).warnings}

    deaf = Rule("deaf", "Deaf", lambda graph: graph.base_scores, reads=frozenset())
    label = Rule(
        "label",
        "Label",
        lambda graph: np.ones(graph.size),
        scale="label",
        reads=frozenset({"support", "rebut", "undercut", "linked"}),
    )
    assert warnings(deaf) == {
        "support-not-read": (1, ("backed",)),
        "rebut-not-read": (1, ("plain",)),
        "undercut-not-read": (1, ("doubt",)),
        "linked-not-read": (1, ("backed",)),
        "weight-not-read": (2, ("backed", "doubt")),
        "base-score-not-read": (2, ()),
    }
    # A labelling rule that reads no weights still tells 0 from the rest.
    assert warnings(label) == {
        "weight-not-read": (1, ("backed",)),
        "base-score-not-read": (2, ()),
    }
    assert warnings(WEIGHING) == {}


def test_a_rules_own_warnings_are_handed_on_and_long_lists_cut_short() -> None:
    own = {"code": "odd", "count": 250, "relations": [f"r{i}" for i in range(250)]}
    rule = Rule("own", "Own", lambda graph: Outcome(graph.base_scores, warnings=(own,)))

    (warning,) = evaluate(PAIR, rule).warnings

    assert (warning.code, warning.count, len(warning.relations)) == ("odd", 250, 100)


def test_labels_decide_verdicts_and_ranks() -> None:
    chain = Map.of(["a", "b", "c", "d"], rebuts=[("a", "b"), ("c", "d"), ("d", "c")])

    claims = evaluate(chain, Host.load().rule("grounded")).claims

    assert {key: (c.label, c.verdict, c.rank) for key, c in claims.items()} == {
        "a": ("in", "accepted", 1),
        "b": ("out", "rejected", 4),
        "c": ("undecided", "undecided", 2),
        "d": ("undecided", "undecided", 2),
    }


def test_ignoring_supports_is_said() -> None:
    rule = Host.load().rule("grounded")
    map_ = Map.of(["a", "b"], supports=[("a", "b")])

    evaluation = evaluate(map_, rule, {"support": "ignore"})

    assert [(w.code, w.relations) for w in evaluation.warnings] == [
        ("support-not-read", ("r1",))
    ]


def test_a_rule_that_says_not_where_it_is_unstable_is_settled_nowhere() -> None:
    rule = Rule(
        "shaky",
        "Shaky",
        lambda graph: Outcome(graph.base_scores, stability="unstable"),
    )

    assert not any(claim.settled for claim in evaluate(PAIR, rule).claims.values())


def test_nothing_downstream_of_an_unsettled_part_is_settled() -> None:
    rule = Rule(
        "wobbly",
        "Wobbly",
        lambda graph: Outcome(
            graph.base_scores, converged=False, residual=0.1, error_bound=None
        ),
    )

    evaluation = evaluate(PAIR, rule)

    assert not evaluation.converged
    assert evaluation.error_bound is None
    assert not any(claim.settled for claim in evaluation.claims.values())
