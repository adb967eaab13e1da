"""What is escaped shows as it is, wherever it is put."""

import csv as reading
import re
from html.parser import HTMLParser
from io import StringIO
from itertools import product
from string import ascii_letters, digits, punctuation
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from argmap.render.escapes import csv, dot, html, lang, markdown, mermaid, tag, xml
from argmap.render.text import one_line

READERS = [MarkdownIt("commonmark"), MarkdownIt("gfm-like", {"linkify": False})]
MARKS = "1. |- |# |+ |> |[x](y)|![x](y)|<b>|&amp;|`|*|_|~~|\\|$|a|:|=|\n|<!-- || "
CONTROLS = {*map(chr, range(32)), *map(chr, range(0x7F, 0xA0))} - set("\t\n\r")
NOWHERE = CONTROLS | {*map(chr, [0xD800, 0xDBFF, 0xDC00, 0xDFFF, 0xFFFE, 0xFFFF])}
"""What XML has no place for, or no reader shows."""
EDGES = {"\ud7ff", "\ue000", "\ufffd", "\U00010000", "\U0010ffff"}
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
HOSTILE = st.lists(st.sampled_from(MARKS.split("|"))).map("".join)


def shown(tokens: list[Any]) -> str:
    """Join the text that a reader of Markdown makes of a document."""
    return "".join(
        child.content
        for token in tokens
        for child in (token.children or [])
        if child.type == "text"
    )


def test_all_that_is_a_mark_in_markdown_has_a_backslash_before_it() -> None:
    for sign in punctuation:
        everywhere, first = sign in "\\`*_{}[]<>|~$&", sign in "-+=#:"
        assert markdown(f"a{sign}b") == (f"a\\{sign}b" if everywhere else f"a{sign}b")
        at_start = f"\\{sign}b" if everywhere or first else f"{sign}b"
        assert markdown(f"{sign}b") == at_start


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("1. a", r"1\. a"),
        ("12) a", r"12\) a"),
        ("a 1. b", "a 1. b"),
        ("1, a", "1, a"),
        ("a\nb\n- c", "a b - c"),
    ],
)
def test_a_number_is_no_item_of_a_list_in_markdown(text: str, written: str) -> None:
    assert markdown(text) == written


def test_xml_gives_every_character_back_or_a_sign_for_it() -> None:
    for sign in [*map(chr, range(0x300)), *sorted(NOWHERE | EDGES)]:
        told = xml(f"a{sign}{sign}b")
        element = fromstring(f"<a b=\"{told}\" c='{told}'>{told}</a>".encode())
        shown = "\ufffd" if sign in NOWHERE else sign
        # That is how XML has line breaks, and white space in attributes.
        in_text = shown.replace("\r", "\n")
        in_attribute = re.sub(r"\s", " ", shown) if shown in "\t\n\r" else shown

        assert element.text == f"a{in_text * 2}b", ascii(sign)
        assert {*element.attrib.values()} == {f"a{in_attribute * 2}b"}, ascii(sign)


def test_no_text_ends_a_section_that_xml_has_for_texts() -> None:
    assert fromstring(f"<a>{xml(']]>')}</a>").text == "]]>"


@pytest.mark.parametrize("language", ["ja", "HAW", "zh-Hant-TW", "abcdefgh-12345678"])
def test_a_tag_of_a_language_is_an_attribute(language: str) -> None:
    assert tag(language) == language
    assert lang(language, "xml:lang") == f' xml:lang="{language}"'


@pytest.mark.parametrize(
    "language",
    ["", "d", "-de", "de-", "1a", "a1", "abcdefghi", "de-abcdefghi", "de_AT", "de\n"]
    + [f'de{sign}onload="' for sign in "\"'<>&= -"],
)
def test_what_is_no_tag_of_a_language_is_none(language: str) -> None:
    assert (tag(language), lang(language)) == ("", "")


class Reader(HTMLParser):
    """Notes all that is in a piece of HTML."""

    def __init__(self, piece: str) -> None:
        super().__init__()
        self.found: list[Any] = []
        self.feed(piece)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.found.append((tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        """Note its end."""
        self.found.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.found.append(data)


@pytest.mark.parametrize("quote", ['"', "'"])
def test_html_gives_every_text_back(quote: str) -> None:
    for pieces in product([*"<>&\"'/=", "amp;", "#60;", "a", " "], repeat=3):
        text = "".join(pieces)
        told = html(text)
        read = Reader(f"<p title={quote}{told}{quote}>{told}</p>").found

        assert read == [("p", [("title", text)]), text, "/p"]


def test_dot_gives_every_text_back() -> None:
    for pieces in product('\\"\nnaN', repeat=4):
        text = "".join(pieces)
        told = dot(text)
        assert re.fullmatch(r'"(?:[^"\\\n]|\\["\\n])*"', told), text
        meant = re.sub(r"\\(.)", lambda mark: {"n": "\n"}.get(mark[1], mark[1]), told)
        assert meant == f'"{text}"'


def test_in_mermaid_a_mark_is_a_number() -> None:
    harmless = {*ascii_letters, *digits, *" !$'+,-./:=?@^"}
    for pieces in product({*punctuation} | {"a", " "}, repeat=2):
        told = mermaid(f"x{''.join(pieces)}y")
        bare = re.sub(r"#(\d+);", "", told)
        assert {*bare[1:-1]} <= harmless, told
        meant = re.sub(r"#(\d+);", lambda mark: chr(int(mark[1])), told)
        assert meant == f'"{one_line("x" + "".join(pieces) + "y")}"'
    assert mermaid("a\nb") == '"a b"'


@pytest.mark.parametrize("sign", FORMULAS)
def test_no_cell_of_csv_is_a_formula_and_each_is_read_as_it_was(sign: str) -> None:
    texts = [f"{sign}1", f"'{sign}1", f"''{sign}1", f"1{sign}", "'a", "a'", f"a'{sign}"]
    (cells,) = reading.reader(StringIO(csv([texts]), newline=""))

    assert cells == [*(f"'{text}" for text in texts[:3]), *texts[3:]]
    assert not any(cell.startswith(FORMULAS) for cell in cells)


def test_csv_has_numbers_truth_and_nothing_as_spreadsheets_do() -> None:
    rows = [[None, True, False, 0, -1, 0.1, 1e-9, "a", ""], ["a,b", 'a"b', "a\nb"]]

    assert csv(rows) == (',true,false,0,-1,0.1,1e-09,a,\r\n"a,b","a""b","a\nb"\r\n')


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
