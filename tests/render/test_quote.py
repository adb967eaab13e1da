"""Quotes in one line: gaps shown, words that a line's end broke mended and marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.model import Span
from argmap.render.quote import BROKEN, Quoter


def quote(text: str) -> str:
    return Quoter(text).quote([Span(start=0, end=len(text))])


@pytest.mark.parametrize(
    ("text", "line"),
    {
        "a hy-\nphen": "a hy-¦phen",
        "a hy- \n  phen": "a hy-¦phen",
        "a hy\u2010\r\nphen": "a hy\u2010¦phen",
        "a soft\u00ad\nness": "a soft¦ness",
        "two\nwords": "two words",
        "two \nwords": "two words",
        "most \nend \nin spa\nces": "most end in spa¦ces",
        "most \nend \nin Spa\nCes": "most end in Spa Ces",
        "as ma\nny \nas not": "as ma ny as not",
        "1 \n2 \na -\n b": "1 2 a - b",
        "two \n\n blocks\tof\u00a0words ": "two blocks of words",
    }.items(),
)
def test_line_ends_are_mended(text: str, line: str) -> None:
    assert quote(text) == line


def test_spans_are_joined_by_a_gap() -> None:
    quoter = Quoter("The tram is quiet and dear.")
    spans = [Span(start=4, end=8), Span(start=22, end=26)]

    assert quoter.quote(spans) == "tram […] dear"
    assert quoter.excerpt(spans, before=3).before == "… "
    assert quoter.excerpt(spans).after == "."


def test_surroundings_are_whole_words_and_keep_the_space_between() -> None:
    quoter = Quoter("Everybody knows that the tram is quiet, more or less.")
    found = quoter.excerpt([Span(start=25, end=38)], 11, 11)

    assert found.before + f"«{found.quote}»" + found.after == (
        "… that the «tram is quiet», more or …"
    )


@given(st.text(alphabet="ab -\n\r\t\u00ad", max_size=40), st.data())
def test_a_quote_is_one_line_and_loses_no_letter(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = Quoter(text).excerpt([Span(start=start, end=end)], 5, 5)

    for line in (found.before, found.quote, found.after):
        assert not set(line) & set("\n\r\t")
        assert "  " not in line
    assert letters(found.quote) == letters(text[start:end])


def letters(text: str) -> str:
    return "".join(text.replace(BROKEN, "").replace("\u00ad", "").split())
