"""Rules that look at evidence: chains of supports, and whose word a claim rests on.

One rule a file; `argmap_evidence.links` is what the two link rules share.
"""

from collections.abc import Iterator

from argmap.plugin import Rule, hookimpl
from argmap_evidence.corroboration import CORROBORATION
from argmap_evidence.last_link import LAST_LINK
from argmap_evidence.weakest_link import WEAKEST_LINK


@hookimpl
def argmap_rules() -> Iterator[Rule]:
    """Offer the rules."""
    yield CORROBORATION
    yield LAST_LINK
    yield WEAKEST_LINK
