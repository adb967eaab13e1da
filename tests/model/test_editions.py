"""New texts for a source: what becomes of its passages, and that it can be undone."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from argmap.errors import InvalidMap, WrongExact
from argmap.model import (
    Map,
    Passage,
    PassagePath,
    Replace,
    Source,
    Span,
    apply,
    invert,
    validate,
)
from argmap.model.editions import taking
from argmap.model.exact import hash_of
from argmap.model.passages import digest, measured, quotation

TEXT = "The tram is quiet. Buses — büsse! — are loud. The tram is dear."
NEW = "Preface. The tram is quiet. Buses are even louder. The tram is dear. Dear me."
PLACES = {
    "quiet": [(4, 17)],
    "loud": [(19, 44)],
    "tram": [(0, 8)],
    "gapped": [(46, 49), (55, 62)],
}


def source(**more: Any) -> Source:
    passages = tuple(
        Passage(key=key, spans=tuple(Span(start=a, end=b) for a, b in spans))
        for key, spans in PLACES.items()
    )
    whole = measured(Source(key="s", title="S", text=TEXT, passages=passages))
    return replace(whole, **more)


def of(source: Source) -> Map:
    return Map(key="m", sources={"s": source})


@pytest.mark.parametrize("own", [TEXT, None], ids=["with the old text", "by hashes"])
def test_every_passage_is_moved_with_its_words_or_orphaned(own: str | None) -> None:
    map_ = of(source(text=own))
    anchors, operations = taking(map_.sources["s"], NEW, is_edition=True)
    after = apply(map_, operations)
    passages = {p.key: p for p in after.sources["s"].passages}

    assert {a.passage: a.status for a in anchors} == {
        "quiet": "moved",
        "loud": "orphaned",
        "tram": "orphaned",  # there are two: nobody guesses
        "gapped": "moved",
    }
    assert validate(after) == []
    assert after.sources["s"].sha256 == digest(NEW)
    assert after.sources["s"].length == len(NEW)
    assert quotation(NEW, passages["quiet"].spans) == "tram is quiet"
    assert quotation(NEW, passages["gapped"].spans) == "The\0is dear"
    for key in ("loud", "tram"):
        was = next(p for p in source().passages if p.key == key)
        assert passages[key] == replace(was, orphaned=True)


def test_the_old_text_brings_orphans_home() -> None:
    there = apply(of(source()), taking(source(), NEW, is_edition=True)[1])
    anchors, operations = taking(there.sources["s"], TEXT, is_edition=True)

    assert apply(there, operations) == of(source())
    assert {a.passage: a.status for a in anchors}["loud"] == "exact"


def test_passages_whose_words_nobody_knows_are_orphaned_by_an_edition_alone() -> None:
    bare = tuple(replace(p, sha256=None) for p in source().passages)
    unknown = source(text=None, passages=bare)
    anchors, operations = taking(unknown, NEW, is_edition=True)
    first, hashing = taking(unknown, TEXT, is_edition=False)

    assert {a.status for a in anchors} == {"orphaned"}
    assert all(p.orphaned for p in apply(of(unknown), operations).sources["s"].passages)
    assert {a.status for a in first} == {"exact"}
    assert apply(of(unknown), hashing) == of(source())


@given(
    own=st.sampled_from([TEXT, None]),
    hashed=st.booleans(),
    new=st.sampled_from([NEW, TEXT, f"{TEXT} {TEXT}", "Ü" + TEXT, "Nothing."]),
    again=st.sampled_from([TEXT, NEW, "x" * 100]),
)
def test_an_edition_is_undone_to_the_last_member(
    own: str | None, hashed: bool, new: str, again: str
) -> None:
    map_ = of(source(text=own))
    if not hashed and own is None:
        bare = tuple(replace(p, sha256=None) for p in source().passages)
        map_ = of(source(text=None, passages=bare))
    for text in (new, again):
        _, operations = taking(map_.sources["s"], text, is_edition=True)
        after = apply(map_, operations)
        assert validate(after) == []
        assert apply(after, invert(map_, operations)) == map_
        map_ = after


def test_an_orphan_that_is_told_its_place_is_one_no_more() -> None:
    there = apply(of(source()), taking(source(), NEW, is_edition=True)[1])
    path = PassagePath(source="s", passage="loud")
    spans = [{"start": 28, "end": 49}]
    home = apply(there, [Replace(passage=path, set={"spans": spans})])
    found = next(p for p in home.sources["s"].passages if p.key == "loud")

    assert (found.orphaned, found.sha256) == (False, digest("Buses are even louder"))


def wrong(spans: list[Span], exact: Any, text: str | None) -> WrongExact:
    with pytest.raises(InvalidMap) as caught:
        hash_of(spans, exact, text)
    (fault,) = caught.value.faults
    assert isinstance(fault, WrongExact)
    return fault


def test_words_that_are_not_there_are_shown_beside_those_that_are() -> None:
    fault = wrong([Span(start=4, end=17)], "tram is quick", TEXT)

    assert (fault.pointer, fault.at) == ("/exact", 15)
    assert (fault.expected, fault.there) == ("tram is quick", "tram is quiet")
    assert "«tram is quiet»" in str(fault)
    assert fault.found_at is None


def test_words_that_are_elsewhere_are_said_to_be_there() -> None:
    fault = wrong([Span(start=5, end=18)], ["tram is quiet"], TEXT)

    assert (fault.pointer, fault.found_at) == ("/exact/0", 4)


def test_a_long_difference_is_cut() -> None:
    text = "a" * 100_000
    fault = wrong([Span(start=0, end=100_000)], text[:50_000] + "b" * 50_000, text)

    assert fault.at == 50_000
    assert len(str(fault)) < 500
    assert fault.there == "…" + "a" * 60 + "…"


def test_without_a_text_only_lengths_can_be_wrong() -> None:
    spans = [Span(start=0, end=3), Span(start=9, end=13)]

    assert hash_of(spans, ["The", "tram"], None) == digest("The\0tram")
    assert wrong(spans, ["The", "tramway"], None).pointer == "/exact/1"
    assert wrong(spans, "The tram", None).pointer == "/exact"
