"""Rules from ranking semantics: attacks alone, each weakening its target by a quotient.

One file a rule. Supports of claims are not read, and evaluations say so; undercuts,
backers and linked premises count as under every gradual rule. A claim without a base
score counts 1, for it starts out as accepted.
"""

from collections.abc import Iterator

from argmap.plugin import Rule, hookimpl
from argmap_ranking.card_based import CARD_BASED
from argmap_ranking.counting import COUNTING
from argmap_ranking.h_categorizer import H_CATEGORIZER
from argmap_ranking.max_based import MAX_BASED


@hookimpl
def argmap_rules() -> Iterator[Rule]:
    """Offer the rules."""
    yield CARD_BASED
    yield COUNTING
    yield H_CATEGORIZER
    yield MAX_BASED
