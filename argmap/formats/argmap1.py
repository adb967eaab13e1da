"""argmap/1: a map as JSON, whole. What others lose, this one keeps."""

import re
from typing import Final

from argmap.model import Map
from argmap.model.codec import read, write
from argmap.plugin import Format, Report, all_but

# Inside a JSON string the quotes would be escaped, so this is a member of an object.
_MARK: Final = re.compile(rb'"format"\s*:\s*"argmap/[0-9]{1,9}"')


def sniff(data: bytes) -> float:
    """Look for the member that names the format."""
    return 1.0 if _MARK.search(data) else 0.0


def read_map(data: bytes) -> tuple[Map, Report]:
    """Decode a map, strictly: a file with unknown members or faults is refused."""
    return read(data), ()


def write_map(map_: Map) -> tuple[bytes, Report]:
    """Encode a map; nothing is lost."""
    return write(map_), ()


ARGMAP1: Final = Format(
    "argmap",
    "argmap/1 JSON",
    suffixes=(".argmap.json", ".json"),
    media_type="application/vnd.argmap+json",
    sniff=sniff,
    read=read_map,
    write=write_map,
    description="argmap's own: the whole map, with data and residue. Strict.",
    features=all_but(),
)
