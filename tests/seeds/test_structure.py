"""The maps that ship are whole: connected, anchored, readable, as their note says."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import get_args

import pytest
from msgspec import Struct
from msgspec.structs import fields

import argmap
from argmap.model import (
    Claim,
    ClaimKind,
    Map,
    Passage,
    PassageReference,
    Relation,
    RelationKind,
    Source,
    Stance,
)
from argmap.model.items import Asks, Header, Scheme
from argmap.model.passages import digest, quotation
from bearing import end, upstream

Find = Callable[[Map], list[str]]

RUN = 8
"""So many words in a row would be the article's, not ours."""


def words(text: str) -> list[str]:
    """Give the words of a text, as nobody's typography writes them."""
    return re.findall(r"\w+", text.casefold().replace("'", "").replace("’", ""))


def runs(text: str) -> set[tuple[str, ...]]:
    given = words(text)
    return {tuple(given[i : i + RUN]) for i in range(len(given) - RUN + 1)}


def references(map: Map) -> Iterator[PassageReference]:
    for shelf in (map.claims, map.relations):
        for item in shelf.values():
            yield from item.passages


def section(readme: str, start: str) -> list[str]:
    """Give what stands in backticks in the paragraph of the note that begins so."""
    (paragraph,) = (p for p in readme.split("\n\n") if p.startswith(start))
    return re.findall(r"`([^`]+)`", paragraph)


def column(readme: str, heading: str) -> list[str]:
    """Give what stands in backticks in the first column of the table with a heading."""
    (table,) = (p for p in readme.split("\n\n") if p.startswith(f"| {heading} |"))
    return re.findall(r"^\| `([^`]+)`", table, re.MULTILINE)


def test_both_maps_are_read_without_a_remark(either: Map) -> None:
    map, report = argmap.load(argmap.seed(either.key))

    assert (map, report) == (either, ())


def test_the_map_of_the_articles_is_large_and_the_invented_one_small(
    japan: Map, phones: Map
) -> None:
    assert len(japan.claims) >= 110
    assert len(japan.relations) >= 150
    assert 15 <= len(phones.claims) <= 25


def test_every_claim_bears_on_a_target_or_answers_one_that_does(either: Map) -> None:
    assert set(either.claims) - upstream(either, either.targets) == set()


def test_every_claim_passage_and_source_is_used(either: Map) -> None:
    related = {p for r in either.relations.values() for p in r.premises}
    related |= {end(either, r) for r in either.relations.values()}
    passages = {(s.key, p.key) for s in either.sources.values() for p in s.passages}

    assert set(either.claims) - related == set()
    assert passages - {(r.source, r.passage) for r in references(either)} == set()
    assert all(source.passages for source in either.sources.values())


def test_no_claim_is_said_twice(either: Map) -> None:
    texts = Counter(
        " ".join(words(text))
        for claim in either.claims.values()
        for text in (claim.text, *claim.wordings)
    )

    assert [text for text, count in texts.items() if count > 1] == []


def test_no_step_is_made_twice(either: Map) -> None:
    steps = Counter(
        (r.kind, frozenset(r.premises), r.target.claim, r.target.relation)
        for r in either.relations.values()
    )

    assert [step for step, count in steps.items() if count > 1] == []


def test_keys_are_words_and_not_numbers(either: Map) -> None:
    keys = [*either.claims, *either.relations]
    counted = [k for k in keys if (m := re.match(r"(.+)-\d+$", k)) and m[1] in keys]

    assert [k for k in either.claims if not 2 <= len(k.split("-")) <= 9] == []
    assert [k for k in keys if re.fullmatch(r"[a-z]{0,2}-?\d+", k)] == []
    assert counted == []


def test_a_claim_says_where_it_stands_unless_nobody_has_said_it(either: Map) -> None:
    for claim in either.claims.values():
        assert claim.implicit == (not claim.passages), claim.key
        assert claim.implicit == (claim.speaker is None), claim.key


def test_claims_are_one_sentence_each(either: Map) -> None:
    for claim in either.claims.values():
        assert re.fullmatch(r"[A-Z].{15,250}[^.?!]\.", claim.text), claim.key


def test_a_view_that_is_only_reported_or_denied_is_somebody_elses(either: Map) -> None:
    for reference in references(either):
        if reference.stance in ("reports", "rejects"):
            assert reference.attributed_to, reference


def test_nobody_has_weighed_the_articles_or_scored_their_claims(japan: Map) -> None:
    assert {s.credibility for s in japan.sources.values()} == {None}
    assert {s.text for s in japan.sources.values()} == {None}
    assert {c.base_score for c in japan.claims.values()} == {None}


def test_every_article_is_where_the_others_are_answered(japan: Map) -> None:
    """A map of several articles is more than several summaries."""
    sources = {
        key: {p.source for p in claim.passages} for key, claim in japan.claims.items()
    }
    across = {
        (a, b)
        for r in japan.relations.values()
        for premise in r.premises
        for a in sources[premise]
        for b in sources[end(japan, r)] - sources[premise]
    }

    assert {a for a, _ in across} == {b for _, b in across} == set(japan.sources)


def test_the_note_names_targets_sources_tags_and_schemes_as_they_are(
    readme: str, japan: Map
) -> None:
    tags = {tag for claim in japan.claims.values() for tag in claim.tags}
    schemes = {r.scheme.name for r in japan.relations.values() if r.scheme}
    (listed,) = re.findall(r"plainly applies: ([^.]+)\.", readme)

    assert set(section(readme, "**Tags**")) == tags
    assert set(" ".join(listed.split()).split(", ")) == schemes
    assert column(readme, "target") == list(japan.targets)
    assert column(readme, "source") == list(japan.sources)


def test_the_note_names_only_relations_that_there_are(
    readme: str, japan: Map, phones: Map
) -> None:
    known = {*japan.claims, *japan.relations, *japan.sources, *japan.targets}
    known |= {tag for claim in japan.claims.values() for tag in claim.tags}
    known |= {*phones.claims, *phones.relations}
    keys = {k for k in re.findall(r"`([a-z0-9-]+)`", readme) if "-" in k}

    assert keys - known == set()


def test_three_weights_in_the_map_are_a_half(readme: str, japan: Map) -> None:
    weights = Counter(r.weight for r in japan.relations.values())

    assert "Three weights of 0.5" in readme
    assert weights == {1.0: len(japan.relations) - 3, 0.5: 3}


def test_every_anchor_holds_what_its_hash_says(
    japan: Map, articles: dict[str, str]
) -> None:
    for source in japan.sources.values():
        text = articles[source.key]
        assert source.length == len(text)
        for passage in source.passages:
            assert passage.sha256 == digest(quotation(text, passage.spans)), passage


def test_a_passage_has_the_number_of_the_block_in_which_it_begins(
    japan: Map, articles: dict[str, str]
) -> None:
    for source in japan.sources.values():
        text = articles[source.key]
        for passage in source.passages:
            before = text[: passage.spans[0].start]
            blocks = [b for b in re.split(r"\n[ \t]*\n+", before) if b.strip()]
            is_begun = bool(blocks) and not re.search(r"\n[ \t]*\n+\Z", before)
            assert passage.paragraph == len(blocks) + (not is_begun), passage
            assert re.match(rf"p{passage.paragraph}[a-z]$", passage.key), passage


def test_a_passage_begins_and_ends_with_a_word(
    japan: Map, articles: dict[str, str]
) -> None:
    for source in japan.sources.values():
        text = articles[source.key]
        for passage in source.passages:
            for span in passage.spans:
                said = text[span.start : span.end]
                assert said == said.strip()
                for at in (span.start, span.end):
                    assert not text[at - 1 : at + 1].isalpha() or at == 0, passage


def test_no_sentence_of_an_article_is_in_a_seed_or_a_note(
    japan: Map, articles: dict[str, str], readme: str
) -> None:
    """Titles are named as such; nothing else has eight words in a row of an article."""
    theirs: set[tuple[str, ...]] = set()
    for source in japan.sources.values():
        text = articles[source.key]
        quotes = (quotation(text, p.spans).replace("\0", " ") for p in source.passages)
        for piece in (text, *quotes):
            for joint in ("", " "):  # a word that a line's end broke, or two words
                theirs |= runs(re.sub(r"(?<=\S)[-\u00ad]? ?\n(?=\S)", joint, piece))
            theirs |= runs(re.sub(r"(?<=\w)\n(?=\w)", "", piece))
    root = argmap.seed("japan-nato").parents[1]
    notes = [
        readme,
        *(f.read_text() for f in [*root.glob("*.md"), *root.glob("docs/**/*.md")]),
    ]
    ours = [
        text
        for claim in japan.claims.values()
        for text in (claim.text, *claim.wordings)
    ]
    titles = {source.title for source in japan.sources.values()}

    for text in (*ours, japan.title, japan.description, *notes):
        for title in titles:
            text = text.replace(title, "")
        assert runs(text) & theirs == set()


def shown(items: Iterable[Struct], *, but: tuple[str, ...] = ()) -> dict[str, bool]:
    """Say of every member of a type whether any item uses it."""
    items = list(items)
    kind = type(items[0])
    return {
        f"{kind.__name__}.{f.name}": any(
            getattr(i, f.name) not in (f.default, None, (), {}, "") for i in items
        )
        for f in fields(kind)
        if f.name not in but
    }


def test_the_small_map_uses_every_member_of_the_model(phones: Map) -> None:
    """Residue is missing, which comes from other formats; so are orphans, of others."""
    relations = list(phones.relations.values())
    sources = list(phones.sources.values())
    free = ("data", "residue")
    header = Header(**{f: getattr(phones, f) for f in Header.__struct_fields__})
    parts: list[tuple[type[Struct], list[Struct]]] = [
        (Header, [header]),
        (Source, [*sources]),
        (Passage, [p for s in sources for p in s.passages]),
        (Claim, [*phones.claims.values()]),
        (Relation, [*relations]),
        (Scheme, [r.scheme for r in relations if r.scheme]),
        (Asks, [r.asks for r in relations if r.asks]),
        (PassageReference, [*references(phones)]),
    ]
    used = {k: v for kind, items in parts for k, v in shown(items, but=free).items()}

    unused = [member for member, is_used in used.items() if not is_used]
    assert unused == ["Passage.orphaned"]
    assert phones.data
    assert any(claim.data for claim in phones.claims.values())


@pytest.mark.parametrize(
    ("values", "find"),
    [
        (get_args(ClaimKind), lambda m: [c.kind for c in m.claims.values()]),
        (get_args(RelationKind), lambda m: [r.kind for r in m.relations.values()]),
        (get_args(Stance), lambda m: [r.stance for r in references(m)]),
    ],
    ids=["kinds of claims", "kinds of relations", "stances"],
)
def test_the_small_map_uses_every_value(
    phones: Map, values: tuple[str, ...], find: Find
) -> None:
    assert set(find(phones)) == set(values)


def test_the_small_map_shows_every_shape(phones: Map) -> None:
    relations = phones.relations
    kinds = Counter(
        (r.kind, relations[r.target.relation].kind)
        for r in relations.values()
        if r.target.relation
    )
    uses = Counter(p for r in relations.values() for p in r.premises)
    linked = [r for r in relations.values() if len(r.premises) > 1]
    cyclic = [
        r for r in relations.values() if end(phones, r) in upstream(phones, r.premises)
    ]

    assert kinds["undercut", "support"]
    assert kinds["undercut", "undercut"]
    assert kinds["undercut", "rebut"]
    assert kinds["support", "support"], "no backing"
    assert max(uses.values()) > 1, "no claim with two parents"
    assert any(phones.claims[p].implicit for r in linked for p in r.premises)
    assert cyclic
