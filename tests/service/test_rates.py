"""How often each may ask: by a clock that the test turns."""

import pytest

from argmap.service.rates import BUCKETS, LONGEST, Rates


class Clock:
    """Tells the time that it was set to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        """Tell it."""
        return self.now


def test_a_bucket_fills_with_time_and_holds_no_more_than_it_can() -> None:
    clock = Clock()
    rates = Rates(rate=0.5, burst=3, clock=clock)

    assert [rates.take("anna") for _ in range(4)] == [0, 0, 0, 2]
    clock.now += 1
    assert rates.take("anna") == 1
    clock.now += 1
    assert [rates.take("anna"), rates.take("anna")] == [0, 2]
    clock.now += 100
    assert [rates.take("anna") for _ in range(4)] == [0, 0, 0, 2]


def test_to_look_takes_nothing() -> None:
    rates = Rates(rate=1, burst=1, clock=Clock())

    assert [rates.take("anna", 0) for _ in range(3)] == [0, 0, 0]
    assert [rates.take("anna"), rates.take("anna", 0)] == [0, 1]


@pytest.mark.parametrize("burst", [0, 5])
def test_no_rate_is_no_limit(burst: int) -> None:
    rates = Rates(rate=0, burst=burst, clock=Clock())

    assert [rates.take("anna") for _ in range(9)] == [0] * 9


def test_who_asks_all_the_time_is_not_forgotten_for_others() -> None:
    rates = Rates(rate=1, burst=1, clock=Clock())
    for other in range(BUCKETS):
        rates.take("anna")
        rates.take(other)

    assert rates.take("anna") > 0
    assert rates.take(1) > 0
    assert rates.take(0) == 0


@pytest.mark.parametrize("rate", [1e-320, 1e-12])
def test_nobody_is_told_to_wait_for_longer_than_there_is_a_number_for(
    rate: float,
) -> None:
    rates = Rates(rate=rate, burst=1, clock=Clock())

    assert [rates.take("anna"), rates.take("anna")] == [0, LONGEST]
