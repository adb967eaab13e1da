"""What any sensible rule must say of the map of four articles, and why.

Run for every gradual rule that ships and reads supports, rebuts and undercuts. Where a
rule cannot meet an expectation, ``CANNOT`` says so and why, and the test checks that it
really cannot: an exception that is no longer true fails, too.
"""

import random
from collections.abc import Iterable, Iterator
from typing import Final

import pytest
from msgspec.structs import replace

import draw
from argmap.model import Claim, Map, PassageReference, Relation, Target
from argmap.plugin import Evaluation, Host, Rule, evaluate
from bearing import downstream, end

BIPOLAR = [
    i.rule
    for i in Host.load(strict=True).rules.values()
    if i.is_shipped
    and i.rule.scale == "gradual"
    and i.rule.reads >= {"support", "rebut", "undercut"}
]

MANY_REASONS: Final = (
    "both-sides-gain",
    "closer-cooperation",
    "cooperation-protects-rules-based-order",
)

# By expectation and rule: the items that do not move, though they should.
# Euler-based-top reads the strongest support and the strongest attack of a claim and
# no other, so that what is not the strongest changes nothing. DF-QuAD and its square
# multiply up what supports leave open, so that of a few supports nothing is left, and
# one more or less does not show. Corroboration multiplies likewise, and of what one
# article says for a claim it counts the best alone.
CANNOT: Final[dict[str, dict[str, set[str]]]] = {
    "fixed aims": {
        "euler-based-top": {"closer-cooperation", "closer-ties-raise-conflict-risk"},
    },
    "article 9": {
        "corroboration": {"japan-has-homegrown-limits"},
        "euler-based-top": {"japan-has-homegrown-limits", "ties-create-article-5-web"},
    },
    "cyberspace": {
        "corroboration": {"closer-cooperation-is-feasible", "nato-reach-is-limited"},
        "euler-based-top": {"closer-cooperation-is-feasible", "nato-reach-is-limited"},
    },
    "ships": {
        "corroboration": {"nato-reach-is-limited"},
        "euler-based-top": {"nato-reach-is-limited"},
    },
    "concessions": {
        "euler-based-top": {
            "chinas-intentions-are-not-malleable",
            "closer-cooperation",
        },
    },
    "one of many": {
        "corroboration": {"both-sides-gain", "closer-cooperation"},
        "df-quad": {*MANY_REASONS},
        "euler-based-top": {*MANY_REASONS},
        "squared-df-quad": {*MANY_REASONS},
    },
}

MOVED: Final = 1e-9
"""Less is rounding."""
VISIBLE: Final = 1e-3
"""Less does not show in three digits."""

every_rule = pytest.mark.parametrize("rule", BIPOLAR, ids=lambda rule: rule.name)


def without(map: Map, *keys: str) -> Map:
    """Mute claims or relations: weight 0 for all relations that start from them."""
    relations = {
        key: replace(r, weight=0.0) if {key, *r.premises} & set(keys) else r
        for key, r in map.relations.items()
    }
    return replace(map, relations=relations)


def supports(map: Map, *claims: str) -> list[str]:
    """Give the relations that support any of these claims."""
    return [
        r.key
        for r in map.relations.values()
        if r.kind == "support" and r.target.claim in claims
    ]


def value(evaluation: Evaluation, key: str) -> float:
    """Give a claim's or a relation's strength."""
    strength = (evaluation.strengths | evaluation.relations)[key]
    assert strength is not None
    return strength


def assert_moved(
    expectation: str,
    rule: Rule,
    before: Map,
    after: Map,
    *,
    rise: Iterable[str] = (),
    fall: Iterable[str] = (),
    by: float = MOVED,
) -> None:
    """Check that claims and relations rise and fall, but for those that cannot."""
    fixed = CANNOT.get(expectation, {}).get(rule.name, set())
    old, new = evaluate(before, rule), evaluate(after, rule)
    for keys, sign in ((rise, 1), (fall, -1)):
        for key in keys:
            moved = sign * (value(new, key) - value(old, key))
            assert moved >= -MOVED, f"{rule.name}: {key} goes the wrong way: {moved}"
            if key in fixed:
                assert moved <= by, f"{rule.name}: {key} does move, by {moved}"
            else:
                assert moved > by, f"{rule.name}: {key} does not move: {moved}"


def test_every_exception_is_one_of_a_rule_that_ships() -> None:
    excepted = {name for rules in CANNOT.values() for name in rules}

    assert excepted <= {rule.name for rule in BIPOLAR}


@every_rule
def test_if_chinas_aims_could_be_changed_angering_it_would_count_for_more(
    rule: Rule, japan: Map
) -> None:
    """That China's aims are fixed answers the step from its anger to war and disorder.

    It is no reason against cooperation: so whoever takes it away must find the case
    against cooperation that rests on an angered China stronger, and never weaker.
    """
    assert_moved(
        "fixed aims",
        rule,
        japan,
        without(japan, "chinas-intentions-are-not-malleable"),
        rise=(
            "antagonism-leads-to-conflict",
            "asian-order-objection",
            "closer-ties-raise-conflict-risk",
        ),
        fall=("closer-cooperation",),
    )


@every_rule
def test_article_9_cuts_both_ways(rule: Rule, japan: Map) -> None:
    """It hampers cooperation and guards against commitments, so both go with it."""
    assert_moved(
        "article 9",
        rule,
        japan,
        without(japan, "article-9-renounces-force"),
        rise=("ties-create-article-5-web",),
        fall=("article-9-hampers-cooperation", "japan-has-homegrown-limits"),
    )


@every_rule
def test_that_cyberspace_has_no_borders_answers_the_distance(
    rule: Rule, japan: Map
) -> None:
    """It undercuts the step from an Atlantic mandate to a limited reach."""
    assert_moved(
        "cyberspace",
        rule,
        japan,
        without(japan, "cyber-borderless-answers-geography"),
        rise=("mandate-limits-reach", "nato-reach-is-limited"),
        fall=("closer-cooperation-is-feasible",),
    )


@every_rule
def test_what_answers_an_answer_gives_back_what_that_took(
    rule: Rule, japan: Map
) -> None:
    """Seas need ships: that tells against the answer, and so for the objection."""
    assert_moved(
        "ships",
        rule,
        japan,
        without(japan, "seas-need-more-than-cyber"),
        rise=("cyber-borderless-answers-geography",),
        fall=("mandate-limits-reach", "nato-reach-is-limited"),
    )


@every_rule
def test_without_doubts_about_america_there_is_less_to_insure(
    rule: Rule, japan: Map
) -> None:
    """A need is half of the reason for a means."""
    assert_moved(
        "insurance",
        rule,
        japan,
        without(japan, "us-commitment-is-in-doubt"),
        fall=("doubt-calls-for-insurance", "nato-ties-insure-against-us-doubt"),
    )


@every_rule
def test_undercutting_an_inference_leaves_its_premise_alone(
    rule: Rule, japan: Map
) -> None:
    """Who denies that something follows has not denied it.

    A premise that the inference itself bears on, over a cycle, is another matter.
    """
    old = evaluate(japan, rule).strengths
    undercuts = [r for r in japan.relations.values() if r.kind == "undercut"]
    assert len(undercuts) > 25
    for undercut in undercuts:
        cut = japan.relations[undercut.target.relation or ""]
        new = evaluate(without(japan, undercut.key), rule).strengths
        for premise in set(cut.premises) - downstream(japan, [end(japan, cut)]):
            assert abs(new[premise] - old[premise]) <= MOVED, (undercut.key, premise)


@every_rule
@pytest.mark.parametrize("place", [0, 1])
def test_linked_premises_fail_together(rule: Rule, japan: Map, place: int) -> None:
    """Neither does anything alone: where one is worth nothing, nothing is left."""
    linked = [r for r in japan.relations.values() if len(r.premises) > 1]
    struck = {r.premises[place] for r in linked}
    worthless = {k: replace(japan.claims[k], base_score=0.0) for k in struck}
    after = replace(japan, claims=japan.claims | worthless)
    evaluation = evaluate(without(after, *supports(after, *struck)), rule)

    assert len(linked) > 15
    for relation in linked:
        assert value(evaluation, relation.key) == 0, relation.key


@every_rule
def test_a_concession_lowers_what_it_concedes_against(rule: Rule, japan: Map) -> None:
    """Granting an objection must cost something, or it would not be one."""
    concessions = [
        r
        for r in japan.relations.values()
        if r.kind != "support" and any(p.stance == "concedes" for p in r.passages)
    ]
    assert len(concessions) >= 8
    for relation in concessions:
        target = relation.target.claim or relation.target.relation or ""
        after = without(japan, relation.key)
        assert_moved("concessions", rule, japan, after, rise=[target])


@every_rule
@pytest.mark.parametrize("claim", MANY_REASONS)
def test_a_claim_with_many_reasons_is_visibly_weaker_without_the_best_of_them(
    rule: Rule, japan: Map, claim: str
) -> None:
    """Every reason counts for something, also where there are others."""
    strengths = evaluate(japan, rule).relations
    reasons = supports(japan, claim)
    after = without(japan, max(reasons, key=lambda key: strengths[key] or 0))

    assert len(reasons) > 5
    assert_moved("one of many", rule, japan, after, fall=[claim], by=VISIBLE)


def again(map: Map, claim: Claim) -> Iterator[PassageReference]:
    """Let every author say of a claim the same once more, elsewhere in the source."""
    for reference in claim.passages:
        taken = {p.passage for p in claim.passages if p.source == reference.source}
        passages = (p.key for p in map.sources[reference.source].passages)
        other = next(key for key in passages if key not in taken)
        yield replace(reference, passage=other)


@every_rule
def test_a_second_passage_of_the_same_source_raises_nothing(
    rule: Rule, japan: Map
) -> None:
    """Who says a thing twice has not said more."""
    claims = {
        key: replace(claim, passages=(*claim.passages, *again(japan, claim)))
        for key, claim in japan.claims.items()
    }
    old = evaluate(japan, rule)
    new = evaluate(replace(japan, claims=claims), rule)

    assert new.strengths == old.strengths
    assert new.relations == old.relations


@every_rule
def test_what_is_supported_and_unattacked_outranks_what_is_rebutted_and_unsupported(
    rule: Rule, japan: Map
) -> None:
    """All base scores are alike, so it is the relations that decide."""
    relations = japan.relations.values()
    answered = {t for r in relations if r.kind != "support" for t in target(r)}
    supported = {t for r in relations if r.kind == "support" for t in target(r)}
    rebutted = {
        t
        for r in relations
        if r.kind == "rebut" and not answered & {r.key, *r.premises}
        for t in target(r)
    }
    claims = evaluate(japan, rule).claims
    good, bad = supported - answered, rebutted - supported

    assert len(good) > 50
    assert len(bad) > 1
    assert max(claims[k].rank for k in good) < min(claims[k].rank for k in bad)


def target(relation: Relation) -> Iterator[str]:
    """Give the claim or relation that a relation is about."""
    yield from filter(None, (relation.target.claim, relation.target.relation))


@every_rule
def test_strengths_depend_neither_on_order_nor_on_names(rule: Rule, japan: Map) -> None:
    """A map says the same whoever drew which part first, and under which keys."""
    shuffled = list(japan.relations.items())
    random.Random(5).shuffle(shuffled)
    backwards = dict(reversed(japan.claims.items()))
    other = replace(japan, claims=backwards, relations=dict(shuffled))
    renamed, names = draw.renamed(other)
    old, new = evaluate(japan, rule).strengths, evaluate(renamed, rule).strengths

    assert max(abs(new[names[key]] - old[key]) for key in old) < 1e-12


@every_rule
def test_more_support_never_lowers_its_target_nor_less_raises_it(
    rule: Rule, japan: Map
) -> None:
    """For rules that promise it: a reason for a claim is no reason against it."""
    if "monotonicity" not in rule.laws:
        pytest.skip(f"{rule.name} does not promise monotonicity")
    old = evaluate(japan, rule).strengths
    new = Claim(key="new", text="Something else speaks for it.", base_score=0.9)
    for claim in japan.targets:
        support = Relation(
            key="new", kind="support", premises=("new",), target=Target(claim=claim)
        )
        more = replace(
            japan,
            claims=japan.claims | {"new": new},
            relations=japan.relations | {"new": support},
        )
        less = without(japan, *supports(japan, claim))

        assert evaluate(more, rule).strengths[claim] >= old[claim] - MOVED
        assert evaluate(less, rule).strengths[claim] <= old[claim] + MOVED
