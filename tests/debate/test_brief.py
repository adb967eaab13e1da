"""The brief says what there is to say, and what will be said against it."""

import msgspec
import pytest
from msgspec.structs import replace

from argmap.debate.brief import Brief, Expected
from argmap.debate.disagreement import RuleVerdict
from argmap.errors import InvalidParameters, NotFound
from argmap.model import Map, Replace, apply
from argmap.plugin import evaluate
from cases import RULES, TRAM, ask, cited


def of(brief: Brief, relation: str) -> Expected:
    return next(e for e in brief.expected if e.relation == relation)


def muted(map: Map, relation: str) -> float:
    without = apply(map, [Replace(relation=relation, set={"weight": 0.0})])
    return evaluate(without, RULES.rule("quadratic-energy")).strengths["tram"]


def test_the_case_is_what_speaks_for_the_side_and_what_it_adds() -> None:
    pro, con = ask(TRAM, "pro"), ask(TRAM, "con")

    assert {a.relation for a in pro.case} == {"r1", "r2"}
    assert [a.relation for a in con.case] == ["r3"]
    assert con.case[0].contribution == pytest.approx(muted(TRAM, "r3") - con.strength)
    added = [a.contribution for a in pro.case]
    assert added == sorted(added, reverse=True)
    assert added[0] == pytest.approx(pro.strength - muted(TRAM, pro.case[0].relation))


def test_expected_is_what_opposes_undercuts_or_rebuts_a_premise() -> None:
    brief = ask(TRAM, "pro")

    assert {e.relation for e in brief.expected} == {"r3", "r4", "r6", "r8"}
    assert {e.relation: e.against for e in brief.expected} == {
        "r3": (),
        "r4": ("r1",),
        "r6": ("r2",),
        "r8": ("r2",),
    }
    effects = [abs(e.effect) for e in brief.expected]
    assert effects == sorted(effects, reverse=True)
    assert of(brief, "r3").effect == pytest.approx(muted(TRAM, "r3") - brief.strength)


@pytest.mark.parametrize("rule", ["quadratic-energy", "df-quad", "grounded"])
def test_an_attack_is_unanswered_exactly_where_no_answer_stands(rule: str) -> None:
    brief = ask(TRAM, "pro", rule)

    assert {e.relation: e.unanswered for e in brief.expected} == {
        "r3": False,
        "r4": False,
        "r6": True,
        "r8": True,
    }
    (answer,) = of(brief, "r4").answered_by
    assert (answer.relation, answer.status) == ("r5", "standing")


def test_a_leaf_without_a_base_score_that_nobody_attacks_stands() -> None:
    assert TRAM.claims["rubber"].base_score is None
    assert of(ask(TRAM, "pro"), "r4").answered_by[0].status == "standing"


def test_an_answer_falls_with_a_rejected_premise_or_when_it_is_undercut() -> None:
    weak = apply(TRAM, [Replace(claim="rubber", set={"base_score": 0.1})])
    light = apply(TRAM, [Replace(relation="r5", set={"weight": 0.4})])
    cut = Map.of(
        {**{key: c.base_score for key, c in TRAM.claims.items()}, "no": 1.0},
        supports=[("quiet", "tram"), ("moves", "tram")],
        rebuts=[("cost", "tram"), ("rails", "quiet"), ("rubber", "rails"),
                ("empty", "moves")],
        undercuts=[("old", "r3"), ("crowd", "r2"), ("no", "r5")],
    )  # fmt: skip

    for map in (weak, light, cut):
        attack = of(ask(map, "pro"), "r4")
        assert [a.status for a in attack.answered_by] == ["defeated"]
        assert attack.unanswered


def test_a_passage_that_its_source_only_reports_is_named_and_never_cited() -> None:
    (against,) = ask(cited(), "con").case
    assert against.citations == ()
    assert [(c.passage, c.stance) for c in against.not_cited] == [("p2", "reports")]

    for argument in ask(cited(), "pro").case:
        assert argument.not_cited == ()
        assert argument.citations[0].stance in ("asserts", "concedes")


def test_words_are_quoted_only_from_a_text_that_is_there_and_verified() -> None:
    def quotes(map: Map) -> set[str | None]:
        return {c.quote for a in ask(map, "pro").case for c in a.citations}

    changed = "The tram is noisy. Critics say that it costs too much. It moves people"
    assert quotes(cited()) == {"The tram is quiet.", "It moves more people."}
    assert quotes(cited(text=None)) == {None}
    assert quotes(cited(text=changed)) == {None}
    assert "Minutes" in ask(cited(text=None), "pro").case[0].citations[0].citation


def test_words_are_counted_and_take_their_time() -> None:
    argument = next(a for a in ask(cited(), "pro").case if a.relation == "r1")

    # “quiet”; the quote; “Minutes”, 2024-05-02, paragraph 1
    assert argument.words == 1 + 4 + 4
    assert argument.seconds == pytest.approx(60 * 9 / 150)


def test_pivots_turn_the_verdict() -> None:
    brief = ask(TRAM, "pro", "df-quad")

    assert brief.pivots.flips
    for flip in brief.pivots.flips:
        changed = apply(TRAM, flip.operations)
        after = evaluate(changed, RULES.rule("df-quad"))
        assert after.verdicts["tram"] == flip.after.verdict != brief.verdict


def test_attacks_that_the_other_side_is_known_to_use_come_first() -> None:
    usual = [e.relation for e in ask(TRAM, "pro").expected]
    last = usual[-1]
    brief = ask(TRAM, "pro", known=TRAM.relations[last].premises)

    assert [e.relation for e in brief.expected] == [last, *usual[:-1]]


def test_what_is_known_of_the_other_side_is_in_the_map() -> None:
    with pytest.raises(NotFound, match="'quieter'"):
        ask(TRAM, "pro", known=("quiet", "quieter"))


def test_other_rules_say_what_they_make_of_the_claim() -> None:
    others = [RuleVerdict(rule="df-quad", strength=0.3, verdict="rejected")]
    assert ask(TRAM, "pro", others=others).disagreement == tuple(others)


def test_the_same_question_gets_the_same_bytes() -> None:
    once, again = (msgspec.json.encode(ask(cited(), "con")) for _ in range(2))
    assert once == again


def test_under_a_rule_that_only_ranks_there_is_no_case() -> None:
    with pytest.raises(InvalidParameters) as failure:
        ask(TRAM, "pro", "card-based" if _ranks("card-based") else "counting")
    assert failure.value.pointer == "/rule"


def test_a_claim_that_nobody_speaks_for_has_an_empty_case() -> None:
    alone = replace(TRAM, relations={})
    brief = ask(alone, "pro")

    assert (brief.case, brief.expected, brief.plan.blocks) == ((), (), ())
    assert brief.plan.after.strength == brief.strength == 0.5


def _ranks(rule: str) -> bool:
    return RULES.rule(rule).scale == "ranking"
