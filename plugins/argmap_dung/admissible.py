"""Admissible sets: conflict-free ones that attack whatever attacks them.

Dung, AIJ 1995. Every admissible set is part of a preferred extension, so some complete,
or preferred, extension has an argument in, or attacks it, if and only if some
admissible set does. That is the easier question: NP-complete, one call to a solver.
"""

from functools import cached_property

from argmap_dung.encoding import Literals, Truths, admissible_clauses
from argmap_dung.oracle import Oracle
from argmap_dung.search import ModelSearch, Search


def admissible_formula(search: Search) -> Oracle:
    """Require an admissible set, and try large ones first."""
    size = search.framework.size
    clauses = admissible_clauses(search.framework)
    return Oracle(2 * size, clauses, likely=range(1, size + 1))


class Admissible(ModelSearch):
    """A search for admissible sets."""

    def formula(self) -> Oracle:
        """Require an admissible set."""
        return admissible_formula(self)


class AdmissibleBased(Search):
    """A search under a semantics that accepts credulously what admissibility does."""

    @cached_property
    def _admissible(self) -> Admissible:
        return Admissible(self.framework, self.scope)

    def held_in_some(self, wanted: Literals) -> Truths:
        """Say of each literal whether some extension keeps it."""
        if (wanted < 0).any() or self._is_exhausted:
            return super().held_in_some(wanted)
        return self._admissible.held_in_some(wanted)
