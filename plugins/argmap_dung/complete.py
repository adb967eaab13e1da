"""Complete: every position that can be defended, large or small.

An extension is a set of claims without a conflict inside that attacks whatever attacks
it and leaves out nothing that it defends. There is always one: the least is the
grounded one, the largest are the preferred ones. Good for listing positions;
sceptically it accepts what grounded does, credulously what preferred does, and it
rejects what grounded does. Supports, relations and base scores are read as under
grounded.

Credulous verdicts are NP-complete, one by one; there may be exponentially many
extensions, so counting stops at a limit. On cycles: an even one that nothing breaks
from outside has three extensions, one of them empty; an odd one only that.
"""

from typing import Final

import numpy as np

from argmap.plugin import UNDECIDED, Framework, Graph, Outcome, Rule
from argmap_dung.admissible import AdmissibleBased
from argmap_dung.encoding import Truths, complete_clauses
from argmap_dung.oracle import Oracle
from argmap_dung.parameters import ManyExtensions
from argmap_dung.search import ModelSearch
from argmap_dung.verdicts import judge


class Complete(AdmissibleBased, ModelSearch):
    """A search for complete extensions: Dung, AIJ 1995, Definition 23."""

    def __init__(self, framework: Framework, scope: Truths) -> None:
        """Start from the grounded extension, which is empty here."""
        super().__init__(framework, scope)
        self.known.append(np.full(framework.size, UNDECIDED, dtype=np.int8))

    def formula(self) -> Oracle:
        """Require a complete labelling."""
        return Oracle(2 * self.framework.size, complete_clauses(self.framework))


def complete(graph: Graph, parameters: ManyExtensions) -> Outcome:
    """Judge a map's claims by its complete extensions."""
    return judge(graph, parameters, Complete)


COMPLETE: Final = Rule(
    "complete",
    "Complete",
    complete,
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
                "arguments": {"tram": 0.5, "bus": 0.5},
                "attacks": [("tram", "bus"), ("bus", "tram")],
                "supports": [],
            },
            "expected": {"tram": 0.5, "bus": 0.5},
            "tolerance": 1e-12,
            "source": "by hand: three extensions, and nothing is in all of them",
        },
    ),
    description=__doc__,
)
