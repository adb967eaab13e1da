"""evaluate(map, rule): the one way from a map and a rule to an evaluation."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from argmap.engine import Graph, Outcome, Strengths, compile_map
from argmap.model import Map
from argmap.plugin.answer import answer
from argmap.plugin.digest import input_hash
from argmap.plugin.evaluation import (
    TIE,
    ClaimEvaluation,
    Evaluation,
    EvaluationWarning,
    Options,
    Verdict,
)
from argmap.plugin.parameters import read
from argmap.plugin.rule import Rule
from argmap.plugin.unread import unread

_NAMED: Final = 100  # relations that a warning lists


def evaluate(
    subject: Map | Graph,
    rule: Rule,
    parameters: Mapping[str, Any] | Struct | None = None,
    options: Mapping[str, Any] | Options | None = None,
    *,
    map_key: str | None = None,
    revision: int | None = None,
) -> Evaluation:
    """Run a rule on a map and say what it makes of every claim.

    Gradual rules accept a claim above ``threshold + margin`` and reject it below
    ``threshold − margin``; labelling rules accept what is in and reject what is out;
    ranking rules give no verdict.

    Args:
        subject: A valid map, or one that is compiled already.
        rule: As the host gives it, or made by hand.
        parameters: The rule's own; those left out have their defaults.
        options: Those that every rule has.
        map_key: The map's key, where *subject* is a graph.
        revision: Of the map, for the record.

    Raises:
        InvalidParameters: Unknown, of a wrong type or out of range; with a pointer into
            ``/parameters`` or ``/options``.
        PluginFault: The rule raised, or returned what is no answer.

    >>> from argmap.plugin import Rule
    >>> rule = Rule("base-score", "Base score only", lambda graph: graph.base_scores)
    >>> evaluation = evaluate(Map.of({"tram": 0.5, "cost": 0.75}), rule)
    >>> evaluation.verdicts
    {'tram': 'undecided', 'cost': 'accepted'}
    """
    graph = subject if isinstance(subject, Graph) else compile_map(subject)
    params = rule.decode(parameters)
    chosen = decode_options(rule, options)
    assert chosen.default_base_score is not None
    resolved = graph.resolved(chosen.default_base_score, chosen.linked)
    outcome = answer(rule, resolved, params)
    return Evaluation(
        map=map_key or (subject.key if isinstance(subject, Map) else None),
        revision=revision,
        rule=rule.name,
        rule_version=rule.version,
        rule_digest=rule.digest,
        parameters=msgspec.to_builtins(params),
        options=chosen,
        input_hash=input_hash(graph),
        claims=_claims(resolved, rule, outcome, chosen),
        relations=_relations(resolved, outcome),
        converged=outcome.converged,
        stability=outcome.stability,
        iterations=outcome.iterations,
        residual=outcome.residual,
        error_bound=outcome.error_bound,
        extensions=outcome.extensions,
        truncated=outcome.truncated,
        warnings=_warnings(graph, rule, outcome),
    )


def judge(
    subject: Map | Graph, rule: Rule, params: Struct, options: Options, claim: str
) -> tuple[float, Verdict | None]:
    """Give the strength and verdict of one claim, as `evaluate` would, for less.

    Args:
        subject: A valid map, or one that is compiled already.
        rule: As for `evaluate`.
        params: The rule's own, decoded.
        options: Those of every rule, decoded.
        claim: A claim's key.

    Raises:
        PluginFault: The rule raised, or returned what is no answer.
    """
    graph = subject if isinstance(subject, Graph) else compile_map(subject)
    assert options.default_base_score is not None
    resolved = graph.resolved(options.default_base_score, options.linked)
    found = answer(rule, resolved, params, is_whole=False).strengths
    one = found[[resolved.index[claim]]]
    (verdict,) = verdicts(rule, one, options)
    return one.item(), verdict


def decode_options(
    rule: Rule, options: Mapping[str, Any] | Options | None, *, is_text: bool = False
) -> Options:
    """Read options as strictly as parameters, the rule's own default base score put in.

    Raises:
        InvalidParameters: With a pointer into ``/options``.
    """
    chosen = read(rule.name, options, Options, "/options", is_text=is_text)
    if chosen.default_base_score is not None:
        return chosen
    return msgspec.structs.replace(chosen, default_base_score=rule.default_base_score)


def _claims(
    graph: Graph, rule: Rule, outcome: Outcome, options: Options
) -> dict[str, ClaimEvaluation]:
    assert outcome.settled is not None
    labels = outcome.labels or [None] * graph.size
    rows = zip(
        graph.ids,
        _shared(graph.base_scores),
        outcome.strengths.tolist(),
        _ranks(outcome.strengths).tolist(),
        verdicts(rule, outcome.strengths, options),
        labels,
        outcome.settled.tolist(),
        strict=True,
    )
    return {
        key: ClaimEvaluation(
            base=base,
            strength=strength,
            rank=rank,
            verdict=verdict,
            label=label,
            settled=settled,
        )
        for key, base, strength, rank, verdict, label, settled in rows
    }


def _shared(values: Strengths) -> list[float]:
    """List values, equal ones as one object: of many claims few differ in them."""
    seen: dict[float, float] = {}
    return [seen.setdefault(value, value) for value in values.tolist()]


def _warnings(
    graph: Graph, rule: Rule, outcome: Outcome
) -> tuple[EvaluationWarning, ...]:
    own = msgspec.convert(outcome.warnings, tuple[EvaluationWarning, ...])
    return tuple(
        msgspec.structs.replace(warning, relations=warning.relations[:_NAMED])
        for warning in (*unread(graph, rule), *own)
    )


def _relations(graph: Graph, outcome: Outcome) -> dict[str, float | None]:
    if outcome.relations is None:
        return dict.fromkeys(graph.relation_ids)
    return dict(zip(graph.relation_ids, outcome.relations.tolist(), strict=True))


def _ranks(strengths: Strengths) -> NDArray[np.int64]:
    if not strengths.size:
        return np.zeros(0, dtype=np.int64)
    order = np.argsort(-strengths, kind="stable")
    falls = np.diff(strengths[order]) < -TIE
    firsts = np.flatnonzero(np.concatenate([[True], falls]))
    ranks = np.empty(strengths.size, dtype=np.int64)
    ranks[order] = np.repeat(firsts + 1, np.diff(firsts, append=strengths.size))
    return ranks


def verdicts(
    rule: Rule, strengths: Strengths, options: Options
) -> list[Verdict] | list[None]:
    """Turn strengths into verdicts: see `evaluate`. Ranking rules give none."""
    if rule.scale == "ranking":
        return [None] * strengths.size
    if rule.scale == "label":
        low, high = 0.25, 0.75  # between the three strengths that there are
    else:
        low = options.threshold - options.margin - TIE
        high = options.threshold + options.margin + TIE
    return [
        "accepted" if s > high else "rejected" if s < low else "undecided"
        for s in strengths.tolist()
    ]
