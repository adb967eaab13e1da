"""Kendall's tau-b, against its definition."""

import math
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.engine.rank import tau_b

PAIRS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=60)


def counted(pairs: list[tuple[int, int]]) -> float | None:
    """Go through all pairs of pairs."""
    signs = [
        (math.copysign(a != b, a - b), math.copysign(c != d, c - d))
        for (a, c), (b, d) in combinations(pairs, 2)
    ]
    untied = sum(abs(p) for p, _ in signs), sum(abs(q) for _, q in signs)
    if not all(untied):
        return None
    return sum(p * q for p, q in signs) / math.sqrt(untied[0] * untied[1])


@given(PAIRS)
def test_tau_b_is_what_counting_all_pairs_gives(pairs: list[tuple[int, int]]) -> None:
    found = tau_b([a for a, _ in pairs], [b for _, b in pairs])

    assert found == pytest.approx(counted(pairs), abs=1e-12)


@given(PAIRS)
def test_the_same_order_is_exactly_one_and_the_reverse_minus_one(
    pairs: list[tuple[int, int]],
) -> None:
    x = [a for a, _ in pairs]

    assert tau_b(x, x) in {1.0, None}
    assert tau_b(x, [-value for value in x]) in {-1.0, None}


def test_ties_count_as_in_a_textbook() -> None:
    # Of 15 pairs one is tied in x and another in y, so both roots are of 14.
    x, y = [1, 2, 2, 4, 5, 6], [1, 3, 2, 4, 6, 6]
    assert tau_b(x, [1, 2, 3, 5, 4, 4]) == pytest.approx(9 / 14)
    assert tau_b(x, y) == pytest.approx(13 / 14)
