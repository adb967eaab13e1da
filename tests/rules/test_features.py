"""What a map can hold, under every rule that ships; the table of the authors' guide."""

from collections.abc import Callable

import pytest

import features
from argmap.plugin import Host, Map, Rule, evaluate
from features import Drawn, hand_made

RULES = [i.rule for i in Host.load(strict=True).rules.values() if i.is_shipped]

every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)

CERTAIN: dict[str, float | None] = {**dict.fromkeys("apuv", 1.0), "c": 0.6}


def strengths(rule: Rule, *relations: Drawn) -> dict[str, float]:
    return evaluate(hand_made(CERTAIN, *relations), rule).strengths


def test_the_guide_says_how_each_rule_treats_each_feature() -> None:
    readme = features.README.read_text("utf-8")

    assert features.written(readme) == readme, "PYTHONPATH=tests python -m features"


@every_rule
def test_a_rephrase_changes_nothing_and_nor_does_what_bears_on_one(rule: Rule) -> None:
    plain = strengths(rule, ("rebut", "a", "c"))

    rephrased = strengths(
        rule, ("rebut", "a", "c"), ("rephrase", "p", "c"), ("undercut", "u", "r2")
    )
    assert rephrased == plain


@every_rule
def test_the_empty_map_and_the_single_claim_are_no_trouble(rule: Rule) -> None:
    empty, single = evaluate(Map(key="m"), rule), evaluate(Map.of(["a"]), rule)

    assert empty.claims == {}
    assert (single.converged, single.claims["a"].rank) == (True, 1)
    assert single.claims["a"].settled


@every_rule
def test_linked_premises_count_the_same_in_any_order(rule: Rule) -> None:
    one = strengths(rule, ("rebut", "a+p+u", "c"))

    assert one == pytest.approx(strengths(rule, ("rebut", "u+a+p", "c")), abs=1e-15)


@every_rule
@pytest.mark.parametrize("kind", ["rebut", "support"])
def test_an_undercut_leaves_the_premises_and_the_undercutter_alone(
    rule: Rule, kind: str
) -> None:
    relation: Drawn = (kind, "a+p", "c")  # type: ignore[assignment]
    before = strengths(rule, relation)

    after = strengths(rule, relation, ("undercut", "u", "r1"))
    assert {k: after[k] for k in "apu"} == {k: before[k] for k in "apu"}


@every_rule
def test_cutting_a_rebuttal_is_muting_it(rule: Rule) -> None:
    if features.undercut(rule) == "not read" or rule.scale == "ranking":
        return  # counting divides by the number of rebuttals, cut or not
    cut = strengths(rule, ("rebut", "a", "c"), ("undercut", "u", "r1"))

    muted = hand_made(CERTAIN, ("rebut", "a", "c"), mute="r1")
    assert cut["c"] == evaluate(muted, rule).strengths["c"]


@every_rule
@pytest.mark.parametrize(
    "restore",
    [features.undercut_of_undercut, features.backing],
    ids=lambda f: f.__name__,
)
def test_what_is_taken_from_an_undercut_comes_back_to_the_relation(
    rule: Rule, restore: Callable[[Rule], str]
) -> None:
    assert restore(rule) in ("restores", "not read")


@every_rule
def test_a_claim_that_rebuts_itself_is_never_accepted_unless_rebuttals_do_not_count(
    rule: Rule,
) -> None:
    found = features.rebuts_itself(rule)

    if rule.name == "scintilla":
        assert found == "in"
    else:
        assert found.startswith("undecided") or 0 <= float(found) < 0.65
