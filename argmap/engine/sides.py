"""Label claims by what is for and against them: the heaviest of either side.

A relation is *applicable* if all its premises are in and no undercut of it is
applicable. A standard decides on each claim by the largest weight of an applicable
support and that of an applicable rebut. Where cycles leave open what holds, so does the
labelling:

* a relation is surely applicable if all premises are in and no undercut is possibly
  applicable; possibly, if no premise is out and no undercut is surely applicable;
* a claim is in if the standard holds with its sure pro and its possible con, out if it
  fails with its possible pro and its sure con; else it is undecided.

Standards rise with pro and fall with con, so what is decided stays decided, and one
least labelling results whatever the order. A backer cuts the undercuts of what it
backs, as in `argmap.engine.flatten`. A relation that the map gives the weight 0 is
never applicable.
"""

from collections import deque
from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from argmap.engine.graph import REBUT, SUPPORT, UNDERCUT, Graph, Strengths
from argmap.engine.outcome import Label, Outcome
from argmap.engine.patience import check_patience

# Whether a claim is accepted, by its pro and con: rises with pro, falls with con.
Standard = Callable[[float, float], bool]

_OPEN, _YES, _NO = range(3)
_STRENGTH: Final = np.array([0.5, 1.0, 0.0])
_LABEL: Final[tuple[Label, ...]] = ("undecided", "in", "out")


def weigh_sides(
    graph: Graph,
    standard: Standard,
    *,
    weights: Strengths | None = None,
    implied: Strengths | None = None,
    nothing: float = 0.0,
) -> Outcome:
    """Label every claim and relation of *graph* by a standard of pro and con.

    Gordon, Prakken, Walton, AIJ 2007, for maps without cycles. Decides each claim and
    relation once: O(claims + premises + relations · log relations).

    Args:
        graph: The compiled map, n claims and m relations.
        standard: Takes a pro and a con.
        weights: Shape (m,), what relations weigh, instead of their weights.
        implied: Shape (n,), the pro of claims that have no supports, whatever their
            weight; left out, the base scores.
        nothing: The pro or con of a side on which nothing is applicable.

    Returns:
        Labels; relations count 1 if surely applicable, 0 if not possibly, else 1/2.

    >>> graph = Graph.of({"a": 1, "b": 0.9}, attacks=[("a", "b")])
    >>> weigh_sides(graph, lambda pro, con: pro > con).labels
    ('in', 'out')
    """
    given = graph.weights if weights is None else weights
    bases = graph.base_scores if implied is None else implied

    table = _Table(graph, given, bases, nothing)

    def relabel(acting: NDArray[np.bool_]) -> Strengths:
        return np.asarray(_STRENGTH[_Labelling(table, standard, acting).claims])

    whole = _Labelling(table, standard, np.ones(len(graph.relation_ids), dtype=bool))
    return Outcome(
        strengths=_STRENGTH[whole.claims],
        relations=_STRENGTH[whole.relations],
        labels=tuple(_LABEL[status] for status in whole.claims),
        relabel=relabel,
    )


class _Table:
    """What a labelling reads of a graph, as plain lists; never changed.

    The sides of claim c are numbered 2c, for it, and 2c + 1, against it.
    """

    def __init__(
        self, graph: Graph, weights: Strengths, implied: Strengths, nothing: float
    ) -> None:
        n, m = graph.size, len(graph.relation_ids)
        self.nothing, self.weights = nothing, weights.tolist()
        self.mute = np.flatnonzero(graph.weights == 0).tolist()

        counts = np.diff(graph.premise_starts)
        by_premise = np.argsort(graph.premises, kind="stable")
        self.uses = np.repeat(np.arange(m), counts)[by_premise].tolist()
        self.use_starts = _starts(graph.premises, n)

        is_against = graph.kinds == REBUT
        is_sided = is_against | ((graph.kinds == SUPPORT) & ~graph.on_relation)
        sides = np.where(is_sided, 2 * graph.targets + is_against, -1)
        sided = np.flatnonzero(is_sided)
        heaviest_first = np.lexsort((-weights[sided], sides[sided]))
        self.side_of = sides.tolist()
        self.ranked = sided[heaviest_first].tolist()
        self.side_starts = _starts(sides[sided], 2 * n)
        sure = np.full(2 * n, nothing)
        is_bare = np.diff(self.side_starts)[::2] == 0
        sure[::2][is_bare] = implied[is_bare]
        self.sure = sure.tolist()

        self.cuts = _cuts(graph)
        cutters = [relation for cut in self.cuts.values() for relation in cut]
        # What must turn out well before a relation is surely applicable.
        self.missing = (counts + np.bincount(cutters, minlength=m)).tolist()


def _starts(rows: NDArray[np.int64], count: int) -> list[int]:
    return [0, *np.cumsum(np.bincount(rows, minlength=count)).tolist()]


def _cuts(graph: Graph) -> dict[int, list[int]]:
    """List what each undercut and each backer takes away."""
    targets = graph.targets.tolist()
    undercuts: dict[int, list[int]] = {}
    cuts: dict[int, list[int]] = {}
    for relation in np.flatnonzero(graph.kinds == UNDERCUT).tolist():
        undercuts.setdefault(targets[relation], []).append(relation)
        cuts[relation] = [targets[relation]]
    for backer in np.flatnonzero((graph.kinds == SUPPORT) & graph.on_relation).tolist():
        cuts[backer] = undercuts.get(targets[backer], [])
    return cuts


class _Labelling:
    """Decides claims and relations one after the other until nothing more follows."""

    def __init__(
        self, table: _Table, standard: Standard, acting: NDArray[np.bool_]
    ) -> None:
        self.table, self.standard = table, standard
        self.may_apply = acting.tolist()  # what may not stays open
        self.claims = [_OPEN] * (len(table.use_starts) - 1)
        self.relations = [_OPEN] * len(table.weights)
        self.missing, self.sure = table.missing.copy(), table.sure.copy()
        self.next = table.side_starts.copy()  # the heaviest that is not out, by side
        self.decided: deque[int] = deque()  # relations whose news is still to spread
        self._run()

    def _run(self) -> None:
        for relation in self.table.mute:
            self._decide(relation, _NO)
        for relation, missing in enumerate(self.missing):
            if not missing:
                self._decide(relation, _YES)
        for claim in range(len(self.claims)):
            self._weigh(claim)
        while self.decided:
            check_patience()
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
        for cut in self.table.cuts.get(relation, ()):
            if is_applicable:
                self._decide(cut, _NO)
            else:
                self._fulfil(cut)
        side = self.table.side_of[relation]
        if side >= 0:
            if is_applicable:
                weight = self.table.weights[relation]
                self.sure[side] = max(self.sure[side], weight)
            self._weigh(side // 2)

    def _weigh(self, claim: int) -> None:
        """See whether the standard holds, or fails, whatever is still open."""
        if self.claims[claim] != _OPEN:
            return
        pro, con = 2 * claim, 2 * claim + 1
        if self.standard(self.sure[pro], self._possible(con)):
            self.claims[claim] = _YES
        elif not self.standard(self._possible(pro), self.sure[con]):
            self.claims[claim] = _NO
        else:
            return
        table = self.table
        for relation in table.uses[
            table.use_starts[claim] : table.use_starts[claim + 1]
        ]:
            if self.claims[claim] == _YES:
                self._fulfil(relation)
            else:
                self._decide(relation, _NO)

    def _possible(self, side: int) -> float:
        """Find the heaviest on a side that is applicable, surely or possibly."""
        table, place = self.table, self.next[side]
        end = table.side_starts[side + 1]
        while place < end and self.relations[table.ranked[place]] == _NO:
            place += 1
        self.next[side] = place
        heaviest = table.weights[table.ranked[place]] if place < end else table.nothing
        sure: float = self.sure[side]
        return max(heaviest, sure)

    def _fulfil(self, relation: int) -> None:
        self.missing[relation] -= 1
        if not self.missing[relation]:
            self._decide(relation, _YES)
