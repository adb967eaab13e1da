"""A tree as a PNG: the SVG, drawn by resvg (the extra ``png``)."""

from typing import Final

from argmap.errors import NotInstalled, TooLarge
from argmap.render.nodes import FlatTree
from argmap.render.palette import Fixed
from argmap.render.svg import draw

MEDIA_TYPE: Final = "image/png"

MOST_PIXELS: Final = 60_000_000
"""Four bytes each while it is drawn."""


_SHARP: Final = 2.0  # pixels for each of the SVG's: fit for most screens


def png(tree: FlatTree, theme: Fixed = "light", scale: float | None = None) -> bytes:
    """Draw a tree, with *scale* pixels for each of the SVG's.

    None: two, or as many as fit.

    Raises:
        NotInstalled: resvg-py is not there.
        TooLarge: The picture would have more than 60 million pixels.
    """
    try:
        from resvg_py import svg_to_bytes
    except ImportError:
        raise NotInstalled("a picture as PNG", "png") from None
    drawing = draw(tree, theme)
    if scale is None:
        scale = min(_SHARP, (MOST_PIXELS / (drawing.width * drawing.height)) ** 0.5)
    pixels = int(drawing.width * drawing.height * scale * scale)
    if pixels > MOST_PIXELS:
        raise TooLarge("the picture, in pixels,", pixels, MOST_PIXELS)
    data: bytes = svg_to_bytes(svg_string=drawing.content, zoom=scale)
    return data
