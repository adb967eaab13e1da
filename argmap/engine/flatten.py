"""A map as an abstract framework: relation nodes and supports become arguments.

A relation with several premises, with an undercut or a backer, or an undercut of what
is backed, becomes an argument of its own. It stands only if all its premises do and no
undercut of it does: it is attacked by its undercuts and, for each premise p, by an
auxiliary argument "not p" that p attacks. A backer attacks the undercuts of what it
backs. This is exact for semantics whose extensions are complete. Weights count only as
0 or not: a relation of weight 0 never stands.

How supports of claims are read is a choice, since Dung's frameworks have none:

* ``evidential``: a claim that has supports needs one that stands. "c lacks support"
  attacks c, and each support of c attacks it. After Oren & Norman, COMMA 2008; ours is
  the disjunctive reading along chains.
* ``deductive``: whoever accepts the premise accepts the target, so an attack on the
  target tells against the premise. Plain supports only: linked or undercut ones are not
  read. Cayrol & Lagasquie-Schiex, IJAR 2013; Boella et al., COMMA 2010. Its dual is the
  necessary reading with the support turned round, which is how it is built.
* ``necessary``: a claim needs every support of it. "not r" attacks c for each support
  r, and r attacks it. Nouioua & Risch, SUM 2011.
* ``ignore``: supports, backers too, are not read.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from argmap.engine.framework import Framework
from argmap.engine.graph import REBUT, REPHRASE, SUPPORT, UNDERCUT, Graph

Support = Literal["evidential", "deductive", "necessary", "ignore"]
SUPPORTS: tuple[Support, ...] = get_args(Support)

_TIE = -1  # the carrier of an attack that is of no relation


@dataclass(frozen=True, eq=False)
class Projection:
    """A framework whose first arguments are the claims of a graph, in its order.

    Attributes:
        framework: Claims, relation arguments and auxiliary arguments.
        carriers: By attack, the relation that it is of, -1 for those that only tie
            auxiliary arguments to others.
        standing: Shape (m,): the argument that stands where a relation does (its own,
            or the premise of a plain one), -1 where it never does.
        unread: The relations that this reading does not take into account. Those that
            are about a rephrase are none: they have no influence under any reading.
    """

    framework: Framework
    carriers: NDArray[np.int64]
    standing: NDArray[np.int64]
    unread: tuple[int, ...]


def project(graph: Graph, support: Support = "evidential") -> Projection:
    """Flatten *graph*, reading supports as *support* says. O(claims + relations).

    >>> graph = Graph.of(["a", "b"], supports=[("a", "b")])
    >>> project(graph).framework.size  # a, b and "b lacks support"
    3
    """
    return _Flattening(graph, support).finish()


class _Flattening:
    """Builds a framework, argument by argument and attack by attack."""

    def __init__(self, graph: Graph, support: Support) -> None:
        self.support = support
        is_mute, self.roots = _trace(graph, support)
        self.is_mute = is_mute.tolist()
        self.kinds = graph.kinds.tolist()
        self.targets = graph.targets.tolist()
        self.on_relation = graph.on_relation.tolist()
        self.weights = graph.weights.tolist()
        starts, premises = graph.premise_starts.tolist(), graph.premises.tolist()
        self.premises = [premises[a:b] for a, b in pairwise(starts)]
        self.size = graph.size
        self.attacks: list[tuple[int, int, int]] = []  # by, of, and carrier
        self.negations: dict[int, int] = {}

    def finish(self) -> Projection:
        """Read all relations and give the framework."""
        read = [r for r, is_mute in enumerate(self.is_mute) if not is_mute]
        targeted = {self.targets[r] for r in read if self.on_relation[r]}
        if self.support == "deductive":
            read = [r for r in read if not self.is_bent(r, targeted)]
        backed = {
            self.targets[r]
            for r in read
            if self.on_relation[r] and self.kinds[r] == SUPPORT
        }
        standing = [-1] * len(self.kinds)
        for r in read:
            if self.weights[r] > 0:
                cuts_backed = self.kinds[r] == UNDERCUT and self.targets[r] in backed
                is_node = len(self.premises[r]) > 1 or r in targeted or cuts_backed
                standing[r] = self.argue(r) if is_node else self.premises[r][0]
        self.connect(read, standing)
        edges = np.array(self.attacks, dtype=np.int64).reshape(-1, 3)
        unread = set(range(len(self.kinds))).difference(read)
        return Projection(
            framework=Framework(self.size, edges[:, 0], edges[:, 1]),
            carriers=edges[:, 2],
            standing=np.array(standing, dtype=np.int64),
            unread=tuple(
                r for r in sorted(unread) if self.kinds[int(self.roots[r])] != REPHRASE
            ),
        )

    def is_bent(self, relation: int, targeted: set[int]) -> bool:
        """Say whether this is, or is about, a support that cannot be turned round."""
        root = int(self.roots[relation])
        is_plain = len(self.premises[root]) == 1 and root not in targeted
        return self.kinds[root] == SUPPORT and not is_plain

    def argument(self) -> int:
        """Add an argument."""
        self.size += 1
        return self.size - 1

    def negation(self, argument: int) -> int:
        """Give the auxiliary argument "not a", which a attacks."""
        if argument not in self.negations:
            self.negations[argument] = self.argument()
            self.attacks.append((argument, self.negations[argument], _TIE))
        return self.negations[argument]

    def argue(self, relation: int) -> int:
        """Make a relation an argument that stands only if its premises do."""
        node = self.argument()
        self.attacks += [
            (self.negation(p), node, _TIE) for p in self.premises[relation]
        ]
        return node

    def connect(self, read: list[int], standing: list[int]) -> None:
        """Let every relation attack, defend or support its target."""
        lacks: dict[int, int] = {}
        undercuts: dict[int, list[int]] = {}
        for r in read:
            if self.kinds[r] == UNDERCUT and standing[r] >= 0:
                undercuts.setdefault(self.targets[r], []).append(standing[r])
        for r in read:
            argument, target = standing[r], self.targets[r]
            if self.kinds[r] == REBUT and argument >= 0:
                self.attacks.append((argument, target, r))
            elif self.kinds[r] == UNDERCUT and argument >= 0:
                if standing[target] >= 0:
                    self.attacks.append((argument, standing[target], r))
            elif self.on_relation[r]:
                cut = undercuts.get(target, []) if argument >= 0 else []
                self.attacks += [(argument, u, r) for u in cut]
            elif self.kinds[r] == SUPPORT:
                self.read_support(r, argument, lacks)

    def read_support(self, relation: int, argument: int, lacks: dict[int, int]) -> None:
        """Connect a support of a claim, in the chosen reading."""
        claim = self.targets[relation]
        if self.support == "deductive":
            if argument >= 0:
                self.attacks.append((self.negation(claim), argument, relation))
            return
        if claim not in lacks or self.support == "necessary":
            lacks[claim] = self.argument()
            self.attacks.append((lacks[claim], claim, _TIE))
        if argument >= 0:
            self.attacks.append((argument, lacks[claim], relation))


def _trace(
    graph: Graph, support: Support
) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Follow targets: which relations have no say, and what each is about in the end.

    Pointers are doubled, so a chain of any length takes logarithmically many steps.
    """
    end = np.where(graph.on_relation, graph.targets, np.arange(len(graph.kinds)))
    is_mute = graph.kinds == REPHRASE
    if support == "ignore":
        is_mute = is_mute | (graph.kinds == SUPPORT)
    while True:
        is_mute = is_mute | is_mute[end]
        further = end[end]
        if np.array_equal(further, end):
            return is_mute, end
        end = further
