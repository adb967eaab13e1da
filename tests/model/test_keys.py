"""Keys derived from any text are keys, and of their own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.model import is_key, slug
from argmap.model.text import forbidden, tidied


@given(st.text(), st.sets(st.integers(2, 40)))
def test_a_slug_is_a_key_that_is_not_taken(text: str, numbers: set[int]) -> None:
    stem = slug(text, ())
    taken = {stem, *(f"{stem[:56]}-{number}" for number in numbers)}

    assert is_key(stem)
    assert is_key(slug(text, taken))
    assert slug(text, taken) not in taken


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Trams are quiet.", "trams-are-quiet"),
        ("  “Élan” – über ß & Ørsted’s  ", "elan-uber-ss-orsteds"),
        ("Łódź İstanbul ½ ﬁ", "lodz-istanbul-1-2-fi"),
        ("夏", "claim"),
        ("", "claim"),
        ("-- 7 --", "7"),
        ("word " * 40, "-".join(["word"] * 13)),
        ("x" * 100, "x" * 64),
    ],
)
def test_slugs_keep_what_latin_letters_can_say(text: str, key: str) -> None:
    assert slug(text, ()) == key


def test_numbers_fill_up_without_a_gap() -> None:
    taken: set[str] = set()
    for _ in range(300):
        taken.add(slug("tram", taken))

    assert taken == {"tram", *(f"tram-{number}" for number in range(2, 301))}


@given(st.text())
def test_the_normal_form_is_normal(text: str) -> None:
    assert tidied(tidied(text)) == tidied(text)
    assert "\r" not in tidied(text)


@given(st.characters(codec="utf-8"))
def test_forbidden_are_controls_and_noncharacters(character: str) -> None:
    code = ord(character)
    is_control = code < 0x20 and character not in "\t\n\r"
    is_nothing = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF

    assert (forbidden(f"a{character}b") is not None) == (is_control or is_nothing)
