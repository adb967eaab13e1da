"""Reading and writing maps in whatever format is installed.

A format is found by content: every one is asked how sure it is, and one must be surer
than all others. A name given by the caller overrides that; a file's name never decides
how it is read, only how it is written.
"""

import logging
from typing import Final

from argmap.errors import ArgmapError, Malformed, NotFound, PluginFault
from argmap.model import Map, validate
from argmap.plugin import Format, Host, Report

log = logging.getLogger(__name__)

_SURE_ENOUGH: Final = 0.5


def detect(host: Host, data: bytes) -> Format:
    """Say which installed format the bytes are in.

    Raises:
        Malformed: No format takes them for its own, or several are equally sure.
    """
    sure = {name: _sureness(format_, data) for name, format_ in host.formats.items()}
    best = max(sure.values(), default=0.0)
    candidates = [name for name, value in sure.items() if value == best]
    if best < _SURE_ENOUGH:
        raise Malformed(
            "this is in no format that is installed here; if you know which, name it: "
            + ", ".join(host.formats)
        )
    if len(candidates) > 1:
        raise Malformed(f"this could be {' or '.join(candidates)}; name the format")
    return host.formats[candidates[0]]


def read(host: Host, data: bytes, format: str | None = None) -> tuple[Map, Report]:
    """Read a map from bytes, in the format named or else the one detected.

    Returns:
        The map, valid, and a remark for every repair and every loss.

    Raises:
        NotFound: No format of that name is installed.
        Malformed, InvalidMap: The bytes are no map in that format.
        PluginFault: The format raised something else, or returned what is no valid map.
    """
    chosen = host.format(format) if format else detect(host, data)
    try:
        map_, report = chosen.read(data)
    except ArgmapError:
        raise
    except Exception as error:
        raise _fault(chosen, error) from error
    if not isinstance(map_, Map) or (faults := validate(map_)):
        why = faults[0] if isinstance(map_, Map) else f"{map_!r:.100} is no map"
        raise PluginFault(chosen.name, f"read a map that is none: {why}")
    return map_, tuple(report)


def write(host: Host, map_: Map, format: str) -> tuple[bytes, Report]:
    """Write a map in the format named.

    Returns:
        The bytes, and a remark for everything that the format cannot hold.

    Raises:
        NotFound: No format of that name is installed, or it can only be read.
        PluginFault: The format raised.
    """
    chosen = host.format(format)
    if chosen.write is None:
        raise NotFound("writer for format", format)
    try:
        data, report = chosen.write(map_)
    except ArgmapError:
        raise
    except Exception as error:
        raise _fault(chosen, error) from error
    return bytes(data), tuple(report)


def by_suffix(host: Host, file_name: str) -> Format:
    """Find the format whose suffix a file's name has, the longest one that fits.

    Raises:
        NotFound: No installed format has such a suffix.
    """
    fits = [
        (len(suffix), format_)
        for format_ in host.formats.values()
        for suffix in format_.suffixes
        if file_name.endswith(suffix)
    ]
    if not fits:
        raise NotFound("format for the file name", file_name)
    return max(fits, key=lambda fit: fit[0])[1]


def _sureness(format_: Format, data: bytes) -> float:
    try:
        return float(format_.sniff(data))
    except Exception:
        # One faulty format must not keep the others from being found.
        log.warning("format %r failed to sniff", format_.name, exc_info=True)
        return 0.0


def _fault(format_: Format, error: Exception) -> PluginFault:
    return PluginFault(format_.name, f"raised {type(error).__name__}: {error}")
