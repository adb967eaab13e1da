"""The search for smallest sets of changes, against every set there is."""

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from argmap.engine import patience
from argmap.engine.flips import Moves, Search, Try, find_flips
from argmap.engine.progress import progress
from argmap.errors import TooSlow

COUNT = 5
SETS = [c for size in range(COUNT + 1) for c in combinations(range(COUNT), size)]


def trying(winning: set[Moves]) -> Try:
    """Reach the goal with exactly these sets; nearness misleads on purpose."""

    def attempt(sets):  # type: ignore[no-untyped-def]
        nearness = np.array([hash(moves) % 7 for moves in sets], dtype=float)
        return nearness, np.array([moves in winning for moves in sets])

    return attempt


def minimal(winning: set[Moves], size: int) -> set[Moves]:
    return {
        moves
        for moves in winning
        if len(moves) <= size
        and not any(set(other) < set(moves) for other in winning if len(other) > 0)
    }


@given(winning=st.sets(st.sampled_from(SETS[1:])), size=st.integers(1, COUNT))
def test_all_minimal_sets_are_found_and_nothing_else(
    winning: set[Moves], size: int
) -> None:
    found = find_flips(COUNT, trying(winning), max_operations=size)

    assert set(found.flips) == minimal(winning, size)
    assert found.complete
    assert [len(f) for f in found.flips] == sorted(len(f) for f in found.flips)


def test_what_holds_already_needs_no_change() -> None:
    found = find_flips(3, trying({()}), max_operations=2)

    assert found == Search(flips=(), searched=1, complete=True)


def test_excluded_sets_are_not_tried() -> None:
    found = find_flips(
        2, trying({(0, 1)}), max_operations=2, excludes=lambda moves: moves == (0, 1)
    )
    assert found == Search(flips=(), searched=3, complete=True)


def test_what_holds_a_flip_is_not_tried() -> None:
    found = find_flips(3, trying({(0, 1)}), max_operations=3)

    assert found == Search(flips=((0, 1),), searched=1 + 3 + 3, complete=True)


def test_a_large_set_is_climbed_to_and_cut_down() -> None:
    needed = {3, 11, 17, 29, 41}

    def attempt(sets):  # type: ignore[no-untyped-def]
        assert all([*s] == sorted({*s}) for s in sets)
        return (
            np.array([len(needed & {*s}) - 0.1 * len(s) for s in sets]),
            np.array([needed <= {*s} for s in sets]),
        )

    with patience(seconds=2):
        found = find_flips(400, attempt, max_operations=6)

    assert found.flips == (tuple(sorted(needed)),)
    assert not found.complete


def test_time_that_is_up_leaves_what_was_found() -> None:
    with patience(seconds=0):
        found = find_flips(5, trying({(1,)}), max_operations=3)

    assert found == Search(flips=(), searched=0, complete=False)


def test_a_rule_that_takes_its_time_has_something_to_show() -> None:
    tried = 0

    def slow(sets):  # type: ignore[no-untyped-def]
        nonlocal tried
        tried += len(sets)
        if tried > 20:
            raise TooSlow(5)
        return trying({(1,)})(sets)

    found = find_flips(300, slow, max_operations=2)

    assert found.flips == ((1,),)
    assert not found.complete


def test_enough_is_enough() -> None:
    every_pair = {moves for moves in SETS if len(moves) == 2}
    found = find_flips(COUNT, trying(every_pair), max_operations=2, most=3)

    assert len(found.flips) >= 3
    assert found.searched == 1 + COUNT + 8  # of 10 pairs, as many as are tried at first
    assert not found.complete


def test_enough_that_is_all_there_is_is_complete() -> None:
    found = find_flips(3, trying({(0,), (1,), (2,)}), max_operations=2, most=3)

    assert found.flips == ((0,), (1,), (2,))
    assert found.complete


def test_what_comes_nearest_by_itself_is_tried_first_with_others() -> None:
    near = [0.0, 5.0, 1.0, 4.0]
    tried: list[Moves] = []

    def attempt(sets):  # type: ignore[no-untyped-def]
        tried.extend(sets)
        return np.array([sum(near[i] for i in s) for s in sets]), np.zeros(len(sets))

    told: list[int] = []
    with progress(lambda done, _: told.append(done)):
        found = find_flips(4, attempt, max_operations=2)

    assert tried[5:] == [(1, 3), (1, 2), (0, 1), (2, 3), (0, 3), (0, 2)]
    assert told == [1, 5, found.searched]


MANY = 210
"""Changes, of which there are more pairs than are tried one by one at first."""


def climbing(winning: set[int], decoy: int, least: int) -> Search:
    """Search where only a climb has the time; a decoy comes nearest by itself."""
    tried = 0

    def attempt(sets):  # type: ignore[no-untyped-def]
        nonlocal tried
        if tried >= least:
            raise TooSlow(1)
        tried += len(sets)
        reached = np.array([winning <= {*s} for s in sets])
        near = np.array([len(winning & {*s}) + 3 * (decoy in s) for s in sets])
        return np.where(reached, 0, near), reached

    return find_flips(MANY, attempt, max_operations=3)


def test_a_climb_takes_what_reaches_the_goal_and_cuts_it_down() -> None:
    found = climbing({3, 50}, decoy=7, least=1 + MANY + MANY + MANY - 1 + MANY - 2 + 3)

    assert found.flips == ((3, 50),)
    assert not found.complete


def test_a_climb_ends_where_all_that_is_left_is_excluded() -> None:
    found = find_flips(
        MANY, trying(set()), max_operations=2, excludes=lambda moves: len(moves) > 1
    )
    assert found == Search(flips=(), searched=1 + MANY + MANY, complete=True)


def test_a_climb_ends_with_as_many_changes_as_are_allowed() -> None:
    found = climbing({3, 50, 60}, decoy=7, least=6 * MANY)

    assert found.flips == ()
