"""What a map lacks: where a case has holes, and the call that closes each.

A gap is a fact about the map, not about the world: an attack that no standing answer
meets, a claim that rests on nothing, a critical question that nobody has asked.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any, Literal

from msgspec import UNSET, Struct, UnsetType, field

from argmap.debate.answers import Answers, attacks_on
from argmap.debate.citations import references, speaks_for
from argmap.model import Map, Relation
from argmap.model.anchors import verify
from argmap.plugin import Inputs
from argmap.plugin.scheme import Question, Scheme, folded
from argmap.plugin.trials import Trials

Kind = Literal[
    "unanswered",
    "unsourced",
    "unasked",
    "single-source",
    "orphaned",
    "isolated",
    "one-sided",
]


class Call(Struct, frozen=True, kw_only=True):
    """A request to the API; ``…`` in its body is yours to fill in."""

    method: Literal["GET", "POST", "PATCH", "PUT", "DELETE"]
    path: str
    body: dict[str, Any] | None = None


class Gap(Struct, frozen=True, kw_only=True):
    """Something that a map lacks, where, and the call that closes it.

    ``question`` is that of a scheme, for kind ``unasked``.
    """

    kind: Kind
    claim: str | None = None
    relation: str | None = None
    source: str | None = None
    passage: str | None = None
    question: str | None = None
    why: str
    close: Call


class Gaps(Inputs, frozen=True, kw_only=True):
    """What a map lacks, under one rule, in the order of kinds and of the map.

    ``next`` is the cursor of the part after, null in the last; whole ones have none.
    """

    gaps: tuple[Gap, ...] = field(default_factory=tuple)
    next: str | UnsetType | None = UNSET


def gaps(
    trials: Trials,
    schemes: Mapping[str, Scheme],
    start: int = 0,
    end: int | None = None,
) -> Gaps:
    """List what a map lacks.

    Args:
        trials: A valid map under a rule, which decides what attacks are answered.
        schemes: Those known, by every name that relations may call them, folded.
        start: How many are left out.
        end: Before which one to stop; None: after the last one.
    """
    map = trials.map
    found = chain(
        unanswered(trials, map.relations),
        unsourced(map, map.claims),
        unasked(map, map.relations, schemes),
        single_source(map, map.targets),
        orphaned(map),
        isolated(map),
        one_sided(map),
    )
    return Gaps(**trials.evaluation.inputs, gaps=tuple(islice(found, start, end)))


def unanswered(trials: Trials, relations: Collection[str]) -> Iterator[Gap]:
    """Find attacks that count for something and that no standing answer meets."""
    map, answers = trials.map, Answers(trials)
    for key in relations:
        attack = map.relations[key]
        if attack.kind not in ("rebut", "undercut") or not trials.strength(key):
            continue
        given = answers.of(attack)
        if any(answer.status == "standing" for answer in given):
            continue
        has = "none of its answers stands" if given else "nothing answers it"
        yield Gap(
            kind="unanswered",
            claim=attack.target.claim,
            relation=key,
            why=f"{_attack(attack)}; {has}",
            close=_argue(map, "undercut", {"relation": key}),
        )


def unsourced(map: Map, claims: Collection[str]) -> Iterator[Gap]:
    """Find claims that no passage asserts or concedes and that nothing supports."""
    supported = {
        relation.target.claim
        for relation in map.relations.values()
        if relation.kind == "support"
    }
    for key in claims:
        claim = map.claims[key]
        if key in supported or any(speaks_for(p) for p in claim.passages):
            continue
        why = (
            "its passages only report or reject it, and nothing supports it"
            if claim.passages
            else "it rests on no passage, and nothing supports it"
        )
        yield Gap(
            kind="unsourced",
            claim=key,
            why=why,
            close=Call(
                method="PATCH",
                path=f"/maps/{map.key}/claims/{key}",
                body={"passages": [{"source": "…", "passage": "…"}]},
            ),
        )


def unasked(
    map: Map, relations: Collection[str], schemes: Mapping[str, Scheme]
) -> Iterator[Gap]:
    """Find critical questions of the schemes followed that no item raises."""
    asked = {
        (item.asks.relation, item.asks.question)
        for item in map.relations.values()
        if item.asks
    }
    for key in relations:
        relation = map.relations[key]
        name = relation.scheme.name if relation.scheme else ""
        if (scheme := schemes.get(folded(name))) is None:
            continue
        for question in scheme.questions:
            if not {(key, question.key), (key, question.text)} & asked:
                yield Gap(
                    kind="unasked",
                    claim=relation.target.claim,
                    relation=key,
                    question=question.key,
                    why=question.text,
                    close=_ask(map, relation, scheme, question),
                )


def single_source(map: Map, claims: Sequence[str]) -> Iterator[Gap]:
    """Find sides of claims whose whole case rests on one and the same source."""
    for key in claims:
        for kind, side in (("support", "for"), ("rebut", "against")):
            case = [
                relation
                for relation in map.relations.values()
                if relation.kind == kind and relation.target.claim == key
            ]
            sources = {
                reference.source
                for relation in case
                for reference in references(map, relation)
                if speaks_for(reference)
            }
            if len(sources) == 1:
                (source,) = sources
                yield Gap(
                    kind="single-source",
                    claim=key,
                    source=source,
                    why=f"all that is cited {side} it is from one source",
                    close=_argue(map, kind, {"claim": key}),
                )


def orphaned(map: Map) -> Iterator[Gap]:
    """Find passages whose words are not in the text where they should be."""
    for source in map.sources.values():
        for anchor in verify(source):
            if anchor.status in ("moved", "orphaned"):
                spans = [{"start": s.start, "end": s.end} for s in anchor.spans]
                yield Gap(
                    kind="orphaned",
                    source=source.key,
                    passage=anchor.passage,
                    why="its words are elsewhere in the text"
                    if spans
                    else "its words are nowhere in the text, or in several places",
                    close=Call(
                        method="PATCH",
                        path=f"/maps/{map.key}/sources/{source.key}"
                        f"/passages/{anchor.passage}",
                        body={"spans": spans or ["…"]},
                    ),
                )


def isolated(map: Map) -> Iterator[Gap]:
    """Find claims that no relation leads from or to."""
    related = {p for relation in map.relations.values() for p in relation.premises}
    related |= {relation.target.claim or "" for relation in map.relations.values()}
    for key in map.claims:
        if key not in related:
            yield Gap(
                kind="isolated",
                claim=key,
                why="no relation leads from it or to it",
                close=Call(
                    method="POST",
                    path=f"/maps/{map.key}/relations",
                    body={
                        "kind": "support",
                        "premises": [key],
                        "target": {"claim": "…"},
                    },
                ),
            )


def one_sided(map: Map) -> Iterator[Gap]:
    """Find claims that only their supporters, or only their opponents, have addressed.

    To undercut what supports a claim is to address it, too.
    """
    rebuts, undercuts = attacks_on(map)
    supports: dict[str, list[Relation]] = {}
    for relation in map.relations.values():
        if relation.kind == "support" and relation.target.claim is not None:
            supports.setdefault(relation.target.claim, []).append(relation)
    for key in map.claims:
        pro, con = supports.get(key, []), rebuts.get(key, [])
        is_answered = any(relation.key in undercuts for relation in (*pro, *con))
        if bool(pro) == bool(con) or is_answered:
            continue
        missing, side = ("rebut", "against") if pro else ("support", "for")
        yield Gap(
            kind="one-sided",
            claim=key,
            why=f"nobody has said anything {side} it",
            close=_argue(map, missing, {"claim": key}),
        )


def _attack(attack: Relation) -> str:
    on = attack.target.claim or attack.target.relation
    verb = "rebuts" if attack.kind == "rebut" else "undercuts"
    return f"{' and '.join(attack.premises)} {verb} {on}"


def _argue(map: Map, kind: str, target: Mapping[str, str]) -> Call:
    """Make the call that adds an argument: a claim, and the relation from it."""
    return _add(map, {"kind": kind, "premises": ["$new"], "target": dict(target)})


def _ask(map: Map, relation: Relation, scheme: Scheme, question: Question) -> Call:
    """Make the call that raises a critical question.

    What a relation leaves unsaid is no claim that could be rebutted: who doubts it
    undercuts. Which of several premises plays a role is for the caller to say.
    """
    asks = {"relation": relation.key, "question": question.key}
    target = relation.target
    is_unsaid = len(relation.premises) == 1 < len(scheme.premises)
    if (
        question.attack == "undercut"
        or target.claim is None
        or (question.attack == "undermine" and is_unsaid)
    ):
        kind, on = "undercut", {"relation": relation.key}
    elif question.attack == "rebut":
        kind, on = "rebut", {"claim": target.claim}
    else:
        only = relation.premises[0] if len(relation.premises) == 1 else "…"
        kind, on = "rebut", {"claim": only}
    return _add(map, {"kind": kind, "premises": ["$new"], "target": on, "asks": asks})


def _add(map: Map, relation: Mapping[str, Any]) -> Call:
    return Call(
        method="POST",
        path=f"/maps/{map.key}/changes",
        body={
            "operations": [
                {"op": "add", "claim": {"key": "$new", "text": "…"}},
                {"op": "add", "relation": dict(relation)},
            ]
        },
    )
