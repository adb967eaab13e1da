"""Cursors lead on in the list that they were made for, and nowhere else."""

import pytest

from argmap.errors import Malformed
from argmap.service.pages import after, cursor, cut, place


def test_pages_follow_each_other_to_the_end() -> None:
    items, found, at = list(range(7)), list[int](), None
    while True:
        start = place("numbers", at)
        page = cut("numbers", items, 3, start.start, 3)
        assert start.revision == (3 if at else None)
        found += page.items
        at = page.next
        if at is None:
            break

    assert found == items


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "%",
        "ü",
        "W10",
        cursor("letters", 1, 2),
        cursor("numbers", 1),
        cursor("numbers", 1, 2, 3),
        cursor("numbers", -1, 2),
        cursor("numbers", 1, 2**53),
        cursor("numbers", "1", 2),
        cursor("numbers", 1, 2) + "x",
    ],
)
def test_what_is_no_cursor_of_a_list_is_refused(text: str) -> None:
    with pytest.raises(Malformed, match="no cursor") as refused:
        place("numbers", text)
    assert refused.value.pointer == "/cursor"


def test_a_cursor_by_key_is_of_its_type() -> None:
    assert after("maps", cursor("maps", "tram"), "") == "tram"
    with pytest.raises(Malformed):
        after("maps", cursor("maps", 7), "")
