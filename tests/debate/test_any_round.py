"""Whatever is said in whatever order: what holds of every round."""

from random import Random
from typing import get_args

import msgspec
from hypothesis import given
from hypothesis import strategies as st

import argmap
from argmap.debate.flow import flow
from argmap.debate.round_formats import round_formats
from argmap.debate.rounds import play, read_round, start, take_back
from argmap.debate.sheet import Action, Round, RoundMove, Sheet
from argmap.debate.staging import Staged
from argmap.errors import BadMove, InvalidMap
from argmap.model import Map

RULE = argmap.rules()["df-quad"]
KEYS = ("t", "a", "b", "c", "d", "e", "f")
MAP = Map.of(
    {key: 0.2 + 0.1 * place for place, key in enumerate(KEYS)},
    supports=[("a", "t"), ("b", "a"), (("e", "f"), "t")],
    rebuts=[("c", "t"), ("d", "a"), ("f", "c"), ("b", "d")],
    undercuts=[("e", "r1"), ("a", "r4"), ("c", "r8"), ("f", "r5")],
)

ACTIONS = (*get_args(Action), *("introduce",) * 4, *("answer",) * 10, "turn", "extend")
RELATIONS = tuple(MAP.relations)
TRIES = 25
"""Moves that are tried in a speech; most are refused."""


def at_random(seed: int) -> Round:
    """Play a round of moves at random, of which those that are refused do not count."""
    draw = Random(seed)
    format = draw.choice(list(round_formats().values()))
    round = start(MAP, "any", format, "df-quad", ["t"])
    for speech in format.speeches:
        for _ in range(draw.randrange(TRIES)):
            action = draw.choice(ACTIONS)
            says = action not in ("concede", "kick")
            is_own = draw.random() < 0.6
            number = draw.randint(0, len(round.moves))
            move = RoundMove(
                speech=speech.key,
                action=action,
                relation=draw.choice(RELATIONS) if says and not is_own else None,
                text="Not so." if says and is_own else None,
                on=f"m{number}" if number else None,
            )
            try:
                round = play(round, MAP, move)
            except (BadMove, InvalidMap):
                continue
    return round


rounds = st.builds(at_random, st.integers(0, 2**32))


@given(round=rounds)
def test_dropped_is_what_nobody_has_answered_in_time(round: Round) -> None:
    for after in (speech.key for speech in round.speeches):
        sheet = Sheet(round, MAP, after)
        for key, status in sheet.statuses.items():
            replies = [
                move.key
                for move in sheet.moves
                if move.on == key and move.action in ("answer", "turn")
            ]
            given_up = {m.on for m in sheet.moves if m.action in ("kick", "concede")}
            if status == "dropped":
                assert sheet.is_over(sheet.due(key))
                assert not [r for r in replies if sheet.is_live(r)]
            if status == "standing" and not replies:
                assert not sheet.is_over(sheet.due(key))
            if status == "answered":
                assert replies
            if key in given_up:
                assert status in ("kicked", "conceded")


@given(round=rounds)
def test_nobody_answers_or_carries_on_out_of_turn(round: Round) -> None:
    order = round.order
    made = {move.key: move for move in round.moves}
    sheet = Sheet(round, MAP)
    for move in round.moves:
        if move.on is None:
            continue
        on = made[move.on]
        is_against = move.action in ("answer", "turn", "concede")
        assert (on.side != move.side) is is_against
        assert order[on.speech] <= order[move.speech]
        due = sheet.due(on.key)
        if move.action in ("answer", "turn") and due is not None:
            assert order[move.speech] <= order[due]


@given(round=rounds)
def test_muting_is_as_if_it_had_not_been_there(round: Round) -> None:
    sheet = Sheet(round, MAP)
    staged = Staged(sheet)
    muted = staged.muted(sheet)
    kept = {key: r for key, r in staged.relations.items() if key not in muted}
    left = dict(kept)
    while any(r.target.relation not in {None, *left} for r in left.values()):
        left = {k: r for k, r in left.items() if r.target.relation in {None, *left}}
    alone = Map(key="m", claims=staged.claims, relations=left)
    expected = argmap.evaluate(alone, "df-quad").strengths["t"]

    standing = flow(round, MAP, RULE).targets["t"]

    assert standing is not None
    assert abs(standing.strength - expected) < 1e-9


@given(round=rounds)
def test_a_round_comes_back_from_a_file_and_goes_back_move_by_move(
    round: Round,
) -> None:
    assert read_round(msgspec.json.encode(round)) == round
    while round.moves:
        before = round
        round = take_back(round)
        last = before.moves[-1]
        wanted = RoundMove(
            **{name: getattr(last, name) for name in RoundMove.__struct_fields__}
        )
        assert play(round, MAP, wanted).moves == before.moves
