"""Lines, cruxes and dependence: where a case comes from, and on what it turns."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

import draw
from argmap.debate.crux import crux
from argmap.debate.dependence import dependence
from argmap.debate.lines import Line, lines
from argmap.model import Map, Operation, Replace, apply
from argmap.plugin import evaluate
from cases import TRAM, cited, trials


def strength(map: Map, claim: str = "tram", *, mute: list[str]) -> float:
    silent: list[Operation] = [Replace(relation=r, set={"weight": 0.0}) for r in mute]
    return evaluate(apply(map, silent), trials(map).rule).strengths[claim]


def ways(map: Map, claim: str, rule: str) -> dict[tuple[str, int], float]:
    """Find every chain without a claim twice; keep the best of each evidence, side."""
    asked = trials(map, rule)
    best: dict[tuple[str, int], float] = {}

    def on(kind: str, key: str, sign: int, least: float, been: frozenset[str]) -> None:
        into = [
            r for r in map.relations.values()
            if r.kind != "rephrase" and getattr(r.target, kind) == key
        ]  # fmt: skip
        if kind == "claim" and not into and key != claim:
            best[key, sign] = max(best.get((key, sign), 0.0), least)
        for r in into:
            does, carries = (
                sign * (1 if r.kind == "support" else -1),
                asked.strength(r.key),
            )
            low = min(least, carries)
            on("relation", r.key, does, least, been)
            for premise in r.premises if carries > 0 else ():
                if premise not in been:
                    on("claim", premise, does, low, been | {premise})

    on("claim", claim, 1, 1.0, frozenset([claim]))
    return best


@given(map=draw.acyclic_maps(largest=6), rule=st.sampled_from(["df-quad", "grounded"]))
def test_lines_are_the_strongest_chains_from_every_piece_of_evidence(
    map: Map, rule: str
) -> None:
    claim = next(iter(map.claims), None)
    if claim is None:
        return
    (found,) = lines(trials(map, rule), (claim,), most=100).claims
    both = {(line.evidence, 1): line.strength for line in found.pro}
    both |= {(line.evidence, -1): line.strength for line in found.con}
    assert both == pytest.approx(ways(map, claim, rule))


def test_a_line_argues_from_evidence_to_the_claim_and_names_its_weakest_link() -> None:
    (found,) = lines(trials(TRAM), ("tram",)).claims

    def told(line: Line) -> list[str]:
        return [link.relation for link in line.links]

    assert told(next(line for line in found.pro if line.evidence == "rubber")) == [
        "r5", "r4", "r1",
    ]  # fmt: skip
    assert told(next(line for line in found.pro if line.evidence == "old")) == [
        "r7", "r3",
    ]  # fmt: skip
    for line in (*found.pro, *found.con):
        own = [link.strength for link in line.links if link.claim is not None]
        assert line.strength == min(own)
    for side in (found.pro, found.con):
        assert all(a.strength >= b.strength for a, b in pairwise(side))


def test_without_a_source_nothing_stays_that_rests_on_it_alone() -> None:
    (group,) = dependence(trials(cited()), "source", ["tram"]).groups

    assert group.key == "council"
    without = strength(cited(), mute=["r1", "r2", "r3"])
    assert group.claims["tram"].after.strength == pytest.approx(without)


def test_speakers_and_tags_are_left_out_one_at_a_time() -> None:
    claims = {
        **TRAM.claims,
        "quiet": replace(TRAM.claims["quiet"], speaker="Mayor", tags=("noise",)),
        "cost": replace(TRAM.claims["cost"], speaker="Treasurer", tags=("noise",)),
        "tram": replace(TRAM.claims["tram"], speaker="Mayor"),
    }
    map = replace(TRAM, claims=claims)
    spoken = dependence(trials(map), "speaker", ["tram"])
    tagged = dependence(trials(map), "tag", ["tram", "quiet"])

    assert {g.key: g.claims["tram"].after.strength for g in spoken.groups} == {
        "Mayor": pytest.approx(strength(map, mute=["r1"])),
        "Treasurer": pytest.approx(strength(map, mute=["r3"])),
    }
    (noise,) = tagged.groups
    assert noise.claims["tram"].delta == pytest.approx(
        strength(map, mute=["r1", "r3"]) - strength(map, mute=[])
    )
    assert noise.claims["quiet"].delta == pytest.approx(0)  # it never leaves itself out


def test_a_crux_helps_one_case_and_hurts_the_other() -> None:
    map = Map.of(
        {"tram": 0.5, "jobs": 0.8, "cost": 0.8, "growth": 0.9, "noise": 0.9},
        supports=[("jobs", "tram"), ("growth", "jobs")],
        rebuts=[("cost", "tram"), ("growth", "cost"), ("noise", "tram")],
    )
    (only,) = crux(trials(map), "tram").cruxes

    assert only.claim == "growth"
    assert only.pro > 0 > only.con
    rebuts = ["r3", "r5"]
    alone = strength(map, mute=rebuts)
    assert only.pro == pytest.approx(alone - strength(map, mute=[*rebuts, "r2", "r4"]))


def test_a_claim_that_helps_both_sides_is_no_crux() -> None:
    map = Map.of(
        {"tram": 0.5, "a": 0.6, "b": 0.6, "both": 0.8},
        supports=[("a", "tram"), ("both", "a"), ("both", "b")],
        rebuts=[("b", "tram")],
    )
    assert crux(trials(map), "tram").cruxes == ()
