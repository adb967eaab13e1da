"""Social product: votes as base scores, attacks alone."""

import pytest
from msgspec.structs import replace

from argmap.plugin import Claim, Map, evaluate
from argmap_social.social_product import SOCIAL_PRODUCT


def voted(map: Map, **votes: tuple[float, float]) -> Map:
    claims: dict[str, Claim] = {
        key: replace(
            claim, data={"votes": {"for": votes[key][0], "against": votes[key][1]}}
        )
        if key in votes
        else claim
        for key, claim in map.claims.items()
    }
    return replace(map, claims=claims)


def test_an_unattacked_claim_has_its_share_of_votes() -> None:
    map_ = voted(Map.of(["a"]), a=(3, 1))

    assert evaluate(map_, SOCIAL_PRODUCT).strengths["a"] == 3 / 4.01
    certain = evaluate(map_, SOCIAL_PRODUCT, {"epsilon": 0})
    assert certain.strengths["a"] == 0.75


def test_an_attack_takes_its_share() -> None:
    map_ = voted(Map.of("ab", rebuts=[("a", "b")]), a=(1, 1), b=(1, 0))

    strengths = evaluate(map_, SOCIAL_PRODUCT, {"epsilon": 0}).strengths
    assert strengths == {"a": 0.5, "b": 0.5}


def test_a_claim_that_nobody_voted_on_has_nothing_and_is_counted() -> None:
    map_ = voted(Map.of({"a": 1, "b": 1, "c": 1}), a=(2, 0), b=(0, 0))

    evaluation = evaluate(map_, SOCIAL_PRODUCT)
    assert evaluation.strengths["b"] == evaluation.strengths["c"] == 0
    warnings = {w.code: w.count for w in evaluation.warnings}
    assert warnings == {"claim-without-votes": 2, "base-score-not-read": 3}


def test_a_cycle_comes_to_its_fixed_point() -> None:
    map_ = voted(Map.of("ab", rebuts=[("a", "b"), ("b", "a")]), a=(1, 0), b=(1, 0))

    evaluation = evaluate(map_, SOCIAL_PRODUCT, {"epsilon": 1})
    # s = ½·(1 − s)
    assert evaluation.strengths["a"] == pytest.approx(1 / 3, abs=1e-12)
    assert evaluation.converged
