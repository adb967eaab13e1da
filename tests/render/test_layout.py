"""Tidy trees: nothing overlaps, parents are in the middle, alike looks alike."""

from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.render.boxes import MOST_LINES, WIDTH, arrange, wrap
from argmap.render.layout import tidy

GAP = 5.0
NEAR = 1e-6


@st.composite
def trees(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    """Draw parents, listed level by level, and heights."""
    rows = draw(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 50)), max_size=30))
    parents = [-1]
    for step, _ in rows:
        parents.append(min(max(parents[-1], 0) + step, len(parents) - 1))
    return parents, [10, *(height for _, height in rows)]


def below(parents: list[int], node: int) -> list[int]:
    return [child for child, parent in enumerate(parents) if parent == node]


@given(trees())
def test_nothing_overlaps_and_columns_keep_their_order(
    tree: tuple[list[int], list[int]],
) -> None:
    levels, tops = tidy(*tree, gap=GAP)
    heights = tree[1]

    assert min(tops) == 0
    for level in set(levels):
        column = [node for node, at in enumerate(levels) if at == level]
        for upper, lower in pairwise(column):
            assert tops[lower] - (tops[upper] + heights[upper]) >= GAP - NEAR


@given(trees())
def test_a_parent_is_in_the_middle_one_column_before(
    tree: tuple[list[int], list[int]],
) -> None:
    parents, heights = tree
    levels, tops = tidy(parents, heights, GAP)

    for node in range(len(parents)):
        if children := below(parents, node):
            top, bottom = tops[children[0]], tops[children[-1]] + heights[children[-1]]
            middle = tops[node] + heights[node] / 2
            assert middle == pytest.approx((top + bottom) / 2)
            assert {levels[child] for child in children} == {levels[node] + 1}


@given(trees())
def test_a_subtree_looks_the_same_wherever_it_is(
    tree: tuple[list[int], list[int]],
) -> None:
    parents, heights = tree
    alone = tidy(parents, heights, GAP)[1]
    n = len(parents)
    # Twice the same tree below a new root, listed level by level no more.
    twice = [-1, *(parent + 1 for parent in parents)]
    twice += [0, *(parent + n + 1 for parent in parents[1:])]
    _, tops = tidy(twice, [7, *heights, *heights], GAP)

    for start in (1, n + 1):
        moved = tops[start] - alone[0]
        assert tops[start : start + n] == pytest.approx([top + moved for top in alone])


def test_a_small_subtree_between_two_large_ones_is_in_the_middle() -> None:
    # A root with three children, of which the outer two have three children each.
    parents = [-1, 0, 0, 0, 1, 1, 1, 3, 3, 3]
    _, tops = tidy(parents, [10] * 10, gap=10)

    assert tops == [50, 20, 50, 80, 0, 20, 40, 60, 80, 100]


def test_a_chain_of_100_000_is_laid_out_and_so_is_a_star() -> None:
    n = 100_000
    chain = range(-1, n - 1)
    star = [-1] + [0] * (n - 1)
    start = process_time()
    levels, tops = tidy(chain, [10] * n, GAP)
    _, rays = tidy(star, [10] * n, GAP)

    assert process_time() - start < 5
    assert (levels[-1], tops[-1]) == (n - 1, 0)
    assert rays[-1] == (n - 2) * (10 + GAP)


@given(st.text())
def test_wrapped_lines_are_few_and_keep_the_words(text: str) -> None:
    lines = wrap(text)

    assert 1 <= len(lines) <= MOST_LINES
    shown = "".join(lines).replace(" ", "")
    whole = "".join(text.split())
    assert shown == whole or (
        shown.endswith("…") and whole.startswith(shown.removesuffix("…"))
    )


def test_a_long_word_is_broken_and_a_long_text_ends_in_dots() -> None:
    assert "".join(wrap("w" * 40)) == "w" * 40
    assert len(wrap("w" * 40)) > 1
    long = wrap("word " * 500)
    assert (len(long), long[-1][-1]) == (MOST_LINES, "…")


def test_boxes_are_as_high_as_their_texts_and_side_by_side() -> None:
    root, one, two = arrange([-1, 0, 0], ["root", "short", "long " * 30])

    assert (root.x, one.width) == (0, WIDTH)
    assert one.x == two.x > root.width
    assert two.height > one.height
    assert two.y > one.y + one.height
