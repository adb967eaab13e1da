"""Preferred: the largest positions that can be defended.

An extension is a set of claims without a conflict inside that attacks whatever attacks
it, and that cannot be enlarged. There is always one. Accepted is what all of them hold
(sceptical) or what some hold (credulous), rejected what all of them attack. Supports,
relations and base scores are read as under grounded; where supports are read, the
largest positions are those that decide most, in or out.

Credulous verdicts are NP-complete, the others one level harder; extensions can be
exponentially many, so counting stops at a limit. On cycles: an even one has two
extensions, one a side, so its claims are undecided unless credulous; what both sides
attack is rejected; the claims of an odd one are undecided.
"""

from functools import cached_property
from typing import Final

import numpy as np

from argmap.plugin import IN, UNDECIDED, Graph, Outcome, Rule
from argmap_dung.admissible import AdmissibleBased, admissible_formula
from argmap_dung.encoding import Labels, Literals, Truths, labelling, satisfied
from argmap_dung.oracle import Oracle
from argmap_dung.parameters import ManyExtensions
from argmap_dung.search import NOTHING
from argmap_dung.verdicts import judge


class Preferred(AdmissibleBased):
    """A search for preferred extensions: Dung, AIJ 1995, Definition 7.

    Listing enlarges an admissible set until that is impossible, and goes on with sets
    that are part of none of those found. Verdicts are told by `Admissible`.
    """

    @cached_property
    def _oracle(self) -> Oracle:
        return admissible_formula(self.framework)

    def find(self, wanted: Literals = NOTHING, /) -> Labels | None:
        """Find a preferred extension that is not known yet."""
        while (model := self._oracle.solve(one_of=wanted.tolist() or None)) is not None:
            labels = self._enlarged(labelling(model))
            self.known.append(labels)
            self._oracle.add((np.flatnonzero(labels != IN) + 1).tolist())
            if not len(wanted) or satisfied(labels, wanted).any():
                return labels
        return None

    def held_in_all(self, wanted: Literals) -> Truths:
        """Say of each literal whether every extension keeps it."""
        is_held = np.ones(len(wanted), dtype=np.bool_)
        for labels in self.known:
            is_held &= satisfied(labels, wanted)
        if not self.is_exhausted:
            is_held[is_held] = self.admissible.held_in_all_preferred(wanted[is_held])
        return is_held

    def _enlarged(self, labels: Labels) -> Labels:
        while (more := np.flatnonzero(labels == UNDECIDED) + 1).size:
            is_in = np.flatnonzero(labels == IN) + 1
            model = self._oracle.solve(is_in.tolist(), one_of=more.tolist())
            if model is None:
                break
            labels = labelling(model)
        return labels


def preferred(graph: Graph, parameters: ManyExtensions) -> Outcome:
    """Judge a map's claims by its preferred extensions."""
    return judge(graph, parameters, Preferred)


PREFERRED: Final = Rule(
    "preferred",
    "Preferred",
    preferred,
    params=ManyExtensions,
    scale="label",
    source="Dung, AIJ 1995; labellings: Caminada, JELIA 2006",
    reads=frozenset({"support", "rebut", "undercut", "linked"}),
    laws=(
        "anonymity",
        "attack-monotonicity",
        "clone-indifference",
        "clone-response",
        "directionality",
        "independence",
        "termination",
        "undercut-locality",
    ),
    examples=(
        {
            "graph": {
                "arguments": {"tram": 0.5, "bus": 0.5, "cars": 0.5, "noise": 0.5},
                "attacks": [
                    ("tram", "bus"),
                    ("bus", "tram"),
                    ("tram", "cars"),
                    ("bus", "cars"),
                    ("cars", "noise"),
                ],
                "supports": [],
            },
            "expected": {"tram": 0.5, "bus": 0.5, "cars": 0, "noise": 1},
            "tolerance": 1e-12,
            "source": "floating acceptance: either way cars are beaten",
        },
    ),
    description=__doc__,
)
