"""In a map too large to try every change, those next to the target are tried."""

import pytest

from argmap.model import Map
from argmap.plugin import Host, turning
from argmap.plugin.evaluate import decode_options
from argmap.plugin.turning import find_pivots

CHAIN = Map.of(
    dict.fromkeys((f"c{n}" for n in range(40)), 0.5),
    supports=[(f"c{n}", f"c{n - 1}") for n in range(1, 40)],
)


def changed(monkeypatch: pytest.MonkeyPatch, tried: int) -> set[str]:
    """Say which changes turn the chain's first claim, of so many that are tried."""
    rule = Host.load(None).rule("df-quad")
    height = 2 * len(CHAIN.claims)  # with every rebuttal
    monkeypatch.setattr(turning, "_TRIED", tried * height)
    found = find_pivots(
        CHAIN, rule, rule.accept({}), decode_options(rule, {}), "c0", most=1000
    )
    return {repr(flip.operations) for flip in found}


def test_what_is_next_to_the_target_is_tried_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    near, all_ = changed(monkeypatch, 3), changed(monkeypatch, 1000)

    assert near
    assert near < all_
    assert all("'c0'" in each for each in near)
    assert not all("'c0'" in each for each in all_)
