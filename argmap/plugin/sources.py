"""Where plugins come from: installed distributions, and single files in a directory.

Importing a plugin runs its code, so nothing here imports before it is asked to.
"""

import hashlib
import importlib.util
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType
from typing import Final

from argmap.errors import NotFound

GROUP: Final = "argmap"
SHIPPED: Final = "argmap"  # the distribution whose plugins keep their names in a clash


@dataclass(frozen=True)
class Found:
    """A plugin that was found and is not imported yet."""

    name: str
    distribution: str | None
    version: str
    origin: EntryPoint | Path

    @property
    def is_shipped(self) -> bool:
        """Say whether the plugin came in argmap's own wheel."""
        return self.distribution == SHIPPED

    @property
    def offered_by(self) -> str:
        """Name the plugin and where it came from."""
        return f"{self.name} ({self.distribution or 'a file'})"

    @property
    def owner(self) -> str:
        """Name what is trusted or runs apart as a whole: a distribution, or a file."""
        return self.distribution or f"{self.name}.py"

    def load(self) -> object:
        """Import the plugin, which runs its code."""
        if isinstance(self.origin, Path):
            return _load_file(self.origin)
        return self.origin.load()


def installed() -> Iterator[Found]:
    """Find the plugins of installed distributions, by name."""
    for entry in sorted(entry_points(group=GROUP), key=_name):
        yield Found(
            name=entry.name,
            distribution=entry.dist.name if entry.dist else None,
            version=entry.dist.version if entry.dist else "",
            origin=entry,
        )


def directory(folder: Path) -> Iterator[Found]:
    """Find the single-file plugins of a directory, by name; a hash is their version.

    What cannot be read is found too, and says why when it is to be loaded.

    Raises:
        NotFound: There is no such directory.
    """
    if not folder.is_dir():
        raise NotFound("plugins directory", str(folder))
    for path in plugin_files(folder):
        try:
            version = hashlib.sha256(_read(path)).hexdigest()[:12]
        except OSError:
            version = ""
        yield Found(path.stem, None, version, path)


def plugin_files(folder: Path) -> list[Path]:
    """List what a directory has for plugins, by name; editors hide their own files."""
    return sorted(p for p in folder.glob("*.py") if not p.name.startswith("."))


def _name(entry: EntryPoint) -> tuple[str, str]:
    return entry.name, entry.dist.name if entry.dist else ""


def _load_file(path: Path) -> ModuleType:
    name = f"argmap_plugin_file_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # Structs look their annotations up there
    try:
        # Not through the import system: its cache takes a file that was edited twice
        # within a second for the old one.
        exec(compile(_read(path), path, "exec"), module.__dict__)
    except BaseException:
        del sys.modules[name]
        raise
    return module


def _read(path: Path) -> bytes:
    if not path.is_file():  # from a pipe one would read for ever
        raise FileNotFoundError(f"{path} is no file that can be read")
    return path.read_bytes()
