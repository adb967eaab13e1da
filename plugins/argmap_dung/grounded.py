"""Grounded: what must be accepted is in, what that attacks is out, the rest is open.

The least complete labelling of the map read as an abstract framework: in are the claims
all of whose attackers are out, out those with an attacker that is in. Unique, always
there, found in linear time. In counts 1, undecided ½, out 0. Base scores are not read,
and weights only as 0 or not.

A relation with several premises or with undercuts stands only if all its premises do
and no undercut of it does; a backer attacks the undercuts of what it backs. Dung's
frameworks have no supports; the parameter says how they are read:

* evidential: a claim that has supports needs one that stands; claims without supports
  hold by default, islands that only support each other are undecided.
* deductive: accepting the premise means accepting the target, so an attack on the
  target tells against the premise. Linked and undercut supports are not read.
* necessary: a claim needs all its supports.
* ignore: supports are not read.

On cycles: even and odd ones that nothing breaks from outside are undecided.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from argmap.plugin import UNDECIDED, Graph, Outcome, Rule, grounded_together
from argmap.plugin import grounded as grounded_labelling
from argmap_dung.encoding import Labels
from argmap_dung.parameters import OneExtension
from argmap_dung.search import OneSearch

Many = NDArray[np.float64]  # a column for each variant


class Grounded(OneSearch):
    """The grounded extension, of which a search finds no more than is known."""

    def only(self) -> Labels:
        """Leave everything open."""
        return np.full(self.framework.size, UNDECIDED, dtype=np.int8)


def grounded(graph: Graph, parameters: OneExtension) -> Outcome:
    """Label a map's claims in, out or undecided."""
    return grounded_labelling(graph, parameters.support)


def groundeds(graph: Graph, _: Many, weights: Many, parameters: OneExtension) -> Many:
    """Label many variants of a map at once, as `grounded` does one."""
    return grounded_together(graph, weights, parameters.support)


GROUNDED: Final = Rule(
    "grounded",
    "Grounded",
    grounded,
    batch=groundeds,
    params=OneExtension,
    scale="label",
    source="Dung, AIJ 1995; labelling: Caminada, JELIA 2006",
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
                "arguments": {"tram": 0.5, "cost": 0.5, "grant": 0.5},
                "attacks": [("grant", "cost"), ("cost", "tram")],
                "supports": [],
            },
            "expected": {"tram": 1, "cost": 0, "grant": 1},
            "tolerance": 1e-12,
            "source": "Dung, AIJ 1995: the grant reinstates the tram",
        },
    ),
    description=__doc__,
)
