"""Reading and writing maps in whatever format is installed.

A format is found by content: every one is asked how sure it is, and one must be surer
than all others. A name given by the caller overrides that; a file's name never decides
how it is read, only how it is written. Whatever a format does wrong is its own fault,
and nobody else's.
"""

import logging
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any, Final

from msgspec.structs import replace

from argmap.errors import ArgmapError, Fault, Lossy, Malformed, NotFound, PluginFault
from argmap.model import Map, convert, normal, slug, validate
from argmap.plugin import Format, Host, Remark, Report
from argmap.plugin.features import TITLES, Feature, used
from argmap.plugin.told import told

log = logging.getLogger(__name__)

UNNAMED: Final = "map"
"""The key of a map whose file gives it none."""

_SURE: Final = frozenset({"aif", "argmap", "kialo", "xaif"})
"""Formats that ship, and whose maps are valid and in normal form: tests hold them to
it, so that large files are not looked through twice."""

_SURE_ENOUGH: Final = 0.5

Given = Mapping[str, Any]
"""A format's own options, by name."""


def detect(host: Host, data: bytes) -> Format:
    """Say which installed format the bytes are in.

    Raises:
        Malformed: No format takes them for its own, or several are equally sure.
    """
    readable = {name: each for name, each in host.formats.items() if each.read}
    sure = {name: _sureness(format_, data) for name, format_ in readable.items()}
    best = max(sure.values(), default=0.0)
    candidates = [name for name, value in sure.items() if value == best]
    if best < _SURE_ENOUGH:
        raise Malformed(
            "this is in no format that is installed here; if you know which, name it: "
            + ", ".join(readable)
        )
    if len(candidates) > 1:
        raise Malformed(f"this could be {' or '.join(candidates)}; name the format")
    return readable[candidates[0]]


def read(
    host: Host,
    data: bytes,
    format: str | None = None,
    *,
    options: Given | None = None,
    strict: bool = False,
) -> tuple[Map, Report]:
    """Read a map from bytes, in the format named or else the one detected.

    Args:
        host: What is installed.
        data: The file.
        format: A format's name.
        options: Those of the format, by name.
        strict: Refuse to lose anything.

    Returns:
        The map, valid, and a remark for every repair and every loss; the first where
        the bytes are surely in another format than the one named.

    Raises:
        NotFound: No format of that name is installed, or it can only be written.
        Malformed, InvalidMap: The bytes are no map in that format; or it does not take
            these options.
        Lossy: Something would be lost, and *strict*.
        PluginFault: The format raised something else, or returned what is no valid map.
    """
    chosen = host.format(format) if format else detect(host, data)
    if chosen.read is None:
        raise NotFound("reader for format", chosen.name)
    more = _options(chosen, options)
    try:
        map_, remarks = chosen.read(data, *more)
        report = _report(remarks)
        faults: Sequence[Fault] = ()
        if isinstance(map_, Map) and chosen.name not in _SURE:
            map_ = normal(map_)
            faults = validate(map_)
    except ArgmapError:
        raise
    except (Exception, SystemExit) as error:
        raise _fault(chosen, error) from error
    if not isinstance(map_, Map) or faults:
        why = faults[0] if faults else f"{map_!r:.100} is no map"
        raise PluginFault(chosen.name, f"read a map that is none: {why}")
    if format and (other := _another(host, chosen, data)):
        report = (_taken_for(chosen, other), *report)
    _refuse_losses(report, is_strict=strict)
    return map_, report


def write(
    host: Host,
    map_: Map,
    format: str,
    *,
    options: Given | None = None,
    strict: bool = False,
) -> tuple[bytes, Report]:
    """Write a map in the format named.

    Returns:
        The bytes, and a remark for everything that the format cannot hold.

    Raises:
        NotFound: No format of that name is installed, or it can only be read.
        Malformed: It does not take these options.
        Lossy: Something would be lost, and *strict*.
        PluginFault: The format raised, or returned something else.
    """
    chosen = host.format(format)
    if chosen.write is None:
        raise NotFound("writer for format", format)
    more = _options(chosen, options)
    try:
        data, remarks = chosen.write(map_, *more)
        report = (*losses(chosen, map_), *_report(remarks))
        if not isinstance(data, bytes | bytearray):
            raise TypeError(f"{type(data).__name__} instead of bytes")
    except ArgmapError:
        raise
    except (Exception, SystemExit) as error:
        raise _fault(chosen, error) from error
    _refuse_losses(report, is_strict=strict)
    return bytes(data), report


def _another(host: Host, named: Format, data: bytes) -> Format | None:
    """Find the format that bytes are surely in, if it is not at all the one named."""
    if _sureness(named, data) > 0.0:
        return None
    try:
        return detect(host, data)
    except Malformed:
        return None


def _taken_for(named: Format, other: Format) -> Remark:
    return Remark(
        severity="loss",
        code="another-format",
        what=f"this looks like {other.title} ({other.name}), not like {named.title}",
        done="read as it was named: what is not of that format may be gone",
    )


def losses(format: Format, map: Map) -> Report:
    """Say what of a map a format loses, or keeps where others do not look."""
    remarks = []
    for feature, holding in format.features.items():
        if holding != "held" and (keys := used(map, feature, format.name)):
            remarks.append(_remark(format, feature, holding == "lost", keys))
    return tuple(remarks)


def by_suffix(host: Host, file_name: str) -> Format:
    """Find the format whose suffix a file's name has, the longest one that fits.

    Of several with one suffix the first by name counts, argmap's own before all.

    Raises:
        NotFound: No installed format that can be written has such a suffix.
    """
    fits = [
        (len(suffix), format_.name == "argmap", format_)
        for format_ in host.formats.values()
        for suffix in format_.suffixes
        if format_.write and file_name.endswith(suffix)
    ]
    if not fits:
        raise NotFound("format for the file name", file_name)
    return max(fits, key=lambda fit: fit[:2])[2]


def named(map: Map, file_name: str) -> Map:
    """Name a map after its file, if nothing in the file has given it a key.

    >>> named(Map(key="map"), "City tram.apx").key
    'city-tram'
    """
    if map.key != UNNAMED:
        return map
    stem = PurePath(file_name).name.partition(".")[0]
    return replace(map, key=slug(stem, (), fallback=UNNAMED))


def _remark(format: Format, feature: Feature, is_lost: bool, keys: list[str]) -> Remark:
    shown = ", ".join(keys[:3]) + (", …" if len(keys) > 3 else "")
    done = "not there as such" if is_lost else "kept where others do not look"
    if feature == "keys":  # names, and nothing that they name
        done = "replaced by the format's own" if is_lost else done
    return Remark(
        severity="loss" if is_lost and feature != "keys" else "note",
        code=feature,
        what=f"{format.title} has no words for {TITLES[feature]} ({shown})",
        done=done,
    )


def _refuse_losses(report: Report, *, is_strict: bool) -> None:
    gone = [remark for remark in report if remark.severity == "loss"]
    if is_strict and gone:
        raise Lossy(gone)


def _options(format_: Format, given: Given | None) -> tuple[Any, ...]:
    if format_.options is None:
        if given:
            raise Malformed(f"format {format_.name!r} has no options", "/options")
        return ()
    return (convert(dict(given or {}), format_.options, "/options", is_text=True),)


def _report(remarks: Any) -> Report:
    report = tuple(remarks)
    for remark in report:
        if not isinstance(remark, Remark):
            raise TypeError(f"{remark!r:.100} is no remark")
    return report


def _sureness(format_: Format, data: bytes) -> float:
    try:
        sure = float(format_.sniff(data))
    except (Exception, SystemExit):
        # One faulty format must not keep the others from being found.
        log.warning("format %r failed to sniff", format_.name, exc_info=True)
        return 0.0
    return sure if 0.0 <= sure <= 1.0 else 0.0


def _fault(format_: Format, error: BaseException) -> PluginFault:
    return PluginFault(format_.name, f"raised {told(error)}")
