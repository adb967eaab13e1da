"""What an answer was computed with, and how to cite it."""

import platform
from functools import cache
from importlib.metadata import version
from typing import Final

from msgspec import Struct

from argmap.plugin.rule import Rule

LIBRARIES: Final = ("argmap", "numpy", "scipy")
"""Distributions whose code the numbers come from, besides the rule's own."""


class Manifest(Struct, frozen=True, kw_only=True):
    """The versions and the platform that an answer was computed with.

    ``citation`` is a sentence for a list of references.
    """

    argmap: str
    python: str
    numpy: str
    scipy: str
    rules: dict[str, str | None]
    platform: str
    citation: str


@cache
def versions() -> dict[str, str]:
    """Give the versions of argmap, of Python and of what they compute with."""
    return {"python": platform.python_version()} | {
        name: version(name) for name in LIBRARIES
    }


def manifest(
    rule: Rule, map: str | None, revision: int | None, input_hash: str
) -> Manifest:
    """Say what an answer under a rule was computed with, and what it follows from."""
    what = f"map {map!r}" if map else "a map"
    if revision is not None:
        what += f", revision {revision},"
    of = f" {rule.version}" if rule.version else ""
    literature = f" ({rule.source})" if rule.source else ""
    return Manifest(
        **versions(),
        rules={rule.name: rule.version},
        platform=platform.platform(),
        citation=(
            f"argmap {version('argmap')}: {what} under the rule {rule.name}{of}"
            f"{literature}; input sha256 {input_hash}."
        ),
    )
