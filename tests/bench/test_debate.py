"""How long a brief takes that nobody has asked for before."""

import random
import time

import pytest

import argmap
from argmap.debate.brief import brief
from argmap.debate.disagreement import verdicts_on
from argmap.model import Map, read
from argmap.plugin import Host, evaluate
from argmap.plugin.trials import Trials
from figures import Figures

HOST = Host.load()
SIDES = ("pro", "con")
RULES = ("quadratic-energy", "grounded")


def large(count: int = 1000) -> Map:
    """Draw a debate on one claim: most answer what was said shortly before."""
    some = random.Random(0)
    keys = [f"c{i}" for i in range(count)]
    said = [(keys[i], keys[some.randrange(max(0, i - 60), i)]) for i in range(1, count)]
    said += [(keys[some.randrange(1, count)], "c0") for _ in range(10)]
    supports = [each for each in said if some.random() < 0.5]
    rebuts = [each for each in said if each not in supports]
    undercuts = [
        (keys[some.randrange(int(by[1:]), count)], f"r{place}")
        for place, (by, _) in enumerate([*supports, *rebuts], start=1)
        if some.random() < 0.1
    ]
    scores = {key: some.random() for key in keys}
    return Map.of(scores, supports=supports, rebuts=rebuts, undercuts=undercuts)


def cold(map: Map, claim: str, side: str, rule: str) -> float:
    """Give the processor time of a whole brief, nothing at hand but the map."""
    start = time.process_time()
    found = HOST.rule(rule)
    trials = Trials(map, found, evaluate(map, found))
    others = verdicts_on(
        claim, trials.compiled, [each.rule for each in HOST.rules.values()]
    )
    brief(trials, claim, side, others=others, schemes=HOST.schemes_by_name)  # type: ignore[arg-type]
    return time.process_time() - start


@pytest.mark.parametrize("rule", RULES)
def test_a_brief_on_any_target_of_the_japan_nato_map(
    rule: str, figures: Figures
) -> None:
    map = read(argmap.seed("japan-nato").read_bytes())
    cold(map, map.targets[0], "con", rule)  # imports
    each = [cold(map, target, side, rule) for target in map.targets for side in SIDES]

    figures.at_most(f"brief, japan-nato, {rule}, slowest", max(each), 0.3, "s")


@pytest.mark.parametrize("rule", RULES)
def test_a_brief_on_a_map_of_a_thousand_claims(rule: str, figures: Figures) -> None:
    map = large()
    each = [cold(map, "c0", side, rule) for side in SIDES]

    figures.at_most(f"brief, 1,000 claims, {rule}, slower side", max(each), 2, "s")
