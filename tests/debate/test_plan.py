"""The plan is the best choice of blocks that fits into the time."""

from collections.abc import Iterable
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import draw
from argmap.debate.brief import Brief, brief
from argmap.debate.plan import Block
from argmap.model import Map, Replace, apply
from argmap.plugin import evaluate
from cases import TRAM, ask, cited, trials


def said(blocks: Iterable[Block]) -> set[str]:
    """List the relations that blocks say."""
    return {answer for b in blocks for answer in b.answers} | {
        b.relation for b in blocks if b.kind == "argument"
    }


def words(found: Brief, blocks: Iterable[Block]) -> int:
    """Count words once more, from the case and the answers."""
    each = {a.relation: a.words for a in found.case}
    each |= {a.relation: a.words for e in found.expected for a in e.answered_by}
    return sum(each[relation] for relation in said(blocks))


def comes_to(map: Map, found: Brief, blocks: Iterable[Block], rule: str) -> float:
    """Evaluate the map with everything muted that goes unsaid."""
    own = said((*found.plan.blocks, *found.plan.left_out))
    silent = own - said(blocks)
    changed = apply(map, [Replace(relation=r, set={"weight": 0.0}) for r in silent])
    return evaluate(changed, trials(map, rule).rule).strengths[found.claim]


@given(
    map=draw.maps().filter(lambda map: map.claims),
    side=st.sampled_from(["pro", "con"]),
    rule=st.sampled_from(["quadratic-energy", "df-quad", "grounded"]),
    pace=st.integers(1, 30),
)
def test_no_other_choice_of_blocks_is_better(
    map: Map, side: str, rule: str, pace: int
) -> None:
    claim = next(iter(map.claims))
    found = brief(
        trials(map, rule),
        claim,
        side,
        minutes=1.0,
        words_per_minute=pace,  # type: ignore[arg-type]
    )
    blocks = (*found.plan.blocks, *found.plan.left_out)
    choices = [
        choice
        for size in range(len(blocks) + 1)
        for choice in combinations(blocks, size)
        if words(found, choice) <= pace
    ]
    values = [comes_to(map, found, choice, rule) for choice in choices]
    best = max(values) if side == "pro" else min(values)

    assert found.plan.exact
    assert found.plan.words == words(found, found.plan.blocks) <= pace
    assert found.plan.after.strength == pytest.approx(best, abs=2e-9)
    assert found.plan.after.strength == pytest.approx(
        comes_to(map, found, found.plan.blocks, rule), abs=1e-12
    )


def test_without_time_nothing_is_said() -> None:
    plan = ask(cited(), "pro", minutes=0.001).plan

    assert plan.blocks == ()
    assert plan.after == plan.without
    assert len(plan.left_out) == 3


def test_with_time_enough_everything_that_does_no_harm_is_said() -> None:
    plan = ask(TRAM, "pro", minutes=60).plan

    assert plan.left_out == ()
    assert plan.after.strength == pytest.approx(ask(TRAM, "pro").strength)


def test_an_argument_keeps_its_answers_with_it() -> None:
    plan = ask(TRAM, "pro", minutes=60).plan

    assert {(b.kind, b.relation): b.answers for b in plan.blocks} == {
        ("argument", "r1"): ("r5",),
        ("argument", "r2"): (),
        ("answer", "r3"): ("r7",),
    }


def test_a_rule_that_sees_no_difference_leaves_nobody_silent() -> None:
    plan = ask(TRAM, "con", "base-score", minutes=60).plan

    assert plan.without == plan.after
    assert plan.left_out == ()


def test_more_than_sixteen_blocks_are_chosen_greedily_and_the_answer_says_so() -> None:
    names = [f"c{i}" for i in range(20)]
    map = Map.of(
        {"tram": 0.5, **dict.fromkeys(names, 0.6)},
        supports=[(name, "tram") for name in names],
    )
    plan = ask(map, "pro", minutes=1.0, words_per_minute=7).plan

    assert not plan.exact
    assert len(plan.blocks) == 7
    assert plan.after.verdict == "accepted"
