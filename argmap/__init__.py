"""An argument-map server: claims, relations, evaluation rules and what they say.

The library is here, and is imported only when something of it is used::

    import argmap

    m, report = argmap.load("tram.argmap.json")
    argmap.evaluate(m, "quadratic-energy").verdicts
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from argmap.library import (
        Comparison,
        brief,
        compare,
        crux,
        dependence,
        diff,
        dump,
        evaluate,
        explain,
        flips,
        gaps,
        lines,
        load,
        rules,
        seed,
        what_if,
    )
    from argmap.model import Map

    __version__: str

__all__ = [
    "Comparison",
    "Map",
    "__version__",
    "brief",
    "compare",
    "crux",
    "dependence",
    "diff",
    "dump",
    "evaluate",
    "explain",
    "flips",
    "gaps",
    "lines",
    "load",
    "rules",
    "seed",
    "what_if",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("argmap")
    if name in __all__:
        from argmap import library

        return getattr(library, name)
    raise AttributeError(f"module 'argmap' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
