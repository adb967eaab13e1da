"""How long trees and pictures of large maps take, once they are evaluated.

Processor time, the best of several runs: others may be at work on the machine.
"""

import random
from collections.abc import Callable
from time import process_time

import msgspec
import pytest

import argmap
from argmap.model import Claim, Map
from argmap.model.items import Relation, Target
from argmap.render.svg import svg
from argmap.render.tree import flat_tree, tree
from argmap.render.view import Shown
from figures import Figures

TEXT = (
    "Japan and NATO should keep the sea lanes open, inclusive and governed by rules "
    "that many nations have agreed on over the last twenty years."
)
WORDS = TEXT.split()


def large(n: int) -> tuple[Map, Shown]:
    """Make a map whose claims each rest on four others, and evaluate it."""
    dice = random.Random(n)
    claims = {
        f"claim-{i}": Claim(key=f"claim-{i}", text=" ".join(dice.choices(WORDS, k=16)))
        for i in range(n)
    }
    relations = {
        f"r{i}": Relation(
            key=f"r{i}",
            kind="support" if dice.random() < 0.6 else "rebut",
            premises=(f"claim-{i}",),
            target=Target(claim=f"claim-{(i - 1) // 4}"),
        )
        for i in range(1, n)
    }
    map = Map(key="m", claims=claims, relations=relations)
    evaluation = argmap.evaluate(map, "quadratic-energy")
    return map, {"evaluation": evaluation, "depth": None, "children": None}


def milliseconds(run: Callable[[], object], times: int = 9) -> float:
    """Time *run*, and not the end of what it gives."""
    kept, taken = [], []
    for _ in range(times):
        start = process_time()
        kept.append(run())
        taken.append(process_time() - start)
        kept.clear()
    return 1000 * min(taken)


@pytest.mark.parametrize(("claims", "limit"), [(1_000, 8), (10_000, 60)])
def test_a_tree_as_json(figures: Figures, claims: int, limit: float) -> None:
    map, shown = large(claims)
    encoded = msgspec.json.encode(tree(map, "claim-0", **shown))
    assert encoded.count(b'"via"') == claims

    taken = milliseconds(lambda: msgspec.json.encode(tree(map, "claim-0", **shown)))
    figures.at_most(f"tree as JSON, {claims:,} claims", taken, limit, "ms")


def test_the_nodes_that_matter_most(figures: Figures) -> None:
    map, shown = large(10_000)
    assert len(flat_tree(map, "claim-0", nodes=200, **shown).nodes) == 200

    taken = milliseconds(lambda: tree(map, "claim-0", nodes=200, **shown))
    figures.at_most("tree of 200 nodes out of 10,000", taken, 30, "ms")


def test_pictures_in_linear_time(figures: Figures) -> None:
    each = {}
    for claims, limit in ((1_000, 150), (10_000, 2_000)):
        map, shown = large(claims)
        assert svg(flat_tree(map, "claim-0", **shown)).count("<text>") == claims
        taken = milliseconds(lambda m=map, s=shown: svg(flat_tree(m, "claim-0", **s)))
        figures.at_most(f"SVG, {claims:,} claims", taken, limit, "ms")
        each[claims] = taken / claims
    ratio = each[10_000] / each[1_000]
    figures.at_most("SVG of ten times as many claims, per claim", ratio, 2)
