"""Trees as text."""

import pytest

from argmap.errors import TooDeep
from argmap.model import Claim, Map
from argmap.render.text import one_line, text
from argmap.render.tree import flat_tree

KNOT = Map.of(
    ["t", "a", "b", "c"],
    supports=[("c", "t"), ("t", "a")],
    rebuts=[(("a", "b"), "t")],
    undercuts=[("c", "r3")],
)


def test_a_tree_is_drawn_a_node_a_line() -> None:
    assert text(flat_tree(KNOT, "t", depth=None)) == (
        "t: t\n"
        "├─ + c: c\n"
        "├─ - (r3) a: a\n"
        "│  ├─ + ^t: t\n"
        "│  └─ x ^c: c\n"
        "└─ - (r3) b: b\n"
    )


def test_what_is_not_shown_is_counted() -> None:
    assert text(flat_tree(KNOT, "t", depth=0)) == "t: t [3 more]\n"
    assert text(flat_tree(KNOT, "t", depth=1)).count("[2 more]") == 1


def test_a_tree_is_drawn_as_deep_as_it_may_be_nested() -> None:
    chain = Map.of(
        [f"c{i}" for i in range(300)],
        supports=[(f"c{i + 1}", f"c{i}") for i in range(299)],
    )

    assert text(flat_tree(chain, "c0", depth=248)).count("\n") == 249
    with pytest.raises(TooDeep):
        text(flat_tree(chain, "c0", depth=249))


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("one  two\tthree\nfour", "one two three four"),
        ("red \x9b31m \x7f", "red �31m �"),
        ("naïve", "naïve"),
        ("שלום", "\u2068שלום\u2069"),
        ("a\u202eb", "\u2068a\u202eb\u2069"),
        ("a\u2069b", "\u2068\u2068a\u2069b\u2069"),
        ("a\u2066b", "\u2068a\u2066b\u2069\u2069"),
        ("a\u2069b\u2066c", "\u2068\u2068a\u2069b\u2066c\u2069\u2069"),
    ],
)
def test_a_text_cannot_break_out_of_its_line(given: str, shown: str) -> None:
    assert one_line(given) == shown
    assert one_line(given).count("\u2069") == sum(
        map(one_line(given).count, "\u2066\u2068")
    )


def test_a_claims_text_cannot_add_lines_to_a_tree() -> None:
    map = Map(key="m", claims={"t": Claim(key="t", text="one\n└─ two\x9b1A")})

    assert text(flat_tree(map, "t")) == "t: one └─ two�1A\n"
