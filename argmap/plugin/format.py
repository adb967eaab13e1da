"""Format: a way to read and write maps as bytes, and the report of what that cost.

A reader never drops anything silently: what it repairs and what it cannot keep comes
back as remarks. What a format knows and the model does not goes into ``residue`` under
the format's name, so that writing the same format again loses nothing. What a writer
cannot hold is declared in ``features``, and reported by the host.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Any, Final, Literal

from msgspec import Struct

from argmap.model import Map
from argmap.plugin.features import Feature, Holding

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


class Place(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where in a file: a line and column (both from 1) or a JSON Pointer."""

    line: int | None = None
    column: int | None = None
    pointer: str | None = None


class Remark(Struct, frozen=True, kw_only=True):
    """One thing that a reader or writer noticed.

    ``note``: nothing was changed; ``repair``: it was put right; ``loss``: something is
    gone. ``what`` says what was found, ``done`` what was done about it.
    """

    severity: Literal["note", "repair", "loss"]
    code: str
    place: Place | None = None
    what: str
    done: str


Report = tuple[Remark, ...]


def no_format(data: bytes) -> float:  # noqa: ARG001 # a sniffer has one argument
    """Take no bytes for one's own: the sniffer of a format that cannot be read."""
    return 0.0


@dataclass(frozen=True)
class Format:
    """A file format.

    Attributes:
        name: A slug, unique among installed formats.
        title: For people.
        suffixes: Endings of file names, dot included, the longest first.
        media_type: What HTTP calls it.
        sniff: From a file's bytes to how sure the format is that it is its own, in
            [0, 1]. Must be quick and may not raise, whatever the bytes.
        read: From a file's bytes to the map and what reading it cost. Raises
            `argmap.errors.Malformed` with a place where it cannot. None: cannot be
            read.
        write: From a map to bytes and what writing it cost, but for what ``features``
            says already; None: cannot be written.
        description: What the format is for; left out, the docstring of ``read``.
        features: For each feature of maps whether writing holds it (see
            `argmap.plugin.features`); what is ``lost`` is reported without the writer's
            doing. One that is left out is not spoken of.
        options: A frozen Struct with defaults; where it is given, ``read`` and
            ``write`` are called with one as the second argument.

    Raises:
        ValueError: The name is no slug, or a suffix has no dot.
    """

    name: str
    title: str
    _: KW_ONLY
    suffixes: tuple[str, ...]
    media_type: str
    sniff: Callable[[bytes], float] = no_format
    read: Callable[..., tuple[Map, Report]] | None = None
    write: Callable[..., tuple[bytes, Report]] | None = None
    description: str | None = None
    features: Mapping[Feature, Holding] = field(default_factory=dict)
    options: type[Any] | None = None

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ValueError(f"the format's name {self.name!r} is no slug: a-z, 0-9, -")
        if any(not suffix.startswith(".") for suffix in self.suffixes):
            raise ValueError(f"a suffix of {self.name!r} does not start with a dot")
        if self.description is None:
            text = (self.read or self.write).__doc__ or ""
            object.__setattr__(self, "description", text.strip().partition("\n")[0])
