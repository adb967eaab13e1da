"""Strangers' formats run apart as well: files and argmap/1 go over, nothing else."""

from collections.abc import Iterator

import pytest

from argmap.errors import Malformed, PluginFault
from argmap.formats.exchange import detect, read, write
from argmap.plugin import Host, Map
from argmap.plugin.isolation import Isolation, Limits

CODE = '''
import os
from argmap.plugin import Format, Malformed, Map, Remark, hookimpl

MARK = b"#lines\\n"


def sniff(data):
    if data == b"die":
        os._exit(1)
    return 0.9 if data.startswith(MARK) else 0.0


def read_map(data):
    """Read a claim a line."""
    if b"bad" in data:
        raise Malformed("a bad line", "/2")
    if b"die" in data:
        os._exit(1)
    lines = data.decode().split()[1:]
    remark = Remark(severity="note", code="read", what="lines", done="read them")
    return Map.of(dict.fromkeys(lines, 0.5)), (remark,)


def write_map(map_):
    return MARK + "\\n".join(map_.claims).encode(), ()


@hookimpl
def argmap_formats():
    yield Format("lines", "Lines", suffixes=(".lines",), media_type="text/x-lines",
                 sniff=sniff, read=read_map, write=write_map)
'''


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    folder = tmp_path_factory.mktemp("formats")
    (folder / "lines.py").write_text(CODE)
    isolation = Isolation(Limits())
    try:
        yield Host.load(folder, isolation=isolation)
    finally:
        isolation.close()


def test_a_format_looks_like_any_other(host: Host) -> None:
    lines = host.format("lines")

    assert (lines.title, lines.suffixes) == ("Lines", (".lines",))
    assert lines.description == "Read a claim a line."


def test_a_file_is_recognised_read_and_written(host: Host) -> None:
    data = b"#lines\na\nb"

    map_, report = read(host, data)

    assert detect(host, data).name == "lines"
    assert list(map_.claims) == ["a", "b"]
    assert [remark.code for remark in report] == ["read"]
    assert write(host, Map.of(["x", "y"]), "lines")[0] == b"#lines\nx\ny"


def test_what_is_no_such_file_is_refused_with_its_place(host: Host) -> None:
    with pytest.raises(Malformed, match="a bad line") as refused:
        read(host, b"#lines\nbad")

    assert refused.value.pointer == "/2"


def test_a_format_that_dies_is_a_fault_and_is_back_after_that(host: Host) -> None:
    with pytest.raises(PluginFault, match="exit code 1") as fault:
        read(host, b"#lines\ndie")

    assert fault.value.plugin == "lines"
    assert list(read(host, b"#lines\na")[0].claims) == ["a"]


def test_a_format_that_cannot_even_sniff_keeps_no_other_from_being_found(
    host: Host,
) -> None:
    with pytest.raises(Malformed, match="in no format"):
        detect(host, b"die")
