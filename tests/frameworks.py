"""Frameworks by hand, and the semantics by name."""

from collections.abc import Iterable

import numpy as np

from argmap.plugin import IN, Framework
from argmap_dung.complete import Complete
from argmap_dung.encoding import Labels
from argmap_dung.grounded import Grounded
from argmap_dung.ideal import Ideal
from argmap_dung.preferred import Preferred
from argmap_dung.search import Search
from argmap_dung.semi_stable import SemiStable
from argmap_dung.stable import Stable

SEMANTICS: dict[str, type[Search]] = {
    "grounded": Grounded,
    "complete": Complete,
    "preferred": Preferred,
    "stable": Stable,
    "semi-stable": SemiStable,
    "ideal": Ideal,
}


def framework(size: int, attacks: Iterable[tuple[int, int]]) -> Framework:
    """Make a framework of arguments 0 … size - 1."""
    ends = np.array(sorted(attacks), dtype=np.int64).reshape(-1, 2)
    return Framework(size, ends[:, 0], ends[:, 1])


def even_cycles(number: int) -> Framework:
    """Make pairs of arguments that attack each other: 2 to the *number* extensions."""
    pairs = [(2 * i, 2 * i + 1) for i in range(number)]
    return framework(2 * number, [*pairs, *((b, a) for a, b in pairs)])


def random_framework(size: int, density: float) -> Framework:
    """Draw a framework; from about 300 arguments it is too hard to search at 5 %."""
    generator = np.random.default_rng(3)
    sources, targets = np.nonzero(generator.random((size, size)) < density)
    return Framework(size, sources, targets)


def members(labels: Labels) -> frozenset[int]:
    """Give the arguments that a labelling has in."""
    return frozenset(np.flatnonzero(labels == IN).tolist())
