"""Every question, under every semantics, answered as by trying every set."""

import random
from functools import cache
from itertools import permutations

import numpy as np
import pytest

from argmap_dung.tasks import Reasoner
from brute import Brute
from frameworks import SEMANTICS, framework, members


@cache
def all_of_four() -> list[Brute]:
    """Give the digraphs of 4 nodes, loops allowed, one of each shape.

    A digraph is a number of 16 bits, bit 4 a + b for an attack from a to b; its shape
    is the least number that renaming nodes can make of it.
    """
    numbers = np.arange(1 << 16)
    least = numbers
    for order in permutations(range(4)):
        renamed = np.zeros_like(numbers)
        for a in range(4):
            for b in range(4):
                bit = numbers >> (4 * a + b) & 1
                renamed |= bit << (4 * order[a] + order[b])
        least = np.minimum(least, renamed)
    return [
        Brute(4, frozenset(divmod(i, 4) for i in range(16) if number >> i & 1))
        for number in np.unique(least).tolist()
    ]


@cache
def at_random(number: int, largest: int) -> list[Brute]:
    """Draw frameworks from sparse to dense."""
    generator = random.Random(4)
    drawn = []
    for _ in range(number):
        size = generator.randint(1, largest)
        density = generator.choice([0.08, 0.15, 0.2, 0.3, 0.5])
        pairs = [(a, b) for a in range(size) for b in range(size)]
        attacks = frozenset(p for p in pairs if generator.random() < density)
        drawn.append(Brute(size, attacks))
    return drawn


def assert_all_questions_are_answered(brute: Brute, name: str) -> None:
    expected = brute.extensions(name)
    arguments = np.arange(brute.size)
    in_some = [any(a in s for s in expected) for a in range(brute.size)]
    in_all = [all(a in s for s in expected) for a in range(brute.size)]
    beaten = [brute.beaten_by(s) for s in expected]
    out_in_all = [all(a in b for b in beaten) for a in range(brute.size)]

    # One reasoner that is asked after listing everything, one before.
    same = framework(brute.size, brute.attacks)
    listing, asked = (Reasoner(SEMANTICS[name], same) for _ in range(2))
    extensions = listing.extensions()
    found = [members(labels) for labels in extensions.labellings]

    assert sorted(map(sorted, found)) == sorted(map(sorted, expected))
    assert not extensions.truncated
    for reasoner in (listing, asked):
        assert reasoner.in_some(arguments).tolist() == in_some
        assert reasoner.in_all(arguments).tolist() == in_all
        assert reasoner.out_in_all(arguments).tolist() == out_in_all
        assert reasoner.exists() == bool(expected)
    some = asked.one()
    assert some is None if not expected else members(some) in expected
    assert [asked.is_credulous(a) for a in range(brute.size)] == in_some
    assert [asked.is_sceptical(a) for a in range(brute.size)] == in_all
    assert asked.count() == len(expected)
    assert asked.count(limit=1) == min(2, len(expected))


def test_there_are_3044_frameworks_of_four_arguments() -> None:
    assert len(all_of_four()) == 3044


@pytest.mark.parametrize("name", SEMANTICS)
def test_every_framework_of_four_arguments(name: str) -> None:
    for brute in all_of_four():
        assert_all_questions_are_answered(brute, name)


@pytest.mark.parametrize("name", SEMANTICS)
def test_a_thousand_random_frameworks(name: str) -> None:
    for brute in at_random(1000, largest=9):
        assert_all_questions_are_answered(brute, name)
