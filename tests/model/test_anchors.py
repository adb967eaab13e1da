"""Passages in another text of their source: found again by their words, or not."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from argmap.errors import NotFound, WrongText
from argmap.model import Map, Passage, Source, Span, anchors
from argmap.model.anchors import anchors_of, check, moved, verify
from argmap.model.passages import digest, measured

Places = dict[str, list[tuple[int, int]]]

TEXT = "The tram is quiet. Buses — büsse! — are loud. The tram is dear."
PLACES: Places = {"quiet": [(4, 17)], "both": [(0, 8), (46, 54)], "dear": [(58, 62)]}


def source(
    text: str = TEXT, places: dict[str, list[tuple[int, int]]] = PLACES
) -> Source:
    passages = tuple(
        Passage(key=key, spans=tuple(Span(start=a, end=b) for a, b in spans))
        for key, spans in places.items()
    )
    return measured(Source(key="s", title="S", text=text, passages=passages))


def bare(of: Source) -> Source:
    return replace(of, text=None)


def statuses(of: Source, text: str | None = None) -> dict[str, str]:
    return {anchor.passage: anchor.status for anchor in verify(of, text)}


either_way = pytest.mark.parametrize(
    "known", [source(), bare(source())], ids=["with the old text", "by hashes"]
)


@either_way
def test_what_is_where_it_was_is_exact(known: Source) -> None:
    assert [(a.status, a.spans) for a in verify(known, TEXT)] == [
        ("exact", passage.spans) for passage in known.passages
    ]


@either_way
def test_what_is_in_one_other_place_has_moved_there(known: Source) -> None:
    for before in ("Ü", "\n" * 50):
        expected = [moved(p.spans, len(before)) for p in known.passages]
        found = verify(known, before + TEXT)
        assert [a.spans for a in found] == expected
        assert {a.status for a in found} == {"moved"}


@either_way
def test_what_has_moved_backwards_is_found(known: Source) -> None:
    found = verify(known, TEXT[3:])

    assert [a.status for a in found] == ["moved", "orphaned", "moved"]
    assert found[0].spans == (Span(start=1, end=14),)


def test_words_known_by_their_hash_alone_are_not_sought_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    late = Passage(key="p", spans=(Span(start=0, end=5),), sha256=digest("trams"))
    source = Source(key="s", title="S", passages=(late,))
    text = "x" * 50 + "trams"

    assert [a.status for a in verify(source, text)] == ["moved"]
    monkeypatch.setattr(anchors, "PLACES", 50)
    assert [a.status for a in verify(source, text)] == ["orphaned"]


@either_way
def test_what_is_nowhere_or_in_two_places_is_orphaned(known: Source) -> None:
    twice = f" {TEXT} {TEXT}"
    gone = TEXT.replace("quiet", "QUIET").replace("dear", "")

    assert set(statuses(known, twice).values()) == {"orphaned"}
    assert statuses(known, gone) == {
        "quiet": "orphaned",
        "both": "exact",
        "dear": "orphaned",
    }


@either_way
def test_spans_that_have_parted_are_orphaned(known: Source) -> None:
    assert statuses(known, TEXT.replace("loud", "very loud"))["both"] == "orphaned"


@either_way
def test_what_is_exact_stays_so_where_it_is_said_again(known: Source) -> None:
    assert set(statuses(known, TEXT + TEXT).values()) == {"exact"}


@either_way
def test_a_text_that_is_too_short_orphans_all(known: Source) -> None:
    for text in ("", "T", "The tram"):
        assert set(statuses(known, text).values()) == {"orphaned"}


def test_without_a_text_or_a_hash_nothing_can_be_said() -> None:
    unhashed = tuple(replace(p, sha256=None) for p in source().passages)

    assert set(statuses(bare(source())).values()) == {"unverified"}
    assert set(statuses(replace(source(), passages=unhashed)).values()) == {
        "unverified"
    }
    assert set(statuses(source()).values()) == {"exact"}


def test_overlapping_words_count_as_two_places() -> None:
    known = bare(source("abab", {"p": [(0, 4)]}))

    assert statuses(known, " abab") == {"p": "moved"}
    assert statuses(known, " ababab") == {"p": "orphaned"}


@given(st.text(alphabet="ab ü", max_size=12), st.text(alphabet="ab ü", max_size=30))
def test_the_old_text_makes_no_difference_to_what_is_found(old: str, new: str) -> None:
    ends = [(a, b) for a in range(len(old)) for b in range(a + 1, len(old) + 1)]
    places = {f"p{a}-{b}": [(a, b)] for a, b in ends}
    known = source(old, places)

    assert verify(known, new) == verify(bare(known), new)
    for passage, anchor in zip(known.passages, verify(known, new), strict=True):
        (span,) = passage.spans
        words = old[span.start : span.end]
        places_now = sum(new.startswith(words, at) for at in range(len(new)))
        is_there = new[span.start : span.end] == words
        assert (anchor.status == "exact") == is_there
        assert (anchor.status == "moved") == (places_now == 1 and not is_there)


def test_a_map_lists_all_its_sources_or_one() -> None:
    other = replace(bare(source()), key="t")
    map = Map(key="m", sources={"s": source(), "t": other})

    assert Counter((a.source, a.status) for a in anchors_of(map)) == {
        ("s", "exact"): 3,
        ("t", "unverified"): 3,
    }
    assert {a.status for a in anchors_of(map, "t", TEXT)} == {"exact"}
    with pytest.raises(NotFound):
        anchors_of(map, "u")


def test_a_text_is_checked_against_length_sha256_and_every_passage() -> None:
    known = bare(source())
    check(known, TEXT)

    with pytest.raises(WrongText, match=r"63 characters|64 characters"):
        check(known, TEXT + " ")
    with pytest.raises(WrongText, match="sha256"):
        check(known, TEXT.replace("tram", "TRAM"))
    unmeasured = replace(known, sha256=None, length=None)
    with pytest.raises(WrongText, match="passage 'dear'"):
        check(unmeasured, TEXT.replace("dear", "good"))
    check(unmeasured, TEXT.replace("Buses", "BUSES"))
