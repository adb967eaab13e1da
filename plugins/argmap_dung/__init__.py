"""Labelling rules after Dung, AIJ 1995: a claim is in, out or undecided.

A map is flattened to arguments that attack each other; supports are not in Dung's
frameworks, so how they are read is a parameter. A semantics says which sets of claims
are tenable positions, its extensions; a verdict says what they have in common. One
semantics a file; `argmap_dung.tasks` answers any question about a framework.
"""

from collections.abc import Iterator

from argmap.plugin import Rule, hookimpl
from argmap_dung.complete import COMPLETE
from argmap_dung.grounded import GROUNDED
from argmap_dung.ideal import IDEAL
from argmap_dung.preferred import PREFERRED
from argmap_dung.semi_stable import SEMI_STABLE
from argmap_dung.stable import STABLE


@hookimpl
def argmap_rules() -> Iterator[Rule]:
    """Offer the rules."""
    yield GROUNDED
    yield COMPLETE
    yield PREFERRED
    yield STABLE
    yield SEMI_STABLE
    yield IDEAL
