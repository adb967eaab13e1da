"""Argdown becomes a map, and every map becomes Argdown that is read back the same."""

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

import draw
from argdown_answers import meaning
from argmap.errors import ArgmapError
from argmap.formats.exchange import detect, read, write
from argmap.model import Claim, Map, Passage, Source, Span, validate
from argmap.model.passages import measured
from argmap.plugin import Host

HOST = Host.load(strict=True)
HERE = Path(__file__).parent
SAMPLE = (HERE / "samples/argdown/remote-work.argdown").read_bytes()

_SIGNS = list("\\[]<>{}*_#@/:.=-+()\"',;!?|~^`$%& \n\tab1é夏")
_nasty = st.sampled_from(
    [
        "a // b", "/* x", "<!-- y", "===", "=== a ===", "{k: 1}", "[A](b)", "@[A] b",
        "- x", "(1) a", "1. b", "* c", "# h", ".v.", ":smile:", "snake_case_word",
        "2 * 3 = 6 and a*b", "@include(x)", "[A]: b", "<A>: c", "a\\", "--", "_ x",
    ]
) | st.text(st.sampled_from(_SIGNS), min_size=1, max_size=20)  # fmt: skip
nasty = _nasty.map(lambda text: unicodedata.normalize("NFC", text)).filter(str.strip)

claim_residues = st.fixed_dictionaries(
    {},
    optional={
        "title": nasty,
        "is_argument": st.booleans(),
        "is_undefined": st.booleans(),
        "markup": nasty,
        "section": st.integers(-2, 3),
    },
)
relation_residues = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["contradictory", "contrary", "attack", "undercut"]),
        "is_mirror": st.booleans(),
        "is_structure": st.booleans(),
        "title": nasty,
        "descriptions": st.lists(nasty, max_size=2),
        "tags": st.lists(nasty, max_size=2),
        "section": st.integers(-2, 3),
        "steps": st.lists(st.sampled_from(["r0", "r1", "r2"]), max_size=2),
        "has_uses": st.booleans(),
        "unused": st.lists(st.sampled_from(["c0", "c1"]), max_size=1),
    },
)
map_residues = st.fixed_dictionaries(
    {},
    optional={
        "frontmatter": st.just({"model": {"mode": "strict"}})
        | st.dictionaries(nasty, nasty, max_size=1),
        "sections": st.lists(
            st.fixed_dictionaries({"level": st.integers(-1, 3), "title": nasty}),
            max_size=2,
        ),
    },
)


@st.composite
def spoilt_maps(draw_: Any) -> Map:
    """Draw a map whose texts look like Argdown, with residues of any sense."""
    map_ = draw_(draw.maps())

    def residue(of: st.SearchStrategy[Any]) -> dict[str, Any]:
        return {"argdown": draw_(of)} if draw_(st.booleans()) else {}

    return replace(
        map_,
        title=draw_(nasty),
        residue=residue(map_residues),
        claims={
            key: replace(
                claim,
                text=draw_(nasty),
                tags=tuple(draw_(st.lists(nasty, max_size=1))),
                wordings=tuple(draw_(st.lists(nasty, max_size=1))),
                data=draw_(st.dictionaries(nasty, nasty, max_size=1)),
                residue=residue(claim_residues),
            )
            for key, claim in map_.claims.items()
        },
        relations={
            key: replace(relation, residue=residue(relation_residues))
            for key, relation in map_.relations.items()
        },
    )


def orders(map_: Map) -> list[list[str]]:
    return [list(shelf) for shelf in (map_.sources, map_.claims, map_.relations)]


def assert_comes_back(map_: Map) -> None:
    data, _ = write(HOST, map_, "argdown")
    again, _ = read(HOST, data, "argdown")

    assert again == map_
    assert orders(again) == orders(map_)


@given(map_=draw.maps())
def test_any_map_comes_back_in_its_order(map_: Map) -> None:
    assert_comes_back(map_)


@given(map_=spoilt_maps())
def test_a_map_whose_texts_look_like_argdown_comes_back(map_: Map) -> None:
    assert validate(map_) == []
    assert_comes_back(map_)


@given(text=nasty)
def test_any_text_on_one_line_is_read_as_it_was(text: str) -> None:
    line = " ".join(text.split())
    map_ = Map(key="m", claims={"c": Claim(key="c", text=line)})
    data, _ = write(HOST, map_, "argdown")

    assert b"argmap" not in data.partition(b"[c]")[2]
    assert read(HOST, data, "argdown")[0].claims["c"].text == line


def test_however_much_is_carried_comes_back() -> None:
    deep: dict[str, Any] = {}
    for _ in range(63):
        deep = {"in": deep}
    passage = Passage(key="p", spans=(Span(start=0, end=1),), data=deep)
    text = 'a "b" {c} === \n' * 100_000
    source = Source(key="s", title="S", text=text, passages=(passage,))
    settings = {"draft": True, "my key": None, "w": -1.5e-7, "l": ["=== ", {"}": "{"}]}
    map_ = Map(
        key="m",
        sources={"s": measured(source)},
        residue={"argdown": {"frontmatter": settings}},
    )
    assert validate(map_) == []
    assert_comes_back(map_)


def documents(folder: Path) -> dict[str, bytes]:
    """Collect whatever can be read at all."""
    probes = (HERE / "argdown_probes.jsonl").read_text("utf-8").splitlines()
    found = {p["name"]: p["source"].encode() for p in map(json.loads, probes)}
    found |= {path.name: path.read_bytes() for path in folder.rglob("*.argdown")}
    return found


UNHELD = {
    "rel-self": "a relation of a statement to itself, reported as a loss",
    "stmt-title-spaces": "a title that nothing could refer to is replaced",
    "stmt-title-dash-first": "a title that nothing could refer to is replaced",
}


def test_what_is_read_is_written_with_the_same_meaning(shared: Path) -> None:
    count, differing = 0, set()
    for name, data in documents(shared / "corpora").items():
        try:
            map_, _ = read(HOST, data, "argdown")
        except ArgmapError:
            continue
        count += 1
        assert_comes_back(map_)
        written, _ = write(HOST, map_, "argdown")
        source = data.decode().replace("\r\n", "\n")
        if meaning(written.decode()) != meaning(source):
            differing.add(name)

    assert count >= 80
    assert differing == UNHELD.keys()


def test_a_small_map_reads_well() -> None:
    map_ = Map.of(
        {"tram": None, "quiet": None, "clean": None, "cost": 0.75, "rail": None},
        supports=[(("quiet", "clean"), "tram")],
        rebuts=[("cost", "tram")],
        undercuts=[("rail", "r1")],
        key="city",
    )
    data, report = write(HOST, replace(map_, title="City"), "argdown")

    assert data.decode() == CITY
    assert {remark.severity for remark in report} == {"note"}


CITY = """\
===
title: "City"
argmap: {"order": ["r1", "r2", "r3"]}
===

[tram]: tram
  - [cost] {"argmap-relation": {"key": "r2"}}

<r1>

(1) [quiet]: quiet
(2) [clean]: clean
----
  <_ [rail]
(3) [tram]

[cost]: cost {"argmap": {"base_score": 0.75}}

[rail]: rail
"""


def relations(map_: Map) -> list[tuple[str, tuple[str, ...], str | None]]:
    return [
        (r.kind, r.premises, r.target.claim or r.target.relation)
        for r in map_.relations.values()
    ]


def test_arguments_become_relations_and_what_is_about_them_is_about_these() -> None:
    map_, report = read(HOST, SAMPLE)

    assert relations(map_) == [
        ("rebut", ("cohesion",), "thesis"),
        ("rebut", ("antithesis",), "thesis"),
        ("rebut", ("antithesis",), "thesis"),
        ("support", ("commuting-is-a-loss", "p4"), "thesis"),
        ("undercut", ("second-home",), "commute"),
        ("undercut", ("rebound",), "commute"),
        ("rebut", ("thesis",), "antithesis"),
        ("rebut", ("thesis",), "antithesis"),
        ("support", ("thesis",), "office-rents-fall"),
        ("support", ("each-commute-costs-50-minutes", "p2"), "commuting-is-a-loss"),
    ]
    assert map_.title == "Remote work"
    assert map_.claims["thesis"].tags == ("policy",)
    assert map_.claims["second-home"].data == {"source": "Survey 2023", "strength": 0.4}
    assert map_.relations["r10"].scheme is not None
    assert [
        (remark.code, remark.place and (remark.place.line, remark.place.column))
        for remark in report
    ] == [("comments", (36, 1)), ("attack-on-argument", (15, 7))]


@pytest.mark.parametrize("name", ["with-map", "cli-2.0.0"])
def test_an_export_says_what_the_document_does(name: str) -> None:
    data = (HERE / f"samples/argdown-json/remote-work.{name}.json").read_bytes()
    exported, _ = read(HOST, data)
    map_, _ = read(HOST, SAMPLE)

    assert detect(HOST, data).name == "argdown-json"
    assert relations(exported) == relations(map_)
    assert [(c.key, c.text, c.tags, c.data) for c in exported.claims.values()] == [
        (c.key, c.text, c.tags, c.data) for c in map_.claims.values()
    ]
    assert_comes_back(exported)


def test_the_last_definition_counts_unless_one_is_canonical() -> None:
    last, _ = read(HOST, b"[A]: one\n\n[A]: two\n\n[A]: one\n", "argdown")
    chosen, _ = read(HOST, b"[A]: one {isCanonical: true}\n\n[A]: two\n", "argdown")

    assert (last.claims["a"].text, last.claims["a"].wordings) == ("one", ("two",))
    assert (chosen.claims["a"].text, chosen.claims["a"].wordings) == ("one", ("two",))


def test_an_edit_of_the_text_wins_over_what_was_carried_with_it() -> None:
    map_ = Map(key="m", claims={"c": Claim(key="c", text="two\nlines", speaker="Ada")})
    data, _ = write(HOST, map_, "argdown")
    edited, _ = read(HOST, data.replace(b"[c]: two lines", b"[c]: one line"), "argdown")

    assert edited.claims["c"] == Claim(key="c", text="one line", speaker="Ada")


def test_what_a_statement_does_to_itself_is_reported_as_lost() -> None:
    map_, report = read(HOST, b"[A]: a\n  - [A]\n", "argdown")

    assert map_.relations == {}
    assert [(r.severity, r.code) for r in report] == [("loss", "self-relation")]
