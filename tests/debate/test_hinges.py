"""What a disagreement hangs on is found by taking it out."""

import pytest
from litestar.testing import TestClient
from msgspec.structs import replace

import argmap
from argmap.debate.hinges import LARGEST, Hinge, without_each
from argmap.model import Map

ACYCLIC = [("a", "t")]


def hangs_on(map: Map, *rules: str) -> dict[str, tuple[Hinge, ...]]:
    """Compare rules, and give what each disagreement hangs on."""
    disputed = argmap.compare(map, rules).disagreement.claims
    return {d.claim: d.hangs_on.features for d in disputed if d.hangs_on}


def test_rules_that_read_undercuts_part_with_one_that_does_not() -> None:
    map = Map.of(
        {"t": 0.5, "a": 0.9, "b": 0.9, "u": 1.0},
        supports=[("a", "t")],
        rebuts=[("b", "t")],
        undercuts=[("u", "r1")],
    )

    # The undercut upsets the balance of support and rebuttal.
    assert hangs_on(map, "df-quad", "base-score") == {"t": ("undercuts",)}


def test_a_claim_without_base_score_is_undecided_or_accepted_by_default() -> None:
    map = Map.of(["t", "a"], rebuts=[("a", "t")])

    assert "defaults" in hangs_on(map, "df-quad", "grounded")["a"]


def test_where_no_single_feature_decides_none_is_named() -> None:
    # Worth 0.1 for one rule; in for the other; without a score undecided for the one.
    assert hangs_on(Map.of({"t": 0.1}), "df-quad", "grounded") == {"t": ()}


def test_where_a_disagreement_begins() -> None:
    map = Map.of({"t": 0.5, "a": 0.1, "b": 0.9}, supports=[("a", "t")])
    disputed = argmap.compare(map, ["df-quad", "grounded"]).disagreement.claims
    near = {d.claim: d.hangs_on.claims for d in disputed if d.hangs_on}

    assert near["a"] == ()
    assert near["t"] == ("a",)


@pytest.mark.parametrize(
    ("hinge", "map"),
    [
        ("supports", Map.of(["t", "a"], supports=[("a", "t")])),
        ("undercuts", Map.of(["t", "a"], rebuts=ACYCLIC, undercuts=[("t", "r1")])),
        ("cycles", Map.of(["t", "a"], rebuts=[("a", "t"), ("t", "a")])),
        ("base-scores", Map.of({"t": 0.5})),
        ("defaults", Map.of(["t"])),
    ],
)
def test_what_a_map_does_not_have_cannot_be_taken_out(hinge: Hinge, map: Map) -> None:
    assert hinge in without_each(map)
    assert hinge not in without_each(Map.of({"t": None} if hinge != "defaults" else {}))


def test_weights_and_linked_premises_are_taken_out() -> None:
    map = Map.of(["t", "a", "b"], supports=[(("a", "b"), "t")])  # type: ignore[list-item]
    light = replace(map.relations["r1"], weight=0.5)
    changed = without_each(replace(map, relations={"r1": light}))

    assert changed["weights"].relations["r1"].weight == 1.0
    assert changed["linked-premises"].relations == {}


def test_large_maps_are_not_evaluated_again_and_again() -> None:
    map = Map.of([f"c{i}" for i in range(LARGEST + 1)])

    assert without_each(map) == {}


def test_without_a_feature_that_a_disagreement_hangs_on_the_rules_agree(
    japan: TestClient,
) -> None:
    rules = ["df-quad", "grounded"]
    asked = {"rules": [{"rule": rule} for rule in rules]}
    url = "/api/v1/maps/japan-nato/evaluations"
    disputed = japan.post(url, json=asked).json()["disagreement"]["claims"]
    map = argmap.load(argmap.seed("japan-nato"))[0]
    changed = without_each(map)
    again = {h: argmap.compare(m, rules).disagreement for h, m in changed.items()}

    assert any(each["hangs_on"]["features"] for each in disputed)
    for each in disputed:
        for hinge, found in again.items():
            still = {one.claim for one in found.claims}
            agrees = each["claim"] not in still
            assert agrees is (hinge in each["hangs_on"]["features"])
