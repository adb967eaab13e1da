"""A tree as a PNG: the SVG, drawn by resvg (the extra ``png``).

It draws in a process of its own. In this one nothing else would run meanwhile, not for
seconds, since it keeps the interpreter to itself.
"""

import subprocess
import sys
from pathlib import Path
from typing import Final

from argmap.errors import NotInstalled, PictureTooLarge
from argmap.render.nodes import FlatTree
from argmap.render.palette import Fixed
from argmap.render.svg import draw

MEDIA_TYPE: Final = "image/png"

MOST_PIXELS: Final = 40_000_000
"""Four bytes each while it is drawn, and some five seconds."""

SHARPEST: Final = 2.0
COARSEST: Final = 0.5
"""Pixels for each of the SVG's: what most screens can show, and what can be read."""

_DRAW: Final = """
import sys
sys.path.insert(0, sys.argv[1])
from resvg_py import svg_to_bytes
svg = sys.stdin.buffer.read().decode()
sys.stdout.buffer.write(svg_to_bytes(svg_string=svg, zoom=float(sys.argv[2])))
"""


def png(tree: FlatTree, theme: Fixed = "light", scale: float | None = None) -> bytes:
    """Draw a tree, with *scale* pixels for each of the SVG's.

    None: two, or as many as fit.

    Raises:
        NotInstalled: resvg-py is not there.
        PictureTooLarge: The picture would have more than 40 million pixels.
    """
    try:
        import resvg_py
    except ImportError:
        raise NotInstalled("a picture as PNG", "png") from None
    drawing = draw(tree, theme)
    area = drawing.width * drawing.height
    fitting = (MOST_PIXELS / area) ** 0.5
    if scale is None:
        scale = max(COARSEST, min(SHARPEST, fitting))
    if scale > fitting:
        raise PictureTooLarge(round(area * scale * scale), MOST_PIXELS)
    place = Path(resvg_py.__file__).parents[1]
    # Isolated, so that no module of the working directory is taken for resvg's.
    command = [sys.executable, "-I", "-c", _DRAW, str(place), repr(float(scale))]
    svg = drawing.content.encode()
    return subprocess.run(command, input=svg, stdout=subprocess.PIPE, check=True).stdout
