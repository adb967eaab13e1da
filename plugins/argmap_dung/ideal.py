"""Ideal: what every preferred position agrees on and can defend by itself.

The extension is the largest admissible set that lies in all preferred extensions. There
is exactly one; it holds what the grounded one holds, or more, and is more cautious than
accepting sceptically under preferred. A claim is out where it attacks it, else
undecided. Supports, relations and base scores are read as under grounded.

Deciding is harder than NP; in practice about as many calls to a solver as some claims
are credulously accepted. On cycles: even and odd ones that nothing breaks from outside
are undecided.
"""

from typing import Final

import numpy as np

from argmap.plugin import IN, OUT, UNDECIDED, Framework, Graph, Outcome, Rule
from argmap_dung.admissible import Admissible
from argmap_dung.encoding import Labels, Truths, literals
from argmap_dung.parameters import OneExtension
from argmap_dung.search import OneSearch
from argmap_dung.verdicts import judge


class Ideal(OneSearch):
    """The ideal extension: Dung, Mancarella, Toni, AIJ 2007."""

    def only(self) -> Labels:
        """Compute the extension.

        Dunne, AIJ 2009: the largest admissible set among the arguments that are in some
        admissible set and attacked by none.
        """
        framework = self.framework
        everything = np.arange(framework.size)
        possible = literals(IN, everything, framework.size)
        is_possible = Admissible(framework).held_in_some(possible)
        is_in = is_possible & ~_attacked(framework, is_possible)
        is_in &= _defensible(framework, is_in)
        labels = np.full(framework.size, UNDECIDED, dtype=np.int8)
        labels[is_in] = IN
        labels[_attacked(framework, is_in)] = OUT
        return labels


def _attacked(framework: Framework, by: Truths) -> Truths:
    is_attacked = np.zeros(framework.size, dtype=np.bool_)
    is_attacked[framework.targets[by[framework.sources]]] = True
    return is_attacked


def _defensible(framework: Framework, members: Truths) -> Truths:
    """Say who is in the largest admissible subset of a set without conflicts.

    Of the attacks between the set and the rest, the grounded labelling has out exactly
    those of its members whom nothing can defend.
    """
    is_across = members[framework.sources] != members[framework.targets]
    across = framework.sources[is_across], framework.targets[is_across]
    return np.asarray(Framework(framework.size, *across).grounded() != OUT)


def ideal(graph: Graph, parameters: OneExtension) -> Outcome:
    """Judge a map's claims by its ideal extension."""
    return judge(graph, parameters, Ideal)


IDEAL: Final = Rule(
    "ideal",
    "Ideal",
    ideal,
    params=OneExtension,
    scale="label",
    source="Dung, Mancarella, Toni, AIJ 2007; Dunne, AIJ 2009",
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
                "arguments": {"a": 0.5, "b": 0.5, "c": 0.5},
                "attacks": [("a", "b"), ("b", "a"), ("b", "c"), ("c", "b"), ("b", "b")],
                "supports": [],
            },
            "expected": {"a": 1, "b": 0, "c": 1},
            "tolerance": 1e-12,
            "source": "by hand: b beats itself, so no position can hold it",
        },
    ),
    description=__doc__,
)
