"""Rules for maps that people voted on: ``data.votes {for, against}`` of each claim."""

from collections.abc import Iterator

from argmap.plugin import Rule, hookimpl
from argmap_social.social_product import SOCIAL_PRODUCT


@hookimpl
def argmap_rules() -> Iterator[Rule]:
    """Offer the rules."""
    yield SOCIAL_PRODUCT
