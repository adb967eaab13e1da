"""Hypothesis strategies: small maps of each domain, that shrink to smaller ones.

Base scores are hundredths, so that a counterexample can be worked out by hand; sums of
them still round.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

from hypothesis import strategies as st
from msgspec.structs import replace

from argmap.model import (
    Claim,
    Map,
    Passage,
    PassageReference,
    Relation,
    RelationKind,
    Source,
    Span,
    Target,
)
from argmap.plugin.rule import Rule

T = TypeVar("T")
Draw = Callable[[st.SearchStrategy[T]], T]

_VOTERS: Final = 1e12  # so many that a prior for few votes does not show

scores = st.sampled_from([0.5, 1.0, 0.0]) | st.integers(0, 100).map(lambda n: n / 100)
"""Base scores and weights: the ends and the middle often."""

weights = st.just(1.0) | scores
"""Weights of relations: 1 often."""

_on_claims: st.SearchStrategy[RelationKind] = st.sampled_from(["rebut", "support"])
_on_relations: st.SearchStrategy[RelationKind] = st.sampled_from(
    ["undercut", "support"]
)
_rarely = st.sampled_from([False, False, False, True])


def is_voted(rule: Rule) -> bool:
    """Say whether a rule has to be given votes: it reads no base scores."""
    return rule.scale == "gradual" and "base_score" not in rule.reads


def claim_of(key: str, score: float | None, *, voted: bool = False) -> Claim:
    """Make a claim; *voted* has many people vote just as the base score says."""
    share = 0.5 if score is None else score
    votes = {"for": _VOTERS * share, "against": _VOTERS * (1 - share)}
    return Claim(
        key=key,
        text=key,
        base_score=score,
        data={"votes": votes} if voted else {},
    )


def relation_of(
    key: str, kind: RelationKind, premise: str, target: Target, weight: float = 1.0
) -> Relation:
    """Make a relation of one premise."""
    return Relation(
        key=key, kind=kind, premises=(premise,), target=target, weight=weight
    )


def map_of(claims: Sequence[Claim], relations: Sequence[Relation] = ()) -> Map:
    """Make a map of these."""
    return Map(
        key="counterexample",
        claims={claim.key: claim for claim in claims},
        relations={relation.key: relation for relation in relations},
    )


def sides(rule: Rule) -> list[tuple[str, RelationKind]]:
    """List the kinds of direct neighbours that a rule reads, and what keys they get."""
    both: tuple[tuple[str, RelationKind], ...] = (("a", "rebut"), ("s", "support"))
    return [(letter, kind) for letter, kind in both if kind in rule.reads]


def into_c(key: str, kind: RelationKind, weight: float = 1.0) -> Relation:
    """Let a claim bear on the claim ``c``."""
    return relation_of(f"r-{key}", kind, key, Target(claim="c"), weight)


@st.composite
def stars(
    draw: Draw[Any],
    rule: Rule,
    *,
    base: st.SearchStrategy[float] = scores,
    neighbours: st.SearchStrategy[float] = scores,
    weights: st.SearchStrategy[float] = weights,
) -> Map:
    """Draw claim ``c``, its attackers ``a1``, … and supporters ``s1``, … of it."""
    voted = is_voted(rule)
    claims = [claim_of("c", draw(base), voted=voted)]
    relations = []
    for letter, kind in sides(rule):
        for i, score in enumerate(draw(st.lists(neighbours, max_size=4)), 1):
            key = f"{letter}{i}"
            claims.append(claim_of(key, score, voted=voted))
            relations.append(into_c(key, kind, draw(weights)))
    return map_of(claims, relations)


@st.composite
def maps(
    draw: Draw[Any],
    rule: Rule,
    *,
    cycles: bool = True,
    plain: bool = False,
    prefix: str = "",
    fewest: int = 0,
    most: int = 5,
) -> Map:
    """Draw a map of at most *most* claims and seven relations, and a source or two."""
    keys = [f"{prefix}c{i}" for i in range(1, draw(st.integers(fewest, most)) + 1)]
    sources = _sources(draw, prefix) if not plain and draw(_rarely) else {}
    claims = [_claim(draw, key, sources, voted=is_voted(rule)) for key in keys]
    relations: dict[str, Relation] = {}
    ends: dict[str, int] = {}  # of each relation, the claim that it bears on at last
    for i in range(1, draw(st.integers(0, 7)) + 1 if len(keys) > 1 else 0):
        end = draw(st.integers(0 if cycles else 1, len(keys) - 1))
        premises = keys[:end] + (keys[end + 1 :] if cycles else [])
        targets = [name for name in relations if cycles or ends[name] == end]
        key = f"{prefix}r{i}"
        relations[key] = (
            relation_of(
                key,
                draw(_on_claims),
                draw(st.sampled_from(premises)),
                Target(claim=keys[end]),
                draw(weights),
            )
            if plain
            else _relation(draw, key, premises, keys[end], targets)
        )
        ends[key] = end
    return replace(map_of(claims), sources=sources, relations=relations)


def _claim(
    draw: Draw[Any], key: str, sources: dict[str, Source], *, voted: bool
) -> Claim:
    claim = claim_of(key, draw(scores | st.none()), voted=voted)
    if not sources or draw(st.booleans()):
        return claim
    source = draw(st.sampled_from(sorted(sources)))
    reference = PassageReference(source=source, passage="p")
    return replace(claim, passages=(reference,))


def _relation(
    draw: Draw[Any], key: str, premises: list[str], claim: str, relations: list[str]
) -> Relation:
    """Draw a relation of any kind, to a claim or to one of the relations."""
    linked = draw(st.permutations(premises))[: 2 if draw(_rarely) else 1]
    kind, target = draw(_on_claims), Target(claim=claim)
    if relations and draw(_rarely):
        kind = draw(_on_relations)
        target = Target(relation=draw(st.sampled_from(relations)))
    return Relation(
        key=key,
        kind=kind,
        premises=tuple(linked),
        target=target,
        weight=draw(weights),
    )


def _sources(draw: Draw[Any], prefix: str) -> dict[str, Source]:
    passages = (Passage(key="p", spans=(Span(start=0, end=1),)),)
    return {
        key: Source(
            key=key, title=key, credibility=draw(scores | st.none()), passages=passages
        )
        for key in (f"{prefix}s1", f"{prefix}s2")
    }
