"""Lines of argument: the strongest chains from evidence to a claim, for each side.

A line is a chain of relations from *evidence*, a claim that nothing is said for or
against, to the claim in question. It is as strong as its weakest link. Its side is the
product of its signs: what rebuts a rebuttal speaks for; what undercuts a support speaks
against. Where a line undercuts or backs a relation, that relation carries on with it;
what is left of it does not count, for cutting it is the point.
"""

from collections.abc import Iterator
from heapq import heappop, heappush
from typing import Literal

from msgspec import Struct

from argmap.engine import check_patience
from argmap.model import Map, Relation, RelationKind
from argmap.plugin import Inputs
from argmap.plugin.trials import Trials

Kind = Literal["claim", "relation"]
Place = tuple[Kind, str, int]  # what is reached, and the sign of what it does

_SIGNS = {"support": 1, "rebut": -1, "undercut": -1}


class Link(Struct, frozen=True, kw_only=True):
    """One relation of a line, from one of its premises.

    ``claim`` is null where the link before is about this relation itself.
    """

    claim: str | None
    relation: str
    kind: RelationKind
    strength: float


class Line(Struct, frozen=True, kw_only=True):
    """A chain from evidence to the claim, in the order in which it argues."""

    evidence: str
    links: tuple[Link, ...]
    strength: float
    weakest: str


class Sides(Struct, frozen=True, kw_only=True):
    """The lines for a claim and those against it, the strongest first."""

    claim: str
    pro: tuple[Line, ...]
    con: tuple[Line, ...]


class Lines(Inputs, frozen=True, kw_only=True):
    """The lines of argument of several claims."""

    claims: tuple[Sides, ...]


def lines(trials: Trials, claims: tuple[str, ...], *, most: int = 3) -> Lines:
    """Find the strongest lines to claims, at most so many a side.

    Of every piece of evidence the line is given whose weakest relation is strongest; of
    equals the shortest, then the first in the map. No line comes by a claim twice. Best
    first over the relations that lead to the claim: O(relations · log relations) each.

    Args:
        trials: A valid map under a rule; a relation's strength is what the rule says.
        claims: To which.
        most: How many lines of each side.

    Raises:
        NotFound: There is no such claim.
        TooSlow, Cancelled: Whoever asked does not wait any longer.
    """
    found = []
    for claim in claims:
        trials.standing(claim)
        sides: dict[int, list[Line]] = {1: [], -1: []}
        for sign, key, links in _search(trials, claim):
            if len(sides[sign]) < most:
                sides[sign].append(_line(key, links))
            elif all(len(side) == most for side in sides.values()):
                break
        pro, con = map(tuple, sides.values())
        found.append(Sides(claim=claim, pro=pro, con=con))
    return Lines(**trials.evaluation.inputs, claims=tuple(found))


def _search(trials: Trials, claim: str) -> Iterator[tuple[int, str, tuple[Link, ...]]]:
    """Go from the claim to all evidence, strongest chains first: side and chain."""
    into = _into(trials.map)
    is_evidence = {c for c in trials.map.claims if not into.get(("claim", c))}
    order = {key: i for i, key in enumerate(trials.map.relations)}
    first: Place = ("claim", claim, 1)
    # The priority: weakest link (high first), length, then the way, in map order.
    pending: list[tuple[float, int, tuple[int, ...], Place, tuple[Link, ...]]]
    pending = [(-1.0, 0, (), first, ())]
    reached: set[Place] = set()
    while pending:
        check_patience()
        weakest, length, way, place, links = heappop(pending)
        if place in reached:
            continue
        reached.add(place)
        kind, key, sign = place
        if kind == "claim" and key in is_evidence and links:
            yield sign, key, links
        been = {claim, *(link.claim for link in links)}
        for relation in into.get((kind, key), ()):
            strength = trials.strength(relation.key)
            on, does = (*way, order[relation.key]), sign * _SIGNS[relation.kind]
            starts = (None, *(p for p in relation.premises if p not in been))
            for start in starts if strength > 0 else starts[:1]:
                link = Link(
                    claim=start,
                    relation=relation.key,
                    kind=relation.kind,
                    strength=strength,
                )
                step: Place = ("claim", start or "", does)
                least = max(weakest, -strength)
                if start is None:
                    step, least = ("relation", relation.key, does), weakest
                heappush(pending, (least, length + 1, on, step, (link, *links)))


def _line(evidence: str, links: tuple[Link, ...]) -> Line:
    own = [link for link in links if link.claim is not None]
    weakest = min(own, key=lambda link: link.strength)
    return Line(
        evidence=evidence,
        links=links,
        strength=weakest.strength,
        weakest=weakest.relation,
    )


def _into(map: Map) -> dict[tuple[str, str], list[Relation]]:
    """List what is said for or against each claim and relation."""
    into: dict[tuple[str, str], list[Relation]] = {}
    for relation in map.relations.values():
        if relation.kind != "rephrase":
            target = relation.target
            kind = "relation" if target.claim is None else "claim"
            key = target.claim or target.relation or ""
            into.setdefault((kind, key), []).append(relation)
    return into
