"""What a disagreement between rules hangs on.

Each feature that rules may read differently is taken out of the map, one at a time, and
the rules are run again. Where their verdicts on a claim then agree, the disagreement
hangs on that feature: a fact about these rules on this map, found by trying, not by
reading the rules. Taken out:

* supports, undercuts (and what backs relations), linked-premises: those relations, with
  all that is about them;
* cycles: the relations that close them;
* weights: all count 1, but those of 0;
* base-scores: no claim has one;
* defaults: claims without a base score get 1, which is how rules that label take them;
* margin: nothing is undecided for being near the threshold.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from argmap.model import Map, Relation
from argmap.plugin import Evaluation, Verdict, compile_map

Hinge = Literal[
    "supports",
    "undercuts",
    "linked-premises",
    "cycles",
    "weights",
    "base-scores",
    "defaults",
    "margin",
]
LARGEST: Final = 2000  # claims; a map of more would be evaluated too often


class HangsOn(Struct, frozen=True, kw_only=True):
    """What a disagreement on a claim hangs on.

    ``claims`` are disputed ones that speak for or against it, or undercut or back what
    does: it may begin there. ``features``: without one of these all the rules agree on
    the claim; none, where no single one decides.
    """

    claims: tuple[str, ...]
    features: tuple[Hinge, ...]


Again = Mapping[Hinge, Mapping[str, Evaluation]]


def without_each(map: Map) -> dict[Hinge, Map]:
    """Take each feature that a map has out of it, but for the margin.

    A map of more than two thousand claims gives none.
    """
    if len(map.claims) > LARGEST:
        return {}
    scored = {key: replace(c, base_score=None) for key, c in map.claims.items()}
    certain = {
        key: replace(c, base_score=1.0) if c.base_score is None else c
        for key, c in map.claims.items()
    }
    even = {
        key: replace(r, weight=1.0) if r.weight else r
        for key, r in map.relations.items()
    }
    changed: dict[Hinge, Map] = {
        "supports": _less(
            map, lambda r: r.kind == "support" and r.target.claim is not None
        ),
        "undercuts": _less(map, lambda r: r.target.relation is not None),
        "linked-premises": _less(map, lambda r: len(r.premises) > 1),
        "cycles": _less(map, _closes_a_cycle(map)),
        "weights": replace(map, relations=even),
        "base-scores": replace(map, claims=scored),
        "defaults": replace(map, claims=certain),
    }
    return {hinge: one for hinge, one in changed.items() if one != map}


def hinges(
    map: Map,
    disputed: Mapping[str, Collection[str]],
    evaluations: Mapping[str, Evaluation],
    again: Again,
) -> dict[str, HangsOn]:
    """Say what the disagreement on each disputed claim hangs on.

    Args:
        map: That the rules were run on.
        disputed: Claims, with the names of the rules that give verdicts on them.
        evaluations: By the names of the rules.
        again: The same of each map of `without_each`; where a rule failed on one, that
            map should be left out.
    """
    speaking = _speaking(map)
    found = {}
    for claim, rules in disputed.items():
        features = [
            hinge
            for hinge, others in again.items()
            if _agree(others[rule].claims[claim].verdict for rule in rules)
        ]
        if _agree(_called(evaluations[rule], claim) for rule in rules):
            features.append("margin")
        near = [key for key in disputed if key in speaking.get(claim, ())]
        found[claim] = HangsOn(claims=tuple(near), features=tuple(features))
    return found


def _agree(verdicts: Iterable[Verdict | None]) -> bool:
    return len(set(verdicts)) <= 1


def _called(evaluation: Evaluation, claim: str) -> Verdict | None:
    """Give the verdict that there would be without a margin; labels have none."""
    found, threshold = evaluation.claims[claim], evaluation.options.threshold
    if found.label is not None or found.strength == threshold:
        return found.verdict
    return "accepted" if found.strength > threshold else "rejected"


def _less(map: Map, is_out: Callable[[Relation], bool]) -> Map:
    """Leave relations out, and all that is about them."""
    out = {key for key, relation in map.relations.items() if is_out(relation)}
    while more := {
        key
        for key, relation in map.relations.items()
        if key not in out and relation.target.relation in out
    }:
        out |= more
    kept = {key: r for key, r in map.relations.items() if key not in out}
    return replace(map, relations=kept)


def _root(map: Map, relation: Relation) -> str:
    """Find the claim that a relation is about in the end."""
    while relation.target.relation is not None:
        relation = map.relations[relation.target.relation]
    return relation.target.claim or ""


def _closes_a_cycle(map: Map) -> Callable[[Relation], bool]:
    graph = compile_map(map)
    place = {key: int(graph.plan.positions[i]) for key, i in graph.index.items()}
    component = {
        position: block.start
        for block in graph.plan.components
        for position in range(block.start, block.stop)
    }

    def closes(relation: Relation) -> bool:
        own = component.get(place[_root(map, relation)])
        return own is not None and any(
            component.get(place[premise]) == own for premise in relation.premises
        )

    return closes


def _speaking(map: Map) -> dict[str, set[str]]:
    """List, by claim, the premises of all that is in the end about it."""
    found: dict[str, set[str]] = {}
    for relation in map.relations.values():
        if relation.kind != "rephrase":
            found.setdefault(_root(map, relation), set()).update(relation.premises)
    return found
