"""Files that other programs show: hostile texts stay texts in all of them."""

import re

import pytest
from defusedxml.ElementTree import fromstring
from markdown_it import MarkdownIt

from argmap.formats.dot import DOT
from argmap.formats.graphml import GRAPHML
from argmap.formats.markdown import MARKDOWN
from argmap.formats.mermaid import MERMAID
from argmap.formats.table import TABLE
from argmap.model import Claim, Map
from argmap.model.items import Relation, Scheme, Target
from argmap.plugin import Format
from argmap.render.escapes import FORMULA
from argmap.render.text import one_line

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "]]><svg onload=alert(1)>",
    "&lt;b&gt; &#60;script&#62; &amp;",
    "[x](javascript:alert(1)) ![x](http://evil.example/x.png)",
    "`code` ~~~ *b* _i_ # h\n\n---\n<iframe src=//evil.example>",
    'end"] --> x[click c1 "javascript:alert(1)"',
    "%%{init: {'securityLevel': 'loose'}}%%",
    'a" URL="javascript:alert(1)" b="',
    '\\N \\G \\" \\',
)


@pytest.fixture(scope="module")
def map() -> Map:
    """Make a map that has each payload as title, text, speaker and scheme."""
    claims = {
        f"c{i}": Claim(key=f"c{i}", text=payload, speaker=payload)
        for i, payload in enumerate(PAYLOADS)
    }
    relations = {
        f"r{i}": Relation(
            key=f"r{i}",
            kind="support",
            premises=(f"c{i}",) if i > 1 else ("c1", "c2"),
            target=Target(claim="c0"),
            scheme=Scheme(name=payload),
        )
        for i, payload in enumerate(PAYLOADS)
        if i
    }
    return Map(
        key="m",
        title=PAYLOADS[0],
        description=PAYLOADS[5],
        claims=claims,
        relations=relations,
    )


def written(format: Format, map: Map) -> str:
    assert format.write is not None
    return format.write(map)[0].decode()


def test_graphml_holds_every_text_as_it_is(map: Map) -> None:
    root = fromstring(written(GRAPHML, map), forbid_dtd=True)
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    data = {element.text for element in root.iter() if element.tag.endswith("data")}

    assert names == {"graphml", "key", "graph", "desc", "node", "edge", "data"}
    assert data >= set(PAYLOADS)


def test_dot_quotes_every_text(map: Map) -> None:
    string = r'"(?:[^"\\\n]|\\.)*"'
    bare = re.sub(string, "", written(DOT, map))

    assert re.fullmatch(r"[-a-z \n=,;{}\[\]>0-9A-Z]*", bare)
    assert "URL" not in bare


def test_mermaid_quotes_every_text(map: Map) -> None:
    bare = re.sub(r'"[^"\[\]{}()<>|`\n]*"', "", written(MERMAID, map))

    assert re.fullmatch(r"flowchart BT\n([-a-z0-9 .|>\[\]()]+\n)*", bare)
    assert "click" not in bare


def test_markdown_shows_every_text_and_makes_nothing_of_it(map: Map) -> None:
    tokens = MarkdownIt("commonmark").parse(written(MARKDOWN, map))
    inside = [child for token in tokens for child in (token.children or [])]
    shown = "".join(child.content for child in inside)

    kinds = {child.type for child in inside}
    assert kinds <= {"text", "strong_open", "strong_close", "em_open", "em_close"}
    assert all(one_line(payload) in shown for payload in PAYLOADS)


def test_what_a_table_has_before_a_formula_is_taken_off_again() -> None:
    signs = [sign for sign in FORMULA if not sign.isspace()]
    texts = [f"{quotes}{sign}x" for quotes in ("", "'", "''") for sign in signs]
    claims = {f"c{i}": Claim(key=f"c{i}", text=text) for i, text in enumerate(texts)}
    table = written(TABLE, Map(key="m", claims=claims))
    assert TABLE.read is not None
    read, _ = TABLE.read(table.encode())

    assert not re.search(r"(?m)[,\"][-=+@＝＋－＠]", table)
    assert [claim.text for claim in read.claims.values()] == texts
