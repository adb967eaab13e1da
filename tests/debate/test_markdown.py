"""Briefs as Markdown: texts of a map are texts there."""

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec import json
from msgspec.structs import replace

import argmap
from argmap.debate.brief import Brief
from argmap.debate.brief_markdown import brief_markdown
from argmap.debate.disagreement import RuleVerdict
from argmap.debate.plan import Side
from argmap.render.text import one_line
from payloads import PAYLOADS, hostile

MARKS = {"heading", "paragraph", "ordered_list", "bullet_list", "list_item", "strong"}


@pytest.fixture(scope="module")
def map(tmp_path_factory: pytest.TempPathFactory) -> argmap.Map:
    """Load a map of hostile texts, of which some sources only report."""
    made = hostile("m", list(PAYLOADS.values()))
    for claim in made["claims"][2::4]:
        claim["passages"][0]["stance"] = "reports"
    file = tmp_path_factory.mktemp("brief") / "hostile.argmap.json"
    file.write_bytes(json.encode(made))
    return argmap.load(file)[0]


def kinds_in(brief: Brief) -> tuple[set[str], list[Token]]:
    """Give what kinds of blocks a brief is made of as Markdown, and what is in them."""
    tokens = MarkdownIt("commonmark").parse(brief_markdown(brief))
    inside = [child for token in tokens for child in (token.children or [])]
    kinds = {token.type.removesuffix("_open") for token in tokens if token.nesting > 0}
    return kinds, inside


@pytest.mark.parametrize("side", ["pro", "con"])
def test_a_brief_has_no_marks_but_its_own(map: argmap.Map, side: Side) -> None:
    brief = argmap.brief(map, "c0", side=side, rule="df-quad")
    kinds, inside = kinds_in(brief)
    shown = "".join(token.content for token in inside if token.type == "text")

    assert kinds <= MARKS
    assert {token.type for token in inside} <= {"text", "strong_open", "strong_close"}
    said = [map.relations[each.relation] for each in (*brief.case, *brief.expected)]
    texts = [map.claims[key].text for each in said for key in each.premises]
    assert len(texts) >= 8
    assert all(one_line(text) in shown for text in [brief.text, *texts])


@pytest.mark.parametrize("text", PAYLOADS.values(), ids=PAYLOADS)
def test_what_plugins_say_makes_no_marks(map: argmap.Map, text: str) -> None:
    brief = argmap.brief(map, "c0", side="con", rule="df-quad")
    assert brief.gaps
    gaps = tuple(replace(gap, why=text) for gap in brief.gaps)
    failed = RuleVerdict(rule="mine", problem=text)

    kinds, inside = kinds_in(replace(brief, gaps=gaps, disagreement=(failed,)))

    assert kinds <= MARKS
    assert {token.type for token in inside} <= {"text", "strong_open", "strong_close"}
    shown = [token.content for token in inside if token.type == "text"]
    assert f"mine: {one_line(text)}" in shown
