"""Whatever a rule returns is checked before anyone uses it."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from argmap.errors import Cancelled, InvalidParameters, PluginFault, TooSlow
from argmap.plugin import (
    Graph,
    Map,
    Outcome,
    Rule,
    Strengths,
    check_patience,
    compile_map,
    evaluate,
    patience,
)
from argmap.plugin.answer import answer

MAP = Map.of({"a": 0.5, "b": 0.25}, rebuts=[("a", "b")])
OK = np.array([0.5, 0.25])


def returning(answer: Any, scale: Any = "gradual") -> Rule:
    return Rule("bad", "Bad", lambda _: answer, scale=scale, plugin="stranger")


def raising(error: BaseException) -> Callable[[Graph], Strengths]:
    def rule(_: Graph) -> Strengths:
        raise error

    return rule


@pytest.mark.parametrize(
    ("answer", "detail"),
    [
        (None, "a NoneType"),
        ([0.5, 0.25], "a list"),
        ("0.5", "a str"),
        (0.5, "a float"),
        (np.array([0.5]), "shape (1,), not (2,)"),
        (np.array([[0.5], [0.25]]), "shape (2, 1), not (2,)"),
        (np.zeros(5_000_000), "shape (5000000,), not (2,)"),
        (np.array([0.5, np.nan]), "nan for 'b'"),
        (np.array([np.inf, 0.5]), "inf for 'a'"),
        (np.array([0.5, 1.1]), "1.1 for 'b', outside [0, 1]"),
        (np.array([-1e-6, 0.5]), "outside [0, 1]"),
        (np.array([True, False]), "an array of bool"),
        (np.array(["0.5", "0.25"]), "strengths are numbers"),
        (np.array([0.5, 0.25], dtype=object), "strengths are numbers"),
        (np.array([0.5, 0.25j]), "strengths are numbers"),
        ({"a": 0.5}, "nothing for 'b'"),
        ({}, "nothing for 'a', 'b'"),
        ({"a": 0.5, "b": 0.5, "c": 0.5}, "'c', which the map does not have"),
        ({"a": 0.5, "b": "0.5"}, "'0.5' for 'b'"),
        ({"a": 0.5, "b": True}, "True for 'b'"),
        ({"a": 0.5, "b": None}, "None for 'b'"),
        ({"a": 0.5, "b": float("nan")}, "nan for 'b'"),
        ({"a": 0.5, "b": 10**400}, "int too large"),
        (Outcome(np.array([0.5])), "shape (1,)"),
        (Outcome(OK, relations=np.array([0.5, 0.5])), "shape (2,), not (1,)"),
        (Outcome(OK, relations=np.array([np.nan])), "nan for 'r1'"),
        (Outcome(OK, settled=np.array([1, 0])), "no array of booleans"),  # type: ignore[arg-type]
        (Outcome(OK, settled=np.array([True])), "settled has shape"),
        (Outcome(OK, converged=1), "Expected `bool`"),  # type: ignore[arg-type]
        (Outcome(OK, stability="shaky"), "Invalid enum value 'shaky'"),  # type: ignore[arg-type]
        (Outcome(OK, residual=float("nan")), "residual or error bound"),
        (Outcome(OK, error_bound=-1.0), "residual or error bound"),
        (Outcome(OK, iterations="3"), "Expected `int`"),  # type: ignore[arg-type]
        (Outcome(OK, warnings=({"code": "x"},)), "missing required field"),
        (Outcome(OK, labels=("in", "out")), "labels that do not say"),
        (Outcome(OK, labels=("in", "maybe")), "Invalid enum value 'maybe'"),  # type: ignore[arg-type]
    ],
)
def test_what_is_no_answer_is_a_fault_of_the_plugin(answer: Any, detail: str) -> None:
    with pytest.raises(PluginFault) as caught:
        evaluate(MAP, returning(answer))

    assert caught.value.plugin == "stranger"
    assert "rule 'bad' returned what is no answer" in str(caught.value)
    assert detail in str(caught.value)


@pytest.mark.parametrize(
    "error",
    [ValueError("no"), KeyError("b"), RecursionError(), MemoryError(), SystemExit(3)],
)
def test_a_rule_that_raises_is_a_fault_with_the_reason_attached(
    error: BaseException,
) -> None:
    with pytest.raises(
        PluginFault, match=f"rule 'bad' raised {type(error).__name__}"
    ) as c:
        evaluate(MAP, Rule("bad", "Bad", raising(error)))

    assert c.value.__cause__ is error


def test_whoever_interrupts_a_rule_is_not_answered_with_a_fault() -> None:
    with pytest.raises(KeyboardInterrupt):
        evaluate(MAP, Rule("bad", "Bad", raising(KeyboardInterrupt())))


def test_running_out_of_patience_is_no_fault_of_the_plugin() -> None:
    def patient(graph: Graph) -> Strengths:
        check_patience()
        return graph.base_scores

    with pytest.raises(TooSlow), patience(seconds=0):
        evaluate(MAP, Rule("patient", "Patient", patient))


@pytest.mark.parametrize("end", [TooSlow(1), Cancelled()])
def test_nor_is_it_once_the_rule_has_answered(end: Exception) -> None:
    class Slow(dict[str, float]):
        """Strengths that are looked at when patience is at its end."""

        def __len__(self) -> int:
            raise end

    with pytest.raises(type(end)):
        evaluate(MAP, Rule("slow", "Slow", lambda _: Slow(a=0.5, b=0.5)))


def test_a_rule_may_refuse_a_combination_of_parameters() -> None:
    refusal = InvalidParameters("bad", "alpha is below beta", "/parameters/alpha")

    with pytest.raises(InvalidParameters, match="alpha is below beta"):
        evaluate(MAP, Rule("bad", "Bad", raising(refusal)))


def test_a_labelling_rule_gives_one_of_three_strengths() -> None:
    with pytest.raises(PluginFault, match="gives 1, ½ or 0"):
        evaluate(MAP, returning(np.array([1.0, 0.25]), "label"))

    labelled = evaluate(MAP, returning(np.array([1.0, 0.5]), "label"))
    assert labelled.verdicts == {"a": "accepted", "b": "undecided"}


def test_a_ranking_rule_may_leave_the_unit_interval_and_gives_no_verdict() -> None:
    evaluation = evaluate(MAP, returning(np.array([-7.0, 3.5]), "ranking"))

    assert evaluation.strengths == {"a": -7.0, "b": 3.5}
    assert [claim.rank for claim in evaluation.claims.values()] == [2, 1]
    assert evaluation.verdicts == {"a": None, "b": None}
    assert evaluation.relations == {"r1": None}


def test_rounding_beyond_the_range_is_put_back() -> None:
    evaluation = evaluate(MAP, returning(np.array([1 + 2e-16, -1e-17])))

    assert evaluation.strengths == {"a": 1.0, "b": 0.0}


def test_integers_and_numpy_scalars_are_numbers() -> None:
    assert evaluate(MAP, returning(np.array([1, 0]))).strengths == {"a": 1.0, "b": 0.0}
    mixed = {"a": np.float32(0.5), "b": np.int64(1)}
    assert evaluate(MAP, returning(mixed)).strengths == {"a": 0.5, "b": 1.0}


def test_a_rule_cannot_change_what_it_is_given() -> None:
    def vandal(graph: Graph) -> Strengths:
        graph.base_scores[0] = 0.0
        return graph.base_scores

    with pytest.raises(PluginFault, match="read-only"):
        evaluate(MAP, Rule("vandal", "Vandal", vandal))


def test_every_array_of_a_graph_is_read_only() -> None:
    seen: list[Graph] = []

    def look(graph: Graph) -> Strengths:
        seen.append(graph)
        return graph.base_scores

    evaluate(Map.of(["a", "b"], rebuts=[("a", "b")]), Rule("look", "Look", look))

    arrays = [v for v in vars(seen[0]).values() if isinstance(v, np.ndarray)]
    assert len(arrays) >= 7
    assert not any(array.flags.writeable for array in arrays)


def test_an_answer_that_is_changed_afterwards_changes_nothing() -> None:
    kept = np.array([0.5, 0.25])
    evaluation = evaluate(MAP, returning(kept))

    kept[:] = 0.0

    assert evaluation.strengths == {"a": 0.5, "b": 0.25}


def test_a_checked_outcome_shares_no_array_with_the_rule() -> None:
    kept = Outcome(OK.copy(), np.array([0.5]), settled=np.array([True, True]))
    rule = returning(kept)

    checked = answer(rule, compile_map(MAP), rule.decode(None))

    for name in ("strengths", "relations", "settled"):
        assert not np.shares_memory(getattr(kept, name), getattr(checked, name))
