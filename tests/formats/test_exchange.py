"""Formats are found by content, overridden by name, and checked like rules."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

import draw
from argmap.errors import InvalidMap, Lossy, Malformed, NotFound, PluginFault
from argmap.formats.exchange import by_suffix, detect, read, write
from argmap.model import Claim, Map
from argmap.plugin import Format, Host, Remark

OWN = Host.load().formats["argmap"]
SMALL = Map.of({"tram": 0.5, "cost": 0.75}, rebuts=[("cost", "tram")], key="city")


def host(*formats: Format) -> Host:
    return Host(
        rules={},
        formats={f.name: f for f in (OWN, *formats)},
        schemes={},
        problems=(),
    )


def made_up(
    sniff: Callable[[bytes], Any] = lambda _: 0.0,
    read: Callable[[bytes], Any] = lambda _: (SMALL, ()),
    **more: Any,
) -> Format:
    return Format(
        "made-up",
        "Made up",
        suffixes=(".made-up",),
        media_type="text/x-made-up",
        sniff=sniff,
        read=read,
        **more,
    )


def raising(error: Exception) -> Callable[[Any], Any]:
    def fail(_: Any) -> Any:
        raise error

    return fail


@settings(deadline=None)
@given(map=draw.maps())
def test_the_own_format_is_detected_and_loses_nothing(map: Map) -> None:
    data, losses = write(host(), map, "argmap")

    again, report = read(host(), data)

    assert again == map
    assert [list(each) for each in (again.claims, again.relations, again.sources)] == [
        list(each) for each in (map.claims, map.relations, map.sources)
    ]
    assert losses == report == ()


def test_what_no_format_recognises_is_refused_with_the_names_to_choose_from() -> None:
    with pytest.raises(Malformed, match="name it: argmap, made-up"):
        detect(host(made_up()), b"neither fish nor fowl")


def test_the_mark_of_the_own_format_in_a_text_is_no_mark() -> None:
    quoting = replace(
        SMALL, claims={"a": Claim(key="a", text='{"format": "argmap/1"}')}, relations={}
    )
    data, _ = write(host(), quoting, "argmap")

    assert OWN.sniff(data.replace(b'"format"', b'"shape"', 1)) == 0.0
    assert OWN.sniff(data) == 1.0


def test_the_surer_format_wins_and_a_tie_is_for_the_caller_to_decide() -> None:
    data, _ = write(host(), SMALL, "argmap")

    assert detect(host(made_up(lambda _: 0.9)), data) is OWN
    with pytest.raises(Malformed, match="could be argmap or made-up; name the format"):
        detect(host(made_up(lambda _: 1.0)), data)


@pytest.mark.parametrize("sniff", [raising(ValueError("no")), lambda _: "very"])
def test_a_format_that_fails_to_sniff_hides_no_other(sniff: Any) -> None:
    data, _ = write(host(), SMALL, "argmap")

    assert detect(host(made_up(sniff)), data) is OWN


def test_a_name_overrides_what_the_content_looks_like() -> None:
    remark = Remark(severity="loss", code="colour", what="a colour", done="left out")
    other = made_up(lambda _: 0.1, read=lambda _: (SMALL, [remark]))
    data, _ = write(host(), Map(key="empty"), "argmap")

    assert read(host(other), data, "made-up") == (SMALL, (remark,))
    with pytest.raises(NotFound, match="no format 'unknown'"):
        read(host(), data, "unknown")


def test_a_name_that_is_surely_the_wrong_one_is_told_and_strictly_refused() -> None:
    data, _ = write(host(), Map(key="empty"), "argmap")
    map_, (told,) = read(host(made_up()), data, "made-up")

    assert (map_, told.severity, told.code) == (SMALL, "loss", "another-format")
    assert "(argmap), not like Made up" in told.what
    with pytest.raises(Lossy, match="1 thing would be lost"):
        read(host(made_up()), data, "made-up", strict=True)
    assert read(host(made_up()), b"neither fish nor fowl", "made-up") == (SMALL, ())


def test_what_a_reader_refuses_on_purpose_comes_through_as_it_is() -> None:
    refusal = Malformed("line 3 ends early", "/3")

    with pytest.raises(Malformed) as caught:
        read(host(made_up(read=raising(refusal))), b"", "made-up")

    assert caught.value is refusal
    with pytest.raises(Malformed):
        read(host(), b"{", "argmap")
    with pytest.raises(InvalidMap):
        read(
            host(),
            b'{"format": "argmap/1", "map": {"key": "m", "targets": ["nobody"]}}',
            "argmap",
        )


@pytest.mark.parametrize(
    ("reader", "why"),
    [
        (raising(KeyError("x")), "raised KeyError"),
        (lambda _: None, "raised TypeError"),
        (lambda _: ("map", ()), "'map' is no map"),
        (lambda _: (replace(SMALL, claims={}), ()), "there is no claim"),
    ],
)
def test_whatever_else_a_reader_does_is_a_fault_of_the_plugin(
    reader: Any, why: str
) -> None:
    with pytest.raises(PluginFault, match=why) as caught:
        read(host(made_up(read=reader)), b"", "made-up")

    assert caught.value.plugin == "made-up"


def test_a_writer_that_raises_is_a_fault_and_none_at_all_is_said() -> None:
    with pytest.raises(PluginFault, match="raised ValueError: no"):
        write(host(made_up(write=raising(ValueError("no")))), SMALL, "made-up")
    with pytest.raises(NotFound, match="writer for format 'made-up'"):
        write(host(made_up()), SMALL, "made-up")


def test_the_longest_suffix_decides_how_a_file_is_written() -> None:
    plain = made_up(write=lambda _: (b"", ()))
    longer = Format(
        "longer",
        "Longer",
        suffixes=(".very.made-up",),
        media_type="text/x-longer",
        write=lambda _: (b"", ()),
    )

    assert by_suffix(host(plain, longer), "a.made-up") is plain
    assert by_suffix(host(plain, longer), "a.very.made-up") is longer
    assert by_suffix(host(plain), "a.argmap.json") is OWN
    with pytest.raises(NotFound):
        by_suffix(host(), "a.docx")
    with pytest.raises(NotFound):
        by_suffix(host(made_up()), "only-read.made-up")


@pytest.mark.parametrize(
    "change", [{"name": "Made Up"}, {"suffixes": ("txt",)}], ids=["name", "suffix"]
)
def test_a_format_that_contradicts_itself_is_refused(change: dict[str, Any]) -> None:
    usual: dict[str, Any] = {
        "name": "made-up",
        "title": "Made up",
        "suffixes": (".txt",),
        "media_type": "text/plain",
        "sniff": lambda _: 0.0,
        "read": lambda _: (SMALL, ()),
    }

    with pytest.raises(ValueError, match=r"slug|dot"):
        Format(**(usual | change))
