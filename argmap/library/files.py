"""Maps from files and into files, in every format that is installed; the seeds."""

from pathlib import Path

from argmap.errors import NotFound
from argmap.formats.exchange import by_suffix, read, write
from argmap.library.judging import host
from argmap.model import Map
from argmap.plugin import Report

# Beside the code in a wheel, at the top of the repository in an editable install.
_SEEDS = tuple(parent / "seeds" for parent in Path(__file__).parents[1:3])


def load(
    source: str | Path | bytes,
    format: str | None = None,
) -> tuple[Map, Report]:
    """Read a map from a file's path, or from bytes.

    Args:
        source: A path, or the content itself as bytes.
        format: A format's name; left out, the content decides.

    Returns:
        The map, and a remark for every repair and every loss.

    Raises:
        OSError: The file cannot be read.
        NotFound: No format of that name is installed.
        Malformed, InvalidMap: The content is no map.
    """
    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    return read(host(), data, format)


def dump(
    map: Map,
    path: str | Path,
    format: str | None = None,
) -> Report:
    """Write a map to a file, in the format named or else by the file's suffix.

    Returns:
        A remark for everything that the format cannot hold.

    Raises:
        OSError: The file cannot be written.
        NotFound: No such format is installed, or no format has that suffix.
    """
    path = Path(path)
    name = format or by_suffix(host(), path.name).name
    data, report = write(host(), map, name)
    path.write_bytes(data)
    return report


def seed(name: str) -> Path:
    """Find a map that ships with argmap.

    Raises:
        NotFound: There is no seed of that name.

    >>> seed("japan-nato").name
    'japan-nato.argmap.json'
    """
    for folder in _SEEDS:
        path = folder / f"{name}.argmap.json"
        if path.is_file():
            return path
    raise NotFound("seed", name)
