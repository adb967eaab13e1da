"""Argument schemes with their critical questions, after Walton, Reed and Macagno.

They are data, in ``schemes.json``. The book gives many schemes in several forms; here
is one of each, in plain words, with those of its questions that make a difference.
"""

from collections.abc import Iterator
from importlib.resources import files

import msgspec

from argmap.plugin import Scheme, hookimpl


@hookimpl
def argmap_schemes() -> Iterator[Scheme]:
    """Offer the schemes."""
    data = files(__name__).joinpath("schemes.json").read_bytes()
    yield from msgspec.json.decode(data, type=tuple[Scheme, ...])
