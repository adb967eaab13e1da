"""Files that commands read and write: pairs, folders, standard output, a bar."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress


def contents(path: Path) -> bytes:
    """Read a file; annotations of BRAT's come with the text beside them, in a zip.

    A folder that holds such a pair and nothing else is read as one.

    Raises:
        OSError: It cannot be read.
    """
    from io import BytesIO
    from zipfile import ZipFile

    if path.is_dir() and (pair := _pair(path)):
        path = pair
    if path.suffix != ".ann" or not (text := path.with_suffix(".txt")).is_file():
        return path.read_bytes()
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("pair.ann", path.read_bytes())
        archive.writestr("pair.txt", text.read_bytes())
    return packed.getvalue()


def files(folder: Path) -> list[Path]:
    """List the files of a folder and of those in it; texts of annotations go along."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    annotated = {path.with_suffix(".txt") for path in found if path.suffix == ".ann"}
    return [path for path in found if path not in annotated]


def is_folder(path: Path) -> bool:
    """Say whether a path holds several maps."""
    return path.is_dir() and _pair(path) is None


def _pair(folder: Path) -> Path | None:
    names = sorted(path.name for path in folder.iterdir())
    if len(names) == 2 and names[0].endswith(".ann"):
        first = folder / names[0]
        return first if names[1] == first.with_suffix(".txt").name else None
    return None


def put(data: bytes, path: Path) -> None:
    """Write a file, or to standard output if it is called ``-``."""
    if str(path) == "-":
        sys.stdout.buffer.write(data)
    else:
        path.write_bytes(data)


def bar() -> "Progress":
    """Make a bar that shows how much is done; on a terminal alone."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
    )

    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )
