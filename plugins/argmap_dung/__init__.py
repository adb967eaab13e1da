"""Labelling rules after Dung, AIJ 1995: a claim is in, out or undecided.

Supports are not in Dung's frameworks; how they are read is a parameter.
"""

from collections.abc import Iterator

from argmap.plugin import Rule, hookimpl
from argmap_dung.grounded import GROUNDED


@hookimpl
def argmap_rules() -> Iterator[Rule]:
    """Offer the rules."""
    yield GROUNDED
