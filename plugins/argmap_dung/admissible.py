"""Admissible sets: conflict-free ones that attack whatever attacks them.

Dung, AIJ 1995. Every admissible set is part of a preferred extension, so some complete,
or preferred, extension has an argument in, or attacks it, if and only if some
admissible set does. That is NP-complete, one call to a solver. What *all* preferred
extensions do can be told from admissible sets as well, without going through the
extensions, of which there may be exponentially many.
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from argmap.plugin import IN, Framework
from argmap_dung.encoding import (
    Labels,
    Literals,
    Truths,
    admissible_clauses,
    attackers_of,
    labelling,
    opposite,
    satisfied,
)
from argmap_dung.oracle import Clause, Oracle
from argmap_dung.search import Search


def admissible_formula(framework: Framework, *, is_large: bool = True) -> Oracle:
    """Require an admissible set, and try large, or small, ones first."""
    size = framework.size
    sign = 1 if is_large else -1
    likely = [sign * is_in for is_in in range(1, size + 1)]
    return Oracle(2 * size, admissible_clauses(framework), likely)


class Admissible:
    """The admissible sets of one framework, as far as questions have shown them."""

    def __init__(self, framework: Framework) -> None:
        """Start without any."""
        self.framework = framework
        self.known: list[Labels] = []

    @cached_property
    def _oracle(self) -> Oracle:
        return admissible_formula(self.framework)

    @cached_property
    def _frugal(self) -> Oracle:
        return admissible_formula(self.framework, is_large=False)

    @cached_property
    def _attackers(self) -> list[Sequence[int]]:
        return list(attackers_of(self.framework))

    def held_in_some(self, wanted: Literals) -> Truths:
        """Say of each positive literal whether some admissible set keeps it."""
        is_held = np.zeros(len(wanted), dtype=np.bool_)
        for labels in self.known:
            is_held |= satisfied(labels, wanted)
        while not is_held.all():
            model = self._oracle.solve(one_of=wanted[~is_held].tolist())
            if model is None:
                break
            self.known.append(labelling(model))
            is_held |= satisfied(self.known[-1], wanted)
        return is_held

    def held_in_all_preferred(self, wanted: Literals) -> Truths:
        """Say of each positive literal whether every preferred extension keeps it.

        Most that are not fall at once: no admissible set keeps them, or one keeps the
        opposite.
        """
        is_held = self.held_in_some(wanted)
        opposites = opposite(wanted[is_held], self.framework.size)
        is_held[is_held] = ~self.held_in_some(opposites)
        for place in np.flatnonzero(is_held):
            is_held[place] = self._is_kept(int(wanted[place]))
        return is_held

    def _is_kept(self, literal: int) -> bool:
        """Say whether every preferred extension keeps a literal that some keep.

        Thimm, Cerutti, Vallati, IJCAI 2021. A preferred extension that does not keep it
        conflicts with every admissible set that does: otherwise their union would be
        admissible, and larger. So look for an admissible set that attacks all those
        that are known to keep it; if there is none, all extensions keep it. If there is
        one, look for a set that keeps the literal and has no conflict with it; if there
        is none, some extension does not. Small sets rule out most.
        """
        keeping: Labels | None = next(
            labels for labels in self.known if satisfied(labels, np.array([literal]))[0]
        )
        attacks: Clause = []  # switches: one for each set that is known to keep it
        try:
            while keeping is not None:
                out = self._core(keeping, literal) + self.framework.size + 1
                attacks.append(self._oracle.switch(out.tolist()))
                rival = self._oracle.solve([-literal, *attacks])
                if rival is None:
                    return True
                keeping = self._at_peace(labelling(rival), literal)
            return False
        finally:
            for switch in attacks:
                self._oracle.add([-switch])

    def _at_peace(self, rival: Labels, literal: int) -> Labels | None:
        """Find an admissible set that keeps *literal* and does not attack *rival*."""
        spared = -(np.flatnonzero(rival == IN) + self.framework.size + 1)
        model = self._frugal.solve([literal, *spared.tolist()])
        return None if model is None else labelling(model)

    def _core(self, labels: Labels, literal: int) -> NDArray[np.int64]:
        """Give a small admissible part of an admissible set that keeps *literal*."""
        is_in = (labels == IN).data
        size = self.framework.size
        chosen = {
            literal - 1
            if literal <= size
            else next(b for b in self._attackers[literal - size - 1] if is_in[b])
        }
        todo = list(chosen)
        while todo:
            for attacker in self._attackers[todo.pop()]:
                defenders = [d for d in self._attackers[attacker] if is_in[d]]
                if chosen.isdisjoint(defenders):
                    chosen.add(defenders[0])
                    todo.append(defenders[0])
        return np.array(sorted(chosen))


class AdmissibleBased(Search):
    """A search under a semantics that accepts credulously what admissibility does."""

    @cached_property
    def admissible(self) -> Admissible:
        """Give the admissible sets of the framework."""
        return Admissible(self.framework)

    def held_in_some(self, wanted: Literals) -> Truths:
        """Say of each literal whether some extension keeps it."""
        if (wanted < 0).any() or self.is_exhausted:
            return super().held_in_some(wanted)
        return self.admissible.held_in_some(wanted)

    @property
    def seen(self) -> list[Labels]:
        """Give the labellings that answers are read off: admissible sets will do."""
        return self.known if self.is_exhausted else self.admissible.known
