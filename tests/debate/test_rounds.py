"""Rounds: what may be said, what is dropped, and what that does to the targets."""

import pytest

import argmap
from argmap.debate.flow import Flow, flow
from argmap.debate.round_formats import read_format, round_formats
from argmap.debate.rounds import adopted, adoption, play, start, take_back
from argmap.debate.sheet import Round, RoundMove, Sheet
from argmap.errors import (
    AlreadySaid,
    BadMove,
    InvalidMap,
    Malformed,
    NotFound,
    NotSaid,
    OutOfTurn,
    TooLate,
    WrongSide,
)
from argmap.model import Map, apply, change
from argmap.model import item as item_of

FORMATS = round_formats()
RULE = argmap.rules()["df-quad"]
MAP = Map.of(
    dict.fromkeys(("tram", "quiet", "cost", "noisy", "loans", "jobs", "rates"), 0.5),
    supports=[("quiet", "tram"), ("jobs", "tram")],
    rebuts=[("cost", "tram"), ("noisy", "quiet")],
    undercuts=[("loans", "r3"), ("rates", "r5")],
)
"""r1 quiet and r2 jobs for the tram, r3 cost against; r4, r5, r6 answer r1, r3, r5."""

AC = RoundMove(speech="AC", action="introduce", relation="r1")
NC = RoundMove(speech="NC", action="answer", relation="r4")


def begin() -> Round:
    return start(MAP, "final", FORMATS["lincoln-douglas"], "df-quad", ["tram"])


def played(*moves: RoundMove, map: Map = MAP) -> Round:
    round = begin()
    for move in moves:
        round = play(round, map, move)
    return round


def statuses(round: Round, after: str | None = None, map: Map = MAP) -> list[str]:
    return list(Sheet(round, map, after).statuses.values())


def judged(round: Round, after: str | None = None, map: Map = MAP) -> Flow:
    return flow(round, map, RULE, after=after)


def tram(found: Flow) -> float:
    standing = found.targets["tram"]
    assert standing is not None
    return standing.strength


def test_an_argument_is_dropped_once_the_speech_that_should_answer_is_over() -> None:
    jobs = RoundMove(speech="AC", action="introduce", relation="r2")
    round = played(AC, jobs, NC)

    assert statuses(round, "AC") == ["standing", "standing"]
    assert statuses(round) == ["answered", "standing", "standing"]
    assert statuses(round, "NC") == ["answered", "dropped", "standing"]
    assert statuses(round, "1AR") == ["answered", "dropped", "dropped"]


def test_the_last_of_several_speeches_in_a_row_is_the_one_that_must_answer() -> None:
    round = start(MAP, "final", FORMATS["policy"], "df-quad", ["tram"])
    round = play(round, MAP, RoundMove(speech="2AC", action="introduce", relation="r1"))

    assert Sheet(round, MAP).due("m1") == "1NR"
    assert statuses(round, "2NC") == ["standing"]
    assert statuses(round, "1NR") == ["dropped"]


def test_a_speech_that_need_not_answer_lets_nothing_be_dropped() -> None:
    round = start(MAP, "final", FORMATS["public-forum"], "df-quad", ["tram"])
    round = play(round, MAP, RoundMove(speech="PC", action="introduce", relation="r1"))

    assert Sheet(round, MAP).due("m1") == "CR"
    last = start(MAP, "final", FORMATS["world-schools"], "df-quad", ["tram"])
    last = play(last, MAP, RoundMove(speech="P3", action="introduce", relation="r1"))
    last = play(last, MAP, RoundMove(speech="O3", action="answer", relation="r4"))
    assert Sheet(last, MAP).due("m2") is None
    assert statuses(last, "PR") == ["answered", "standing"]


def test_an_answer_that_is_answered_answers_no_more() -> None:
    reply = RoundMove(
        speech="1AR", action="answer", on="m2", text="Measured: it is not."
    )
    round = played(AC, NC, reply)

    assert statuses(round) == ["standing", "answered", "standing"]
    assert statuses(round, "NR") == ["standing", "answered", "dropped"]


def test_what_nobody_has_introduced_does_not_count() -> None:
    found = judged(played(AC, NC))

    assert [each.speech for each in found.course] == [None, "AC", "NC"]
    alone = Map.of({"tram": 0.5, "quiet": 0.5}, supports=[("quiet", "tram")])
    first = argmap.evaluate(alone, "df-quad").strengths["tram"]
    both = Map.of(
        {"tram": 0.5, "quiet": 0.5, "noisy": 0.5},
        supports=[("quiet", "tram")],
        rebuts=[("noisy", "quiet")],
    )
    second = argmap.evaluate(both, "df-quad").strengths["tram"]
    strengths = [each.targets["tram"] for each in found.course]
    assert [s and s.strength for s in strengths] == [0.5, first, second]


def test_conceding_mutes_the_answers_and_kicking_the_argument() -> None:
    answered = played(AC, NC)
    conceded = play(answered, MAP, RoundMove(speech="NC", action="concede", on="m1"))
    kicked = play(answered, MAP, RoundMove(speech="1AR", action="kick", on="m1"))

    assert statuses(conceded) == ["conceded", "kicked"]
    assert tram(judged(conceded)) == tram(judged(played(AC)))
    assert statuses(kicked) == ["kicked", "standing"]
    assert tram(judged(kicked)) == 0.5


def test_own_texts_count_as_claims_of_a_copy_of_the_map() -> None:
    said = RoundMove(
        speech="NC", action="introduce", text="It takes years.", claim="tram"
    )
    undercut = RoundMove(
        speech="NC", action="answer", on="m1", text="Quiet is no reason."
    )
    rebuttal = RoundMove(
        speech="NC", action="answer", on="m1", text="It squeals.", claim="quiet"
    )

    before = tram(judged(played(AC)))
    for move in (said, undercut, rebuttal):
        assert tram(judged(played(AC, move))) < before
    assert "~m2" not in MAP.claims
    backed = RoundMove(speech="1AR", action="extend", on="m1", text="A study says so.")
    round = played(AC, undercut, backed)
    assert tram(judged(round)) > tram(judged(played(AC, undercut)))


def test_a_turn_answers_and_speaks_for_its_own_side() -> None:
    turn = RoundMove(speech="NC", action="turn", on="m1", text="Quiet trams kill.")
    answer = RoundMove(speech="NC", action="answer", on="m1", text="Quiet trams kill.")

    turned = judged(played(AC, turn))

    assert [each.status for each in turned.arguments] == ["answered", "standing"]
    assert tram(turned) < tram(judged(played(AC, answer)))


def test_what_waits_is_ranked_by_what_it_does() -> None:
    weak = RoundMove(speech="AC", action="introduce", relation="r2")
    strong = MAP.claims | {"quiet": argmap.Map.of({"quiet": 1.0}).claims["quiet"]}
    map = Map(key="map", claims=strong, relations=MAP.relations)
    round = played(weak, AC, map=map)

    found = judged(round, map=map).next

    assert [each.move for each in found] == ["m2", "m1"]
    assert {each.side for each in found} == {"con"}
    without = tram(judged(played(weak, map=map), map=map))
    whole = tram(judged(round, map=map))
    assert found[0].deltas["tram"] == pytest.approx(whole - without)


def test_adopting_puts_the_text_into_the_map_and_changes_no_strength() -> None:
    turn = RoundMove(speech="NC", action="turn", on="m1", text="Quiet trams kill.")
    round = played(AC, turn)
    made = change(MAP, adoption(round, MAP, "m2"))
    keys = [item_of(operation)[1].key for operation in made.operations[1:]]
    after = adopted(round, "m2", keys)

    assert [made.map.relations[key].kind for key in keys] == ["undercut", "rebut"]
    before = judged(round)
    now = judged(after, map=made.map)
    assert tram(now) == tram(before)
    assert [each.status for each in now.arguments] == ["answered", "standing"]
    with pytest.raises(AlreadySaid):
        adoption(after, made.map, "m2")


def test_what_hangs_on_what_is_not_in_the_map_is_adopted_after_it() -> None:
    said = RoundMove(speech="AC", action="introduce", text="It is cheap.")
    reply = RoundMove(speech="NC", action="answer", on="m1", text="It is not.")
    round = played(said, reply)

    with pytest.raises(BadMove, match="adopt that first"):
        adoption(round, MAP, "m2")
    conceded = play(round, MAP, RoundMove(speech="NC", action="concede", on="m1"))
    with pytest.raises(BadMove, match="no text"):
        adoption(conceded, MAP, "m3")
    with pytest.raises(NotFound):
        adoption(round, MAP, "m9")


def test_a_relation_that_the_map_has_lost_is_gone_and_counts_no_more() -> None:
    answer = RoundMove(speech="NC", action="answer", on="m1", text="Not so.")
    round = played(AC, answer)
    kept = {key: r for key, r in MAP.relations.items() if key not in ("r1",)}
    left = Map(key="map", claims=MAP.claims, relations=kept)

    found = judged(round, map=left)

    assert [each.status for each in found.arguments] == ["gone", "standing"]
    assert tram(found) == 0.5
    nothing = apply(Map(key="map"), [])
    assert judged(round, map=nothing).targets == {"tram": None}


def test_taking_back_gives_the_round_as_it_was_but_for_its_revision() -> None:
    one, two = played(AC), played(AC, NC)

    back = take_back(two)

    assert back.moves == one.moves
    assert back.revision == two.revision + 1
    with pytest.raises(NotFound):
        take_back(begin())


INTRODUCE = {"speech": "AC", "action": "introduce"}
ANSWER = {"speech": "NC", "action": "answer"}
EXTEND = {"speech": "1AR", "action": "extend"}


@pytest.mark.parametrize(
    ("before", "move", "error", "pointer"),
    [
        ([AC], ANSWER | {"relation": "r5"}, NotSaid, "/relation"),
        ([AC, NC], INTRODUCE | {"relation": "r2"}, OutOfTurn, "/speech"),
        ([AC], {"speech": "9AR", "action": "kick"}, InvalidMap, "/speech"),
        ([], INTRODUCE | {"relation": "r9"}, InvalidMap, "/relation"),
        ([], INTRODUCE | {"text": "x", "claim": "c9"}, InvalidMap, "/claim"),
        ([], INTRODUCE | {"text": "x", "claim": "cost"}, NotSaid, "/claim"),
        ([], INTRODUCE | {"text": " "}, InvalidMap, "/text"),
        ([], INTRODUCE | {"text": "a\0b"}, InvalidMap, "/text"),
        ([], INTRODUCE | {"text": "x", "relation": "r1"}, BadMove, "/text"),
        ([], INTRODUCE, BadMove, ""),
        ([], INTRODUCE | {"relation": "r3"}, WrongSide, "/relation"),
        ([], INTRODUCE | {"relation": "r4"}, WrongSide, "/relation"),
        ([AC], INTRODUCE | {"relation": "r1"}, AlreadySaid, "/relation"),
        ([], EXTEND | {"action": "introduce", "text": "x"}, BadMove, "/action"),
        ([AC], ANSWER | {"speech": "AC", "on": "m1", "text": "x"}, WrongSide, "/on"),
        ([AC], ANSWER | {"text": "x"}, BadMove, "/on"),
        ([AC], ANSWER | {"on": "m7", "text": "x"}, NotSaid, "/on"),
        ([AC], ANSWER | {"on": "m1", "relation": "r5"}, NotSaid, "/relation"),
        ([AC], ANSWER | {"on": "m1", "text": "x", "claim": "cost"}, NotSaid, "/claim"),
        ([AC, NC], ANSWER | {"on": "m1", "relation": "r4"}, AlreadySaid, "/relation"),
        ([AC], ANSWER | {"speech": "NR", "on": "m1", "text": "x"}, TooLate, "/on"),
        ([AC], EXTEND | {"speech": "AC", "on": "m1"}, OutOfTurn, "/on"),
        ([AC], EXTEND | {"speech": "NC", "on": "m1"}, WrongSide, "/on"),
        ([AC, NC], EXTEND | {"speech": "2AR", "on": "m1"}, TooLate, "/on"),
        ([AC], {"speech": "AC", "action": "concede", "on": "m1"}, WrongSide, "/on"),
        ([AC], {"speech": "NC", "action": "kick", "on": "m1"}, WrongSide, "/on"),
        ([AC], {"speech": "NC", "action": "concede"}, BadMove, "/on"),
        ([AC], EXTEND | {"on": "m1", "claim": "tram"}, BadMove, "/claim"),
    ],
)
def test_a_move_that_does_not_count_is_refused_with_its_place(
    before: list[RoundMove], move: dict[str, str], error: type[Exception], pointer: str
) -> None:
    round = played(*before)

    with pytest.raises(error) as caught:
        play(round, MAP, RoundMove(**move))

    fault = caught.value
    if isinstance(fault, InvalidMap):
        fault = fault.faults[0]
    assert fault.pointer == pointer


def test_what_is_given_up_is_settled() -> None:
    kicked = played(AC, RoundMove(speech="AC", action="kick", on="m1"))
    conceded = played(AC, RoundMove(speech="NC", action="concede", on="m1"))

    for round, move in (
        (kicked, NC),
        (conceded, NC),
        (conceded, RoundMove(speech="NC", action="concede", on="m1")),
        (kicked, RoundMove(speech="1AR", action="extend", on="m1")),
    ):
        with pytest.raises(TooLate):
            play(round, MAP, move)


def test_the_same_round_gives_the_same_flow() -> None:
    round = played(AC, NC)

    assert judged(round) == judged(round)


def test_a_rule_that_only_ranks_judges_no_round() -> None:
    with pytest.raises(argmap.errors.InvalidParameters):
        flow(begin(), MAP, argmap.rules()["counting"])


def test_formats_are_data_and_ones_own_are_too() -> None:
    assert set(FORMATS) == {
        "policy",
        "lincoln-douglas",
        "public-forum",
        "british-parliamentary",
        "world-schools",
    }
    for format in FORMATS.values():
        assert {speech.side for speech in format.speeches} == {"pro", "con"}
    own = b'{"name": "tea", "speeches": [{"key": "a", "side": "pro", "seconds": 60}%s]}'
    assert read_format(own % b"").speeches[0].seconds == 60
    with pytest.raises(Malformed) as caught:
        read_format(own % b', {"key": "a", "side": "con", "seconds": 60}')
    assert caught.value.pointer == "/speeches/1/key"
