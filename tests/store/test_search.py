"""The full-text index says what reading everything would say, whatever was written."""

import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import Engine, event

import draw
from argmap.errors import ArgmapError, NotFound
from argmap.model import Author, Claim, Map, Remove, Replace, Source, invert
from argmap.model.words import folded, query
from argmap.settings import Settings
from argmap.store import Store, Wanted, Write
from stored import RICH, change, create, hold, key, seen

WORDS = ["tram", "Trams", "quiet", "tráms", "日本語", "日本", "don't", "a", "‖", "m1"]
SAID = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
ASKED = st.one_of(SAID, st.text(max_size=8), SAID.map(lambda text: f'"{text}"'))

AWKWARD = [
    "it's",
    '"',
    '""',
    '"tram',
    "foo:bar",
    "text:tram",
    "NEAR(tram, 2)",
    "AND OR NOT",
    "*",
    "^tram",
    "-tram",
    "{map} : m1",
    "tram*",
    "🚋",
    "\0",
    "\ud800",
    "%",
    "'; DROP TABLE map; --",
    "x" * 10_000,
    "tram " * 2_000,
    " ".join(f"word{n}" for n in range(1_200)),
]


def claims(store: Store, text: str, **more: Any) -> list[tuple[str, str]]:
    found = store.search_claims(Wanted(query=query(text), **more), 0, 10_000)
    return [(each.map, each.item.key) for each in found]


def sources(store: Store, text: str, **more: Any) -> list[tuple[str, str]]:
    found = store.search_sources(Wanted(query=query(text), **more), 0, 10_000)
    return [(each.map, each.item.key) for each in found]


def scanned(maps: Iterable[Map], text: str) -> tuple[set[Any], set[Any]]:
    """Look at every claim and every source of some maps."""
    asked, maps = query(text), tuple(maps)

    def matches(*texts: str) -> bool:
        return asked.matches(map(folded, texts))

    return (
        {
            (of.key, claim.key)
            for of in maps
            for claim in of.claims.values()
            if matches(claim.text, *claim.wordings)
        },
        {
            (of.key, source.key)
            for of in maps
            for source in of.sources.values()
            if matches(
                source.title,
                *(author.name for author in source.authors),
                source.publisher or "",
                source.text or "",
            )
        },
    )


@pytest.fixture(scope="module")
def common(tmp_path_factory: pytest.TempPathFactory) -> Iterable[Store]:
    """Give a store in which one map stays while others come and go."""
    path = tmp_path_factory.mktemp("search") / "argmap.db"
    with Store.open(Settings(database_url=f"sqlite:///{path}")) as store:
        create(store, RICH)
        yield store


def spoken(data: st.DataObject, of: Map) -> Map:
    """Let a map speak in words that are likely to be met again."""
    said = cycle(data.draw(st.lists(SAID, min_size=1, max_size=3)))
    claims = {
        key: replace(claim, text=next(said), wordings=(next(said), next(said)))
        for key, claim in of.claims.items()
    }
    sources = {
        key: replace(source, title=next(said), authors=(Author(name=next(said)),))
        for key, source in of.sources.items()
    }
    return replace(of, claims=claims, sources=sources)


@settings(max_examples=120)
@given(data=st.data(), of=draw.maps(largest=3), asked=st.lists(ASKED, max_size=2))
def test_the_index_finds_what_a_scan_finds(
    common: Store, data: st.DataObject, of: Map, asked: list[str]
) -> None:
    first = spoken(data, of)
    batch = tuple(data.draw(draw.operations(first, most=4)))
    # One of a group is refused, after it has written: the other stands.
    writes = [(Replace(map="m", set={"title": "B"}), Remove(claim="nobody")), batch]
    if data.draw(st.booleans()):
        writes.append(invert(first, batch))
    again = (
        spoken(data, replace(of, title="Again")) if data.draw(st.booleans()) else None
    )
    # Only now: what is drawn in vain must not have cost a write.
    with suppress(NotFound):  # what a run that failed has left
        common.delete("m", "*").result()
    create(common, first)
    gate = hold(common)
    futures = [common.submit(Write(map="m", operations=each)) for each in writes]
    gate.set()
    assert futures[0].exception()
    assert [future.exception() for future in futures[1:]] == [None] * len(writes[1:])
    if again:
        common.delete("m", "*").result()
        create(common, again)
    maps = [RICH, common.snapshot("m").map]

    for text in ["tram", "日本", *asked]:
        assert (set(claims(common, text)), set(sources(common, text))) == scanned(
            maps, text
        )
    common.delete("m", "*").result()
    for text in ["tram", "日本"]:
        assert (set(claims(common, text)), set(sources(common, text))) == scanned(
            [RICH], text
        )


@pytest.mark.only_sqlite
def test_the_index_is_whole_and_its_rows_are_those_of_items(
    store: Store, tmp_path: Path
) -> None:
    create(store, RICH)
    create(store, replace(RICH, key="other"))
    change(store, "rich", Remove(claim="rails", cascade=True))
    store.delete("other", "*").result()

    with sqlite3.connect(tmp_path / "argmap.db") as shell:
        for kind in ("claim", "source"):
            index = f"{kind}_words"
            shell.execute(f"INSERT INTO {index} ({index}) VALUES ('integrity-check')")
            ids = [
                {row[0] for row in shell.execute(f"SELECT {column} FROM {table}")}
                for column, table in (("rowid", index), ("id", kind))
            ]
            assert ids[0] == ids[1]
    shell.close()


@pytest.mark.parametrize("text", AWKWARD, ids=lambda text: ascii(text)[:20])
def test_no_text_is_a_wrong_question(common: Store, text: str) -> None:
    assert (set(claims(common, text)), set(sources(common, text))) == scanned(
        [RICH], text
    )


def test_words_are_found_whatever_their_case_accents_and_script(store: Store) -> None:
    texts = {
        "de": "Die Straßenbahn fährt über Öl.",
        "ja": "日本はNATOとの関係を強化すべきである。",
        "ko": "한국은 조용하다.",
        "th": "กรุงเทพมหานคร",
        "ru": "Ёлка стоит тихо.",
        "ar": "الترام هَادِئ",
    }
    stored = {key: Claim(key=key, text=text) for key, text in texts.items()}
    create(store, Map(key="m", claims=stored))

    for text, found in [
        ("STRASSENBAHN", "de"),
        ("fahrt ol", "de"),
        ("関係", "ja"),
        ("化", "ja"),
        ("nato 強化", "ja"),
        ("ＮＡＴＯ", "ja"),
        ("한국", "ko"),
        ("เทพ", "th"),
        ("елка", "ru"),
        ("هادئ", "ar"),
    ]:
        assert claims(store, text) == [("m", found)]
    for text in ["関化", "traße", "fahr xy", "f"]:
        assert claims(store, text) == []


def test_every_filter_holds(store: Store) -> None:
    create(store, RICH)
    create(store, replace(RICH, key="other"))

    def found(**more: Any) -> list[tuple[str, str]]:
        return claims(store, "sie", map="rich", **more)

    assert sorted(found()) == [("rich", "build"), ("rich", "quiet")]
    assert found(kind="policy") == [("rich", "build")]
    assert found(tag="money") == [("rich", "build")]
    assert found(tag="mon") == []
    assert found(speaker="Ada") == [("rich", "build")]
    assert found(source="council") == [("rich", "build")]
    assert found(source="nobody") == []
    assert claims(store, "sie", map="nobody") == []
    assert sources(store, "öz", map="other") == [("other", "council")]


def test_what_says_it_shortly_and_in_the_text_comes_first(store: Store) -> None:
    create(
        store,
        Map(
            key="m",
            claims={
                "aside": Claim(key="aside", text="Other.", wordings=("A tram.",)),
                "long": Claim(key="long", text="A tram is one of many other things."),
                "short": Claim(key="short", text="A tram."),
            },
            sources={
                "within": Source(key="within", title="Minutes", text="The tram."),
                "about": Source(key="about", title="The tram"),
            },
        ),
    )

    assert [key for _, key in claims(store, "tram")] == ["short", "long", "aside"]
    assert [key for _, key in sources(store, "tram")] == ["about", "within"]


def test_the_order_tells_nothing_of_what_other_maps_say(store: Store) -> None:
    pads = [Claim(key=f"pad-{n}", text=f"Pads {n}.") for n in range(3)]
    own = [
        Claim(key="rarely", text="Merger pads pads."),
        Claim(key="often", text="Merger merger pads."),
        *pads,
    ]
    create(store, Map(key="mine", claims={each.key: each for each in own}))
    before = claims(store, "merger pads", map="mine")
    told = [Claim(key=f"c{n}", text=f"A merger, the {n}th.") for n in range(9)]
    create(store, Map(key="others", claims={each.key: each for each in told}))

    assert claims(store, "merger pads", map="mine") == before


@pytest.mark.parametrize("where", [None, "theirs", "absent"])
def test_the_index_is_not_asked_about_maps_that_one_may_not_read(
    store: Store, where: str | None
) -> None:
    claim = Claim(key="tram", text="The tram is quiet.")
    create(store, Map(key="theirs", claims={"tram": claim}))
    eve = seen(store, key(store, "eve"))
    wanted = Wanted(query=query("tram"), map=where)
    asked: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    hits = [eve.search_claims(wanted, 0, 9), eve.search_sources(wanted, 0, 9)]
    event.remove(Engine, "before_cursor_execute", note)

    assert hits == [[], []]
    assert asked
    assert not any("_words" in statement for statement in asked)
    store.submit(Write(map="theirs", visibility="public")).result()
    assert len(eve.search_claims(wanted, 0, 9)) == (where != "absent")


def test_no_phrase_is_found_across_two_wordings(store: Store) -> None:
    claim = Claim(key="c", text="Tram.", wordings=("Not quiet", "cheap at all"))
    create(store, Map(key="m", claims={"c": claim}))

    assert claims(store, '"quiet cheap"') == []
    assert claims(store, "quiet cheap") == [("m", "c")]


def test_a_claim_that_says_something_else_is_found_by_that(store: Store) -> None:
    create(store, RICH)
    change(store, "rich", Replace(claim="quiet", set={"text": "Ein Tunnel."}))

    assert claims(store, "leise") == []
    assert claims(store, "tunnel") == [("rich", "quiet")]


def test_a_refused_write_leaves_the_index_as_it_was(store: Store) -> None:
    create(store, RICH)
    with pytest.raises(ArgmapError):
        change(
            store,
            "rich",
            Replace(claim="quiet", set={"text": "Ein Tunnel."}),
            Remove(claim="nobody"),
        )

    assert claims(store, "tunnel") == []
