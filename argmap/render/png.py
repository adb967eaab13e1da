"""A tree as a PNG: the SVG, drawn by resvg (the extra ``png``)."""

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


def png(tree: FlatTree, theme: Fixed = "light", scale: float | None = None) -> bytes:
    """Draw a tree, with *scale* pixels for each of the SVG's.

    None: two, or as many as fit.

    Raises:
        NotInstalled: resvg-py is not there.
        PictureTooLarge: The picture would have more than 40 million pixels.
    """
    try:
        from resvg_py import svg_to_bytes
    except ImportError:
        raise NotInstalled("a picture as PNG", "png") from None
    drawing = draw(tree, theme)
    area = drawing.width * drawing.height
    fitting = (MOST_PIXELS / area) ** 0.5
    if scale is None:
        scale = max(COARSEST, min(SHARPEST, fitting))
    if scale > fitting:
        raise PictureTooLarge(round(area * scale * scale), MOST_PIXELS)
    data: bytes = svg_to_bytes(svg_string=drawing.content, zoom=scale)
    return data
