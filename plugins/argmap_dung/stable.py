"""Stable: positions that leave nothing open, attacking all that they do not hold.

An extension is a set of claims without a conflict inside that attacks every claim
outside. There may be none: then every claim is undecided, and `extensions` is 0.
Accepted is what all of them hold (sceptical) or what some hold (credulous), rejected
what all of them attack. Supports, relations and base scores are read as under grounded.

NP-complete, even whether there is one; counting stops at a limit. On cycles: an even
one has two extensions; an odd one that nothing breaks has none, and takes those of the
whole map with it, however far away: stable is not local.
"""

from typing import ClassVar, Final

import numpy as np

from argmap.plugin import IN, OUT, Graph, Outcome, Rule
from argmap_dung.encoding import Labels, Literals, stable_clauses
from argmap_dung.oracle import Clause, Model, Oracle
from argmap_dung.parameters import ManyExtensions
from argmap_dung.search import ModelSearch
from argmap_dung.verdicts import judge


class Stable(ModelSearch):
    """A search for stable extensions: Dung, AIJ 1995, Definition 13."""

    is_directional: ClassVar[bool] = False
    always_exists: ClassVar[bool] = False

    def formula(self) -> Oracle:
        """Require a stable extension, with one variable an argument."""
        size = self.framework.size
        clauses = stable_clauses(self.framework)
        return Oracle(size, clauses, likely=range(1, size + 1))

    def say(self, wanted: Literals) -> Clause:
        """Say "out" as "not in"."""
        size = self.framework.size
        is_in = np.where(np.abs(wanted) > size, np.sign(wanted) * size - wanted, wanted)
        clause: Clause = is_in.tolist()
        return clause

    def read(self, model: Model) -> Labels:
        """Label out what is not in."""
        return np.where(model[1:], IN, OUT).astype(np.int8)


def stable(graph: Graph, parameters: ManyExtensions) -> Outcome:
    """Judge a map's claims by its stable extensions."""
    return judge(graph, parameters, Stable)


STABLE: Final = Rule(
    "stable",
    "Stable",
    stable,
    params=ManyExtensions,
    scale="label",
    source="Dung, AIJ 1995",
    reads=frozenset({"support", "rebut", "undercut", "linked"}),
    laws=("anonymity", "termination"),
    examples=(
        {
            "graph": {
                "arguments": {"a": 0.5, "b": 0.5, "c": 0.5, "d": 0.5},
                "attacks": [("a", "b"), ("b", "c"), ("c", "a")],
                "supports": [],
            },
            "expected": {"a": 0.5, "b": 0.5, "c": 0.5, "d": 0.5},
            "tolerance": 1e-12,
            "source": "an odd cycle: no extension, so even d is undecided",
        },
    ),
    description=__doc__,
)
