"""Semi-stable: defensible positions that leave as little open as can be.

An extension is a complete one whose range, the claims that it holds or attacks, is
contained in no other's. There is always one; where stable ones exist, it is those.
Accepted is what all of them hold (sceptical) or what some hold (credulous), rejected
what all of them attack. Supports, relations and base scores are read as under grounded.

Ranges are compared over claims: what stands for a relation, or for the lack of a
support, only serves to say what attacks what, and should not tip the scales. A map of
plain rebuttals has the same extensions either way.

Both kinds of verdict are one level above NP; counting stops at a limit. On cycles: an
even one has two extensions, the claims of an odd one are undecided. Not local: what is
attacked can decide between its attackers, as the one that leaves less open is
preferred.
"""

from collections.abc import Iterator
from typing import ClassVar, Final

import numpy as np

from argmap.plugin import UNDECIDED, Framework, Graph, Outcome, Rule
from argmap_dung.encoding import (
    Labels,
    Literals,
    Truths,
    another,
    complete_clauses,
    labelling,
)
from argmap_dung.oracle import Clause, Oracle
from argmap_dung.parameters import ManyExtensions
from argmap_dung.search import NOTHING, Search
from argmap_dung.verdicts import judge


class SemiStable(Search):
    """A search for semi-stable extensions: Verheij, NAIC 1996; Caminada, COMMA 2006.

    To the variables of complete labellings comes one an argument, ``2 n + a + 1``, that
    can only be true if the argument is in or out. Largest ranges are found one after
    another, by enlarging one that is part of none that is known; what has such a range
    is an extension.
    """

    is_directional: ClassVar[bool] = False

    def __init__(self, framework: Framework, scope: Truths) -> None:
        """Compare ranges over the arguments of *scope*."""
        super().__init__(framework, scope)
        size = framework.size
        self._oracle = Oracle(3 * size, self._clauses(), likely=range(1, size + 1))
        self._ranges: list[Truths] = []  # the largest ones that are known
        self._outside: Clause = []  # assume this to get a range that is part of none

    def find(self, wanted: Literals = NOTHING, /) -> Labels | None:
        """Find a semi-stable extension that is not known yet."""
        tried = 0
        while tried < len(self._ranges) or self._found_range(wanted):
            labels = self._solve(self._decided(self._ranges[tried]), wanted)
            if labels is not None:
                self.known.append(labels)
                self._oracle.add(another(labels))
                return labels
            tried += 1
        return None

    def _found_range(self, wanted: Literals) -> bool:
        """Find another largest range, if there can be an extension in it."""
        labels = self._solve(self._outside, wanted)
        if labels is None:
            return False
        is_open = self._is_open(self._widened(labels))
        self._ranges.append(self.scope & ~is_open)
        self._outside.append(self._oracle.switch(self._decided(is_open)))
        return True

    def _widened(self, labels: Labels) -> Labels:
        while (is_open := self._is_open(labels)).any():
            closed = self._decided(self.scope & ~is_open)
            wider = self._solve(closed, np.array(self._decided(is_open)))
            if wider is None:
                break
            labels = wider
        return labels

    def _is_open(self, labels: Labels) -> Truths:
        return np.asarray(self.scope & (labels == UNDECIDED))

    def _decided(self, which: Truths) -> Clause:
        literals: Clause = (
            np.flatnonzero(which) + 2 * self.framework.size + 1
        ).tolist()
        return literals

    def _solve(self, assumed: Clause, wanted: Literals) -> Labels | None:
        model = self._oracle.solve(assumed, one_of=wanted.tolist() or None)
        return None if model is None else labelling(model[: 2 * len(self.scope) + 1])

    def _clauses(self) -> Iterator[Clause]:
        yield from complete_clauses(self.framework)
        size = self.framework.size
        for argument in range(1, size + 1):
            yield [-(2 * size + argument), argument, size + argument]


def semi_stable(graph: Graph, parameters: ManyExtensions) -> Outcome:
    """Judge a map's claims by its semi-stable extensions."""
    return judge(graph, parameters, SemiStable)


SEMI_STABLE: Final = Rule(
    "semi-stable",
    "Semi-stable",
    semi_stable,
    params=ManyExtensions,
    scale="label",
    source="Verheij, NAIC 1996; Caminada, COMMA 2006",
    reads=frozenset({"support", "rebut", "undercut", "linked"}),
    laws=("anonymity", "independence", "termination"),
    examples=(
        {
            "graph": {
                "arguments": {"a": 0.5, "b": 0.5, "c": 0.5},
                "attacks": [("a", "b"), ("b", "a"), ("b", "c"), ("c", "c")],
                "supports": [],
            },
            "expected": {"a": 0, "b": 1, "c": 0},
            "tolerance": 1e-12,
            "source": "Caminada, COMMA 2006: b leaves less open than a",
        },
    ),
    description=__doc__,
)
