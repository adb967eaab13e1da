"""Why a claim scores as it does: what contributes, down to sources and passages."""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from argmap.engine import Stability, check_patience, patience
from argmap.errors import NotFound, TooSlow
from argmap.model import Map, PassageReference, Relation, RelationKind
from argmap.plugin import Evaluation, Graph, Inputs, Rule, Verdict, compile_map
from argmap.plugin.contributions import Contributions, Method, contributions
from argmap.plugin.reasons import Defence, Reasons, Unanswered, reasons

SECONDS: Final = 5.0  # to look for what puts a claim in or out


class PremiseStrength(Struct, frozen=True, kw_only=True):
    """A premise and what it is worth."""

    claim: str
    strength: float


class UndercutStrength(Struct, frozen=True, kw_only=True):
    """An undercut and what it carries; null under rules that do not say."""

    relation: str
    strength: float | None


class DirectRelation(Struct, frozen=True, kw_only=True):
    """A relation to the claim itself.

    ``strength`` is what it carries, null under rules that do not say; ``passages`` are
    those that it or one of its premises rests on.
    """

    relation: str
    kind: RelationKind
    strength: float | None
    premises: tuple[PremiseStrength, ...]
    undercut_by: tuple[UndercutStrength, ...]
    passages: tuple[PassageReference, ...]


class Explanation(Inputs, frozen=True, kw_only=True):
    """Why a claim has its strength and verdict under one rule.

    ``contributions`` are by ``method``, and ``note`` says what their values mean;
    ``seed`` and ``permutations`` are those of sampled ones, null where they are exact.
    ``defence`` and ``unanswered`` are for labelling rules; both are null under others,
    and where ``note`` says that the time was up.
    """

    claim: str
    strength: float
    verdict: Verdict | None
    base: float
    method: Method
    exact: bool
    seed: int | None
    permutations: int | None
    contributions: Contributions
    relations: tuple[DirectRelation, ...]
    defence: Defence | None
    unanswered: Unanswered | None
    converged: bool
    stability: Stability
    note: str


def explain(
    map: Map,
    rule: Rule,
    evaluation: Evaluation,
    claim: str,
    method: Method = "removal",
    *,
    graph: Graph | None = None,
    permutations: int | None = None,
    seed: int = 0,
    seconds: float | None = SECONDS,
) -> Explanation:
    """Say why a claim scores as it does.

    Args:
        map: A valid map.
        rule: The rule that *evaluation* is by.
        evaluation: Of *map*.
        claim: The claim's key.
        method: What "contributes" means: see `argmap.plugin.contributions`.
        graph: The map, compiled, where it is at hand.
        permutations: For Shapley values of many; see there.
        seed: Of these.
        seconds: How long to look, under a rule that labels, for what puts the claim in
            or out; ``note`` says where that was not enough. None: to the end.

    Raises:
        NotFound: There is no such claim.
        PluginFault: The rule failed on a variant of the map.
        TooSlow, Cancelled: Whoever asked does not wait any longer.
    """
    if claim not in map.claims:
        raise NotFound("claim", claim)
    options, params = evaluation.options, rule.decode(evaluation.parameters)
    assert options.default_base_score is not None
    compiled = compile_map(map) if graph is None else graph
    resolved = compiled.resolved(options.default_base_score, options.linked)
    attribution = contributions(
        map,
        resolved,
        rule,
        params,
        claim,
        method,
        permutations=permutations,
        seed=seed,
    )
    because, missing = _reasons(resolved, rule, params, claim, seconds)
    found = evaluation.claims[claim]
    return Explanation(
        **evaluation.inputs,
        claim=claim,
        strength=found.strength,
        verdict=found.verdict,
        base=found.base,
        method=method,
        exact=attribution.exact,
        seed=attribution.seed,
        permutations=attribution.permutations,
        contributions=attribution.contributions,
        relations=tuple(_direct(map, evaluation, claim)),
        defence=because.defence,
        unanswered=because.unanswered,
        converged=evaluation.converged,
        stability=evaluation.stability,
        note=attribution.note + missing,
    )


def _reasons(
    graph: Graph, rule: Rule, params: Struct, claim: str, seconds: float | None
) -> tuple[Reasons, str]:
    """Look for reasons as long as that may take; say so where it takes longer."""
    try:
        with patience(seconds):
            return reasons(graph, rule, params, claim), ""
    except TooSlow:
        check_patience()  # whoever asked may not wait for the rest either
        missing = f"; what puts it in or out was not found within {seconds:g} seconds"
        return Reasons(), missing


def _direct(map: Map, evaluation: Evaluation, claim: str) -> Iterator[DirectRelation]:
    undercuts: dict[str, list[str]] = {}
    for relation in map.relations.values():
        if relation.kind == "undercut" and relation.target.relation is not None:
            undercuts.setdefault(relation.target.relation, []).append(relation.key)
    for relation in map.relations.values():
        if relation.target.claim == claim:
            yield DirectRelation(
                relation=relation.key,
                kind=relation.kind,
                strength=evaluation.relations[relation.key],
                premises=tuple(
                    PremiseStrength(claim=key, strength=evaluation.claims[key].strength)
                    for key in relation.premises
                ),
                undercut_by=tuple(
                    UndercutStrength(relation=key, strength=evaluation.relations[key])
                    for key in undercuts.get(relation.key, ())
                ),
                passages=_passages(map, relation),
            )


def _passages(map: Map, relation: Relation) -> tuple[PassageReference, ...]:
    given = [relation.passages, *(map.claims[p].passages for p in relation.premises)]
    return tuple(dict.fromkeys(passage for some in given for passage in some))
