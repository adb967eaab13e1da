"""Why a labelling rule puts a claim in or out: what holds it up, what knocks it down.

A rule whose labels rest on one another hands back `Outcome.relabel`, and is asked which
relations its label of one claim needs. *Minimal* here means by inclusion: if of all
relations only those named could decide anything, and every other one could still stand
in the way, the claim would have its label all the same; with any of them missing it
would not. Another such set may be smaller.

So a claim that is in stays in whatever else is muted: a defence that holds against all
comers. Under Dung's grounded semantics the claims of a defence are a minimal strongly
admissible set (Caminada, COMMA 2014), as far as the map shows it.

A rule that judges by several labellings hands back `Outcome.within`, and the reason is
one labelling's: of what is accepted, one that has the claim in; of what is rejected or
left open, one that has it out. Under Dung's semantics with several extensions the
claims of a defence, with the claim itself, are then a minimal admissible set that lies
in an extension. Another extension may need another defence.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from msgspec import Struct

from argmap.engine import Graph, Outcome
from argmap.engine.graph import REBUT
from argmap.engine.minimal import minimal
from argmap.engine.outcome import Relabel
from argmap.errors import Cancelled, PluginFault, TooSlow
from argmap.plugin.answer import answer
from argmap.plugin.rule import Rule
from argmap.plugin.told import told


class Defence(Struct, frozen=True, kw_only=True):
    """Relations that are enough, none to spare, and their premises, in map order."""

    claims: tuple[str, ...]
    relations: tuple[str, ...]


class Unanswered(Struct, frozen=True, kw_only=True):
    """What a claim is not defended from.

    ``relation`` is the rebuttal that stands, or may, and ``claims`` its premises; null
    where no rebuttal is needed, as where nothing that should support the claim stands.
    ``defence`` keeps the claim out, in one labelling at least; null where none does.
    """

    relation: str | None
    claims: tuple[str, ...]
    defence: Defence | None


class Reasons(Struct, frozen=True, kw_only=True):
    """Why a claim has its label; ``defence`` where it is in, else ``unanswered``."""

    defence: Defence | None = None
    unanswered: Unanswered | None = None


def reasons(graph: Graph, rule: Rule, params: Struct, claim: str) -> Reasons:
    """Say why a rule labels a claim in or out.

    Asks the rule O(k log m) times, for k relations out of m.

    Args:
        graph: The compiled map, base scores resolved.
        rule: Any rule; one that does not say what its labels rest on leaves both
            null.
        params: Its parameters, decoded.
        claim: The claim's key.

    Raises:
        PluginFault: The rule failed, or contradicts itself.
        TooSlow, Cancelled: Whoever asked does not wait any longer.
    """
    if rule.scale != "label":
        return Reasons()
    outcome = answer(rule, graph, params)
    if outcome.relabel is None and outcome.within is None:
        return Reasons()
    place = graph.index[claim]
    # What is left open has its reason where it is out, if that is anywhere.
    strength = 1.0 if outcome.strengths[place] == 1.0 else 0.0
    with _at_fault(rule):
        relabel = _labelling(outcome, place, strength)
    if relabel is None:
        return Reasons(unanswered=_open(graph, outcome, place))
    decisive = _decisive(graph, rule, relabel, place, strength)
    if strength:
        return Reasons(defence=_defence(graph, decisive))
    rebuttals = [r for r in decisive if r in _rebuttals(graph, place)]
    rebuttal = rebuttals[0] if rebuttals else None
    return Reasons(
        unanswered=Unanswered(
            relation=None if rebuttal is None else graph.relation_ids[rebuttal],
            claims=() if rebuttal is None else _premises(graph, [rebuttal]),
            defence=_defence(graph, [r for r in decisive if r != rebuttal]),
        )
    )


def _labelling(outcome: Outcome, place: int, strength: float) -> Relabel | None:
    """Find a labelling in which a claim has a strength; None: there is none."""
    if outcome.within is not None:
        return outcome.within(place, strength)
    return outcome.relabel if outcome.strengths[place] == strength else None


def _decisive(
    graph: Graph, rule: Rule, relabel: Relabel, place: int, strength: float
) -> list[int]:
    """Find relations without which a claim would not have its label."""

    def holds(chosen: list[int]) -> bool:
        acting = np.zeros(len(graph.relation_ids), dtype=bool)
        acting[chosen] = True
        with _at_fault(rule):
            return bool(relabel(acting)[place] == strength)

    candidates = np.flatnonzero(graph.weights).tolist()
    if not holds(candidates):
        raise _fault(
            rule, f"relabels {graph.ids[place]!r} although nothing has changed"
        )
    return minimal(candidates, holds)


@contextmanager
def _at_fault(rule: Rule) -> Iterator[None]:
    """Lay at a rule's door whatever it raises when it relabels."""
    try:
        yield
    except (TooSlow, Cancelled):
        raise
    except (Exception, SystemExit) as error:
        raise _fault(rule, f"relabelled, and raised {told(error)}") from error


def _open(graph: Graph, outcome: Outcome, place: int) -> Unanswered | None:
    """Find the first rebuttal that nothing has decided."""
    if outcome.relations is None:
        return None
    for rebuttal in _rebuttals(graph, place):
        if outcome.relations[rebuttal] == 0.5:
            return Unanswered(
                relation=graph.relation_ids[rebuttal],
                claims=_premises(graph, [rebuttal]),
                defence=None,
            )
    return None


def _rebuttals(graph: Graph, place: int) -> list[int]:
    on_claim = (graph.targets == place) & ~graph.on_relation
    return [int(r) for r in np.flatnonzero(on_claim & (graph.kinds == REBUT))]


def _defence(graph: Graph, relations: list[int]) -> Defence:
    return Defence(
        claims=_premises(graph, relations),
        relations=tuple(graph.relation_ids[r] for r in relations),
    )


def _premises(graph: Graph, relations: list[int]) -> tuple[str, ...]:
    starts = graph.premise_starts
    claims = {p for r in relations for p in graph.premises[starts[r] : starts[r + 1]]}
    return tuple(graph.ids[p] for p in sorted(claims))


def _fault(rule: Rule, detail: str) -> PluginFault:
    return PluginFault(rule.plugin or rule.name, f"rule {rule.name!r} {detail}")
