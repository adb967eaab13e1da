"""Deadlines and cancellation, as every long computation meets them."""

import threading

import pytest

from argmap.engine import check_patience, foresee, patience
from argmap.errors import Cancelled, TooSlow


def test_without_a_limit_nothing_is_stopped() -> None:
    check_patience()


def test_a_time_that_is_up_stops_what_runs_inside_and_nothing_after() -> None:
    with patience(seconds=0), pytest.raises(TooSlow) as caught:
        check_patience()
    assert caught.value.seconds == 0
    check_patience()


def test_what_is_called_off_stops() -> None:
    off = threading.Event()
    with patience(is_cancelled=off.is_set):
        check_patience()
        off.set()
        with pytest.raises(Cancelled):
            check_patience()


def test_an_inner_limit_does_not_lengthen_an_outer_one() -> None:
    with patience(seconds=0), patience(seconds=60), pytest.raises(TooSlow):
        check_patience()


def test_what_no_machine_does_in_time_is_refused_before_it_begins() -> None:
    foresee(10**12, "less")
    with patience(seconds=600):
        foresee(10**9, "less")
        with pytest.raises(TooSlow, match="ask for less: less"):
            foresee(10**12, "less")


def test_another_thread_has_its_own_limit() -> None:
    stopped: list[bool] = []

    def run() -> None:
        check_patience()
        stopped.append(False)

    with patience(seconds=0):
        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
    assert stopped == [False]
