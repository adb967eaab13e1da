"""File formats, one module each, entering through the same hook as a stranger's."""

from collections.abc import Iterator

from argmap.formats.aif import AIF
from argmap.formats.apx import APX
from argmap.formats.argmap1 import ARGMAP1
from argmap.formats.arguebuf import ARGUEBUF
from argmap.formats.bag import BAG
from argmap.formats.iccma import AF
from argmap.formats.kialo import KIALO
from argmap.formats.qbaf import QBAF
from argmap.formats.sadface import SADFACE
from argmap.formats.tgf import TGF
from argmap.formats.xaif import XAIF
from argmap.plugin import Format, hookimpl


@hookimpl
def argmap_formats() -> Iterator[Format]:
    """Offer the formats."""
    yield AF
    yield AIF
    yield APX
    yield ARGMAP1
    yield ARGUEBUF
    yield BAG
    yield KIALO
    yield QBAF
    yield SADFACE
    yield TGF
    yield XAIF
