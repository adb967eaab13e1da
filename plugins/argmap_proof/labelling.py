"""Label a map by a proof standard: the least fixpoint over in, out and open.

Gordon, Prakken, Walton, AIJ 2007; Gordon & Walton 2009. A relation is *applicable* if
all its premises are in and no undercut of it is applicable. The pro of a claim is the
largest weight of an applicable support, its con that of an applicable rebut; none count
0. A claim without supports has its base score as an implied pro.

Carneades asks for maps without cycles. Here a cycle leaves open what it does not
decide:

* a relation is surely applicable if all premises are in and no undercut is possibly
  applicable; possibly, if no premise is out and no undercut is surely applicable;
* a claim is in if the standard holds with its sure pro and its possible con, out if it
  fails with its possible pro and its sure con; else it is undecided.

Standards rise with pro and fall with con, so what is decided stays decided, and one
least labelling results whatever the order. A backer cuts the undercuts of what it
backs, as in the flattening for labelling rules. A relation of weight 0 is never
applicable, and a claim whose only supports have weight 0 has no implied pro all the
same.
"""

from collections import deque
from collections.abc import Callable
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from argmap.plugin import REBUT, SUPPORT, UNDERCUT, Graph, Label, Outcome

# Whether a claim is accepted, by its pro and con: the one speaks for it, the other not.
Standard = Callable[[float, float], bool]

_ROUNDING: Final = 1e-12

_OPEN, _YES, _NO = range(3)
_STRENGTH: Final = np.array([0.5, 1.0, 0.0])
_LABEL: Final[tuple[Label, ...]] = ("undecided", "in", "out")


def exceeds(difference: float, threshold: float) -> bool:
    """Say whether pro less con is larger, and not by rounding alone.

    >>> 0.9 - 0.6 > 0.3, exceeds(0.9 - 0.6, 0.3)
    (True, False)
    """
    return difference - threshold > _ROUNDING


def label(graph: Graph, standard: Standard) -> Outcome:
    """Label every claim and relation of *graph*.

    Relations count 1 if surely applicable, 0 if not possibly, else ½. Decides each
    claim and relation once: O(claims + premises + relations · log relations).
    """

    def relabel(acting: NDArray[np.bool_]) -> NDArray[np.float64]:
        some = _Labelling(graph, standard, acting.tolist())
        some.run()
        return np.asarray(_STRENGTH[some.claims])

    labelling = _Labelling(graph, standard, [True] * len(graph.relation_ids))
    labelling.run()
    return Outcome(
        strengths=_STRENGTH[labelling.claims],
        relations=_STRENGTH[labelling.relations],
        labels=tuple(_LABEL[status] for status in labelling.claims),
        relabel=relabel,
    )


class _Labelling:
    """Decides claims and relations one after the other until nothing more follows."""

    def __init__(self, graph: Graph, standard: Standard, may_apply: list[bool]) -> None:
        self.graph, self.standard = graph, standard
        self.may_apply = may_apply  # what may not stays open
        self.weights, self.targets = graph.weights.tolist(), graph.targets.tolist()
        self.claims = [_OPEN] * graph.size
        self.relations = [_OPEN] * len(self.weights)
        self.decided: deque[int] = deque()  # relations whose news is still to spread
        self._read_premises()
        self._read_cuts()
        self._read_sides()

    def _read_premises(self) -> None:
        starts, premises = self.graph.premise_starts.tolist(), self.graph.premises
        self.uses: list[list[int]] = [[] for _ in self.claims]
        owners = np.repeat(np.arange(len(self.weights)), np.diff(starts))
        for premise, owner in zip(premises.tolist(), owners.tolist(), strict=True):
            self.uses[premise].append(owner)
        # What must still turn out well before a relation is surely applicable.
        self.missing = [last - first for first, last in pairwise(starts)]

    def _read_cuts(self) -> None:
        targets = self.targets
        backers = np.flatnonzero(self.graph.on_relation & (self.graph.kinds == SUPPORT))
        undercuts: dict[int, list[int]] = {}
        self.cuts: dict[int, list[int]] = {}
        for relation in np.flatnonzero(self.graph.kinds == UNDERCUT).tolist():
            undercuts.setdefault(targets[relation], []).append(relation)
            self.cuts[relation] = [targets[relation]]
        for backer in backers.tolist():
            self.cuts[backer] = undercuts.get(targets[backer], [])
        for cut in self.cuts.values():
            for relation in cut:
                self.missing[relation] += 1

    def _read_sides(self) -> None:
        """List what is for and against each claim, the heaviest last."""
        graph, bases = self.graph, self.graph.base_scores.tolist()
        self.side: list[int | None] = [None] * len(self.weights)
        self.open: list[list[list[int]]] = [[[], []] for _ in self.claims]
        is_for = (graph.kinds == SUPPORT) & ~graph.on_relation
        is_against = (graph.kinds == REBUT).tolist()
        weighed = np.flatnonzero(is_for | (graph.kinds == REBUT))
        by_weight = np.argsort(graph.weights[weighed], kind="stable")
        for relation in weighed[by_weight].tolist():
            side = self.side[relation] = int(is_against[relation])
            self.open[self.targets[relation]][side].append(relation)
        self.implied = [
            0.0 if sides[0] else base
            for sides, base in zip(self.open, bases, strict=True)
        ]
        self.sure = [[pro, 0.0] for pro in self.implied]

    def run(self) -> None:
        """Decide all that follows."""
        for relation, weight in enumerate(self.weights):
            if weight == 0:
                self._decide(relation, _NO)
            elif not self.missing[relation]:
                self._decide(relation, _YES)
        for claim in range(len(self.claims)):
            self._weigh(claim)
        while self.decided:
            self._spread(self.decided.popleft())

    def _decide(self, relation: int, status: int) -> None:
        if status == _YES and not self.may_apply[relation]:
            return
        if self.relations[relation] == _OPEN:
            self.relations[relation] = status
            self.decided.append(relation)

    def _spread(self, relation: int) -> None:
        """Tell a relation's target, or what it cuts, what became of it."""
        is_applicable = self.relations[relation] == _YES
        for cut in self.cuts.get(relation, ()):
            if is_applicable:
                self._decide(cut, _NO)
            else:
                self._fulfil(cut)
        side = self.side[relation]
        if side is not None:
            claim = self.targets[relation]
            if is_applicable:
                sure = self.sure[claim]
                sure[side] = max(sure[side], self.weights[relation])
            self._weigh(claim)

    def _weigh(self, claim: int) -> None:
        """See whether the standard holds, or fails, whatever is still open."""
        if self.claims[claim] != _OPEN:
            return
        (sure_pro, sure_con), (pros, cons) = self.sure[claim], self.open[claim]
        if self.standard(sure_pro, self._heaviest(cons)):
            self.claims[claim] = _YES
            for relation in self.uses[claim]:
                self._fulfil(relation)
        elif not self.standard(
            max(self.implied[claim], self._heaviest(pros)), sure_con
        ):
            self.claims[claim] = _NO
            for relation in self.uses[claim]:
                self._decide(relation, _NO)

    def _heaviest(self, relations: list[int]) -> float:
        while relations and self.relations[relations[-1]] == _NO:
            relations.pop()
        return self.weights[relations[-1]] if relations else 0.0

    def _fulfil(self, relation: int) -> None:
        self.missing[relation] -= 1
        if not self.missing[relation]:
            self._decide(relation, _YES)
