"""What rules that weigh sources must make of a further article behind a claim."""

import pytest
from msgspec.structs import replace

from argmap.model import Claim, Map, PassageReference, Source, Span, Stance
from argmap.model.items import Passage
from argmap.plugin import Host, Rule, evaluate

SHIPPED = [i.rule for i in Host.load(strict=True).rules.values() if i.is_shipped]


def said_by(map: Map, claim: str, source: str, stance: Stance = "asserts") -> Map:
    """Let a source of the map say a claim, in its first passage."""
    passage = map.sources[source].passages[0].key
    who = "somebody else" if stance in ("reports", "rejects") else None
    reference = PassageReference(
        source=source, passage=passage, stance=stance, attributed_to=who
    )
    old = map.claims[claim]
    new = replace(old, passages=(*old.passages, reference))
    return replace(map, claims=map.claims | {claim: new})


def weighs_sources(rule: Rule) -> bool:
    """Say whether it makes a difference that two sources say a claim, and not one."""
    passage = Passage(key="p1", spans=(Span(start=0, end=4),))
    sources = {k: Source(key=k, title=k, passages=(passage,)) for k in ("one", "two")}
    claims = {"tram": Claim(key="tram", text="Trams are quiet.", base_score=0.5)}
    once = said_by(Map(key="m", sources=sources, claims=claims), "tram", "one")
    twice = said_by(once, "tram", "two")
    return evaluate(once, rule).strengths != evaluate(twice, rule).strengths


WEIGHING = [rule for rule in SHIPPED if weighs_sources(rule)]
every_rule = pytest.mark.parametrize("rule", WEIGHING, ids=lambda rule: rule.name)


def missing(map: Map) -> list[tuple[str, str]]:
    """Pair targets with the articles that do not say them."""
    return [
        (claim, source)
        for claim in map.targets
        for source in map.sources
        if source not in {p.source for p in map.claims[claim].passages}
    ]


def test_some_rule_that_ships_weighs_sources() -> None:
    assert "corroboration" in {rule.name for rule in WEIGHING}


@every_rule
def test_a_second_independent_source_raises_a_claim(rule: Rule, japan: Map) -> None:
    """Two who say the same without each other are more to believe than one.

    So is one more who grants it although it tells against the own case. Where nobody
    stands behind a claim yet, the first to do so is no second.
    """
    old = evaluate(japan, rule).strengths
    behind = {
        key
        for key, claim in japan.claims.items()
        if any(p.stance in ("asserts", "concedes") for p in claim.passages)
    }
    pairs = [(claim, source) for claim, source in missing(japan) if claim in behind]
    assert len(pairs) > 10
    for claim, source in pairs:
        for stance in ("asserts", "concedes"):
            new = evaluate(said_by(japan, claim, source, stance), rule).strengths
            assert new[claim] > old[claim], (claim, source, stance)


@every_rule
def test_who_only_reports_or_denies_a_claim_raises_nothing(
    rule: Rule, japan: Map
) -> None:
    """To say that others say so is not to say so."""
    old = evaluate(japan, rule).strengths
    for claim, source in missing(japan):
        for stance in ("reports", "rejects"):
            new = evaluate(said_by(japan, claim, source, stance), rule).strengths
            assert new == old, (claim, source, stance)


@every_rule
def test_a_source_that_nobody_believes_raises_nothing(rule: Rule, japan: Map) -> None:
    """Credibility 0 is a source that might as well be silent."""
    claim, source = missing(japan)[0]
    worthless = replace(japan.sources[source], credibility=0.0)
    distrusted = replace(japan, sources=japan.sources | {source: worthless})
    old = evaluate(distrusted, rule).strengths
    new = evaluate(said_by(distrusted, claim, source), rule).strengths

    assert new[claim] == old[claim]
