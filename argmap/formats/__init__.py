"""File formats, one module each, entering through the same hook as a stranger's."""

from collections.abc import Iterator

from argmap.formats.aif import AIF
from argmap.formats.apx import APX
from argmap.formats.argdown import ARGDOWN, ARGDOWN_JSON
from argmap.formats.arggraph import ARGGRAPH
from argmap.formats.argmap1 import ARGMAP1
from argmap.formats.arguebuf import ARGUEBUF
from argmap.formats.bag import BAG
from argmap.formats.brat import BRAT
from argmap.formats.cytoscape import CYTOSCAPE
from argmap.formats.d3 import D3
from argmap.formats.dot import DOT
from argmap.formats.graphml import GRAPHML
from argmap.formats.iccma import AF
from argmap.formats.kialo import KIALO
from argmap.formats.markdown import MARKDOWN
from argmap.formats.mermaid import MERMAID
from argmap.formats.ova2 import OVA2
from argmap.formats.qbaf import QBAF
from argmap.formats.sadface import SADFACE
from argmap.formats.table import TABLE
from argmap.formats.tgf import TGF
from argmap.formats.xaif import XAIF
from argmap.plugin import Format, hookimpl


@hookimpl
def argmap_formats() -> Iterator[Format]:
    """Offer the formats."""
    yield AF
    yield AIF
    yield APX
    yield ARGDOWN
    yield ARGDOWN_JSON
    yield ARGGRAPH
    yield ARGMAP1
    yield ARGUEBUF
    yield BAG
    yield BRAT
    yield CYTOSCAPE
    yield D3
    yield DOT
    yield GRAPHML
    yield KIALO
    yield MARKDOWN
    yield MERMAID
    yield OVA2
    yield QBAF
    yield SADFACE
    yield TABLE
    yield TGF
    yield XAIF
