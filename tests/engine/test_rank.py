"""Kendall's tau-b, against scipy's."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.engine.rank import tau_b

PAIRS = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=60
)


@given(PAIRS)
def test_tau_b_is_what_scipy_says(pairs: list[tuple[int, int]]) -> None:
    from scipy.stats import kendalltau

    x, y = zip(*pairs, strict=True)
    expected = float(kendalltau(x, y, method="asymptotic").statistic)

    found = tau_b(x, y)

    if math.isnan(expected):
        assert found is None
    else:
        assert found == pytest.approx(expected, abs=1e-12)


@given(PAIRS)
def test_the_same_order_is_exactly_one_and_the_reverse_minus_one(
    pairs: list[tuple[int, int]],
) -> None:
    x = [a for a, _ in pairs]

    assert tau_b(x, x) in {1.0, None}
    assert tau_b(x, [-value for value in x]) in {-1.0, None}


def test_fewer_than_two_things_have_no_order() -> None:
    assert tau_b([], []) is None
    assert tau_b([1], [2]) is None
