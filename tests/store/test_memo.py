"""Values in memory: computed once, bounded, and never half there."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from argmap.store.memo import Memo


def test_of_many_threads_one_computes_and_all_get_it() -> None:
    memo: Memo[object] = Memo(10)
    together = Barrier(8)
    computed = []

    def make() -> object:
        Event().wait(0.02)
        computed.append(value := object())
        return value

    def ask(_: int) -> object:
        together.wait()
        return memo.find("key", make)

    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(ask, range(8)))

    assert found == set(computed)
    assert len(computed) == 1


def test_a_computation_that_fails_leaves_nothing_and_may_be_tried_again() -> None:
    memo: Memo[int] = Memo(10)

    with pytest.raises(ZeroDivisionError):
        memo.find("key", lambda: 1 // 0)

    assert memo.get("key") is None
    assert memo.find("key", lambda: 7) == 7


def test_one_slow_computation_does_not_hold_up_another() -> None:
    memo: Memo[int] = Memo(10)
    slow = Event()

    def wait() -> int:
        assert slow.wait(10)
        return 1

    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(memo.find, "slow", wait)
        assert memo.find("fast", lambda: 2) == 2
        slow.set()
        assert future.result() == 1


def test_what_was_not_used_for_longest_leaves_first() -> None:
    memo: Memo[int] = Memo(100, weigh=lambda value: value)

    memo.put("a", 40)
    memo.put("b", 40)
    memo.get("a")
    memo.put("c", 40)

    assert [memo.get(key) for key in "abc"] == [40, None, 40]


def test_the_newest_stays_however_heavy() -> None:
    memo: Memo[int] = Memo(100, weigh=lambda value: value)

    memo.put("a", 40)
    memo.put("heavy", 1000)
    assert memo.get("heavy") == 1000
    assert memo.get("a") is None

    memo.put("heavy", 10)
    memo.put("b", 90)
    assert memo.get("heavy") == 10
