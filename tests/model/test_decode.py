"""The strict decoder: everything bad is refused, and the place is named."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from argmap.errors import Malformed
from argmap.model import Data, Operation, convert, decode


class Body(Struct, frozen=True, forbid_unknown_fields=True):
    """A body such as the API takes: operations, and something free."""

    operations: tuple[Operation, ...] = ()
    free: Any = None
    data: Data = {}


BAD = [
    # no JSON
    (b"", ""),
    (b"   ", ""),
    (b"{", ""),
    (b'{"free": ', "/free"),
    (b'{"free": [1, 2', "/free/1"),
    (b'{"free": "abc', "/free"),
    (b'{"free": 1}}', ""),
    (b'{"free": 1} {"free": 2}', ""),
    (b'{"free": 1,}', "/free"),
    (b'{"free": [1, {"b": 2 3}]}', "/free/1/b"),
    (b'{"free": 01}', "/free"),
    (b'{"free": +1}', "/free"),
    (b'{"free": .5}', "/free"),
    (b'{"free": tru}', "/free"),
    (b"{'free': 1}", ""),
    (b"{free: 1}", ""),
    (b'{"free": "\\x41"}', "/free"),
    (b'{"free": "a\tb"}', "/free"),
    (b'{"free": "a\x00b"}', "/free"),
    (b'{"free": {"a": 1} "data": {}}', "/free"),
    (b'{"free": 1} // why', ""),
    # numbers that are none, or that readers would round
    (b'{"free": NaN}', "/free"),
    (b'{"free": [0, -Infinity]}', "/free/1"),
    (b'{"free": 1e999}', "/free"),
    (b'{"free": [9007199254740991, 9007199254740992]}', "/free/1"),
    (b'{"free": {"n": -9007199254740992}}', "/free/n"),
    (b'{"free": 123456789012345678901234567890}', "/free"),
    (b'{"free": ' + b"9" * 5000 + b"}", "/free"),
    # text that is none, or that no text may hold
    (b'{"free": "\xff"}', "/free"),
    (b'{"free": "\xc3("}', "/free"),
    (b'{"free": "\xed\xa0\x80"}', "/free"),
    ('{"free": "a"}'.encode("utf-16"), ""),
    (b'{"free": "\\ud800"}', "/free"),
    (b'{"free": "\\ud800\\ud800"}', "/free"),
    (b'{"free": ["ok", "\\u0000"]}', "/free/1"),
    (b'{"free": {"a": "\\b"}}', "/free/a"),
    (b'{"free": {"a\\u0007": 1}}', "/free/a\x07"),
    (b'{"free": "\\ufffe"}', "/free"),
    (b'{"free": "\\uD83F\\uDFFE"}', "/free"),
    ('{"free": "\ufdd0"}'.encode(), "/free"),
    ('{"free": "\U0010ffff"}'.encode(), "/free"),
    # members
    (b'{"free": 1, "free": 2}', "/free"),
    (b'{"free": {"a": [{"b": 1, "b": 1}]}}', "/free/a/0/b"),
    (b'{"free": {"a/b": 1, "a\\u002fb": 1}}', "/free/a~1b"),
    (b'{"strange": 1}', "/strange"),
    (b'{"a.b[0]~/": 1}', "/a.b[0]~0~1"),
    (b'{"operations": [{"op": "add", "claim": {"text": "a", "txt": 1}}]}',
     "/operations/0/claim/txt"),
    (b'{"operations": [{"op": "add", "claim": {}}]}', "/operations/0/claim"),
    (b'{"operations": [{"claim": {}}]}', "/operations/0"),
    # types
    (b"[]", ""),
    (b"null", ""),
    (b'"text"', ""),
    (b'{"operations": {}}', "/operations"),
    (b'{"operations": null}', "/operations"),
    (b'{"operations": [7]}', "/operations/0"),
    (b'{"operations": [{"op": "destroy", "claim": "a"}]}', "/operations/0/op"),
    (b'{"operations": [{"op": 1, "claim": "a"}]}', "/operations/0/op"),
    (b'{"operations": [{"op": "remove"}]}', "/operations/0"),
    (b'{"operations": [{"op": "remove", "claim": "a", "relation": "b"}]}',
     "/operations/0"),
    (b'{"operations": [{"op": "remove", "claim": "a", "cascade": "true"}]}',
     "/operations/0/cascade"),
    (b'{"operations": [{"op": "remove", "claim": "a", "cascade": 1}]}',
     "/operations/0/cascade"),
    (b'{"operations": [{"op": "remove", "claim": "A B"}]}', "/operations/0/claim"),
    (b'{"operations": [{"op": "remove", "passage": "p"}]}', "/operations/0/passage"),
    (b'{"operations": [{"op": "add", "claim": {"text": 7}}]}',
     "/operations/0/claim/text"),
    (b'{"operations": [{"op": "add", "claim": {"text": ""}}]}',
     "/operations/0/claim/text"),
    (b'{"operations": [{"op": "add", "claim": {"text": "a", "base_score": "0.5"}}]}',
     "/operations/0/claim/base_score"),
    (b'{"operations": [{"op": "add", "claim": {"text": "a", "base_score": 1.5}}]}',
     "/operations/0/claim/base_score"),
    (b'{"operations": [{"op": "add", "claim": {"text": "a", "tags": ["b", 3]}}]}',
     "/operations/0/claim/tags/1"),
    (b'{"operations": [{"op": "add", "relation": {"kind": "support", "premises": ["a"],'
     b' "target": {}}}]}', "/operations/0/relation/target"),
    (b'{"operations": [{"op": "add", "relation": {"kind": "support", "premises": [],'
     b' "target": {"claim": "a"}}}]}', "/operations/0/relation/premises"),
    (b'{"data": []}', "/data"),
    # nesting
    (b'{"free": ' + b"[" * 100 + b"]" * 100 + b"}", "/free" + "/0" * 99),
    (b'{"free": ' + b'{"a":' * 200 + b"1" + b"}" * 200 + b"}", "/free" + "/a" * 99),
    (b'{"free": ' + b"[" * 500_000 + b"]" * 500_000 + b"}", "/free" + "/0" * 99),
    (b'{"free": ' + b"[" * 500_000, "/free" + "/0" * 99),
]  # fmt: skip


@pytest.mark.parametrize(("data", "pointer"), BAD, ids=lambda part: str(part)[:60])
def test_what_is_bad_is_refused_with_its_place(data: bytes, pointer: str) -> None:
    with pytest.raises(Malformed) as caught:
        decode(data, Body)

    assert caught.value.pointer == pointer
    assert caught.value.detail


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf{}",
        b' \r\n\t{ "free" : 1 } \n',
        b'{"free": "C:\\\\bin \\\\ud800 \\n\\t\\r \\" \\/ \\u00e9 \\ud83d\\ude00"}',
        '{"free": "é 夏 😀 \u1ffe \u202e"}'.encode(),
        b'{"free": [9007199254740991, -9007199254740991, 1e300, -0.0, 1E2]}',
        b'{"free": {"a": 1, "b": {"a": 1}}, "data": {"a": 1}}',
        b'{"free": ' + b"[" * 99 + b"]" * 99 + b"}",
        b'{"free": "' + b"[" * 1000 + b'\\"{{{"}',
        b'{"free": [' + b"[],{}," * 1000 + b"1]}",
    ],
    ids=lambda part: str(part)[:40],
)
def test_what_is_good_is_read_as_the_standard_library_reads_it(data: bytes) -> None:
    body = decode(data, Body)

    expected = json.loads(data.decode("utf-8-sig"))
    assert body == Body(**expected)


def test_the_place_of_a_syntax_error_is_told_by_line_and_column_too() -> None:
    with pytest.raises(Malformed, match=r"line 3, column 11") as caught:
        decode('{\n "free":\n  ["é", 1 2]}'.encode(), Body)

    assert caught.value.pointer == "/free/1"


def test_converting_points_from_where_the_value_stands() -> None:
    with pytest.raises(Malformed) as caught:
        convert([{"op": "move", "claim": 7}], list[Operation], "/operations")

    assert caught.value.pointer == "/operations/0/claim"


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text('aé"\\/b\n'),
    lambda inner: st.lists(inner) | st.dictionaries(st.text('a"\\é'), inner),
)


@given(JSON, st.booleans(), st.sampled_from([None, 1]))
def test_any_json_is_read_as_the_standard_library_reads_it(
    value: object, is_ascii: bool, indent: int | None
) -> None:
    data = json.dumps(value, ensure_ascii=is_ascii, indent=indent).encode()

    assert decode(data, object) == value


@given(st.binary() | st.text('{}[]",:\\u1e0naé', max_size=30).map(str.encode))
def test_no_bytes_raise_anything_but_malformed(data: bytes) -> None:
    try:
        read = decode(data, object)
    except Malformed:
        return

    assert read == json.loads(data.decode("utf-8-sig"))


def test_far_into_a_large_text_the_place_is_the_whole() -> None:
    with pytest.raises(Malformed, match="line 600000") as caught:
        decode(b"[" + b"1,\n" * 599_999 + b"2 3]", object)

    assert caught.value.pointer == ""
