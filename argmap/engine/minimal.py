"""Smallest sets, by inclusion, that are enough for something."""

from collections.abc import Callable, Sequence

from argmap.engine.patience import check_patience

Chosen = list[int]


def minimal(candidates: Sequence[int], holds: Callable[[Chosen], bool]) -> Chosen:
    """Find some of *candidates* with which *holds*, and with no fewer of these.

    QuickXplain, Junker, AAAI 2004: of *n* candidates *k* are found with O(k log(n / k))
    questions. Another set may be smaller; none that is part of this one holds.

    Args:
        candidates: Holds with all of them.
        holds: Rising: what holds with a set holds with every larger one.

    Returns:
        In the order of *candidates*.

    >>> minimal(range(8), lambda chosen: {2, 5} <= set(chosen))
    [2, 5]
    """

    def search(base: Chosen, *, is_new: bool, left: Chosen) -> Chosen:
        check_patience()
        if is_new and holds(base):
            return []
        if len(left) == 1:
            return left
        first, second = left[: len(left) // 2], left[len(left) // 2 :]
        late = search(base + first, is_new=True, left=second)
        early = search(base + late, is_new=bool(late), left=first)
        return early + late

    return search([], is_new=True, left=list(candidates)) if candidates else []
