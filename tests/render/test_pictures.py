"""Pictures of trees: all show the same, whatever the texts are, and nothing acts."""

import re
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace

import argmap
import draw
from argmap.errors import NotInstalled, PictureTooLarge, TooDeep
from argmap.model import Claim, Map
from argmap.render.nodes import FlatTree
from argmap.render.palette import DARK, LIGHT
from argmap.render.pictures import PICTURES
from argmap.render.png import png
from argmap.render.svg import svg
from argmap.render.tree import flat_tree

PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "]]><svg onload=alert(1)>",
    "</title></text></style><script>alert(1)</script>",
    "&lt;b&gt; &#60;script&#62; &amp;",
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "[x](javascript:alert(1)) ![x](http://evil.example/x.png) <http://evil.example>",
    "`code` ~~~ *b* _i_ # h\n\n---\n<iframe src=//evil.example>",
    'end"] --> x[click n0 "javascript:alert(1)"',
    "%%{init: {'securityLevel': 'loose'}}%%",
    'a" URL="javascript:alert(1)" b="',
    "<TABLE><TR><TD HREF='javascript:1'>",
    '\\N \\G \\" \\',
    "\u202ereversed \u2066isolated",
    "x" * 5000,
    "<b>&" * 1200,
]
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SHAPES = {
    "circle": {"class", "cx", "cy", "r"},
    "desc": set(),
    "g": {"transform"},
    "path": {"class", "d"},
    "rect": {"class", "x", "y", "width", "height", "rx"},
    "style": set(),
    "svg": {"width", "height", "viewBox", "role"},
    "text": {"class", "x", "y", LANG},
    "title": {LANG},
    "tspan": {"class", "x", "y"},
}
"""All that an SVG may have: no link, no script, no event, nothing from elsewhere."""

NUMBERS = re.compile(r"[-MmHhVvCcLlaz0-9. e]*")


def of(texts: list[str]) -> FlatTree:
    """Make a tree of claims of these texts, all below the first."""
    claims = {f"c{i}": Claim(key=f"c{i}", text=text) for i, text in enumerate(texts)}
    blank = Map.of([*claims], supports=[(key, "c0") for key in claims if key != "c0"])
    map = Map(key="m", claims=claims, relations=blank.relations)
    return flat_tree(map, "c0", evaluation=argmap.evaluate(map, "df-quad"))


def check_svg(drawn: str) -> Any:
    """Parse an SVG, and find in it nothing but shapes and text."""
    root = fromstring(drawn, forbid_dtd=True)
    for element in root.iter():
        name = element.tag.removeprefix("{http://www.w3.org/2000/svg}")
        assert set(element.attrib) <= SHAPES[name], (name, element.attrib)
        if "d" in element.attrib:
            assert NUMBERS.fullmatch(element.attrib["d"])
    (style,) = root.iter("{http://www.w3.org/2000/svg}style")
    assert not re.search(r"url|import|expression|[<\\@](?!media)", style.text)
    return root


def test_an_svg_has_shapes_and_text_and_nothing_else() -> None:
    root = check_svg(svg(of(PAYLOADS)))
    texts = ["".join(text.itertext()) for text in root.iter() if "text" in text.tag]

    # Each text is there as it was, escaped once.
    assert "<script>alert(1)</script>" in texts
    assert "&lt;b&gt; &#60;script&#62; &amp;" in texts


@pytest.mark.parametrize("stated", ["ja", "zh-Hant-TW", None, 'the "local" one'])
def test_texts_of_a_picture_carry_the_language_of_their_map(stated: str | None) -> None:
    tree = replace(of(["一", "二"]), language=stated)
    carried = [e.get(LANG) for e in check_svg(svg(tree)).iter() if e.get(LANG)]

    assert carried == ([stated] * 3 if stated in ("ja", "zh-Hant-TW") else [])


@given(st.lists(st.text(min_size=1), min_size=1, max_size=5))
def test_an_svg_is_well_formed_whatever_the_texts(texts: list[str]) -> None:
    check_svg(svg(of(texts)))


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_dot_and_mermaid_are_well_formed_whatever_the_texts(texts: list[str]) -> None:
    texts += PAYLOADS
    tree = of(texts)
    string = r'"(?:[^"\\\n]|\\.)*"'
    dot_line = rf"  n\d+ \[label={string}(, style={string})?\];"
    dot_edge = rf"  n\d+ -> n\d+ \[label={string}\];"
    begun, *_, ended = PICTURES["dot"].draw(tree).split("\n")[:-1]
    dots = PICTURES["dot"].draw(tree).split("\n")[3:-2]
    mermaid_line = r'  n\d+\["[^"\[\]{}()<>|`]*"\]'
    mermaid_edge = r'  n\d+ -->\|"supports"\| n\d+'
    mermaids = [
        line for line in PICTURES["mmd"].draw(tree).split("\n") if line[:2] != "%%"
    ][1:-1]

    assert (begun, ended) == ('digraph "m" {', "}")
    assert len(dots) == len(mermaids) == 2 * len(texts) - 1
    assert all(re.fullmatch(f"{dot_line}|{dot_edge}", line) for line in dots)
    assert all(re.fullmatch(f"{mermaid_line}|{mermaid_edge}", m) for m in mermaids)


def test_markdown_and_text_have_a_line_for_each_node_and_no_marks() -> None:
    tree = of(PAYLOADS)
    tokens = MarkdownIt("commonmark").parse(PICTURES["md"].draw(tree))
    kinds = Counter(child.type for t in tokens for child in (t.children or []))

    assert PICTURES["txt"].draw(tree).count("\n") == len(PAYLOADS)
    assert sum(token.type == "list_item_open" for token in tokens) == len(PAYLOADS)
    assert set(kinds) == {"text", "strong_open", "strong_close"}
    assert kinds["strong_open"] == len(PAYLOADS) - 1


@given(draw.maps().filter(lambda map: map.claims), st.data())
def test_every_picture_shows_every_node(map: Map, data: st.DataObject) -> None:
    root = data.draw(st.sampled_from(list(map.claims)))
    tree = flat_tree(map, root, depth=None, children=None)
    drawn = {suffix: form.draw(tree) for suffix, form in PICTURES.items()}
    n = len(tree.nodes)

    check_svg(drawn["svg"])
    assert len(re.findall(r"<text(?: xml:lang=\S+)?><tspan", drawn["svg"])) == n
    assert drawn["txt"].count("\n") == n
    assert len(re.findall(r"^ *- ", drawn["md"], re.MULTILINE)) == n
    assert len(re.findall(r"^  n\d+\[", drawn["mmd"], re.MULTILINE)) == n
    assert len(re.findall(r"^  n\d+ \[", drawn["dot"], re.MULTILINE)) == n
    # And a line for each relation, whatever it is about.
    relations = {node.via.relation for node in tree.nodes if node.via}
    assert drawn["dot"].count("[label=") - n == len(relations)
    assert drawn["mmd"].count('|"') == len(relations)


def test_premises_that_count_jointly_meet_and_an_undercut_ends_on_the_relation() -> (
    None
):
    map = Map.of(
        ["t", "a", "b", "u"], supports=[(("a", "b"), "t")], undercuts=[("u", "r1")]
    )
    tree = flat_tree(map, "t")
    root = check_svg(svg(tree))
    bars = [e.attrib["d"] for e in root.iter() if "j w" in e.get("class", "")]
    ends = [e.attrib for e in root.iter() if e.tag.endswith("circle")]
    bar = re.fullmatch(r"M([\d.]+) ([\d.]+)V([\d.]+)", bars[0])

    assert bar
    x, top, bottom = (float(number) for number in bar.groups())
    assert len(ends) == 1
    assert float(ends[0]["cx"]) == x
    assert top <= float(ends[0]["cy"]) <= bottom
    assert "n3 -> r0" in PICTURES["dot"].draw(tree)
    assert 'n3 -.->|"undercuts"| r0' in PICTURES["mmd"].draw(tree)


def test_deep_trees_are_drawn_where_depth_costs_nothing() -> None:
    n = 3_000
    chain = Map.of(
        [f"c{i}" for i in range(n)],
        supports=[(f"c{i + 1}", f"c{i}") for i in range(n - 1)],
    )
    tree = flat_tree(chain, "c0", depth=None)

    for suffix in ("svg", "dot", "mmd"):
        assert len(PICTURES[suffix].draw(tree)) < 10_000_000
    for suffix in ("txt", "md"):
        with pytest.raises(TooDeep):
            PICTURES[suffix].draw(tree)


def test_a_flowchart_that_is_too_large_says_so() -> None:
    assert PICTURES["mmd"].draw(of(["a", "b"])).startswith("flowchart")
    assert PICTURES["mmd"].draw(of(["a" * 60_000])).startswith("%%")


def luminance(colour: str) -> float:
    """Give the relative luminance of a colour (WCAG 2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_every_colour_can_be_read_on_its_ground(palette: dict[str, str]) -> None:
    def contrast(one: str, other: str) -> float:
        low, high = sorted((luminance(palette[one]), luminance(palette[other])))
        return (high + 0.05) / (low + 0.05)

    for ink in ("ink", "soft", "support", "rebut", "undercut", "rephrase"):
        assert contrast(ink, "box") >= 4.5
        assert contrast(ink, "ground") >= 4.5
    for kind in ("support", "rebut", "undercut", "rephrase"):
        assert contrast("sign", kind) >= 4.5


def test_a_png_has_the_size_asked_for_or_as_much_as_fits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("resvg_py", reason="the extra png is not installed")
    tree = of(["a", "b"])

    def size(data: bytes) -> tuple[int, int]:
        assert data.startswith(b"\x89PNG\r\n\x1a\n")
        return int.from_bytes(data[16:20]), int.from_bytes(data[20:24])

    width, height = size(png(tree, "light", 1))
    assert size(png(tree, "dark", 2)) == size(png(tree)) == (2 * width, 2 * height)
    monkeypatch.setattr("argmap.render.png.MOST_PIXELS", width * height)
    assert size(png(tree)) == (width, height)
    with pytest.raises(PictureTooLarge):
        png(tree, scale=2)
    monkeypatch.setattr("argmap.render.png.MOST_PIXELS", width * height / 5)
    with pytest.raises(PictureTooLarge):
        png(tree)


def test_others_go_on_while_a_png_is_drawn() -> None:
    pytest.importorskip("resvg_py", reason="the extra png is not installed")
    tree = of([f"{n} is quiet" for n in range(100)])
    steps = [time.perf_counter()]
    with ThreadPoolExecutor(1) as threads:
        drawn = threads.submit(png, tree)
        while not drawn.done():
            time.sleep(0.001)
            steps.append(time.perf_counter())

    assert drawn.result()
    took = steps[-1] - steps[0]
    assert max(b - a for a, b in pairwise(steps)) < took / 2


def test_without_resvg_a_png_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "resvg_py.py").write_text("raise ImportError\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "resvg_py", raising=False)

    with pytest.raises(NotInstalled, match=r"argmap\[png\]"):
        png(of(["a"]))
