"""File formats, one module each, entering through the same hook as a stranger's."""

from collections.abc import Iterator

from argmap.formats.aif import AIF
from argmap.formats.argmap1 import ARGMAP1
from argmap.formats.arguebuf import ARGUEBUF
from argmap.formats.sadface import SADFACE
from argmap.formats.xaif import XAIF
from argmap.plugin import Format, hookimpl


@hookimpl
def argmap_formats() -> Iterator[Format]:
    """Offer the formats."""
    yield AIF
    yield ARGMAP1
    yield ARGUEBUF
    yield SADFACE
    yield XAIF
