"""Briefs as Markdown: texts of a map are texts there."""

import pytest
from markdown_it import MarkdownIt
from msgspec import json

import argmap
from argmap.debate.brief_markdown import brief_markdown
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


@pytest.mark.parametrize("side", ["pro", "con"])
def test_a_brief_has_no_marks_but_its_own(map: argmap.Map, side: Side) -> None:
    brief = argmap.brief(map, "c0", side=side, rule="df-quad")
    tokens = MarkdownIt("commonmark").parse(brief_markdown(brief))
    inside = [child for token in tokens for child in (token.children or [])]
    kinds = {token.type.removesuffix("_open") for token in tokens if token.nesting > 0}
    shown = "".join(token.content for token in inside if token.type == "text")

    assert kinds <= MARKS
    assert {token.type for token in inside} <= {"text", "strong_open", "strong_close"}
    said = [map.relations[each.relation] for each in (*brief.case, *brief.expected)]
    texts = [map.claims[key].text for each in said for key in each.premises]
    assert len(texts) >= 8
    assert all(one_line(text) in shown for text in [brief.text, *texts])
