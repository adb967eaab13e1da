"""The signs of relations in a picture: a shape and a mark for each, no font needed."""

from typing import Final

from argmap.model.items import RelationKind

_ROUND: Final = "M-9 0a9 9 0 1 1 18 0a9 9 0 1 1-18 0z"
_SHAPES: Final[dict[RelationKind, tuple[str, str]]] = {
    "support": (_ROUND, "M-5 0h10M0-5v10"),
    "rebut": ("M-8-8h16v16h-16z", "M-5 0h10"),
    "undercut": ("M0-11L11 0L0 11L-11 0z", "M-3.5-3.5l7 7M-3.5 3.5l7-7"),
    "rephrase": (_ROUND, "M-4.5-2.5h9M-4.5 2.5h9"),
}


def sign(kind: RelationKind, x: float, y: float) -> str:
    """Draw the sign of a kind of relation, its middle at a place."""
    shape, mark = _SHAPES[kind]
    return (
        f'<g transform="translate({x:g} {y:g})"><path class="{kind}" d="{shape}"/>'
        f'<path class="y" d="{mark}"/></g>'
    )
