"""What is escaped shows as it is, wherever it is put."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from argmap.render.escapes import markdown
from argmap.render.text import one_line

READERS = [MarkdownIt("commonmark"), MarkdownIt("gfm-like", {"linkify": False})]
MARKS = "1. |- |# |+ |> |[x](y)|![x](y)|<b>|&amp;|`|*|_|~~|\\|$|a|:|=|\n|<!-- || "
HOSTILE = st.lists(st.sampled_from(MARKS.split("|"))).map("".join)


def shown(tokens: list[Any]) -> str:
    """Join the text that a reader of Markdown makes of a document."""
    return "".join(
        child.content
        for token in tokens
        for child in (token.children or [])
        if child.type == "text"
    )


@given(text=st.one_of(HOSTILE, st.text()))
def test_markdown_shows_any_text_as_it_is(text: str) -> None:
    for reader in READERS:
        for before in ("", "1. ", "- "):
            tokens = reader.parse(f"{before}x {markdown(text)}")
            assert shown(tokens) == f"x {one_line(text)}".rstrip()


@given(text=st.one_of(HOSTILE, st.text()))
def test_a_text_at_the_beginning_makes_no_block(text: str) -> None:
    for reader in READERS:
        tokens = reader.parse(markdown(text))
        assert shown(tokens) == one_line(text)
        assert {token.type for token in tokens} <= {
            "paragraph_open",
            "paragraph_close",
            "inline",
        }
