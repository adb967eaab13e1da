"""File formats, one module each, entering through the same hook as a stranger's."""

from collections.abc import Iterator

from argmap.formats.argmap1 import ARGMAP1
from argmap.plugin import Format, hookimpl


@hookimpl
def argmap_formats() -> Iterator[Format]:
    """Offer the formats."""
    yield ARGMAP1
