"""Asking a reasoner: parts, cones, limits, deadlines."""

import threading
import time

import numpy as np
import pytest

from argmap.plugin import Cancelled, TooSlow, patience
from argmap_dung.complete import Complete
from argmap_dung.oracle import Oracle
from argmap_dung.preferred import Preferred
from argmap_dung.search import Search
from argmap_dung.semi_stable import SemiStable
from argmap_dung.stable import Stable
from argmap_dung.tasks import Reasoner
from frameworks import SEMANTICS, even_cycles, framework, members, random_framework

HARD = random_framework(400, 0.05)


def pigeons(holes: int) -> list[list[int]]:
    """Put one pigeon too many into holes, one each: no model, and hard to see."""

    def sits(pigeon: int, hole: int) -> int:
        return pigeon * holes + hole + 1

    housed = [[sits(p, h) for h in range(holes)] for p in range(holes + 1)]
    alone = [
        [-sits(p, h), -sits(q, h)]
        for h in range(holes)
        for p in range(holes + 1)
        for q in range(p)
    ]
    return housed + alone


def test_parts_are_counted_one_by_one() -> None:
    cycles = even_cycles(60)

    assert Reasoner(Preferred, cycles).count() == 2**60
    assert Reasoner(Complete, cycles).count() == 3**60


def test_counting_stops_at_one_more_than_the_limit() -> None:
    assert Reasoner(Preferred, even_cycles(60)).count(limit=100) == 101
    assert Reasoner(Preferred, even_cycles(3)).count(limit=8) == 8
    assert Reasoner(Preferred, even_cycles(3)).count(limit=7) == 8


@pytest.mark.parametrize("limit", [1, 5, 8, 9])
def test_listing_stops_at_the_limit_and_says_so(limit: int) -> None:
    found = Reasoner(Stable, even_cycles(3)).extensions(limit)

    assert len({members(labels) for labels in found.labellings}) == min(limit, 8)
    assert found.truncated == (limit < 8)


def test_one_part_without_a_stable_extension_leaves_the_whole_without() -> None:
    odd = framework(6, [(0, 1), (1, 0), (2, 3), (3, 4), (4, 2)])
    reasoner = Reasoner(Stable, odd)

    assert reasoner.one() is None
    assert not reasoner.exists()
    assert not reasoner.is_credulous(0)
    assert reasoner.is_sceptical(0)  # of no extensions, all say so
    assert not reasoner.is_credulous(5)  # although nothing attacks it


def test_a_small_part_without_a_stable_extension_is_seen_before_a_hard_one() -> None:
    size = HARD.size
    odd = [(size, size + 1), (size + 1, size + 2), (size + 2, size)]
    attacks = [*zip(HARD.sources.tolist(), HARD.targets.tolist(), strict=True)]

    with patience(seconds=20):
        assert not Reasoner(Stable, framework(size + 3, [*attacks, *odd])).exists()


def test_one_extension_is_found_without_looking_for_a_second() -> None:
    questions = 0

    def count() -> bool:
        nonlocal questions
        questions += 1
        return False

    with patience(is_cancelled=count):
        assert Reasoner(Stable, even_cycles(3)).one() is not None
    assert questions == 7  # a part is put into clauses, asked once, and joined


def test_the_empty_framework_has_one_empty_extension() -> None:
    for semantics in SEMANTICS.values():
        reasoner = Reasoner(semantics, framework(0, []))

        assert reasoner.count() == 1
        assert reasoner.one() is not None


def test_an_attack_that_is_listed_twice_is_one() -> None:
    once, twice = [(0, 1), (1, 0), (1, 2)], [(0, 1), (0, 1), (1, 0), (1, 2), (1, 2)]

    for semantics in SEMANTICS.values():
        found = [
            sorted(
                sorted(members(s))
                for s in Reasoner(semantics, f).extensions().labellings
            )
            for f in (framework(3, once), framework(3, twice))
        ]
        assert found[0] == found[1]


@pytest.mark.parametrize("semantics", [Complete, Preferred])
def test_what_an_argument_does_not_depend_on_is_not_searched(
    semantics: type[Search],
) -> None:
    # Two arguments that attack each other, and one of them all of a hard framework.
    size = HARD.size
    attacks = [*zip(HARD.sources.tolist(), HARD.targets.tolist(), strict=True)]
    mutual = [(size, size + 1), (size + 1, size), (size, 0)]
    reasoner = Reasoner(semantics, framework(size + 2, [*attacks, *mutual]))

    with patience(seconds=20):
        assert reasoner.is_credulous(size)
        assert not reasoner.is_sceptical(size)


@pytest.mark.parametrize("semantics", [Preferred, Stable, SemiStable, Complete])
def test_verdicts_do_not_go_through_all_extensions(semantics: type[Search]) -> None:
    # 2 to the 40 extensions (3 to the 40 complete ones) in one part: all sides of the
    # choices attack the hub, and the hub attacks the last.
    cycles, hub, last = even_cycles(40), 80, 81
    attacks = [*zip(cycles.sources.tolist(), cycles.targets.tolist(), strict=True)]
    spokes = [(side, hub) for side in range(hub)]
    wheel = framework(82, [*attacks, *spokes, (hub, last)])
    reasoner, everything = Reasoner(semantics, wheel), np.arange(82)

    with patience(seconds=20):
        held = np.flatnonzero(reasoner.in_all(everything)).tolist()
        beaten = np.flatnonzero(reasoner.out_in_all(everything)).tolist()
        possible = np.flatnonzero(reasoner.in_some(everything)).tolist()
    assert held == ([] if semantics is Complete else [last])
    assert beaten == ([] if semantics is Complete else [hub])
    assert possible == [*range(80), last]


def test_ranges_are_compared_over_the_scope_alone() -> None:
    # 0 and 1 attack each other; 0 decides 2, 1 decides 3, which attack themselves.
    attacks = [(0, 1), (1, 0), (0, 2), (2, 2), (1, 3), (3, 3)]
    within = np.array([True, True, True, False])
    either = framework(4, attacks)

    assert Reasoner(SemiStable, either).count() == 2
    found = Reasoner(SemiStable, either, within).extensions().labellings
    assert [members(labels) for labels in found] == [{0}]


@pytest.mark.parametrize("semantics", [Stable, Preferred, SemiStable])
def test_a_deadline_stops_a_hard_search(semantics: type[Search]) -> None:
    start = time.monotonic()

    with patience(seconds=0.2), pytest.raises(TooSlow):
        Reasoner(semantics, HARD).count()
    assert time.monotonic() - start < 10  # generous: the machine may be busy


def test_a_search_can_be_called_off_from_another_thread() -> None:
    off = threading.Event()
    timer = threading.Timer(0.2, off.set)
    timer.start()

    with patience(is_cancelled=off.is_set), pytest.raises(Cancelled):
        Reasoner(Preferred, HARD).count()
    timer.join()


@pytest.mark.parametrize("name", ["complete", "preferred", "stable", "semi-stable"])
def test_a_reasoner_that_was_stopped_still_answers_right(name: str) -> None:
    cycles = even_cycles(4)
    spoke = [(argument, 8) for argument in range(8)]  # what makes them one part
    attacks = zip(cycles.sources.tolist(), cycles.targets.tolist(), strict=True)
    reasoner, stops, calls = (
        Reasoner(SEMANTICS[name], framework(9, [*attacks, *spoke])),
        0,
        0,
    )

    def every_fourth() -> bool:
        nonlocal calls
        calls += 1
        return calls % 4 == 0

    number = None
    while number is None:
        try:
            with patience(is_cancelled=every_fourth):
                number = reasoner.count()
        except Cancelled:
            stops += 1
    assert stops > 2
    assert number == reasoner.count() == (3**4 if name == "complete" else 2**4)


def test_a_formula_that_takes_many_slices_is_decided() -> None:
    clauses = pigeons(7)
    oracle = Oracle(56, clauses)

    assert oracle.solve() is None
    assert Oracle(56, clauses[1:]).solve() is not None  # one pigeon may stay out


def test_assumptions_and_alternatives_hold_for_one_question() -> None:
    oracle = Oracle(3, [[1, 2, 3]])
    model = oracle.solve([-1], one_of=[2, 3])

    assert model is not None
    assert not model[1]
    assert oracle.solve([-2, -3], one_of=[2, 3]) is None
    assert oracle.solve([-2, -3]) is not None
