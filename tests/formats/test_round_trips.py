"""Any map: what is written is read back, and written again it is the same."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import draw
from argmap.errors import ArgmapError, PluginFault
from argmap.formats.exchange import detect, named, read, write
from argmap.model import Map, normal, validate
from argmap.plugin import Host
from samples import FILES, format_of

HOST = Host.load(strict=True)
BOTH = [name for name, f in HOST.formats.items() if f.read and f.write]
LOSSLESS = [
    name
    for name in BOTH
    if set(HOST.formats[name].features.values()) <= {"held", "residue"}
    and name != "argdown"  # which has tests of its own
]
JSON = ("aif", "arguebuf", "ova2", "qbaf", "sadface", "xaif")


def without_residue(map_: Map, format: str) -> Map:
    def bare(item: Any) -> Any:
        residue = {name: r for name, r in item.residue.items() if name != format}
        return replace(item, residue=residue)

    return replace(
        bare(map_),
        claims={key: bare(claim) for key, claim in map_.claims.items()},
        relations={key: bare(relation) for key, relation in map_.relations.items()},
    )


def refused_or_sound(data: bytes, name: str) -> None:
    """See that a file is refused on purpose, or read as a map that is as it must be."""
    try:
        map_, _ = read(HOST, data, name)
    except PluginFault:
        raise
    except ArgmapError:
        return
    assert validate(map_) == []
    assert normal(map_) == map_


@pytest.mark.parametrize("name", LOSSLESS)
@given(map_=draw.maps())
def test_a_format_that_loses_nothing_gives_back_any_map(name: str, map_: Map) -> None:
    data, report = write(HOST, map_, name, strict=True)
    again, _ = read(HOST, data, name, strict=True)

    assert without_residue(again, name) == without_residue(map_, name)
    assert list(again.claims) == list(map_.claims)
    assert list(again.relations) == list(map_.relations)
    assert {remark.severity for remark in report} <= {"note"}


@pytest.mark.parametrize("name", BOTH)
@settings(max_examples=30)
@given(map_=draw.maps())
def test_what_was_written_and_read_is_written_the_same(name: str, map_: Map) -> None:
    data, _ = write(HOST, map_, name)
    once, _ = read(HOST, data, name)
    again, _ = write(HOST, once, name)

    assert again == data
    assert read(HOST, again, name)[0] == once
    assert not map_.claims or detect(HOST, data).name == name


@pytest.mark.parametrize("name", [name for name, f in HOST.formats.items() if f.write])
@settings(max_examples=30)
@given(map_=draw.maps(), residue=draw.data)
def test_a_writer_survives_residue_that_nobody_has_left(
    name: str, map_: Map, residue: dict[str, Any]
) -> None:
    claims = {
        key: replace(claim, residue={name: residue})
        for key, claim in map_.claims.items()
    }
    odd = {"nodes": 7, "order": "rrcx", "edges": [{"fromID": 1}], **residue}

    assert write(HOST, replace(map_, claims=claims, residue={name: odd}), name)


def test_an_edit_between_reading_and_writing_is_not_undone() -> None:
    map_, _ = read(HOST, FILES["aif/dialogue.json"])
    claims = dict(map_.claims)
    claims["4"] = replace(claims["4"], text="Nobody should.")
    del claims["6"]
    data, _ = write(HOST, replace(map_, claims=claims), "aif")
    nodes = {node["nodeID"]: node for node in json.loads(data)["nodes"]}

    assert nodes["4"]["text"] == "Nobody should."
    assert nodes["4"]["timestamp"] == "2024-03-01 10:00:00"
    assert "6" not in nodes
    assert all(edge["toID"] in nodes for edge in json.loads(data)["edges"])
    assert nodes["1"]["type"] == "L"


def test_a_second_conclusion_is_a_relation_of_its_own_and_one_node_again() -> None:
    file = {
        "nodes": [
            {"nodeID": "1", "text": "a", "type": "I"},
            {"nodeID": "2", "text": "b", "type": "I"},
            {"nodeID": "3", "text": "c", "type": "I"},
            {"nodeID": "9", "text": "Default Inference", "type": "RA"},
        ],
        "edges": [
            {"edgeID": "1", "fromID": "1", "toID": "9", "formEdgeID": None},
            {"edgeID": "2", "fromID": "9", "toID": "2", "formEdgeID": None},
            {"edgeID": "3", "fromID": "9", "toID": "3", "formEdgeID": None},
        ],
        "locutions": [],
    }
    map_, _ = read(HOST, json.dumps(file).encode())

    assert [r.target.claim for r in map_.relations.values()] == ["2", "3"]
    assert json.loads(write(HOST, map_, "aif")[0]) == file


@pytest.mark.parametrize("name", [name for name, f in HOST.formats.items() if f.read])
@settings(max_examples=25)
@given(data=st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_bytes_that_are_no_file_are_refused_by_one_error(
    name: str, data: bytes
) -> None:
    refused_or_sound(data, name)


@pytest.mark.parametrize("sample", FILES)
@settings(max_examples=20)
@given(drawn=st.data())
def test_a_sample_that_is_damaged_is_read_or_refused_by_one_error(
    sample: str, drawn: st.DataObject
) -> None:
    data = bytearray(FILES[sample])
    for _ in range(drawn.draw(st.integers(1, 4))):
        at = drawn.draw(st.integers(0, len(data) - 1))
        end = at + drawn.draw(st.integers(0, 30))
        data[at:end] = drawn.draw(
            st.sampled_from([b"", b"0", b"null", b'"', b"1.1. Pro: "])
        )
        if not data:
            return
    refused_or_sound(bytes(data), format_of(sample))


_ANY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(0, 3)
    | st.sampled_from(["", "1", "I", "RA"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "text", "type", "argmap"]), inner)
    ),
    max_leaves=6,
)


@pytest.mark.parametrize("sample", [s for s in FILES if format_of(s) in JSON])
@settings(max_examples=20)
@given(drawn=st.data())
def test_json_of_another_shape_is_read_or_refused_by_one_error(
    sample: str, drawn: st.DataObject
) -> None:
    document = json.loads(FILES[sample])
    for _ in range(drawn.draw(st.integers(1, 3))):
        value = document
        while drawn.draw(st.integers(0, 4)):
            values = value.values() if isinstance(value, dict) else value
            inner = [each for each in values if isinstance(each, dict | list) and each]
            if not inner:
                break
            value = drawn.draw(st.sampled_from(inner))
        key = drawn.draw(
            st.sampled_from(
                list(value) if isinstance(value, dict) else range(len(value))
            )
        )
        value[key] = drawn.draw(_ANY)
    try:
        map_, _ = read(HOST, json.dumps(document).encode(), format_of(sample))
    except PluginFault:
        raise
    except ArgmapError:
        return
    assert validate(map_) == []
    assert normal(map_) == map_
    if HOST.formats[format_of(sample)].write:
        name = format_of(sample)
        again, _ = read(HOST, write(HOST, map_, name)[0], name)
        assert without_residue(again, name) == without_residue(map_, name)
        assert read(HOST, write(HOST, again, name)[0], name)[0] == again


def test_a_map_that_its_file_does_not_name_is_named_after_the_file() -> None:
    assert named(Map(key="map"), "dir/City tram.aif.json").key == "city-tram"
    assert named(Map(key="tram"), "other.json").key == "tram"
