"""Smallest sets of changes after which something holds that did not hold before.

A set *flips* if it reaches the goal and none of its proper subsets does. Sets are tried
by size, likeliest first; a set that holds a flip is no longer minimal and is left out.
Where the sets of a size are too many for the time, a greedy climb finds larger ones,
which are then cut down to what is minimal. What a change is does not matter here: only
how near sets of changes come to the goal is asked, for many at once.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from math import comb
from typing import Final

import numpy as np
from numpy.typing import NDArray

from argmap.engine.patience import check_patience
from argmap.engine.progress import report_progress
from argmap.errors import TooSlow

Moves = tuple[int, ...]  # indices of changes, ascending

# From sets of changes to how near the goal each comes, and whether it reaches it.
Try = Callable[[Sequence[Moves]], tuple[NDArray[np.float64], NDArray[np.bool_]]]

_AT_FIRST: Final = 8  # sets that are tried together, and twice as many each time:
_AT_ONCE: Final = 256  # a slow rule should have something to show when time is up
_LARGEST_CLIMB: Final = 12  # changes: cutting down tries every subset


@dataclass(frozen=True)
class Search:
    """What a search found.

    Attributes:
        flips: Sets of changes, smallest first, each minimal.
        searched: How many sets were tried.
        complete: Whether every set of the allowed sizes was tried, or holds a flip.
    """

    flips: tuple[Moves, ...]
    searched: int
    complete: bool


def find_flips(
    count: int,
    attempt: Try,
    *,
    max_operations: int,
    excludes: Callable[[Moves], bool] = lambda _: False,
    most: int = 100,
) -> Search:
    """Find minimal sets of changes that reach a goal, as long as patience lasts.

    Args:
        count: How many changes there are: 0 … count - 1.
        attempt: Tries sets of changes.
        max_operations: The largest size of a set.
        excludes: Says which sets make no sense, such as two values for one score.
        most: Stop after so many flips.

    Returns:
        What was found until the time was up (see `argmap.engine.patience`), never less
        than what was found by then.

    >>> def attempt(sets):  # only the first change helps
    ...     return np.array([len(s) for s in sets]), np.array([0 in s for s in sets])
    >>> find_flips(3, attempt, max_operations=2)
    Search(flips=((0,),), searched=5, complete=True)
    """
    search = _Search(count, attempt, excludes, most)
    try:
        complete = search.by_size(max_operations)
    except TooSlow:
        complete = False
    flips = sorted(search.flips, key=len)
    return Search(tuple(flips), search.searched, complete)


class _Search:
    def __init__(
        self, count: int, attempt: Try, excludes: Callable[[Moves], bool], most: int
    ) -> None:
        self.count, self.attempt = count, attempt
        self.excludes, self.most = excludes, most
        self.flips: list[Moves] = []
        self.searched = 0
        self.effects = np.zeros(count)

    def by_size(self, max_operations: int) -> bool:
        """Try all sets, smallest first; say whether all were tried."""
        reached = self.try_sets([()])[1]
        if reached[0]:
            return True
        left: list[int] = []
        for batch in _batches(iter([(i,) for i in range(self.count)])):
            nearness, reached = self.try_sets(batch)
            for (i,), near, is_flip in zip(batch, nearness, reached, strict=True):
                self.effects[i] = near
                if is_flip:
                    self.flips.append((i,))
                else:
                    left.append(i)
        left.sort(key=lambda i: (-self.effects[i], i))
        for size in range(2, min(max_operations, len(left)) + 1):
            if not self.flips and comb(len(left), size) > 20_000:
                # The sets of this size may take all the time: have something first.
                self.climb(left, max_operations)
            for batch in _batches(self.sets(left, size)):
                reached = self.try_sets(batch)[1]
                found = [batch[i] for i in np.flatnonzero(reached)]
                self.flips += [moves for moves in found if moves not in self.flips]
                if len(self.flips) >= self.most:
                    return False
        return True

    def sets(self, left: Sequence[int], size: int) -> Iterator[Moves]:
        """Give the sets of a size that may flip, likeliest first."""
        for chosen in combinations(left, size):
            moves = tuple(sorted(chosen))
            if not self.excludes(moves) and not self.holds_another(moves):
                yield moves

    def holds_another(self, moves: Moves) -> bool:
        """Say whether a set properly holds a flip."""
        own = set(moves)
        return any(len(f) < len(own) and own.issuperset(f) for f in self.flips)

    def climb(self, left: Sequence[int], largest: int) -> None:
        """Add whatever helps most until the goal is reached; cut that down."""
        moves: Moves = ()
        while len(moves) < min(largest, _LARGEST_CLIMB):
            options = [
                option
                for i in left
                if i not in moves
                and not self.excludes(option := tuple(sorted((*moves, i))))
            ]
            if not options:
                return
            nearness, reached = self.try_all(options)
            best = int(np.argmax(np.where(reached, np.inf, nearness)))
            moves = options[best]
            if reached[best]:
                self.flips.append(self.cut_down(moves))
                return

    def cut_down(self, moves: Moves) -> Moves:
        """Find a smallest subset that reaches the goal."""
        for size in range(2, len(moves)):
            subsets = list(combinations(moves, size))
            reached = self.try_all(subsets)[1]
            if reached.any():
                return subsets[int(np.argmax(reached))]
        return moves

    def try_all(
        self, sets: Sequence[Moves]
    ) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """Try any number of sets but none."""
        results = [self.try_sets(batch) for batch in _batches(iter(sets))]
        nearness, reached = zip(*results, strict=True)
        return np.concatenate(nearness), np.concatenate(reached)

    def try_sets(
        self, sets: Sequence[Moves]
    ) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """Try as many sets as fit at once."""
        check_patience()
        found = self.attempt(sets)
        self.searched += len(sets)
        report_progress(self.searched)
        return found


def _batches(sets: Iterator[Moves]) -> Iterator[list[Moves]]:
    size = _AT_FIRST
    while batch := list(islice(sets, size)):
        yield batch
        size = min(2 * size, _AT_ONCE)
