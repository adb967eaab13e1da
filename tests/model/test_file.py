"""The argmap/1 file: it comes back as it went, and says what it cannot read."""

import json

import pytest
from hypothesis import given

import draw
from argmap.errors import Malformed
from argmap.model import Map, apply, operations_of, read, write


def ordered(map: Map) -> list[object]:
    """Make order count: dicts are equal in any order."""
    return [map, *(list(items) for items in (map.sources, map.claims, map.relations))]


@given(draw.maps())
def test_what_is_written_is_read_as_the_same_map(map: Map) -> None:
    written = write(map)

    assert ordered(read(written)) == ordered(map)
    assert write(read(written)) == written


@given(draw.maps())
def test_a_map_is_built_from_nothing_by_its_operations(map: Map) -> None:
    assert ordered(apply(Map(key=map.key), operations_of(map))) == ordered(map)


@given(draw.maps())
def test_defaults_are_left_out_and_nothing_else_is(map: Map) -> None:
    file = json.loads(write(map))

    for item in file.get("claims", []) + file.get("relations", []):
        assert item.get("weight") != 1
        assert all(value not in (None, [], {}) for value in item.values())


def test_a_file_is_laid_out_so_that_a_change_is_a_line() -> None:
    before = write(Map.of({"a": 0.5, "b": None}, rebuts=[("b", "a")]))
    after = write(Map.of({"a": 0.25, "b": None}, rebuts=[("b", "a")]))

    lines = [
        (a, b) for a, b in zip(before.splitlines(), after.splitlines(), strict=True)
    ]
    assert [pair for pair in lines if pair[0] != pair[1]] == [
        (b'      "base_score": 0.5', b'      "base_score": 0.25')
    ]


def test_text_is_written_as_it_reads() -> None:
    map = Map(key="m", title="Élan – 夏 “ja”?")

    assert "Élan – 夏 “ja”?".replace('"', '\\"').encode() in write(map)


@pytest.mark.parametrize(
    ("data", "pointer", "said"),
    [
        (b'{"map": {"key": "m"}}', "", "format"),
        (
            b'{"format": "argmap/2", "map": {"key": "m"}, "new": 1}',
            "/format",
            "argmap/2",
        ),
        (b'{"format": 1, "map": {"key": "m"}}', "/format", "argmap/1"),
        (b'{"format": "argmap/1"}', "", "map"),
        (b'{"format": "argmap/1", "map": {}}', "/map", "key"),
        (
            b'{"format": "argmap/1", "map": {"key": "m"}, "nodes": []}',
            "/nodes",
            "nodes",
        ),
        (b"digraph { a -> b }", "", "line 1"),
        (b"", "", "no JSON"),
    ],
)
def test_what_is_no_such_file_is_malformed_and_says_why(
    data: bytes, pointer: str, said: str
) -> None:
    with pytest.raises(Malformed, match=said) as caught:
        read(data)

    assert caught.value.pointer == pointer


def test_reading_brings_texts_into_normal_form_and_fills_in_hashes() -> None:
    source = {"key": "s", "title": "e\u0301", "text": "e\u0301"}
    file = {"format": "argmap/1", "map": {"key": "m", "title": "a\r\nb"}}

    map = read(json.dumps({**file, "sources": [source]}).encode())

    assert map.title == "a\nb"
    assert (map.sources["s"].title, map.sources["s"].text) == ("é", "e\u0301")
    assert map.sources["s"].length == 2
